"""Tables that distribute one whole over rows: «Всего» has 100 %, and each row its count and its share of that whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from orientir.audit.report import Measure, ReportTable, Role, TidyCell, Year
from orientir.audit.understanding.populations import squeezed

_TOTAL = ("всего", "итого")
_ALL, _OFF = Decimal(100), Decimal(10)  # shares of a distribution make 100, or nearly so where one is wrong

Pair = tuple[TidyCell, TidyCell]


def distributed(table: ReportTable) -> list[Measure]:
    """A measure for each row and period; none where the table is no distribution."""
    by_year: dict[Year | None, list[TidyCell]] = defaultdict(list)
    for cell in table.cells:
        by_year[cell.year].append(cell)
    return [measure for cells in by_year.values() for measure in _of_period(table, cells)]


def _of_period(table: ReportTable, cells: Sequence[TidyCell]) -> Iterator[Measure]:
    pairs = _pairs(cells)
    totals = [pair for pair in pairs if squeezed(pair[0].row_label).startswith(_TOTAL)]
    rows = [pair for pair in pairs if pair not in totals]
    if len(totals) != 1 or totals[0][1].number.value != _ALL or len(rows) < 2:
        return
    whole = totals[0][0]
    if abs(sum((share.number.value for _, share in rows), Decimal()) - _ALL) <= _OFF:
        for part, share in rows:
            yield Measure(table, part.year, part.row_label, whole, part, share, table.subject)


def _pairs(cells: Sequence[TidyCell]) -> list[Pair]:
    """The count and the share of each row; none at all where some row has more or less than these two."""
    by_row: dict[int, list[TidyCell]] = defaultdict(list)
    for cell in cells:
        by_row[cell.cell.row].append(cell)
    found = [_pair(row) for row in by_row.values()]
    return [pair for pair in found if pair] if all(found) else []


def _pair(row: Sequence[TidyCell]) -> Pair | None:
    shares = [cell for cell in row if cell.role is Role.SHARE]
    counts = [cell for cell in row if cell.role is not Role.SHARE and not cell.number.decimals]
    return (counts[0], shares[0]) if len(shares) == len(counts) == 1 and len(row) == 2 else None
