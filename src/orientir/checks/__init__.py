"""Checks: can we believe the figures? Each check is one function that reports everything it sees."""
