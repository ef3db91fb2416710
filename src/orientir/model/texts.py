"""Texts that people wrote over live numbers: «Поступили [[v||college_9|district|2021/22|]], больше, чем прежде».

A reference names what a number is of, never a row of a file: it means the same number after the data have changed.
What it says is asked of the cycle each time, in reports/live.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from orientir.model.periods import Period

ADVICE = "advice:"  # begins the key of a recommendation; a finding's key is its id
_TOKEN = re.compile(r"\[\[([^\[\]:]+)(?::\s*([^\[\]]*))?\]\]")


@dataclass(frozen=True)
class Token:
    """A number in a text, by its reference; `said` is what it said when the text was written, where that is told."""

    ref: str
    said: str = ""

    def __str__(self) -> str:
        return f"[[{self.ref}: {self.said}]]" if self.said else f"[[{self.ref}]]"


@dataclass(frozen=True)
class EditedText:
    """How a finding or a recommendation of one year reads instead of the programme's own words.

    `seen` are the numbers that its author had before them, in the text and under it, and what they said.
    """

    key: str
    period: Period
    text: str
    seen: tuple[Token, ...]
    author: str = ""
    written_on: date | None = None
    row: int = 0


def pieces(text: str) -> Iterator[str | Token]:
    """Words and numbers in their order."""
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield Token(found[1].strip(), (found[2] or "").strip())
        end = found.end()
    if end < len(text):
        yield text[end:]


def tokens(text: str) -> tuple[Token, ...]:
    return tuple(part for part in pieces(text) if isinstance(part, Token))
