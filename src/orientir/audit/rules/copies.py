"""Numbers that stand where others should: copied tables, copied rows, one count in unrelated places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, combinations

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report, ReportTable, Role, TidyCell, Year
from orientir.audit.rules.told import cell_told, finding_at, finding_on
from orientir.audit.understanding.topics import likeness

_FEWEST = 6  # cells: fewer may agree by chance
_LARGE = 50  # a count above it does not often come twice by chance
_TWICE = 1000  # two years of one row may have the same two counts by chance unless one of them is above it
_SMALL = 15  # below it two rows agree by chance; between the two a copy is a hypothesis


@rule("table-copied")
def table_copied(report: Report) -> Iterator[Finding]:
    """Two tables about different things hold the same numbers in the same places."""
    for earlier, later in copied_pairs(report):
        message = (
            f"{later.named.capitalize()} повторяет все числа ({len(later.cells)}), что есть в «{earlier.named}»: "
            f"похоже, они скопированы. «{earlier.caption[:80]}» и «{later.caption[:80]}»."
        )
        severity = Severity.WARNING if _cannot_be_chance(later) else Severity.INFO
        yield finding_on(later, "table-copied", severity, message, map(cell_told, later.cells))


def copied_pairs(report: Report) -> Iterator[tuple[ReportTable, ReportTable]]:
    """Each copy once, with the first table that it repeats."""
    known: dict[tuple[object, ...], ReportTable] = {}
    for table in report.tables:
        key = tuple(cell.number.value for cell in table.cells)
        if not _cannot_be_chance(table) and len(_counts(table, 2 * _SMALL)) < 2:
            continue
        if key in known and known[key].caption != table.caption:
            yield known[key], table
        known.setdefault(key, table)


def _cannot_be_chance(table: ReportTable) -> bool:
    """Six cells, or two large counts."""
    values = {cell.number.value for cell in table.cells}
    return (len(table.cells) >= _FEWEST and len(values) > 3) or len(_counts(table, 2 * _LARGE)) > 1


def _counts(table: ReportTable, least: int) -> set[Decimal]:
    return {cell.number.value for cell in table.cells if cell.role is not Role.SHARE and cell.number.value >= least}


@rule("row-copied")
def row_copied(report: Report) -> Iterator[Finding]:
    """Two rows of one table, or two years of one row, are the same number by number."""
    for table in report.tables:
        seen: dict[tuple[object, ...], list[TidyCell]] = {}
        for cells in (*_rows(table), *_years(table)):
            key = tuple(cell.number.value for cell in cells)
            counts = {cell.number.value for cell in cells if cell.role is not Role.SHARE}
            if len(counts) < 2 or max(counts) < _SMALL:
                continue
            earlier = seen.setdefault(key, cells)
            if earlier is not cells:
                message = (
                    f"{table.named.capitalize()}: {_named(cells)} повторяет {_named(earlier)} — "
                    f"{', '.join(cell.number.printed for cell in cells)}."
                )
                sure = max(counts) >= (_LARGE if len(counts) > 2 else _TWICE)
                severity = Severity.WARNING if sure else Severity.INFO
                yield finding_at(cells[0], "row-copied", severity, message, None, (*earlier, *cells))


def _rows(table: ReportTable) -> Iterator[list[TidyCell]]:
    rows: dict[int, list[TidyCell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.cell.row].append(cell)
    yield from (cells for cells in rows.values() if len({cell.year for cell in cells}) > 1 or len(rows) > 1)


def _years(table: ReportTable) -> Iterator[list[TidyCell]]:
    """The columns of one year of a row, where the row has several."""
    groups: dict[tuple[int, int], list[TidyCell]] = defaultdict(list)
    for cell in table.cells:
        if cell.year:
            groups[cell.cell.row, cell.year.ends].append(cell)
    rows = [row for row, _ in groups]
    yield from (cells for (row, _), cells in groups.items() if rows.count(row) > 1)


def _named(cells: list[TidyCell]) -> str:
    first = cells[0]
    years = {cell.year for cell in cells}
    if len(years) == 1 and first.year:
        return f"«{first.row_label or first.year.printed}» ({first.year.printed})"
    return f"строка «{first.row_label or cells[0].cell.row + 1}»"


@rule("number-repeated")
def number_repeated(report: Report) -> Iterator[Finding]:
    """Unrelated indicators share a large count: a coincidence, or a slip of copying."""
    copies = {(id(one), id(other)) for one, other in copied_pairs(report)}
    parts = [
        cell for table in report.tables for cell in table.cells
        if cell.role is Role.PART and cell.number.value >= _LARGE and not cell.number.decimals
    ]  # fmt: skip
    alike: dict[tuple[Decimal, Year | None], list[TidyCell]] = defaultdict(list)
    for cell in parts:
        alike[cell.number.value, cell.year].append(cell)
    for earlier, later in chain.from_iterable(combinations(group, 2) for group in alike.values()):
        if earlier.table is later.table or (id(earlier.table), id(later.table)) in copies:
            continue
        if likeness(earlier.table.topic, later.table.topic) < 0.5:
            message = (
                f"Одно и то же число {later.number.printed} стоит в «{earlier.table.named}» и в «{later.table.named}» "
                f"за {later.year.printed if later.year else 'один период'}: совпадение или описка?"
            )
            yield finding_at(later, "number-repeated", Severity.INFO, message, None, (earlier, later))
