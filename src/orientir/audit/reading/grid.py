"""Rows of unequal length -> a grid: a row with fewer cells than the table is wide is the head of groups of columns."""

from __future__ import annotations

from collections.abc import Sequence
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
    return tuple(_row(row, number, width, number < full) for number, row in enumerate(rows))


def _row(row: Sequence[Piece], number: int, width: int, is_head: bool) -> tuple[Cell, ...]:
    spans = _spans(len(row), width) if is_head else [1] * len(row)
    slots: list[Cell] = []
    for piece, span in zip(row, spans, strict=True):
        cell = Cell(piece.text, number, len(slots), piece.place, columns=span, links=links_of(piece.text))
        slots += [cell] * span
    while len(slots) < width:
        slots.append(Cell("", number, len(slots), row[-1].place if row else Place(1)))
    return tuple(slots)


def _spans(count: int, width: int) -> list[int]:
    """Equal ones; what is left over goes to the last, or, where a first cell names the rows, to the others."""
    if width % count == 0:
        return [width // count] * count
    if count > 1 and (width - 1) % (count - 1) == 0:
        return [1] + [(width - 1) // (count - 1)] * (count - 1)
    return [width // count] * (count - 1) + [width - width // count * (count - 1)]
