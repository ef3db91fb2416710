"""A paper as a Word document by the official layout: head, requisites, title, text, signature, annexes.

Blanks are left where only the office knows what to write. The looks are in docx/paper_looks.py.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt

from orientir.presentation import quoted
from orientir.reports.archive import repacked
from orientir.reports.document import Bullets, Paragraph, Table
from orientir.reports.docx.paper_looks import (
    bare_table,
    body,
    cell_lines,
    keep,
    line_of,
    room,
    running_head,
    set_page,
    set_type,
    table,
)
from orientir.reports.papers.model import BLANK, LONG_BLANK, Annex, Caption, Command, Paper, PaperBlock, Point

_PROGRAM = "Ориентир"
_SIZE, _SINGLE_SIZE = 14.0, 11.0
_TABLE_SIZE, _SINGLE_TABLE_SIZE, _TURNED_SIZE = 12.0, 10.0, 10.5
_HINT = 9.0
_TITLE_ROOM = 105  # millimetres of a title that is set flush left
_WHEN = "«____»\u00a0____________\u00a020__\u00a0г."


def paper_docx(paper: Paper, on: date) -> bytes:
    """The same paper and day give the same bytes."""
    book = Document()
    _begin(book, paper, on)
    if paper.single:
        _single_head(book, paper)
    elif paper.addressee:
        _letter_head(book, paper)
    else:
        _order_head(book, paper)
    _blocks(book, paper.blocks, paper.single)
    _signature(book, paper)
    for annex in paper.annexes:
        _annex(book, paper, annex)
    target = io.BytesIO()
    book.save(target)
    return repacked(target.getvalue(), on)


def _begin(book: Any, paper: Paper, on: date) -> None:
    properties = book.core_properties
    properties.title, properties.subject, properties.comments = paper.title[:255], "", ""
    properties.author = properties.last_modified_by = _PROGRAM
    properties.created = properties.modified = datetime(on.year, on.month, on.day)
    properties.language = "ru-RU"
    set_type(book, _SINGLE_SIZE if paper.single else _SIZE)
    section = book.sections[0]
    set_page(section)
    section.different_first_page_header_footer = True
    running_head(section, paper.marks, numbered=False)
    running_head(section, paper.marks, numbered=True)


# ---- heads


def _order_head(book: Any, paper: Paper) -> None:
    line_of(book, (paper.authority or LONG_BLANK * 2,), "center", bold=True)
    if not paper.authority:
        line_of(book, ("(наименование органа управления образованием)",), "center", _HINT)
    line_of(book, (paper.kind,), "center", 16, bold=True, before=12)
    left, right = bare_table(book, (room() / 2, room() / 2))
    cell_lines(left, [(_WHEN, _SIZE)])
    cell_lines(right, [(f"№ {BLANK}", _SIZE)], "right")
    line_of(book, (LONG_BLANK,), "center", before=6)
    line_of(book, ("(место издания)",), "center", _HINT)
    _title(book, paper)


def _letter_head(book: Any, paper: Paper) -> None:
    left, right = bare_table(book, (85, room() - 85))
    office = [(paper.authority, 12.0)] if paper.authority else [(LONG_BLANK, 12.0), ("(наименование органа)", _HINT)]
    blanks = [(LONG_BLANK, 12.0), ("(адрес, телефон, электронная почта, сайт)", _HINT), ("", 6.0)]
    numbers = [(f"{_WHEN} № {BLANK}", 11.0), (f"на № {BLANK} от {BLANK}", 11.0)]
    cell_lines(left, [*office, ("", 6.0), *blanks, *numbers], "center")
    cell_lines(right, [(line, _SIZE) for line in paper.addressee])
    for line in right.paragraphs:
        line.paragraph_format.left_indent = Mm(10)
    _title(book, paper)


def _title(book: Any, paper: Paper) -> None:
    line = line_of(book, (paper.title,), before=14, bold=True)
    line.paragraph_format.right_indent = Mm(room() - _TITLE_ROOM)
    line.paragraph_format.space_after = Pt(12)


def _single_head(book: Any, paper: Paper) -> None:
    line = line_of(book, (paper.title,), "center", _SINGLE_SIZE + 1, bold=True)
    line.paragraph_format.space_after = Pt(4)


# ---- text


def _blocks(book: Any, blocks: tuple[PaperBlock, ...], single: bool) -> None:
    size = _SINGLE_TABLE_SIZE if single else _TABLE_SIZE
    for block in blocks:
        _block(book, block, room(), size, single)
    # The signature never stands alone on a page: the end of the text goes with it.
    for line in book.paragraphs[-2:]:
        keep(line)


def _block(book: Any, block: PaperBlock, width: int, size: float, single: bool) -> None:
    match block:
        case Paragraph():
            _paragraph(book, block, single)
        case Point():
            body(book, (f"{block.number}\u00a0", *block.text))
        case Command():
            line = line_of(book, (block.text,), bold=True, before=6)
            line.paragraph_format.space_after = Pt(6)
            keep(line)
        case Caption():
            keep(line_of(book, (block.text,), bold=True, before=4 if single else 8))
        case Bullets():
            for item in block.items:
                body(book, ("—\u00a0", *item), align="left")
        case Table():
            table(book, block, width, size)


def _paragraph(book: Any, block: Paragraph, single: bool) -> None:
    line = body(book, block.text, not single, "left" if single else "both")
    line.paragraph_format.space_before = Pt(3 if single else 0)
    text = "".join(part for part in block.text if isinstance(part, str))
    if text.endswith(":"):
        keep(line)
    if block.style == "callout":
        for run in line.runs:
            run.italic = True
    if text.endswith("!"):
        # «Уважаемые руководители!» stands in the middle, without an indent.
        line.alignment, line.paragraph_format.first_line_indent = 1, None
        line.paragraph_format.space_after = Pt(6)


def _signature(book: Any, paper: Paper) -> None:
    """Post, hand, name: blanks with what is to be written below them."""
    size = _SINGLE_SIZE if paper.single else _SIZE
    spacer = line_of(book, ("",), size=8 if paper.single else 14)
    keep(spacer)
    if paper.single:
        line_of(book, (f"Подготовил: {LONG_BLANK} {LONG_BLANK} {_WHEN}",), size=size)
        line_of(book, ("(должность, подпись, инициалы и фамилия)",), size=_HINT)
    else:
        cells = bare_table(book, (65, 45, room() - 110))
        hints = ("(должность)", "(подпись)", "(инициалы, фамилия)")
        for cell, hint, blank in zip(cells, hints, (LONG_BLANK, BLANK * 2, LONG_BLANK), strict=True):
            cell_lines(cell, [(blank, 12.0), (hint, _HINT)])
            for line in cell.paragraphs:
                keep(line)
        line_of(book, (f"Исполнитель: {LONG_BLANK}, тел. {BLANK}",), size=10, before=14)
    if paper.source:
        line_of(book, (paper.source,), size=_HINT, before=6)


# ---- annexes


def _annex(book: Any, paper: Paper, annex: Annex) -> None:
    turned = annex.turned
    section = book.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    set_page(section, turned)
    if annex.number:
        for text in (f"Приложение {annex.number}", f"к приказу от {BLANK} № {BLANK}"):
            line = line_of(book, (text,), size=12)
            line.paragraph_format.left_indent = Mm(room(turned) - 70)
        line_of(book, (annex.title,), "center", bold=True, before=10).paragraph_format.space_after = Pt(8)
    else:
        line_of(book, (annex.title,), "center", bold=True)
        told = f"с приказом от {BLANK} № {BLANK} {quoted(paper.title)}"
        line_of(book, (told,), "center", 12).paragraph_format.space_after = Pt(8)
    for block in annex.blocks:
        _block(book, block, room(turned), _TURNED_SIZE if turned else _TABLE_SIZE, single=False)
