"""Tables on sheets: a header with its levels, rows with live numbers, the note below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from orientir.reports.columns import layout
from orientir.reports.document import TONES, Cell, Column, Link, Ref, Row, Table, header_grid, plain
from orientir.reports.xlsx.layout import PORTRAIT, column_widths, header_heights, least_width, paper_width, row_height
from orientir.reports.xlsx.numbers import number_format, quotient, stored
from orientir.reports.xlsx.sheets import BORDER, LINK, Book, add_sheet, write_across, write_span, write_top

_HEADER = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#E7EDF4"} | BORDER
_NUMBERS = {"align": "center", "italic": True, "font_size": 8} | BORDER
_BODY = {"text_wrap": True, "valign": "top"} | BORDER
_GROUP = {"bold": True, "valign": "vcenter", "bg_color": "#F3F3F3", "top": 1, "bottom": 1} | {"border_color": "#8C8C8C"}
_NOTE = {"text_wrap": True, "valign": "top", "font_size": 9}
_LONGEST_URL = 2000
_LONG = 10

# In a width of one character: what the shared reckoning of columns counts in.
_TWIPS = 110
_ROWS: dict[str, dict[str, Any]] = {"body": {}, "total": {"bold": True, "bg_color": "#F3F3F3"}}


@dataclass(frozen=True)
class Place:
    """Where a table stands on its sheet: the first rows of its header and of its body, and the row after it."""

    header: int
    body: int
    end: int


def write_table(book: Book, table: Table) -> None:
    least = least_widths(book, table)
    landscape = table.landscape or sum(least) > PORTRAIT
    sheet = add_sheet(book, book.sheet_name(table.key), landscape)
    total = paper_width(least, landscape=landscape)
    widths = column_widths(layout(table, book.numbers, int(total * _TWIPS)).widths, least, total)
    set_widths(sheet, widths)
    caption = write_top(book, sheet, table, widths)
    place = write_grid(book, sheet, caption + 1, table, widths)
    if table.note:
        write_across(book, sheet, place.end, plain(table.note, book.numbers), widths, _NOTE)
    sheet.freeze_panes(place.body, 0)
    sheet.repeat_rows(place.header, place.body - 1)
    if _is_list(table):
        sheet.autofilter(place.header, 0, place.end - 1, len(widths) - 1)
    sheet.print_area(caption, 0, place.end if table.note else place.end - 1, len(widths) - 1)


def _is_list(table: Table) -> bool:
    """A long table with one line of header is for choosing rows from."""
    return len(table.rows) > _LONG and table.columns == table.leaves and not table.numbered_columns


def least_widths(book: Book, table: Table) -> list[float]:
    rows = [row for row in table.rows if row.kind != "group"]
    return [
        least_width([leaf.title, *(plain(row.cells[index].text, book.numbers) for row in rows)])
        for index, leaf in enumerate(table.leaves)
    ]


def set_widths(sheet: Worksheet, widths: list[float]) -> None:
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)


def write_grid(book: Book, sheet: Worksheet, top: int, table: Table, widths: list[float]) -> Place:
    """The table itself from the row `top` on: header, numbers of columns, body."""
    body = _write_header(book, sheet, top, table.columns, widths)
    if table.numbered_columns:
        for index in range(len(widths)):
            sheet.write_number(body, index, index + 1, book.style(_NUMBERS))
        body += 1
    for line, row in enumerate(table.rows, start=body):
        if row.kind == "group":
            _write_group(book, sheet, line, plain(row.cells[0].text, book.numbers), len(widths))
        else:
            texts = [plain(cell.text, book.numbers) for cell in row.cells]
            sheet.set_row(line, row_height(texts, widths, bold=row.kind == "total"))
            _write_row(book, sheet, line, row, table.leaves)
    return Place(top, body, body + len(table.rows))


def _write_group(book: Book, sheet: Worksheet, line: int, text: str, columns: int) -> None:
    """Not merged, because rows with merged cells cannot be sorted: the text runs over the empty cells."""
    style = book.style(_GROUP)
    for index in range(1, columns):
        sheet.write_blank(line, index, None, style)
    sheet.set_row(line, row_height([""], [1.0], bold=True))
    sheet.write_string(line, 0, text, style)


def _write_header(book: Book, sheet: Worksheet, top: int, columns: tuple[Column, ...], widths: list[float]) -> int:
    grid = header_grid(columns)
    for level, height in enumerate(header_heights(grid, widths)):
        sheet.set_row(top + level, height)
        for cell in grid[level]:
            bottom, right = top + level + cell.rowspan - 1, cell.column + cell.colspan - 1
            write_span(sheet, (top + level, cell.column, bottom, right), cell.text, book.style(_HEADER))
    return top + len(grid)


def _write_row(book: Book, sheet: Worksheet, line: int, row: Row, leaves: tuple[Column, ...]) -> None:
    for index, (cell, leaf) in enumerate(zip(row.cells, leaves, strict=True)):
        text = plain(cell.text, book.numbers)
        tone = {"bg_color": f"#{TONES[cell.tone]}"} if cell.tone else {}
        look = {**_BODY, **_ROWS[row.kind], **tone, "align": leaf.align, "indent": int(leaf.align == "left")}
        if cell.value is None:
            _write_text(book, sheet, (line, index), cell, look)
            continue
        style = book.style(look, num_format=number_format(cell, text))
        if formula := quotient(cell, row, line):
            sheet.write_formula(line, index, formula[0], style, formula[1])
        else:
            sheet.write_number(line, index, stored(cell.value, cell, text), style)


def _write_text(book: Book, sheet: Worksheet, at: tuple[int, int], cell: Cell, look: dict[str, Any]) -> None:
    """A cell can lead to one place only: the first that its text names."""
    text = plain(cell.text, book.numbers)
    targets = [_address(book, part) for part in cell.text if isinstance(part, Link | Ref)]
    if targets and targets[0]:
        sheet.write_url(*at, targets[0], book.style(look, LINK), text)
    elif text:
        sheet.write_string(*at, text, book.style(look))
    else:
        sheet.write_blank(*at, None, book.style(look))


def _address(book: Book, part: Link | Ref) -> str:
    if isinstance(part, Ref):
        return book.address(part.key)
    # Anything else would be taken for a file next to the workbook; a longer address is refused by spreadsheets.
    known = part.url.startswith(("https://", "http://", "mailto:"))
    return part.url if known and len(part.url) <= _LONGEST_URL else ""
