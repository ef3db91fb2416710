"""A passport as DOCX: A4, two pages at most for a usual programme."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from orientir.reports.archive import repacked
from orientir.reports.passports.content import Passport

_HEAD = ("Показатель", "За годы вместе (95 %)", "Похожие", "Округ", "Вывод")


def passport_docx(passport: Passport, on: datetime) -> bytes:
    """The same passport gives the same bytes."""
    book = Document()
    _page(book)
    book.core_properties.title = passport.title
    book.core_properties.created = book.core_properties.modified = on
    book.core_properties.author = ""
    book.add_heading(passport.title, 1)
    for mark in passport.marks:
        book.add_paragraph().add_run(mark).bold = True
    line = book.add_paragraph()
    for number, (name, text) in enumerate(passport.context):
        line.add_run(f"{'; ' if number else ''}{name}: ").bold = True
        line.add_run(text)
    _values(book, passport)
    if passport.sources:
        book.add_paragraph(f"{passport.sources}.")
    _list(book, "Замечания к сведениям", passport.issues, "Замечаний нет.")
    _list(book, "Рекомендации", passport.advice, "Адресных рекомендаций этой организации нет.")
    book.sections[0].footer.paragraphs[0].text = passport.footer
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue(), on.date())


def _page(book: Any) -> None:
    section = book.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(12)
    style = book.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(8)
    style.paragraph_format.space_after = Pt(1)
    for level, size in ((1, 13), (2, 10)):
        heading = book.styles[f"Heading {level}"]
        heading.font.name, heading.font.size = "Times New Roman", Pt(size)
        heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(3)


def _values(book: Any, passport: Passport) -> None:
    table = book.add_table(rows=1, cols=len(_HEAD) + len(passport.periods))
    table.style = "Table Grid"
    table.autofit = False
    head = (_HEAD[0], *passport.periods, *_HEAD[1:])
    _row(table.rows[0], head, bold=True)
    for line in passport.lines:
        _row(table.add_row(), (line.title, *line.years, line.pooled, line.group, line.district, line.verdict))


def _row(row: Any, texts: Sequence[str], bold: bool = False) -> None:
    for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = Mm(_widths(len(texts))[number])
        run = cell.paragraphs[0].add_run(text)
        run.bold = bold
        run.font.size = Pt(6.5)
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _widths(columns: int) -> list[float]:
    """Millimetres of 267: the name, the years, then what they are held against."""
    years = columns - len(_HEAD)
    return [66, *[36 - 2 * years] * years, 33, 18, 34, 267 - 66 - (36 - 2 * years) * years - 33 - 18 - 34]


def _list(book: Any, title: str, items: Sequence[str], otherwise: str) -> None:
    book.add_heading(title, 2)
    for item in items:
        book.add_paragraph(item, style="List Bullet")
    if not items:
        book.add_paragraph(otherwise)
