"""What a generated report is made of: neutral blocks for the writers, and what an audit is expected to find."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Cell:
    """A cell at its upper left corner; `link` is the address behind its text, where that is not the text itself."""

    text: str
    rows: int = 1
    columns: int = 1
    link: str = ""


@dataclass(frozen=True)
class Grid:
    """Rows as in HTML: a slot covered by a span has no cell. `header` counts the head rows."""

    rows: tuple[tuple[Cell, ...], ...]
    header: int = 1

    @property
    def width(self) -> int:
        return sum(cell.columns for cell in self.rows[0])


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Item:
    text: str


Block = Heading | Text | Item | Grid


@dataclass(frozen=True)
class Expected:
    """A finding that a planted error must bring about.

    While planting, `table` is the key of a table and `period` the year in which the period ends; afterwards they are
    the printed number and label. `elsewhere` are tables where the contradiction may as well be shown; `snippets` are
    pieces of the sentence or row, one of which stands where the finding points. `implied` are rules that may also
    speak, about these tables or none; with «*» behind, about any table. They count neither for nor against.
    `beside` are the tables of the other years, where each year has its own: what is implied may be told there.
    """

    rule: str
    table: str | None = None
    period: int | str | None = None
    snippets: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        return ((self.table,) if self.table is not None else ()) + self.elsewhere


@dataclass(frozen=True)
class Planted:
    """A report as it will be written, and what is wrong in it: nothing in a clean one."""

    seed: int
    format: str
    blocks: tuple[Block, ...]
    expected: tuple[Expected, ...] = ()
    title: str = ""
    variant: dict[str, str] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        return not self.expected

    def write(self, folder: Path) -> Path:
        """Writes the report into the folder and returns its path."""
        from audit.planted.writing import write

        return write(self, folder)
