"""The records of an XLS workbook before it is read: password, and how many cells its sheets will unfold into."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from orientir.spreadsheets.broken import BrokenCell
from orientir.spreadsheets.limits import TEXT_BYTES
from orientir.spreadsheets.loads import Load
from orientir.spreadsheets.refusals import damaged, protected

_END, _SHEET, _PASSWORD, _STRINGS, _CONTINUED = 0x000A, 0x0085, 0x002F, 0x00FC, 0x003C
_SHARED, _SEVERAL = 0x00FD, 0x00BD
_EXTENT, _FURTHEST_ROW, _FURTHEST_COLUMN = 0x0200, 65_536, 256
_FORMULA, _LOGICAL, _ERROR_RESULT = 0x0006, 0x0205, 2
_CELLS = frozenset((_FORMULA, 0x0203, 0x0204, _LOGICAL, 0x027E, _SHARED, _SEVERAL))
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_HEAD = struct.Struct("<HH")
_STRING = struct.Struct("<HB")


def check_records(book: bytes) -> tuple[BrokenCell, ...]:
    """The broken cells. Refusal for a password, for broken records, and where a limit is passed."""
    try:
        return tuple(_check(book))
    except (struct.error, IndexError):
        raise damaged("записи книги обрываются") from None


def _check(book: bytes) -> list[BrokenCell]:
    load = Load()
    sheets: list[int] = []
    pieces: list[bytes] = []
    for kind, start, size in _records(book, 0):
        if kind == _PASSWORD:
            raise protected()
        if kind == _STRINGS or (kind == _CONTINUED and pieces):
            pieces.append(book[start : start + size])
        if kind == _SHEET:
            load.add_sheet()
            sheets.append(struct.unpack_from("<I", book, start)[0])
    broken: list[BrokenCell] = []
    if pieces and struct.unpack_from("<I", pieces[0], 4)[0] > sum(map(len, pieces)):
        raise damaged("число надписей неверно")  # the reader sets aside memory for as many
    shared = sum(_weigh(book, sheet, position, load, broken) for sheet, position in enumerate(sheets))
    if shared * sum(map(len, pieces)) > TEXT_BYTES:
        lengths = _string_lengths(pieces)
        for position in sheets:
            load.add(text=_shared_text(book, position, lengths))
    return broken


def _records(book: bytes, position: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and size of each record up to the end of this part of the book."""
    kind = 0
    while kind != _END:
        kind, size = _HEAD.unpack_from(book, position)
        position += _HEAD.size
        if position + size > len(book):
            raise damaged("записи книги обрываются")
        yield kind, position, size
        position += size


def _weigh(book: bytes, sheet: int, position: int, load: Load, broken: list[BrokenCell]) -> int:
    """Add the sheet that begins here; how many of its cells show shared strings."""
    height = width = filled = shared = 0
    for kind, start, size in _records(book, position):
        if kind == _EXTENT:
            _check_extent(book[start : start + size])
        if kind in _CELLS and size >= 6:
            row, column = _HEAD.unpack_from(book, start)
            last = struct.unpack_from("<H", book, start + size - 2)[0] if kind == _SEVERAL else column
            height, width = max(height, row + 1), max(width, last + 1, column + 1)
            filled += max(last - column + 1, 1)
            shared += kind == _SHARED
            error = _error(kind, book[start : start + size])
            if error:
                broken.append(BrokenCell(sheet, row, column, error))
    load.add(grid=height * width, filled=filled)
    return shared


def _check_extent(extent: bytes) -> None:
    """The stated extent of the sheet is believed by the reader, which sets aside memory for all of it."""
    top, bottom, left, right = struct.unpack_from("<IIHH" if len(extent) >= 12 else "<HHHH", extent)
    if not (top <= bottom <= _FURTHEST_ROW and left <= right <= _FURTHEST_COLUMN):
        raise damaged("размер листа указан неверно")


def _error(kind: int, cell: bytes) -> str:
    """The error that the cell holds, alone or as the result of its formula; "" where it holds none."""
    if kind == _LOGICAL and len(cell) >= 8 and cell[7]:
        return _ERRORS.get(cell[6], "#VALUE!")
    if kind == _FORMULA and cell[12:14] == b"\xff\xff" and cell[6] == _ERROR_RESULT:
        return _ERRORS.get(cell[8], "#VALUE!")
    return ""


def _shared_text(book: bytes, position: int, lengths: Sequence[int]) -> int:
    """Bytes of the shared strings that the cells of this sheet show, each as often as it is shown."""
    places = (
        struct.unpack_from("<I", book, start + 6)[0] for kind, start, _ in _records(book, position) if kind == _SHARED
    )
    return sum(2 * lengths[place] for place in places if place < len(lengths))


def _string_lengths(pieces: Sequence[bytes]) -> list[int]:
    """Characters of each shared string. The table goes on over several records; a text may be cut between them."""
    lengths: list[int] = []
    piece, place = 0, 8  # the table begins with two counts
    while piece < len(pieces):
        if place >= len(pieces[piece]):
            piece, place = piece + 1, place - len(pieces[piece])
            continue
        characters, flags = _STRING.unpack_from(pieces[piece], place)
        lengths.append(characters)
        runs = struct.unpack_from("<H", pieces[piece], place + 3)[0] if flags & 8 else 0
        head = 3 + 2 * bool(flags & 8)
        extra = struct.unpack_from("<I", pieces[piece], place + head)[0] if flags & 4 else 0
        piece, place = _after_text(pieces, piece, place + head + 4 * bool(flags & 4), characters, flags & 1)
        place += 4 * runs + extra
    return lengths


def _after_text(pieces: Sequence[bytes], piece: int, place: int, characters: int, wide: int) -> tuple[int, int]:
    """Where the text ends: each further record begins with a byte that tells how its characters are written."""
    while characters > (room := (len(pieces[piece]) - place) >> wide):
        characters -= room
        piece, place = piece + 1, 1
        wide = pieces[piece][0] & 1
    return piece, place + (characters << wide)
