"""The first sheet: what the report is, its passport, and the way to every table and figure."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from orientir.reports.document import Chart, Section, Table
from orientir.reports.xlsx.layout import row_height
from orientir.reports.xlsx.sheets import BORDER, CAPTION, CONTENTS, LINK, MARK, Book, add_sheet, write_across

_WIDTHS = [24.0, 66.0]
_TITLE = {"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"}
_TEXT = {"text_wrap": True, "valign": "vcenter"}
_SECTION = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E7EDF4"} | BORDER


def write_contents(book: Book) -> None:
    document = book.document
    sheet = add_sheet(book, CONTENTS)
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    dated = f"{document.date:%d.%m.%Y}"
    lines = [(mark, MARK) for mark in document.marks]
    lines += [(document.title, _TITLE), (document.subtitle, _TEXT), (document.territory, CAPTION)]
    lines += [(document.period, _TEXT), (f"Дата отчёта: {dated}", _TEXT)]
    lines = [line for line in lines if line[0]]
    for row, (text, style) in enumerate(lines):
        write_across(book, sheet, row, text, _WIDTHS, style)
    row = _write_passport(book, sheet, len(lines) + 1)
    for section in document.sections:
        row = _write_section(book, sheet, row, section)
    # On paper the marks stand at the top of every page, this one too.
    sheet.print_area(len(document.marks), 0, row - 1, 1)


def _write_passport(book: Book, sheet: Worksheet, row: int) -> int:
    """The pairs of the passport; gives the row where the list of sheets begins."""
    for name, text in book.document.passport:
        sheet.set_row(row, row_height((name, text), _WIDTHS))
        sheet.write_string(row, 0, name, book.style(_TEXT, BORDER))
        sheet.write_string(row, 1, text, book.style(_TEXT, BORDER))
        row += 1
    return row + 1


def _write_section(book: Book, sheet: Worksheet, row: int, section: Section) -> int:
    """A section with its sheets; one without any is not listed."""
    blocks = [block for block in section.blocks if isinstance(block, Table | Chart)]
    if not blocks:
        return row
    write_across(book, sheet, row, section.title, _WIDTHS, _SECTION)
    for line, block in enumerate(blocks, start=row + 1):
        sheet.set_row(line, row_height(("", block.caption), _WIDTHS))
        sheet.write_url(line, 0, book.address(block.key), book.style(_TEXT, BORDER, LINK), book.sheet_name(block.key))
        sheet.write_string(line, 1, block.caption, book.style(_TEXT, BORDER))
    return row + 1 + len(blocks)
