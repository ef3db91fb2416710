"""What a paper is, before any format: its requisites, its blocks, its annexes; a deck and its slides.

Numbers are `Num`s of the same register as those of the report. What nobody but the office knows (names, the number
and the date of an act) is a blank to fill, and no field of these objects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from orientir.reports.document import Bullets, Chart, Paragraph, Table, Text

BLANK = "________"
LONG_BLANK = "____________________"

PaperId = Literal["order", "letter", "results", "page"]


@dataclass(frozen=True)
class Point:
    """A point of an order, «1.» or «1.2.»."""

    number: str
    text: Text


@dataclass(frozen=True)
class Command:
    """The word with which an order begins to order."""

    text: str


@dataclass(frozen=True)
class Caption:
    """A heading inside a paper, above a table or a list."""

    text: str


PaperBlock = Paragraph | Bullets | Point | Command | Caption | Table


@dataclass(frozen=True)
class Annex:
    """`number` is empty for the sheet of those who have read the paper, which is no annex to it."""

    number: str
    title: str
    blocks: tuple[PaperBlock, ...]
    turned: bool = False


@dataclass(frozen=True)
class Paper:
    """`kind` is printed above the title («ПРИКАЗ»); a letter has none and an addressee instead.

    `authority` is empty where the data name no office: the head of the paper is then a blank. `marks` stand on every
    page. `single` asks for one page: smaller type and no requisites of an act.
    """

    id: PaperId
    kind: str
    title: str
    authority: str
    marks: tuple[str, ...]
    blocks: tuple[PaperBlock, ...]
    addressee: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    source: str = ""
    single: bool = False


@dataclass(frozen=True)
class Slide:
    """A title that states something, one body, and what the speaker says. `source` stands at the foot."""

    title: str
    notes: tuple[Text, ...]
    bullets: tuple[Text, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    remark: Text = ()


@dataclass(frozen=True)
class Deck:
    """`cover` is the title of the first slide with the lines below it."""

    cover: str
    lines: tuple[str, ...]
    cover_notes: tuple[Text, ...]
    marks: tuple[str, ...]
    source: str
    slides: tuple[Slide, ...]
