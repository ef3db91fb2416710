"""What stands before the sections: the title page and the passport of the report."""

from __future__ import annotations

from collections.abc import Iterable

from orientir.presentation import day_in_words
from orientir.reports.document import Document
from orientir.reports.docx.markup import BOLD, paragraph, run, table_cell, table_grid, table_properties, table_row
from orientir.reports.ties import tied

_PASSPORT = "Паспорт отчёта"
_NAMES_SHARE = 0.36


def title_page(document: Document) -> str:
    lines = (
        ("Territory", document.territory),
        ("Title", tied(document.title)),
        ("Subtitle", tied(document.subtitle)),
        ("Period", document.period),
    )
    return "".join(paragraph(style, run(text)) for style, text in lines if text)


def header_of_title(document: Document) -> str:
    return "".join(paragraph("Mark", run(mark)) for mark in document.marks) or paragraph("Mark")


def footer_of_title(document: Document) -> str:
    """The date stands in the footer, for that is the foot of the page however long the title is."""
    return paragraph("Date", run(day_in_words(document.date)))


def passport(document: Document, room: int) -> str:
    if not document.passport:
        return ""
    names = int(room * _NAMES_SHARE)
    widths = (names, room - names)
    return (
        paragraph("FrontHeading", run(_PASSPORT))
        + "<w:tbl>"
        + table_properties(room, header=False, caption=_PASSPORT)
        + table_grid(widths)
        + "".join(_row(pair, widths) for pair in document.passport)
        + "</w:tbl>"
        + paragraph("TableEnd")
    )


def _row(pair: tuple[str, str], widths: Iterable[int]) -> str:
    cells = "".join(
        table_cell(width, paragraph("TableText10", run(text, properties)))
        for width, text, properties in zip(widths, pair, (BOLD, ""), strict=True)
    )
    return table_row("<w:cantSplit/>", cells)
