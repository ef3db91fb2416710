"""A workbook as rows of values: XLSX, XLS and ODS through calamine, CSV as one sheet.

What the values mean is not known here: numbers typed as text are told in numbers.py, forms by whoever reads forms.
"""

from __future__ import annotations

import io
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from orientir.spreadsheets.broken import BrokenCell, Kind
from orientir.spreadsheets.delimited import read_delimited
from orientir.spreadsheets.guard import check_bytes, read_file
from orientir.spreadsheets.loads import Load
from orientir.spreadsheets.refusals import Refusal, damaged, protected

_ERROR_STREAM = 2
ERRORS = frozenset(("#REF!", "#DIV/0!", "#NAME?", "#N/A", "#NULL!", "#NUM!", "#VALUE!", "#GETTING_DATA", "#DATA!"))


@dataclass(frozen=True)
class Sheet:
    """One sheet. Rows begin at A1 and are equally long; an empty cell is "".

    The others are str, float, int, bool, date, datetime, time or timedelta. A date is what Excel shows as a date.
    """

    name: str
    rows: list[list[object]]
    visible: bool


@dataclass(frozen=True)
class BrokenFormula:
    """A cell whose formula gives an error instead of a value."""

    sheet: str
    cell: str
    error: str


def read_workbook(path_or_bytes: Path | bytes, kind: str | None = None, only: Collection[str] = ()) -> list[Sheet]:
    """All sheets with cells, hidden ones included, in the order of the book; Refusal where the file cannot be read.

    Sheets of other names than `only` are not read, which saves time, unless one of those names is missing.
    What `check_bytes` said of the same bytes may be given as `kind`, and they are not checked twice. A cell with a
    broken formula holds its error: «#DIV/0!».
    """
    data = path_or_bytes if isinstance(path_or_bytes, bytes) else read_file(path_or_bytes)
    if not isinstance(kind, Kind) or data is not path_or_bytes or not kind.covers(only):
        kind = check_bytes(data)
    if kind == "csv":
        return [Sheet("", [list[object](row) for row in read_delimited(data)[0]], True)]
    sheets = _contained(data, only, kind)
    _mark_broken(sheets, kind.broken)
    return [sheet for sheet in sheets if sheet is not None]


def _mark_broken(sheets: Sequence[Sheet | None], broken: Iterable[BrokenCell]) -> None:
    for place, row, column, error in broken:
        sheet = sheets[place] if place < len(sheets) else None
        if sheet and row < len(sheet.rows) and column < len(sheet.rows[row]):
            sheet.rows[row][column] = error


def _contained(data: bytes, only: Collection[str], kind: Kind) -> list[Sheet | None]:
    """A panic inside calamine is no Exception to Python; to the user it is one more unreadable file."""
    from python_calamine import CalamineError, PasswordError

    try:
        with _panics_unprinted():
            return _sheets(data, only, kind)
    except PasswordError:
        raise protected() from None
    except (CalamineError, ValueError, OSError):
        raise damaged("таблица не читается") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged("таблица не читается") from None


@contextmanager
def _panics_unprinted() -> Iterator[None]:
    """A panic writes its backtrace to the error stream of the process, below Python; nobody should have to see it."""
    try:
        stream = os.dup(_ERROR_STREAM)
    except OSError:  # started without one
        yield
        return
    os.dup2(_nowhere(), _ERROR_STREAM)
    try:
        yield
    finally:
        os.dup2(stream, _ERROR_STREAM)
        os.close(stream)


@cache
def _nowhere() -> int:
    """Opened once: a collection reads thousands of files."""
    return os.open(os.devnull, os.O_WRONLY)


def _sheets(data: bytes, only: Collection[str], kind: Kind) -> list[Sheet | None]:
    """Every sheet in the order of the book; None for one without cells, such as a chart, and for one left out."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(kind.unpacked or data))
    wanted = set(only) if only and set(only) <= set(book.sheet_names) else set(book.sheet_names)
    load = Load()
    sheets: list[Sheet | None] = []
    for place, about in enumerate(book.sheets_metadata):
        sheets.append(None)
        if about.typ == SheetTypeEnum.WorkSheet and about.name in wanted:
            sheet = book.get_sheet_by_index(place)
            load.add(grid=sheet.total_height * sheet.total_width)
            rows = cast(list[list[object]], sheet.to_python(skip_empty_area=False))
            sheets[-1] = Sheet(about.name, rows, about.visible == SheetVisibleEnum.Visible)
    if not any(sheets):
        raise Refusal("в книге нет ни одного листа с таблицей.", "Пришлите саму форму в формате XLSX.")
    return sheets


def formula_errors(sheets: Iterable[Sheet]) -> list[BrokenFormula]:
    """Every cell that shows an error, whether computed or typed."""
    return [
        BrokenFormula(sheet.name, address(row, column), str(cell))
        for sheet in sheets
        for row, cells in enumerate(sheet.rows)
        for column, cell in enumerate(cells)
        if cell in ERRORS
    ]


def address(row: int, column: int) -> str:
    """Row and column from 0 as Excel names the cell: «D14»."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
