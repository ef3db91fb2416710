"""The tables of an ODT document while it is walked: rows and cells that repeat, reach over others or are covered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from orientir.audit.document import Link
from orientir.audit.reading.flow import Flow, cell_of
from orientir.audit.reading.odt_parts import OASIS, TABLE, number_of
from orientir.audit.reading.spanning import WIDTH, Grid

_OFFICE = f"{{{OASIS}office:1.0}}"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WITH_POINT = re.compile(r"-?\d+\.\d+\s?%?")
_Pieces = list[tuple[str, tuple[Link, ...]]]


@dataclass(eq=False)
class Held:
    """The paragraphs of a cell in reading."""

    pieces: _Pieces = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        return any(text for text, _ in self.pieces)


@dataclass(eq=False)
class _Cells:
    """A cell, or a covered place (None), with its reach and how often it repeats."""

    held: Held | None
    rows: int
    columns: int
    repeated: int

    @property
    def is_empty(self) -> bool:
        return self.held is None or not self.held.has_text


@dataclass(eq=False)
class _Row:
    """A row with the page on which it began, and how often it repeats."""

    cells: list[_Cells] = field(default_factory=list)
    page: int | None = None
    repeated: int = 1

    @property
    def is_empty(self) -> bool:
        return all(cells.is_empty for cells in self.cells)


@dataclass(eq=False)
class _Open:
    """A table in reading. Empty rows wait until something follows them: workbooks fill up to a million with them.

    `reached` is the page on which the last row ended, `before` that on which the one before it began.
    """

    grid: Grid
    row: _Row = field(default_factory=_Row)
    waiting: list[_Row] = field(default_factory=list)
    reached: int | None = None
    before: int | None = None

    def add(self, row: _Row) -> None:
        """The row, after those that wait. Cells repeated at its end without text are only the rest of the sheet."""
        while row.cells and row.cells[-1].repeated > 1 and row.cells[-1].is_empty:
            row.cells.pop()
        self.waiting.append(row)
        if not row.is_empty:
            self._fill(self.waiting)
            self.waiting = []

    def finish(self) -> None:
        """Of the empty rows at the end those that repeat are dropped, with whatever follows them."""
        repeats = next((place for place, row in enumerate(self.waiting) if row.repeated > 1), len(self.waiting))
        self._fill(self.waiting[:repeats])

    def _fill(self, rows: list[_Row]) -> None:
        for row in rows:
            for _ in range(row.repeated):
                after_break = self.before is not None and row.page != self.before
                self.before = row.page
                self.grid.start_row(row.page, after_break=after_break)
                for cells in row.cells:
                    _put(self.grid, cells)


class Tables:
    """Of nested tables only the outermost is one; the text of the others belongs to the cell that holds them.

    `page` is the current one, None where pages are not told; `cell` is the open one.
    """

    def __init__(self, flow: Flow, page: int | None) -> None:
        self.page = page
        self.cell: Held | None = None
        self._flow = flow
        self._depth = 0
        self._open: _Open | None = None

    def turn_page(self) -> None:
        """A new page, unless nothing stands on this one."""
        if self.page is not None and (self._flow.blocks or self._open is not None):
            self.page += 1

    def start_table(self) -> None:
        self._depth += 1
        if self._depth == 1:
            self._open = _Open(self._flow.grid())

    def end_table(self) -> None:
        self._depth -= 1
        if self._depth == 0 and self._open is not None:
            self._open.finish()
            self._flow.table(self._open.grid)
            self._open = None

    def _current(self) -> _Open | None:
        return self._open if self._depth == 1 else None

    def start_row(self) -> None:
        if table := self._current():
            table.row = _Row(page=self.page)
            table.reached = self.page

    def start_cell(self) -> None:
        """A row that goes on over a page notes it in each of its cells."""
        if table := self._current():
            self.page = table.row.page
            self.cell = Held()

    def end_cell(self, element: Any, *, covered: bool) -> None:
        """What stands in a covered cell is shown nowhere."""
        table = self._current()
        if table is None:
            return
        rows, columns = (number_of(element, f"{TABLE}number-{kind}-spanned") for kind in ("rows", "columns"))
        repeated = number_of(element, TABLE + "number-columns-repeated")
        if self.cell is not None:
            self.cell.pieces = _in_russian(self.cell.pieces, element)
        table.row.cells.append(_Cells(None if covered else self.cell, rows, columns, repeated))
        self.cell = None
        if self.page is not None:
            table.reached = max(table.reached or 1, self.page)

    def end_row(self, element: Any) -> None:
        table = self._current()
        if table is None:
            return
        table.row.repeated = number_of(element, TABLE + "number-rows-repeated")
        table.add(table.row)
        self.page = table.reached


def _in_russian(pieces: _Pieces, element: Any) -> _Pieces:
    """A number with a decimal point and a date as 2022-03-05 were saved by a program that speaks English."""
    if len(pieces) != 1 or element.get(_OFFICE + "value-type") not in ("float", "percentage", "date"):
        return pieces
    text, links = pieces[0]
    day = _DAY.match(element.get(_OFFICE + "date-value") or "")
    if day:
        return [(f"{day[3]}.{day[2]}.{day[1]}", links)] if text.isascii() else pieces
    return [(text.replace(".", ","), links)] if _WITH_POINT.fullmatch(text) else pieces


def _put(grid: Grid, cells: _Cells) -> None:
    if cells.held is None:
        grid.step(cells.repeated)
        return
    for _ in range(min(cells.repeated, WIDTH)):
        grid.put(cell_of(cells.held.pieces), cells.rows, cells.columns)
