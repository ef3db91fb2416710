"""Reads the printed blocks of a report back and recomputes them, knowing nothing of how they were made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audit.planted.model import Block, Grid, Item, Text

_CAPTION = re.compile(r"^Табл(?:ица|\.) (?:№ )?(\d+)[.\s]")
_CITED = re.compile(r"табл(?:\.|ице|ицу|ица)\s?(\d+(?:, \d+)*)")
_SHARE = re.compile(r"(\d+(?:,\d+)?)[ \u00a0]?%")


@dataclass(frozen=True)
class Printed:
    """A numbered table as a full matrix of texts."""

    number: int
    caption: str
    matrix: tuple[tuple[str, ...], ...]

    def numbers(self) -> list[list[str]]:
        """Rows of numbers in words of the table, without the row that counts columns."""
        found = [
            [text for text in row if re.fullmatch(r"[\d \u00a0]+(,\d+)?( ?\u00a0?%)?", text)] for row in self.matrix
        ]
        return [row for row in found if row and row != [str(place + 1) for place in range(len(row))]]


def printed(blocks: Sequence[Block]) -> list[Printed]:
    found, caption = [], ""
    for block in blocks:
        if isinstance(block, Grid):
            match = _CAPTION.match(caption)
            found.append(Printed(int(match[1]) if match else 0, caption, matrix(block)))
        elif isinstance(block, Text):
            caption = block.text
    return found


def matrix(grid: Grid, down: bool = True) -> tuple[tuple[str, ...], ...]:
    """Every slot with the text of the cell that covers it; without `down`, not of one from a row above."""
    slots: dict[tuple[int, int], str] = {}
    for number, row in enumerate(grid.rows):
        column = 0
        for cell in row:
            while (number, column) in slots:
                column += 1
            for below in range(cell.rows):
                for right in range(cell.columns):
                    slots[number + below, column + right] = cell.text if down or not below else ""
    return tuple(tuple(slots[row, column] for column in range(grid.width)) for row in range(len(grid.rows)))


def half_up(part: int, whole: int, decimals: int) -> Fraction:
    """The share in percent at this precision."""
    scaled = Fraction(100 * part * 10**decimals, whole)
    return Fraction(int(scaled + Fraction(1, 2)), 10**decimals)


def value(text: str) -> Fraction:
    return Fraction(re.sub(r"[ \u00a0%]", "", text).replace(",", "."))


def quotations(blocks: Sequence[Block]) -> Iterator[tuple[str, list[int], list[str]]]:
    """Sentences that cite tables: the sentence, the numbers of the tables, the shares it prints."""
    for block in blocks:
        if isinstance(block, Text | Item) and not _CAPTION.match(block.text):
            cited = [int(number) for each in _CITED.findall(block.text) for number in each.split(", ")]
            shares = _SHARE.findall(block.text)
            if cited and shares:
                yield block.text, cited, shares
