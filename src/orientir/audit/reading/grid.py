"""Rows of unequal length -> a grid: a row with fewer cells than the table is wide is the head of groups of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from orientir.audit.document import Cell, Place
from orientir.audit.reading.written import links_of

_TOTAL = re.compile(r"\s*(?:итого|всего)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\s*[\d–—-][\d\s,.%()]*$")


class Piece(NamedTuple):
    """The text of a cell of which only the order is known."""

    text: str
    place: Place


def spread(rows: Sequence[Sequence[Piece]]) -> tuple[tuple[Cell, ...], ...]:
    """Above the first full row a cell covers as many columns as its row leaves to it; below it short rows are filled
    with empty cells, for nobody knows which are missing, but «Итого» stands over the columns that name the others."""
    width = max((len(row) for row in rows), default=0)
    full = next((number for number, row in enumerate(rows) if len(row) == width), 0)
    below = [piece.text for piece in rows[full]] if rows else []
    spans = (_spans(len(row), below) if number < full else _own(row, width) for number, row in enumerate(rows))
    return tuple(_row(row, number, width, own) for number, (row, own) in enumerate(zip(rows, spans, strict=True)))


def _row(row: Sequence[Piece], number: int, width: int, spans: Sequence[int]) -> tuple[Cell, ...]:
    slots: list[Cell] = []
    for piece, span in zip(row, spans, strict=True):
        cell = Cell(piece.text, number, len(slots), piece.place, columns=span, links=links_of(piece.text))
        slots += [cell] * span
    while len(slots) < width:
        slots.append(Cell("", number, len(slots), row[-1].place if row else Place(1)))
    return tuple(slots)


def _own(row: Sequence[Piece], width: int) -> list[int]:
    is_total = len(row) > 1 and bool(_TOTAL.match(row[0].text)) and all(_FIGURE.match(piece.text) for piece in row[1:])
    return [width - len(row) + 1 if is_total else 1, *[1] * (len(row) - 1)] if row else []


def _spans(count: int, below: Sequence[str]) -> list[int]:
    """How many columns of the full row below each cell of a head covers: as many each, or one for the first cells, that
    name the rows, and as many each for the others. Where several are possible, the row below repeats itself group by
    group; where none is, what is left over goes to the last. An empty cell below goes on with the one above it."""
    width = len(below)
    if len(runs := _runs(below)) == count and "" in below:
        return runs
    possible = [
        [1] * stub + [(width - stub) // (count - stub)] * (count - stub)
        for stub in range(count)
        if (width - stub) % (count - stub) == 0
    ]
    uneven = [width // count] * (count - 1) + [width - width // count * (count - 1)]
    likely = [spans for spans in possible if spans[:2] != [1, 1]]
    return next((spans for spans in possible if _repeats(below, spans)), [*likely, uneven][0])


def _runs(below: Sequence[str]) -> list[int]:
    """Each empty cell alone, and the filled ones between them together."""
    return [
        size
        for filled, cells in groupby(below, key=bool)
        for size in ([len(list(cells))] if filled else [1 for _ in cells])
    ]


def _repeats(below: Sequence[str], spans: Sequence[int]) -> bool:
    size = spans[-1]
    ends = zip(accumulate(spans), spans, strict=True)
    groups = [tuple(below[end - size : end]) for end, span in ends if span == size]
    return size > 1 and len(groups) > 1 and len(set(groups)) == 1
