"""A document as anyone wrote it, whatever its format: paragraphs and tables in their order, each with its place.

Readers make it; nothing here knows a format or judges what is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. `line` counts from 1: lines of a text file, else paragraphs and rows in their order.

    `page` is known where the format has pages. `anchor` is the reader's own address of the piece, by which marks are
    put into a copy of the document; it means nothing elsewhere.
    """

    line: int
    page: int | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What is shown and where it leads; of an address that is only written out both are the same."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside tables. `heading` is its level from 1, 0 for body text; `is_item` marks an element of a list."""

    text: str
    place: Place
    heading: int = 0
    is_item: bool = False
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its upper left corner (row and column from 0), with how many rows and columns it spans."""

    text: str
    row: int
    column: int
    place: Place
    rows: int = 1
    columns: int = 1
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: every slot of `rows` holds the cell that covers it, so a merged cell stands in several; rows are equally
    long. `breaks` are rows before which a page ended. Captions are paragraphs, found later."""

    rows: tuple[tuple[Cell, ...], ...]
    place: Place
    breaks: tuple[int, ...] = ()

    def cells(self) -> Iterator[Cell]:
        """Each cell once, row by row."""
        for number, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                if (cell.row, cell.column) == (number, column):
                    yield cell


Block = Paragraph | Table


@dataclass(frozen=True)
class Document:
    """`unreadable_pages` are pictures of pages (scans); `notes` say in Russian what could not be read."""

    name: str
    format: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    unreadable_pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))
