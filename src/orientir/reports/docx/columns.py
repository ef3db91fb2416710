"""Widths of the columns of a table: as the document asks, but never so narrow that a word breaks into letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from orientir.reports.document import Numbering, Table, header_grid, plain

TWIPS_PER_POINT = 20
CELL_MARGIN = 57

# The largest that lets every word stand whole and every wide column have most of its share is taken.
SIZES = (11, 10, 9, 8)
_MOST = 0.7

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

# A link can be longer than the page is wide; such a word may break.
_LONGEST = 12.0


@dataclass(frozen=True)
class Layout:
    """The size of the type in points, the widths in twips."""

    size: int
    widths: tuple[int, ...]


def layout(table: Table, numbers: Numbering, room: int) -> Layout:
    """The widths of the leaf columns of a table that has `room` twips in all."""
    longest = _longest_words(table, numbers)
    weights = [column.width for column in table.leaves]
    tries = [Layout(size, _shared(weights, _needs(longest, size), room)) for size in SIZES]
    whole = [form for form in tries if sum(_needs(longest, form.size)) <= room]
    generous = [form for form in whole if _least_part(form.widths, weights, room) >= _MOST]
    return (*generous, *whole, tries[-1])[0]


def _needs(longest: Sequence[float], size: int) -> list[float]:
    return [ems * size * TWIPS_PER_POINT + 2 * CELL_MARGIN for ems in longest]


def _least_part(widths: Sequence[int], weights: Sequence[float], room: int) -> float:
    """How much of its share the column has that had to give most, of those that ask for more than others."""
    mean = sum(weights) / len(weights)
    parts = (
        width * sum(weights) / room / weight for width, weight in zip(widths, weights, strict=True) if weight > mean
    )
    return min(parts, default=1.0)


def _longest_words(table: Table, numbers: Numbering) -> list[float]:
    longest = [0.0] * len(table.leaves)
    for cell in chain.from_iterable(header_grid(table.columns)):
        _widen(longest, cell.column, cell.colspan, cell.text)
    for row in table.rows:
        for column, text in enumerate(row.cells if row.kind != "group" else ()):
            _widen(longest, column, 1, plain(text.text, numbers))
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
