"""An ODS archive before it is read: is it harmless, and how many cells do its repeated rows and columns unfold into."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orientir.spreadsheets.archives import Member, inflated
from orientir.spreadsheets.broken import BrokenCell
from orientir.spreadsheets.loads import Load
from orientir.spreadsheets.markup import check_attributes, check_markup, check_tags, unusual
from orientir.spreadsheets.refusals import damaged, macros, protected

_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])(?:([^<>]*+)>)?")
_REPEATED = re.compile(rb"\stable:number-(?:rows|columns)-repeated\s*=\s*[\"']\s*([0-9]+)\s*[\"']")
_EVENTS_OF_PROGRAMS = ("basic/", "scripts/")
_MANIFEST = "meta-inf/manifest.xml"
_MANY = 10**8  # past every limit, and short enough to multiply


def check_document(data: bytes, parts: Sequence[Member]) -> tuple[BrokenCell, ...]:
    """The broken cells. Refusal for macros, passwords, XML bombs, broken parts, and where a limit is passed."""
    content = b""
    for part in parts:
        name = part.key
        if name.startswith(_EVENTS_OF_PROGRAMS):
            raise macros()
        xml = inflated(data, part)
        check_markup(xml, part.name)
        if name == _MANIFEST and b"encryption-data" in xml:
            raise protected()
        if name == "content.xml":
            content = xml
    if not content:
        raise damaged("в нём нет таблиц")
    check_tags(content)
    return weigh(content, Load())


def weigh(xml: bytes, load: Load) -> tuple[BrokenCell, ...]:
    """Add every table of the document to the load; the broken cells."""
    start = max(xml.find(b"<table:table"), 0)
    if xml.find(b"<!", start) >= 0 or xml.find(b"<?", start) >= 0:
        raise unusual()
    walk = _Walk(load)
    for match in _TAG.finditer(xml, start):
        walk.step(match)
    return tuple(walk.broken)


class _Walk:
    """Where the reader stands in the table, and how far the filled cells reach.

    An empty cell or row costs nothing until a filled one follows it.
    """

    def __init__(self, load: Load) -> None:
        self.load = load
        self.text_from = -1
        self.broken: list[BrokenCell] = []
        self._start_table()

    def _start_table(self) -> None:
        self.row = self.height = self.width = 0
        self._start_row(1)

    def _start_row(self, repeated: int) -> None:
        self.repeated = repeated
        self.column = self.last = self.filled = self.text = 0

    def step(self, match: re.Match[bytes]) -> None:
        closing, name, attributes = match.groups()
        if attributes is None:
            raise unusual()
        ended = attributes.endswith(b"/")
        if attributes:
            attributes = attributes.removesuffix(b"/")
            check_attributes(attributes)
        if name == b"table":
            self._table(bool(closing))
        elif name == b"table-row":
            self._row(bool(closing), attributes, ended)
        elif closing:
            self._end_cell(match.start())
        else:
            self._cell(match.end(), attributes, ended)

    def _table(self, closing: bool) -> None:
        if closing:
            self.load.add(grid=self.height * self.width)
        else:
            self.load.add_sheet()
        self._start_table()

    def _row(self, closing: bool, attributes: bytes, ended: bool) -> None:
        if not closing:
            self._start_row(_repeats(attributes))
        if closing or ended:
            self._end_row()

    def _end_row(self) -> None:
        self.row += self.repeated
        if self.last:
            self.height, self.width = self.row, max(self.width, self.last)
            self.load.add(filled=self.filled * self.repeated, text=self.text * self.repeated)
        self._start_row(1)

    def _cell(self, end: int, attributes: bytes, ended: bool) -> None:
        repeated = _repeats(attributes)
        self.column += repeated
        self.times = 0
        if b"office:" in attributes or b"formula" in attributes:
            self.last = self.column
            self.filled += repeated
            self.text += len(attributes) * repeated
            self.times = repeated
            if b'"error"' in attributes:
                place = BrokenCell(self.load.sheets - 1, self.row, self.column - repeated, "#VALUE!")
                self.broken.append(place)
        self.text_from = -1 if ended else end

    def _end_cell(self, start: int) -> None:
        if self.text_from >= 0:
            self.text += (start - self.text_from) * self.times
            self.text_from = -1


def _repeats(attributes: bytes) -> int:
    if b"repeated" not in attributes:
        return 1
    found = _REPEATED.findall(attributes)
    if len(found) > 1:
        raise unusual()
    return min(int(found[0].lstrip(b"0")[:10] or b"0"), _MANY) if found else 1
