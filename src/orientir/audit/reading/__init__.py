"""Readers of foreign documents: one module a format, each gives the same neutral document."""
