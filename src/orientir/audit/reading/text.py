"""Plain text: tables whose cells begin with a TAB, tables drawn with bars or spaces, and one cell a line.

In the TAB form a cell is a line that begins with a TAB, with the lines that continue it; an empty line ends a row; text
after an empty line ends the table, and a TAB after it goes on with the table (a page ended there).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from orientir.audit.document import Block, Document, Paragraph, Place, Table
from orientir.audit.reading.grid import Piece, spread
from orientir.audit.reading.text_columns import column_table, stacked_table
from orientir.audit.reading.written import item_of, links_of

_BAR_RULE = re.compile(r"^[\s|+:=-]+$")


def read_text(text: str, name: str) -> Document:
    """Lines count from 1 as an editor shows them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    return Document(name, "txt", tuple(_Blocks(lines).read()))


@dataclass
class _Blocks:
    lines: Sequence[str]
    at: int = 0
    blocks: list[Block] = field(default_factory=list)

    def read(self) -> list[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.startswith("\t"):
                self._tabbed()
            elif not line.strip():
                self.at += 1
            elif not (self._barred() or self._columns() or self._stacked()):
                self.blocks.append(paragraph(line, self.at + 1))
                self.at += 1
        return self.blocks

    # ---- cells on lines that begin with a TAB

    def _tabbed(self) -> None:
        start, rows = self.at, list[list[Piece]]()
        row: list[Piece] = []
        breaks: list[int] = []
        blanks = 0
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.startswith("\t"):
                if blanks > 1 and rows and not row:
                    breaks.append(len(rows))
                row.append(Piece(line[1:].strip(), Place(self.at + 1)))
                blanks = 0
            elif line.strip() and row:
                row[-1] = Piece(f"{row[-1].text}\n{line.strip()}", row[-1].place)
            elif line.strip():
                break
            else:
                if row:
                    rows.append(row)
                    row = []
                blanks += 1
            self.at += 1
        if row:
            rows.append(row)
        self._add(rows, start, tuple(breaks))

    def _add(self, rows: Sequence[Sequence[Piece]], start: int, breaks: tuple[int, ...] = ()) -> None:
        split = [[Piece(part, piece.place) for piece in row for part in piece.text.split("\t")] for row in rows]
        self.blocks.append(Table(spread(split), Place(start + 1), breaks))

    # ---- other tables

    def _barred(self) -> bool:
        """«| a | b |»: two lines or more."""
        end = self.at
        while end < len(self.lines) and self.lines[end].count("|") >= 2:
            end += 1
        rows = [
            [Piece(cell.strip(), Place(number + 1)) for cell in self.lines[number].strip().strip("|").split("|")]
            for number in range(self.at, end)
            if not _BAR_RULE.match(self.lines[number])
        ]
        if len(rows) < 2:
            return False
        self._add(rows, self.at)
        self.at = end
        return True

    def _columns(self) -> bool:
        return self._found(column_table(self.lines, self.at))

    def _stacked(self) -> bool:
        return self._found(stacked_table(self.lines, self.at))

    def _found(self, found: tuple[list[list[Piece]], int] | None) -> bool:
        if found is None:
            return False
        rows, end = found
        self._add(rows, self.at)
        self.at = end
        return True


def paragraph(line: str, number: int) -> Paragraph:
    text, is_item = item_of(line.strip())
    return Paragraph(text, Place(number), is_item=is_item, links=links_of(text))


def paragraphs(lines: Sequence[str], first: int) -> Iterator[Paragraph]:
    return (paragraph(line, first + place) for place, line in enumerate(lines) if line.strip())
