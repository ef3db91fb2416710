"""The neutral document: what the report says, before any format.

Sections build it, renderers print it; no renderer computes, rounds or words anything. Every number in it is a `Num`
whose id leads back to the facts. Headers, numbering and spans are worked out here once, for all formats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

# ---- inside a paragraph or a cell


@dataclass(frozen=True)
class Num:
    """A printed number and its short id in the register of numbers; the text is already formatted."""

    id: str
    text: str


@dataclass(frozen=True)
class Ref:
    """A reference to a table or a figure by its key; printed as «таблица 3», «рисунок 2»."""

    key: str
    case: Literal["nominative", "prepositional"] = "nominative"


@dataclass(frozen=True)
class Strong:
    text: str


@dataclass(frozen=True)
class Link:
    text: str
    url: str


Inline = str | Num | Ref | Strong | Link
Text = tuple[Inline, ...]


# ---- blocks


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (a section) to 3; the numbers «1.2» are given by `numbering`."""

    level: Literal[1, 2, 3]
    text: str
    key: str = ""


@dataclass(frozen=True)
class Paragraph:
    """`note` is small print under a table, `callout` a framed remark that must not be missed."""

    text: Text
    style: Literal["body", "note", "callout"] = "body"


@dataclass(frozen=True)
class Bullets:
    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Column:
    """A column, or a group of columns under one heading. `width` is a share of the whole (any scale)."""

    title: str
    children: tuple[Column, ...] = ()
    width: float = 1
    align: Literal["left", "right", "center"] = "left"

    @property
    def leaves(self) -> tuple[Column, ...]:
        return tuple(leaf for child in self.children for leaf in child.leaves) if self.children else (self,)

    @property
    def depth(self) -> int:
        return 1 + max((child.depth for child in self.children), default=0)


# Shades of cells, light enough for black text and apart in grey as well; what a shade means is told in words beside it.
TONES = {"": "", "good": "BFE3C8", "bad": "F3B8B0", "plain": "F1F3F5"}


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    `value` is the exact number behind the text (a share from 0 to 1), None where there is none; a workbook shows it
    with `decimals` digits, as per cent where `percent`. `ratio` names the columns (from 0) of the same row whose
    quotient the share is, so that a workbook can carry a live formula. `tone` is its shade: colour never says what the
    text does not.
    """

    text: Text = ()
    value: Decimal | None = None
    decimals: int = 0
    percent: bool = False
    ratio: tuple[int, int] | None = None
    tone: Literal["", "good", "bad", "plain"] = ""


@dataclass(frozen=True)
class Row:
    """`group` is a row whose first cell heads the rows below it and spans the table."""

    cells: tuple[Cell, ...]
    kind: Literal["body", "total", "group"] = "body"


@dataclass(frozen=True)
class Table:
    """A numbered table. `numbered_columns` adds the row «1 2 3 ...» under the header, as official reports do."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Text = ()
    landscape: bool = False
    numbered_columns: bool = False

    @property
    def leaves(self) -> tuple[Column, ...]:
        return tuple(leaf for column in self.columns for leaf in column.leaves)


@dataclass(frozen=True)
class Series:
    """Values by category; shares are from 0 to 1. `low` and `high`, where given, are the ends of an interval."""

    name: str
    values: tuple[Decimal | None, ...]
    labels: tuple[str, ...]
    low: tuple[Decimal | None, ...] = ()
    high: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A figure: columns or a line by category. `alt` tells in words what a reader of the picture would see."""

    key: str
    caption: str
    kind: Literal["columns", "line"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    percent: bool
    alt: str
    axis: str = ""


Block = Heading | Paragraph | Bullets | Table | Chart


@dataclass(frozen=True)
class Section:
    """A part of the report that stands on the page of one component of the cycle."""

    id: str
    component: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Origin:
    """Where a printed number comes from, in words: shown on hover and in the annex of numbers."""

    id: str
    text: str
    title: str
    formula: str
    sources: str


@dataclass(frozen=True)
class Document:
    """The whole report. `marks` are the lines that stand on every page (internal, synthetic); `facts_sheet` is the
    passport as pairs; `components` are the pages of the site as (id, title); `origins` are all numbers by id."""

    title: str
    subtitle: str
    territory: str
    period: str
    date: date
    language: str
    marks: tuple[str, ...]
    passport: tuple[tuple[str, str], ...]
    components: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    origins: Mapping[str, Origin]
    checksum: str

    @property
    def blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from section.blocks


# ---- worked out once for every format


@dataclass(frozen=True)
class HeaderCell:
    text: str
    colspan: int
    rowspan: int
    column: int
    align: str = "center"


def header_grid(columns: tuple[Column, ...]) -> list[list[HeaderCell]]:
    """The header as rows of cells with their spans; the only place where spans are computed."""
    depth = max(column.depth for column in columns)
    grid: list[list[HeaderCell]] = [[] for _ in range(depth)]

    def place(column: Column, level: int, left: int) -> None:
        rowspan = 1 if column.children else depth - level
        grid[level].append(HeaderCell(column.title, len(column.leaves), rowspan, left))
        for child in column.children:
            place(child, level + 1, left)
            left += len(child.leaves)

    left = 0
    for column in columns:
        place(column, 0, left)
        left += len(column.leaves)
    return grid


_NAMES = {
    "Table": {"nominative": "таблица", "prepositional": "таблице"},
    "Chart": {"nominative": "рисунок", "prepositional": "рисунке"},
}


@dataclass(frozen=True)
class Numbering:
    """Numbers of headings, tables and figures by key, in the order of the document."""

    numbers: Mapping[str, str]
    kinds: Mapping[str, str]

    def printed(self, ref: Ref) -> str:
        return f"{_NAMES[self.kinds[ref.key]][ref.case]}\u00a0{self.numbers[ref.key]}"


def numbering(document: Document) -> Numbering:
    """Number everything that has a number, in one pass. Raises ValueError for a key that is used twice."""
    numbers: dict[str, str] = {}
    kinds: dict[str, str] = {}
    counts = {"Table": 0, "Chart": 0}
    chapters = [0, 0, 0]
    for block in document.blocks:
        if not isinstance(block, Heading | Table | Chart) or not block.key:
            continue
        if block.key in numbers:
            raise ValueError(f"the key {block.key} is used twice")
        kind = type(block).__name__
        kinds[block.key] = kind
        if isinstance(block, Heading):
            chapters[block.level - 1] += 1
            chapters[block.level :] = [0] * (3 - block.level)
            numbers[block.key] = ".".join(str(number) for number in chapters[: block.level])
        else:
            counts[kind] += 1
            numbers[block.key] = str(counts[kind])
    return Numbering(numbers, kinds)


def plain(text: Text, numbers: Numbering) -> str:
    """The text without marks, for formats and places that have none."""
    return "".join(
        part if isinstance(part, str) else numbers.printed(part) if isinstance(part, Ref) else part.text
        for part in text
    )
