"""Widths and heights: how wide the columns are and how high a row must be for its text to show.

Some programs fit rows to their text when they open a file, none does so for merged cells: all heights are set here.
Widths are in characters, as spreadsheets measure them, heights in points. No sheet is touched here.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence

from orientir.reports.document import HeaderCell

# What fits on A4 with the margins of sheets.py at full size.
PORTRAIT, LANDSCAPE = 90.0, 135.0

_CROWDED, _SMALLER = 0.85, 1.2

# A longer word is broken rather than allowed to widen its column.
_LONGEST_WORD = 28

# How wide a letter of Russian text is on average, in digits: spreadsheets measure columns by the digit.
_LETTER, _BOLD_LETTER = 0.95, 1.08

_LEADING, _PADDING = 1.25, 5.0
_INDENT = 1.0
_HIGHEST_ROW = 409.0


def least_width(texts: Iterable[str]) -> float:
    """The width at which no word of the texts is broken."""
    longest = max((len(word) for text in texts for word in re.split(r"[ \n]|(?<=-)", text)), default=0)
    return min(longest, _LONGEST_WORD) * _BOLD_LETTER + 1.5 + _INDENT


def paper_width(least: Sequence[float], *, landscape: bool) -> float:
    """The width of the page; more for a crowded table, which is better printed smaller than squeezed."""
    page = LANDSCAPE if landscape else PORTRAIT
    return page * _SMALLER if sum(least) > _CROWDED * page else page


def column_widths(weights: Sequence[float], least: Sequence[float], total: float) -> list[float]:
    """Divide the total by the weights of the columns, but give none less than its words need."""
    widths = [0.0] * len(weights)
    free = set(range(len(weights)))
    while free:
        unit = (total - sum(widths)) / sum(weights[index] for index in free)
        tight = {index for index in free if weights[index] * unit < least[index]}
        for index in tight or free:
            widths[index] = least[index] if tight else weights[index] * unit
        free -= tight or free
    return widths


def text_height(text: str, width: float, size: float = 10, *, bold: bool = False) -> float:
    """The height of the text, wrapped at the width."""
    letter = (_BOLD_LETTER if bold else _LETTER) * size / 10
    room = max(1, int(width / letter))
    lines = sum(max(1, len(textwrap.wrap(line, room))) for line in text.split("\n"))
    return min(_HIGHEST_ROW, lines * size * _LEADING + _PADDING)


def row_height(texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> float:
    return max(text_height(text, width - _INDENT, bold=bold) for text, width in zip(texts, widths, strict=True))


def header_heights(grid: Sequence[Sequence[HeaderCell]], widths: Sequence[float]) -> list[float]:
    """The heights of the rows of a header; a cell over several rows makes the last of them higher where it must."""
    heights = [text_height("", 1)] * len(grid)
    for cell, top in sorted(
        ((cell, top) for top, cells in enumerate(grid) for cell in cells), key=lambda c: c[0].rowspan
    ):
        width = sum(widths[cell.column : cell.column + cell.colspan])
        last = top + cell.rowspan - 1
        missing = text_height(cell.text, width, bold=True) - sum(heights[top : last + 1])
        heights[last] += max(0.0, missing)
    return heights
