"""The cells of one large or odd XLSX sheet, counted tag by tag: as calamine would place them, without making them.

Empty cells that only carry a format are not counted: a sheet formatted to its last row is clumsy, but honest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from orientir.spreadsheets.limits import FILLED_CELLS
from orientir.spreadsheets.loads import Load
from orientir.spreadsheets.markup import check_attributes, unusual

_PREFIX = rb"(?:[^\s<>/:\"']+:)?"
_TAG = re.compile(
    rb"<(/?)" + _PREFIX + rb"(row|c)(?=[\s/>])"
    rb"(?:([^<>]*+)>((?:<v>([0-9]+)</v>)?</" + _PREFIX + rb"c>)?)?"
)  # fmt: skip
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)([0-9]*)[\"']")
_SHARED = re.compile(rb"\st\s*=\s*[\"']s[\"']")
_STRING = re.compile(rb"<" + _PREFIX + rb"si(?=[\s/>])")
_BLANK_STRING = re.compile(rb"<" + _PREFIX + rb"si\s*(?:/>|></)|<[!?]")
_PLAIN_BLANK = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?/>')
_PLAIN_FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?!(?: s="[0-9]+")?/>)')
_FURTHEST_COLUMN, _FURTHEST_ROW = 16_384, 1_048_576


def string_sizes(xml: bytes) -> Sequence[int]:
    """Bytes of each shared string. Where numbers might not match a reader's, all are as long as the longest."""
    sizes = [len(piece) for piece in _STRING.split(xml)[1:]]
    counted_alike = not _BLANK_STRING.search(xml, xml.find(b"sst"))
    return sizes if counted_alike else [max(sizes, default=0)] * len(sizes)


def weigh(xml: bytes, sizes: Sequence[int], load: Load) -> None:
    """Add the sheet to the load. `sizes` are those of the shared strings; empty where their repetition is harmless."""
    start, end = xml.find(b"sheetData"), xml.rfind(b"sheetData")
    if xml.find(b"<!", start, end) >= 0 or xml.find(b"<?", start, end) >= 0:
        raise unusual()
    if _weigh_plain(xml[start:end], max(sizes, default=0), load):
        return
    walk = _Walk(sizes)
    for match in _TAG.finditer(xml, start, end):
        walk.step(match)
    load.add(grid=walk.height * walk.width, filled=walk.filled, text=walk.text)


def _weigh_plain(cells: bytes, longest: int, load: Load) -> bool:
    """The quick way for a sheet where each cell names its place as Excel writes it; False where one does not."""
    blank = len(_PLAIN_BLANK.findall(cells))
    if b":c" in cells or cells.count(b"<c") - blank > FILLED_CELLS:
        return False
    places = _PLAIN_FILLED.findall(cells)
    if len(places) + blank != cells.count(b"<c") or not load.has_room_for(len(places) * longest):
        return False
    height = max((int(row) for _, row in places), default=0)
    width = max((_column(letters) + 1 for letters in {letters for letters, _ in places}), default=0)
    load.add(grid=height * width, filled=len(places))
    return True


class _Walk:
    """Where the reader stands in the sheet, and how far the filled cells reach."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = sizes
        self.longest = max(sizes, default=0)
        self.row = self.column = self.height = self.width = self.filled = self.text = 0
        self.in_cell = False

    def step(self, match: re.Match[bytes]) -> None:
        closing, name, attributes, rest, number = match.groups()
        if closing:
            self._close(name)
        elif attributes is None or self.in_cell:
            raise unusual()
        else:
            ended = attributes.endswith(b"/")
            attributes = attributes.removesuffix(b"/")
            check_attributes(attributes)
            self._open(name, attributes, ended, rest is not None, number)

    def _open(self, name: bytes, attributes: bytes, ended: bool, closed: bool, number: bytes | None) -> None:
        if name == b"row":
            self.row = _reference(attributes, self.row, 0)[0]
            if ended:
                self._close(name)
        else:
            self._cell(attributes, ended or closed, number, not ended and (number is not None or not closed))

    def _close(self, name: bytes) -> None:
        if name == b"c":
            self.in_cell = False
        elif self.in_cell:
            raise unusual()
        else:
            self.row, self.column = self.row + 1, 0

    def _cell(self, attributes: bytes, whole: bool, number: bytes | None, filled: bool) -> None:
        row, self.column = _reference(attributes, self.row, self.column)
        self.in_cell = not whole
        self.column += 1
        if filled:
            self.filled += 1
            self.height, self.width = max(self.height, row + 1), max(self.width, self.column)
            if self.sizes and _SHARED.search(attributes):
                self.text += self._size(number)

    def _size(self, number: bytes | None) -> int:
        place = int(number) if number and len(number) < 9 else -1
        return self.sizes[place] if 0 <= place < len(self.sizes) else self.longest


def _reference(attributes: bytes, row: int, column: int) -> tuple[int, int]:
    """Row and column of «r», each from 0; as given where it does not name them."""
    found = _REFERENCE.findall(attributes)
    if len(found) > 1:
        raise unusual()
    for letters, digits in found:
        row = min(int(digits.lstrip(b"0")[:8] or b"0"), _FURTHEST_ROW) - 1 if digits else row
        column = _column(letters) if letters else column
    return row, column


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + letter - 64
    return min(number, _FURTHEST_COLUMN) - 1
