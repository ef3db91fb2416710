"""The numbers of the tables one by one, with all that their headers say: what `--show tables` prints."""

from __future__ import annotations

from collections.abc import Iterator

from orientir.audit.outputs.words import ROLES, clean, one_line
from orientir.audit.report import ReportTable, TidyCell
from orientir.audit.result import Audit

HEAD = ("таблица", "период", "роль", "совокупность", "единица", "значение")
_WIDEST = 46


def populations(table: ReportTable) -> dict[int, str]:
    """Who is counted, by `id` of the tidy cell: as its measure says; a cell outside measures is not in it."""
    return {
        id(cell): measure.population.printed
        for measure in table.measures
        if measure.population
        for cell in (measure.whole, measure.part, measure.share)
        if cell
    }


def population_of(tidy: TidyCell, known: dict[int, str]) -> str:
    """The printed name of those who are counted: as the measure says, else as the caption does."""
    subject = tidy.table.subject
    return known.get(id(tidy)) or (subject.printed if subject else "")


def unit_of(tidy: TidyCell) -> str:
    return tidy.unit or ("%" if tidy.number.is_percent else "")


def tidy_rows(audit: Audit) -> Iterator[tuple[str, ...]]:
    """A row for each number: table, period, role, population, unit, value as it is printed."""
    for table in audit.report.tables:
        known = populations(table)
        for tidy in table.cells:
            yield _row(tidy, population_of(tidy, known))


def _row(tidy: TidyCell, who: str) -> tuple[str, ...]:
    return (
        tidy.table.number or tidy.table.caption,
        tidy.year.printed if tidy.year else "",
        ROLES[tidy.role] if tidy.role else "",
        ": ".join(dict.fromkeys(part for part in (who, tidy.row_label) if part)),
        unit_of(tidy),
        tidy.number.printed,
    )


def show_tables(audit: Audit) -> str:
    """The rows as plain text in columns; long words are cut short."""
    rows = [HEAD, *(tuple(one_line(cell, _WIDEST) for cell in row) for row in tidy_rows(audit))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [[*map(str.ljust, row[:-1], widths), row[-1].rjust(widths[-1])] for row in rows]
    unnamed = "" if len(rows) > 1 else "Чисел в таблицах не найдено.\n"
    return clean("".join("  ".join(line).rstrip() + "\n" for line in lines)) + unnamed
