"""What the sheets of a checked XLS say besides their values: merged cells and number formats.

Only for bytes that the guard of `spreadsheets` has passed: its records end where they say.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from orientir.audit.reading.sheet_numbers import BUILT_IN, Format, format_of
from orientir.audit.reading.xlsx_parts import SheetMarks
from orientir.spreadsheets.compound import Compound

_END, _SHEET, _FORMAT, _STYLE, _MERGED = 0x000A, 0x0085, 0x041E, 0x00E0, 0x00E5
_NUMBERS = frozenset((0x0006, 0x0203, 0x027E))
_SEVERAL = 0x00BD  # numbers side by side
_HEAD = struct.Struct("<HH")
_CELL = struct.Struct("<HHH")
_AREA = struct.Struct("<HHHH")


def xls_marks(data: bytes) -> dict[str, SheetMarks]:
    """The marks of every sheet by its name; none of books from before 1997 and where a record is not understood."""
    book = Compound(data).read("Workbook")
    try:
        return _marks(book) if book else {}
    except (struct.error, IndexError):
        return {}


def _marks(book: bytes) -> dict[str, SheetMarks]:
    codes = dict(BUILT_IN)
    styles: list[int] = []
    sheets: list[tuple[str, int]] = []
    for kind, record in _records(book, 0):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _text(record[2:], struct.unpack_from("<H", record, 2)[0], 2)
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", record, 2)[0])
        elif kind == _SHEET:
            sheets.append((_text(record[6:], record[6], 1), struct.unpack_from("<I", record)[0]))
    formats = [format_of(codes.get(code, "")) for code in styles]
    return {name: _sheet(book, position, formats) for name, position in sheets}


def _records(book: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    kind = -1
    while kind != _END:
        kind, size = _HEAD.unpack_from(book, position)
        position += _HEAD.size
        yield kind, book[position : position + size]
        position += size


def _text(record: bytes, characters: int, start: int) -> str:
    """Behind its length stands a flag: whether a character takes two bytes."""
    if record[start] & 1:
        return record[start + 1 : start + 1 + 2 * characters].decode("utf-16-le", "replace")
    return record[start + 1 : start + 1 + characters].decode("latin-1")


def _sheet(book: bytes, position: int, formats: list[Format | None]) -> SheetMarks:
    marks = SheetMarks()
    for kind, record in _records(book, position):
        if kind == _MERGED:
            for start in range(2, len(record) - _AREA.size + 1, _AREA.size):
                top, bottom, left, right = _AREA.unpack_from(record, start)
                marks.areas.append((top, left, bottom, right))
        elif kind in _NUMBERS:
            _note(marks, formats, *_CELL.unpack_from(record))
        elif kind == _SEVERAL:
            row, first = _HEAD.unpack_from(record)
            for place, start in enumerate(range(4, len(record) - 6, 6)):
                _note(marks, formats, row, first + place, struct.unpack_from("<H", record, start)[0])
    return marks


def _note(marks: SheetMarks, formats: list[Format | None], row: int, column: int, style: int) -> None:
    form = formats[style] if style < len(formats) else None
    if form:
        marks.formats[row, column] = form
