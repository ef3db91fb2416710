"""Orientir: the yearly cycle of monitoring career guidance of school pupils."""

__version__ = "0.1.0"
