"""The least that writing a form must do: bare XlsxWriter, the same cells with as many formats. Nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook


@dataclass(frozen=True)
class BareCell:
    """A cell as the library takes it: a number, a text, nothing, or a formula with its value."""

    row: int
    column: int
    content: object
    look: int
    formula: str = ""


def bare_workbook(sheets: Sequence[tuple[str, Iterable[BareCell]]], looks: int) -> int:
    """Sheets by name with their cells; gives the size of the workbook."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        formats = [book.add_format({"border": 1, "font_size": 9 + number}) for number in range(looks)]
        for name, cells in sheets:
            sheet = book.add_worksheet(name)
            for cell in cells:
                look = formats[cell.look]
                if cell.formula:
                    sheet.write_formula(cell.row, cell.column, cell.formula, look, cell.content)
                elif cell.content is None:
                    sheet.write_blank(cell.row, cell.column, None, look)
                elif isinstance(cell.content, str):
                    sheet.write_string(cell.row, cell.column, cell.content, look)
                else:
                    sheet.write_number(cell.row, cell.column, cell.content, look)
    return len(out.getvalue())
