"""Cells of a long table that say the same as the cell above them: printed once, beside all their rows.

A table for looking things up repeats itself; so it takes half the pages and is easier on the eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from orientir.reports.document import Row, Table, Text

LONG = 60
"""A table of more rows than this is for looking things up, not for reading."""

# A reader who turns the page must not search far for what the cell says.
_MOST = 8


def row_spans(table: Table) -> list[tuple[int, ...]]:
    """For each row how many rows each of its cells covers: 0 for a cell that a higher one covers."""
    single = [(1,) * len(row.cells) for row in table.rows]
    if len(table.rows) <= LONG:
        return single
    columns = [
        _spans(table.rows, column) if leaf.align == "left" else [1] * len(table.rows)
        for column, leaf in enumerate(table.leaves)
    ]
    merged = list(zip(*columns, strict=True))
    return [merged[i] if row.kind == "body" else single[i] for i, row in enumerate(table.rows)]


def _spans(rows: Sequence[Row], column: int) -> list[int]:
    spans: list[int] = []
    for text, run in groupby(rows, key=lambda row: _mergeable(row, column)):
        left = sum(1 for _ in run)
        while left:
            size = min(left, _MOST) if text else 1
            spans += [size, *[0] * (size - 1)]
            left -= size
    return spans


def _mergeable(row: Row, column: int) -> Text:
    return row.cells[column].text if row.kind == "body" else ()
