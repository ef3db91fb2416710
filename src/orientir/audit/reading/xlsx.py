"""Workbooks: XLSX, XLS and ODS, sheet by sheet, hidden ones too, each value as it is shown.

What may be opened at all is decided by `spreadsheets`; what of a sheet is text and what a table, in sheet_blocks.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from orientir.audit.document import Document, Link
from orientir.audit.reading.failures import told
from orientir.audit.reading.flow import Flow
from orientir.audit.reading.odt_parts import TABLE, roots_of
from orientir.audit.reading.sheet_blocks import SheetCell, lay_out
from orientir.audit.reading.sheet_numbers import shown
from orientir.audit.reading.xls_parts import xls_marks
from orientir.audit.reading.xlsx_parts import Area, SheetMarks, marks_of
from orientir.spreadsheets.guard import check_bytes
from orientir.spreadsheets.loads import Load
from orientir.spreadsheets.sheets import read_workbook

Cells = dict[int, dict[int, SheetCell]]


def read_xlsx(data: bytes, name: str) -> Document:
    """The workbook in these bytes; `UserError` about `name` where it cannot be read or must not be opened."""
    with told(name):
        kind = check_bytes(data)
        flow = Flow()
        notes: tuple[str, ...] = ()
        if kind == "ods":
            for title, cells in _opendocument_sheets(data):
                lay_out(flow, title, cells)
        else:
            marks = marks_of(data) if kind == "xlsx" else xls_marks(data) if kind == "xls" else {}
            for sheet in read_workbook(data, kind):
                lay_out(flow, sheet.name, _cells(sheet.rows, marks.get(sheet.name, SheetMarks())))
            notes = _notes(marks)
        return Document(name, str(kind), flow.finished(), notes=notes)


def _notes(marks: Mapping[str, SheetMarks]) -> tuple[str, ...]:
    return tuple(
        f"Лист «{title}»: формул без сохранённых значений: {one.uncounted}. "
        "Откройте книгу в Excel или LibreOffice, сохраните и повторите."
        for title, one in marks.items()
        if one.uncounted
    )


def _cells(rows: Sequence[Sequence[object]], marks: SheetMarks) -> Cells:
    """The cells that hold something, each under its row and column; a merged one under all that it covers."""
    cells: Cells = {}
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            text = "" if value == "" else shown(value, marks.formats.get((number, column)))
            if text:
                target = marks.links.get((number, column), "")
                links = (Link(text, target),) if target else ()
                cells.setdefault(number, {})[column] = SheetCell(text, number, column, links=links)
    _merge(cells, marks.areas, len(rows), max(map(len, rows), default=0))
    return cells


def _merge(cells: Cells, areas: Iterable[Area], height: int, width: int) -> None:
    """Merged areas reach no further than the filled part of the sheet, and together cover no more than a sheet may."""
    load = Load()
    for top, left, bottom, right in areas:
        cell = cells.get(top, {}).get(left)
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if cell is None or (cell.row, cell.column) != (top, left) or bottom < top or right < left:
            continue
        load.add(grid=(bottom - top + 1) * (right - left + 1))
        cell.rows, cell.columns = bottom - top + 1, right - left + 1
        for row in range(top, bottom + 1):
            slots = cells.setdefault(row, {})
            for column in range(left, right + 1):
                slots[column] = cell


def _opendocument_sheets(data: bytes) -> list[tuple[str, Cells]]:
    """ODS tells how each value is shown, and which cells cover others, in the way of text documents."""
    from orientir.audit.reading.odt import table_of

    body = roots_of(data)["content.xml"].find("{*}body/{*}spreadsheet")
    found: list[tuple[str, Cells]] = []
    for element in () if body is None else body.iterchildren(TABLE + "table"):
        table = table_of(element)
        cells: Cells = {}
        for row, slots in enumerate(table.rows if table else ()):
            for column, cell in enumerate(slots):
                if cell.text:
                    origin = cells.get(cell.row, {}).get(cell.column)
                    cells.setdefault(row, {})[column] = origin or SheetCell(
                        cell.text, cell.row, cell.column, cell.rows, cell.columns, cell.links
                    )
        found.append((element.get(TABLE + "name", ""), cells))
    return found
