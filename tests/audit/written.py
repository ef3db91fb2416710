"""Small reports written by hand: lines and tables in, the understood report out, without any reader of files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from orientir.audit.document import Block, Cell, Document, Paragraph, Place, Table
from orientir.audit.finding import Finding, Judge
from orientir.audit.report import Measure, Number, Report, ReportTable, Role, TidyCell, Year
from orientir.audit.understanding.sections import find_sections


@dataclass(frozen=True)
class Figures:
    """A table of values: a column a period, rows with their names first. Without `years` it is a table of words."""

    number: str | None
    caption: str
    rows: tuple[tuple[str, ...], ...]
    years: tuple[str, ...] = ("2020", "2021")
    kind: str = "measures"


def words(number: str | None, caption: str, *rows: tuple[str, ...]) -> Figures:
    """A table without numbers, its head first."""
    return Figures(number, caption, rows, years=(), kind="other")


def written(*blocks: str | Figures) -> Report:
    """«# Цели» is a heading, «• ...» an item, other lines are paragraphs; a caption stands above its table."""
    report = Report(Document("отчёт.txt", "txt", ()))
    made: list[Block] = []
    line = 1
    for block in blocks:
        if isinstance(block, str):
            made.append(paragraph(block, line))
            line += 1
        else:
            caption = f"Таблица {block.number}. {block.caption}" if block.number else block.caption
            if caption:
                made.append(paragraph(caption, line))
            report.tables.append(_table(block, line))
            made.append(report.tables[-1].table)
            line += 2 + len(block.rows)
    report.document = replace(report.document, blocks=tuple(made))
    years = {cell.year for table in report.tables for cell in table.cells if cell.year}
    report.years = sorted(years, key=lambda one: one.ends)
    find_sections(report)
    return report


def paragraph(text: str, line: int) -> Paragraph:
    marks = re.match(r"(#*)(•?)\s*", text)
    assert marks
    return Paragraph(text[marks.end() :], Place(line), heading=len(marks[1]), is_item=bool(marks[2]))


def _table(figures: Figures, line: int) -> ReportTable:
    head = (("", *figures.years),) if figures.years else ()
    rows = tuple(
        tuple(Cell(text, at, column, Place(line + 1 + at)) for column, text in enumerate(row))
        for at, row in enumerate((*head, *figures.rows))
    )
    place = Place(line) if figures.caption or figures.number else None
    table = ReportTable(figures.number, figures.caption, place, Table(rows, Place(line + 1)), header=1, stub=1)
    table.kind = figures.kind
    if figures.years:
        table.cells = list(_tidy(table, figures))
        table.measures = [Measure(table, one.year, one.row_label, None, None, one, None) for one in table.cells]
    return table


def _tidy(table: ReportTable, figures: Figures) -> Iterator[TidyCell]:
    for row in table.table.rows[1:]:
        for cell, label in zip(row[1:], figures.years, strict=True):
            number = Number(Decimal(cell.text.replace(",", ".")), 0, cell.text)
            yield TidyCell(table, cell, number, Role.SHARE, year(label), (label,), row[0].text)


def year(label: str) -> Year:
    """«2020», «2019-2020», «2019/20»."""
    last = re.findall(r"\d+", label)[-1]
    return Year(int(last) if len(last) == 4 else 2000 + int(last), label, is_school_year="-" in label or "/" in label)


def found(judge: Judge, report: Report) -> list[Finding]:
    return list(judge(report))
