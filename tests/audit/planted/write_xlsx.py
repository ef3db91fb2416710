"""XLSX: the report on one sheet, tables under their captions, numbers as numbers where they are plain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from audit.planted.model import Block, Grid, Item


def write(blocks: Sequence[Block], path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False})
    sheet = book.add_worksheet("Отчёт")
    formats = {
        places: book.add_format({"num_format": "0" + ("." + "0" * places if places else "")}) for places in range(3)
    }
    line = 0
    for block in blocks:
        if isinstance(block, Grid):
            line = _table(sheet, block, line, formats) + 1
        else:
            sheet.write_string(line, 0, ("– " if isinstance(block, Item) else "") + block.text)
            line += 1
    book.close()


def _table(sheet, grid: Grid, top: int, formats) -> int:  # type: ignore[no-untyped-def]
    """Gives the line after the table."""
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(grid.rows):
        column = 0
        for cell in row:
            while (number, column) in covered:
                column += 1
            covered |= {(number + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            if cell.rows * cell.columns > 1:
                last = (top + number + cell.rows - 1, column + cell.columns - 1)
                sheet.merge_range(top + number, column, *last, cell.text)
            else:
                _value(sheet, top + number, column, cell.text, formats)
    return top + len(grid.rows)


def _value(sheet, line: int, column: int, text: str, formats) -> None:  # type: ignore[no-untyped-def]
    if re.fullmatch(r"\d{1,6}(,\d{1,2})?", text):
        places = len(text.partition(",")[2])
        sheet.write_number(line, column, float(text.replace(",", ".")), formats[places])
    elif text:
        sheet.write_string(line, column, text)
