"""What a page of a PDF shows, told in the words of print: words, rules, links, pictures. Nothing here knows pdfminer.

Coordinates are points from the upper left corner of the page as it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Word(NamedTuple):
    """A run of glyphs without a space; `space` is the one printed before it, if any. `turn` is where its text runs:
    0 to the right, 90 up, 270 down."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    size: float
    bold: bool
    turn: int
    space: str


class Rule(NamedTuple):
    """A straight line of print, level or upright, without its thickness."""

    x0: float
    top: float
    x1: float
    bottom: float


class LinkArea(NamedTuple):
    """Where a click leads to an address."""

    x0: float
    top: float
    x1: float
    bottom: float
    target: str


@dataclass
class Sheet:
    """One page. `undeciphered` counts glyphs whose letter the file does not tell; `pictured` is the share of the page
    that pictures cover."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    links: list[LinkArea] = field(default_factory=list)
    undeciphered: int = 0
    pictured: float = 0.0
