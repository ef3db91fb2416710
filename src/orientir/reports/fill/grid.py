"""A table of someone else's form as a grid of cells: what each holds and how far it spreads.

Where the cells stand in a file is known to the readers; what their labels mean, to labels and matching.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Holds(StrEnum):
    """EMPTY cells may be filled; CLOSED ones are locked or hidden; CROSSED ones say that nothing belongs there."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    FORMULA = "formula"
    CLOSED = "closed"
    CROSSED = "crossed"


POSITIONS = 300_000  # of a form from its first cell to its last; the largest we know of have a few thousand
_BLANK = re.compile(r"[\s_….\-–—]*")  # what people type where a number is to come
_CROSS = re.compile(r"\s*[хХxX×*]\s*")  # the letter in either alphabet: «не заполняется»


def text_holds(text: str) -> Holds:
    """What a cell with this text is: blank, crossed out, or a label."""
    if _BLANK.fullmatch(text):
        return Holds.EMPTY
    return Holds.CROSSED if _CROSS.fullmatch(text) else Holds.TEXT


@dataclass(frozen=True)
class GridCell:
    """A cell or a merged block; row and column from 0. `is_drawn` says that the form has a cell there, if an empty one.

    `is_percent` is set where the cell's number format shows a fraction as per cent.
    """

    row: int
    column: int
    address: str
    text: str = ""
    holds: Holds = Holds.EMPTY
    rows: int = 1
    columns: int = 1
    is_drawn: bool = True
    is_percent: bool = False


@dataclass(frozen=True)
class Grid:
    """`title` is the sheet, or «Таблица 2»; `cells` has every covered position, `captions` the words above."""

    title: str
    cells: Mapping[tuple[int, int], GridCell]
    captions: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=-1) + 1

    def row(self, at: int, width: int) -> Iterator[GridCell]:
        """The cells of a row from the left, a merged one once."""
        seen = None
        for column in range(width):
            cell = self.cells.get((at, column))
            if cell is not None and cell is not seen:
                yield cell
            seen = cell


def whole(text: str | None, default: int) -> int:
    """A number as an attribute gives it, of at most seven digits; the default for what is none."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 8 else default
