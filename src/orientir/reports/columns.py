"""Widths of the columns of a printed table: as the document asks, if its words fit and its rows do not grow tall.

For formats with pages of a given width; how a table looks otherwise is the business of their renderers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil, sqrt

from orientir.reports.document import Numbering, Table, header_grid, plain
from orientir.reports.merging import LONG, row_spans

TWIPS_PER_POINT = 20
CELL_MARGIN = 57

# The largest that lets every word stand whole and every wide column have most of its share is taken.
SIZES = (10, 9, 8)
_MOST = 0.7

# Small type is enough for looking things up.
_SIZES_OF_LONG = (8,)

# Words that never break; a line may end after a hyphen or a dash, but not at a no-break space.
_WORD = re.compile(r"[^ \n–-]+[–-]?")

# Widths of letters in a Times face, in ems and a little above the truth, so that the sum is safe.
_EMS = {
    letter: ems
    for ems, letters in {
        0.28: "ijlt\u00a0,.:;/!|'’",
        0.36: "frI-()[]",
        0.40: "зsJ",
        0.44: "агеёстэacez?",
        0.48: "вкья",
        0.52: "бдлорухчъЗbdghknopquvxy0123456789–«»$_*#",
        0.56: "ийнпцРFPS+=<>",
        0.60: "БГЬ",
        0.64: "мфЕЁТELTZ",
        0.68: "ыВДКЛСЧЭЯBCR",
        0.72: "жАИЙНОПУХЦЪADGHKNOQUVXYw",
        0.80: "юшщФm",
        0.84: "%",
        0.92: "ЫЖМM",
    }.items()
    for letter in letters
}
_OTHERS = 1.05
_MEAN = 0.47
_RAGGED = 4

# A link can be longer than the page is wide; such a word may break.
_LONGEST = 12.0

# The columns are balanced by what they hold where that saves a tenth of the lines.
_WORTH_BALANCING = 0.9

# A table as short as this, in rows and in letters, stands on one page.
_FEW_ROWS, _FEW_LETTERS = 8, 600


@dataclass(frozen=True)
class Layout:
    """The size of the type in points, the widths in twips."""

    size: int
    widths: tuple[int, ...]


def layout(table: Table, numbers: Numbering, room: int, breadth: float = 1) -> Layout:
    """The widths of the leaf columns of a table that has `room` twips in all.

    `breadth` is that of the typeface, of Times taken as one.
    """
    texts = [[plain(cell.text, numbers) for cell in row.cells] for row in table.rows if row.kind != "group"]
    longest = [breadth * ems for ems in _longest_words(table, texts)]
    asked = _fitting(table, [column.width for column in table.leaves], longest, room)
    lengths = _lengths(table, texts)
    letters = [sum(column) for column in zip(*lengths, strict=True)]
    if not any(letters) or of_figures(table):
        return asked
    balanced = Layout(asked.size, _shared([sqrt(max(1, some)) for some in letters], _needs(longest, asked.size), room))
    return balanced if _lines(balanced, lengths) < _WORTH_BALANCING * _lines(asked, lengths) else asked


def _lengths(table: Table, texts: Sequence[Sequence[str]]) -> list[list[float]]:
    """How many letters each cell has; a cell over several rows shares its letters out among them."""
    spans = [span for row, span in zip(table.rows, row_spans(table), strict=True) if row.kind != "group"]
    lengths: list[list[float]] = []
    above = [0.0] * len(table.leaves)
    for row, covered in zip(texts, spans, strict=True):
        above = [len(text) / span if span else over for text, span, over in zip(row, covered, above, strict=True)]
        lengths.append(above)
    return lengths


def _fitting(table: Table, weights: Sequence[float], longest: Sequence[float], room: int) -> Layout:
    """The columns by their weights in the largest type that does them justice."""
    sizes = _SIZES_OF_LONG if len(table.rows) > LONG else SIZES
    tries = [Layout(size, _shared(weights, _needs(longest, size), room)) for size in sizes]
    whole = [form for form in tries if sum(_needs(longest, form.size)) <= room]
    generous = [form for form in whole if _least_part(form.widths, weights, room) >= _MOST]
    return (*generous, *whole, tries[-1])[0]


def _lines(form: Layout, lengths: Sequence[Sequence[float]]) -> int:
    """About how many lines the rows take; every line but the last loses a part of a word at its end."""
    letter = _MEAN * form.size * TWIPS_PER_POINT
    rooms = [max(1, (width - 2 * CELL_MARGIN) / letter - _RAGGED) for width in form.widths]
    return sum(max(ceil((length - _RAGGED) / room) for length, room in zip(row, rooms, strict=True)) for row in lengths)


def of_figures(table: Table) -> bool:
    """Most columns hold numbers: the same column of every year must be as wide as the others."""
    return 2 * sum(leaf.align == "right" for leaf in table.leaves) > len(table.leaves)


def stays_together(table: Table, numbers: Numbering) -> bool:
    """The table is so short that a page break inside it would be worse than the space before it."""
    letters = sum(len(plain(cell.text, numbers)) for row in table.rows for cell in row.cells)
    return len(table.rows) <= _FEW_ROWS and letters <= _FEW_LETTERS


def _needs(longest: Sequence[float], size: int) -> list[float]:
    return [ems * size * TWIPS_PER_POINT + 2 * CELL_MARGIN for ems in longest]


def _least_part(widths: Sequence[int], weights: Sequence[float], room: int) -> float:
    """How much of its share the column has that had to give most, of those that ask for more than others."""
    mean = sum(weights) / len(weights)
    parts = (
        width * sum(weights) / room / weight for width, weight in zip(widths, weights, strict=True) if weight > mean
    )
    return min(parts, default=1.0)


def _longest_words(table: Table, texts: Sequence[Sequence[str]]) -> list[float]:
    longest = [0.0] * len(table.leaves)
    for cell in chain.from_iterable(header_grid(table.columns)):
        _widen(longest, cell.column, cell.colspan, cell.text)
    for column, text in ((column, text) for row in texts for column, text in enumerate(row)):
        _widen(longest, column, 1, text)
    return longest


def _widen(longest: list[float], first: int, span: int, text: str) -> None:
    need = min(_LONGEST, max(map(_ems, _WORD.findall(text)), default=0.0)) / span
    for column in range(first, first + span):
        longest[column] = max(longest[column], need)


def _ems(word: str) -> float:
    return sum(_EMS.get(letter, _OTHERS) for letter in word)


def _shared(weights: Sequence[float], needs: Sequence[float], room: int) -> tuple[int, ...]:
    """Shares by weight; a column that would fall below its need gets that, the others share what is left."""
    if sum(needs) >= room:
        return _rounded([need * room / sum(needs) for need in needs], room)
    narrow: set[int] = set()
    while True:
        free = [column for column in range(len(weights)) if column not in narrow]
        unit = (room - sum(needs[column] for column in narrow)) / sum(weights[column] for column in free)
        below = {column for column in free if weights[column] * unit < needs[column]}
        if not below:
            widths = [needs[column] if column in narrow else weight * unit for column, weight in enumerate(weights)]
            return _rounded(widths, room)
        narrow |= below


def _rounded(widths: Sequence[float], room: int) -> tuple[int, ...]:
    """Whole twips that make up the room."""
    whole = [int(width) for width in widths]
    return (*whole[:-1], room - sum(whole[:-1]))
