"""Small reports made by hand: paragraphs, registers of events, tables of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from orientir.audit.document import Block, Cell, Document, Link, Paragraph, Place, Table
from orientir.audit.finding import Finding, Judge
from orientir.audit.report import Measure, Number, Population, Report, ReportTable, Role, TidyCell, Year
from orientir.audit.understanding.events import find_events

REGISTER = ("№", "Мероприятие", "Дата", "Количество участников", "Ссылка")


def grid(rows: Sequence[Sequence[str]], line: int = 10) -> Table:
    """A table without merged cells; each row is a line."""
    cells = (
        tuple(Cell(text, at, column, Place(line + at)) for column, text in enumerate(row))
        for at, row in enumerate(rows)
    )
    return Table(tuple(cells), Place(line))


def linked(text: str, target: str) -> Table:
    """A register of one event with a hyperlink."""
    table = grid([REGISTER, ("1", "Ярмарка профессий", "12.03.2022", "40", text)])
    cell = table.rows[1][4]
    row = (*table.rows[1][:4], Cell(cell.text, cell.row, cell.column, cell.place, links=(Link(text, target),)))
    return Table((table.rows[0], row), table.place)


def years(*ends: int, school: bool = False) -> list[Year]:
    return [Year(one, f"{one - 1}/{one % 100:02d}" if school else str(one), school) for one in ends]


def text(*paragraphs: str, of: Iterable[Year] = ()) -> Report:
    """A report of paragraphs only, each on its line."""
    blocks: tuple[Block, ...] = tuple(Paragraph(one, Place(at)) for at, one in enumerate(paragraphs, 1))
    return Report(Document("отчёт.txt", "txt", blocks), years=list(of))


def register(*rows: Sequence[str], head: Sequence[str] = REGISTER, of: Iterable[Year] = ()) -> Report:
    """A report whose only table is a register of events, understood."""
    return tables(grid([head, *rows] if head else rows), of=of)


def tables(*grids: Table, of: Iterable[Year] = (), format: str = "txt") -> Report:
    found = [ReportTable(None, "", None, one) for one in grids]
    report = Report(Document(f"отчёт.{format}", format, grids), tables=found, years=list(of))
    find_events(report)
    return report


def event(title: str, when: str, people: str = "25", link: str = "") -> tuple[str, ...]:
    """A row without a number."""
    return ("", title, when, people, link)


def numbered(*rows: Sequence[str]) -> list[tuple[str, ...]]:
    return [(str(at), *row[1:]) for at, row in enumerate(rows, 1)]


def measured(
    caption: str, head: Sequence[str], numbers: Sequence[str], year: Year, who: Population | None = None
) -> ReportTable:
    """A table of one year: a whole, a part and, where there are three numbers, a share."""
    table = ReportTable("1", caption, Place(9), grid([head, numbers]), header=1, kind="measures")
    roles = (Role.WHOLE, Role.PART, Role.SHARE)[: len(numbers)]
    cells = [
        TidyCell(table, cell, Number(Decimal(cell.text), 0, cell.text, role is Role.SHARE), role, year, (name,), "")
        for cell, role, name in zip(table.table.rows[1], roles, head, strict=True)
    ]
    whole, part, share = (*cells, None, None, None)[:3]
    table.cells = cells
    table.measures = [Measure(table, year, "", whole, part, share, who)]
    return table


def with_tables(*found: ReportTable, of: Iterable[Year] = ()) -> Report:
    return Report(Document("отчёт.txt", "txt", tuple(one.table for one in found)), tables=list(found), years=list(of))


def judged(judge: Judge, report: Report) -> list[Finding]:
    found = list(judge(report))
    assert {one.rule for one in found} <= set(judge.codes)  # type: ignore[attr-defined]
    return found
