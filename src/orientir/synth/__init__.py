"""Invented data that look like a district's, to try the whole road on: never real, and marked so everywhere."""
