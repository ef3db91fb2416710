"""A list as a file: with the titles by which the import knows the columns again."""

from __future__ import annotations

import io
from collections.abc import Iterator

from django.db.models import QuerySet
from xlsxwriter import Workbook

from orientir.sources.registers.columns import Register
from orientir_web.registers.listing import headings, written
from orientir_web.registers.models import RegisterRow
from orientir_web.tables import csv_for_spreadsheets

_WIDTH = 24


def to_csv(rows: QuerySet[RegisterRow], register: Register) -> bytes:
    return csv_for_spreadsheets(headings(register), _lines(rows, register))


def to_xlsx(rows: QuerySet[RegisterRow], register: Register) -> bytes:
    """Cells are text or whole numbers, never formulas."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = (
            book.add_worksheet(register.title.replace(":", ",")[:31]),
            book.add_format({"bold": True, "text_wrap": True}),
        )
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings(register)) - 1, _WIDTH)
        for column, title in enumerate(headings(register)):
            sheet.write_string(0, column, title, bold)
        for line, texts in enumerate(_lines(rows, register), 1):
            for column, text in enumerate(texts):
                if text.isascii() and text.isdecimal() and len(text) < 10 and (text == "0" or text[0] != "0"):
                    sheet.write_number(line, column, int(text))
                else:
                    sheet.write_string(line, column, text)
    return out.getvalue()


def _lines(rows: QuerySet[RegisterRow], register: Register) -> Iterator[list[str]]:
    return (written(row, register) for row in rows.iterator(chunk_size=500))
