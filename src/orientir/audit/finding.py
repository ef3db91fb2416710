"""A finding of the audit, and how a rule is marked with its code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from orientir.audit.document import Place
from orientir.audit.report import Report


class Severity(StrEnum):
    """error: arithmetic cannot be otherwise. warning: a contradiction or missing support. info: worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """`table` is the printed number of the table, `period` the printed label; `evidence` are the cells it rests on.

    Messages are Russian sentences that name the arithmetic. `acknowledged` marks what the report states itself.
    """

    rule: str
    severity: Severity
    place: Place
    message: str
    table: str | None = None
    period: str | None = None
    reported: str | None = None
    expected: str | None = None
    evidence: tuple[str, ...] = ()
    acknowledged: bool = False


Judge = Callable[[Report], Iterable[Finding]]


def rule(*codes: str) -> Callable[[Judge], Judge]:
    """Marks a function with the code (or codes, where one walk finds several) of what it finds."""

    def mark(judge: Judge) -> Judge:
        judge.codes = codes  # type: ignore[attr-defined]
        return judge

    return mark
