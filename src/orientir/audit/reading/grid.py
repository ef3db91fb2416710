"""Rows of unequal length -> a grid: a row with fewer cells than the table is wide is the head of groups of columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from orientir.audit.document import Cell, Place
from orientir.audit.reading.written import links_of


class Piece(NamedTuple):
    """The text of a cell of which only the order is known."""

    text: str
    place: Place


def spread(rows: Sequence[Sequence[Piece]]) -> tuple[tuple[Cell, ...], ...]:
    """Above the first full row a cell covers as many columns as its row leaves to it; below it short rows are filled
    with empty cells, for nobody knows which are missing."""
    width = max((len(row) for row in rows), default=0)
    full = next((number for number, row in enumerate(rows) if len(row) == width), 0)
    below = [piece.text for piece in rows[full]] if rows else []
    spans = ([1] * len(row) if number >= full else _spans(len(row), below) for number, row in enumerate(rows))
    return tuple(_row(row, number, width, own) for number, (row, own) in enumerate(zip(rows, spans, strict=True)))


def _row(row: Sequence[Piece], number: int, width: int, spans: Sequence[int]) -> tuple[Cell, ...]:
    slots: list[Cell] = []
    for piece, span in zip(row, spans, strict=True):
        cell = Cell(piece.text, number, len(slots), piece.place, columns=span, links=links_of(piece.text))
        slots += [cell] * span
    while len(slots) < width:
        slots.append(Cell("", number, len(slots), row[-1].place if row else Place(1)))
    return tuple(slots)


def _spans(count: int, below: Sequence[str]) -> list[int]:
    """How many columns of the full row below each cell of a head covers: as many each, or one for a first cell that
    names the rows and as many each for the others. Where both are possible, the row below repeats itself group by
    group; where neither is, what is left over goes to the last."""
    width = len(below)
    possible = [[width // count] * count] if width % count == 0 else []
    if count > 1 and (width - 1) % (count - 1) == 0:
        possible.append([1] + [(width - 1) // (count - 1)] * (count - 1))
    uneven = [width // count] * (count - 1) + [width - width // count * (count - 1)]
    return next((spans for spans in possible if _repeats(below, spans)), [*possible, uneven][0])


def _repeats(below: Sequence[str], spans: Sequence[int]) -> bool:
    size = spans[-1]
    ends = zip(accumulate(spans), spans, strict=True)
    groups = {tuple(below[end - size : end]) for end, span in ends if span == size}
    return size > 1 and len(groups) == 1
