"""The states of a cell and of a value. They are never confused: an empty cell is never zero."""

from __future__ import annotations

from enum import StrEnum


class CellState(StrEnum):
    """The five states of one counted number."""

    VALUE = "value"
    ZERO = "zero"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"


class Status(StrEnum):
    """What can be said of an indicator in one place and period."""

    MEASURED = "measured"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"
    NOT_CALCULABLE = "not_calculable"
    NOT_DEFINED = "not_defined"
    IN_CONFLICT = "in_conflict"
    SUPPRESSED = "suppressed"


class Severity(StrEnum):
    """How much an issue weighs: an error cannot be true, a warning needs an explanation, info is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
