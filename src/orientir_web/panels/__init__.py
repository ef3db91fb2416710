"""Panels of indicators: what a computed cycle says, on pages; nothing is computed or worded here."""
