"""How findings are put in words: cells as evidence, arithmetic, percents with a decimal comma."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from orientir.audit.finding import Finding, Severity
from orientir.audit.report import ReportTable, TidyCell

_NBSP = "\u00a0"


def percent(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",") + f"{_NBSP}%"


def arithmetic(part: TidyCell, whole: TidyCell) -> str:
    """«46 / 80 = 57,5 %», with two decimals where it has them."""
    value = (100 * part.number.value / whole.number.value).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    told = percent(value if value != value.to_integral() else value.quantize(Decimal(1)))
    return f"{part.number.value:f} / {whole.number.value:f} = {told}"


def cell_told(cell: TidyCell) -> str:
    """«таблица 5, 2020, «Всего выпускников»: 105»."""
    when = f", {cell.year.printed}" if cell.year else ""
    head = cell.path[-1] if cell.path else cell.row_label
    named = f", «{' '.join(head.split())}»" if head and head != when.strip(", ") else ""
    return f"{cell.table.named}{when}{named}: {cell.number.printed}"


def finding_at(
    cell: TidyCell,
    code: str,
    severity: Severity,
    message: str,
    expected: str | None,
    evidence: Iterable[TidyCell],
) -> Finding:
    """A finding at a cell of a table."""
    return Finding(
        code,
        severity,
        cell.cell.place,
        message,
        cell.table.number,
        cell.year.printed if cell.year else None,
        cell.number.printed,
        expected,
        tuple(dict.fromkeys(map(cell_told, evidence))),
    )


def finding_on(
    table: ReportTable,
    code: str,
    severity: Severity,
    message: str,
    evidence: Iterable[str] = (),
    reported: str | None = None,
    expected: str | None = None,
) -> Finding:
    """A finding about a table as a whole."""
    return Finding(code, severity, table.place, message, table.number, None, reported, expected, tuple(evidence))
