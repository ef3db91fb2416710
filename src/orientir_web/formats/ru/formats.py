"""Dates in Russian: a day stays with its month, a year with its «г.»."""

DATE_FORMAT = "j\u00a0E Y\u00a0г."
DATETIME_FORMAT = "j\u00a0E Y\u00a0г., G:i"
