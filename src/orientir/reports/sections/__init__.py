"""Sections of the report, a module for each stretch of the cycle. A section is a function: context, title -> blocks."""
