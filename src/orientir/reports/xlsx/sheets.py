"""Sheets: what all sheets of the workbook share, on the screen and on paper. What stands on them is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from orientir.reports.document import Chart, Document, Numbering, Table, numbering
from orientir.reports.xlsx.layout import text_height

FONT = {"font_name": "Arial", "font_size": 10}
CONTENTS = "Содержание"

LINK = {"font_color": "#0B5394", "underline": 1}
MARK = {"bold": True, "font_color": "#9C0006", "text_wrap": True, "valign": "top"}
CAPTION = {"bold": True, "text_wrap": True, "valign": "top"}
BORDER = {"border": 1, "border_color": "#8C8C8C"}

_A4 = 9
_SHEET_NAMES = {"Table": "Табл.", "Chart": "Рис."}
_CAPTIONS = {"Table": "Таблица", "Chart": "Рисунок"}

# A spreadsheet refuses a longer line at the edge of the page.
_EDGE_LIMIT = 200


@dataclass
class Book:
    """A workbook in the making, with the document it prints. Equal formats are made once."""

    workbook: Workbook
    document: Document
    numbers: Numbering = field(init=False)
    _formats: dict[tuple[tuple[str, Any], ...], Format] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.numbers = numbering(self.document)

    def style(self, *parts: dict[str, Any], **properties: Any) -> Format:
        for part in reversed(parts):
            properties = part | properties
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def sheet_name(self, key: str) -> str:
        return f"{_SHEET_NAMES[self.numbers.kinds[key]]} {self.numbers.numbers[key]}"

    def address(self, key: str) -> str:
        return f"internal:'{self.sheet_name(key)}'!A1"

    def caption(self, block: Table | Chart) -> str:
        kind = _CAPTIONS[self.numbers.kinds[block.key]]
        return f"{kind}\u00a0{self.numbers.numbers[block.key]}\u00a0– {block.caption}"


def add_sheet(book: Book, name: str, landscape: bool = False) -> Worksheet:
    """A sheet of A4, one page wide, with the marks above and the page number below."""
    sheet = book.workbook.add_worksheet(name)
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.hide_gridlines(2)
    sheet.set_header(f"&C&8 {_edge(' · '.join(book.document.marks))}")
    sheet.set_footer(f"&L&8 {_edge(f'{book.document.territory}, {book.document.period}')}&R&8 Стр. &P из &N")
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576", "formula_differs": "A1:XFD1048576"})
    return sheet


def _edge(text: str) -> str:
    return text.replace("\n", " ")[:_EDGE_LIMIT].replace("&", "&&")


def write_top(book: Book, sheet: Worksheet, block: Table | Chart, widths: list[float]) -> int:
    """The way back, the marks and the caption. Gives the row of the caption: what is above it is not for paper."""
    sheet.write_url(0, 0, f"internal:'{CONTENTS}'!A1", book.style(LINK), f"← {CONTENTS}")
    for row, mark in enumerate(book.document.marks, start=1):
        write_across(book, sheet, row, mark, widths, MARK)
    row = 1 + len(book.document.marks)
    write_across(book, sheet, row, book.caption(block), widths, CAPTION)
    return row


def write_across(
    book: Book, sheet: Worksheet, row: int, text: str, widths: list[float], style: dict[str, Any], left: int = 0
) -> None:
    """A text over the columns from `left` on, in a row high enough for it."""
    size = style.get("font_size", FONT["font_size"])
    sheet.set_row(row, text_height(text, sum(widths[left:]), size, bold=bool(style.get("bold"))))
    write_span(sheet, (row, left, row, len(widths) - 1), text, book.style(style))


def write_span(sheet: Worksheet, area: tuple[int, int, int, int], text: str, style: Format) -> None:
    top, left, bottom, right = area
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, text, style)
    else:
        sheet.merge_range(top, left, bottom, right, text, style)
