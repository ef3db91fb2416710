"""A table of a DOCX -> a grid: joined cells, rows that begin late or end early, and columns that exist in name only."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from orientir.audit.document import Cell, Link, Place
from orientir.audit.reading.docx_package import VAL, W, is_on, whole_number
from orientir.spreadsheets.refusals import Refusal

_MOST_COLUMNS = 1_000  # Word itself allows 63
_JOINS = (W + "gridSpan", W + "vMerge", W + "hMerge")
MOST_SLOTS = 2_000_000


@dataclass(slots=True, eq=False)
class Draft:
    """A cell while its table is read: it covers columns `start` to `end`, and `rows` rows."""

    text: str
    place: Place
    links: tuple[Link, ...]
    row: int
    start: int
    end: int
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Span:
    """How a cell is joined to others."""

    columns: int = 1
    goes_on_from_above: bool = False
    goes_on_from_left: bool = False


def span_of(cell: Any) -> Span:
    """What the properties of a w:tc say of it."""
    properties = next(cell.iterchildren(W + "tcPr"), None)
    if properties is None:
        return _SINGLE
    columns, down, across = 1, False, False
    for one in properties.iterchildren(*_JOINS):
        if one.tag == W + "gridSpan":
            columns = max(whole_number(one.get(VAL), 1, _MOST_COLUMNS), 1)
        elif one.tag == W + "vMerge":
            down = one.get(VAL, "continue") != "restart"
        else:
            across = one.get(VAL, "continue") != "restart"
    return Span(columns, down, across) if columns > 1 or down or across else _SINGLE


_SINGLE = Span()


@dataclass(frozen=True, slots=True)
class RowShape:
    """How many columns a row leaves free before its cells; whether the row was struck out or hidden."""

    before: int = 0
    is_deleted: bool = False


def shape_of(row: Any) -> RowShape:
    """What the properties of a w:tr say of it. Columns left free after its cells are seen without being told."""
    properties = row.find(W + "trPr")
    if properties is None or not len(properties):
        return RowShape()
    before = properties.find(W + "gridBefore")
    return RowShape(
        0 if before is None else whole_number(before.get(VAL), 0, _MOST_COLUMNS),
        properties.find(W + "del") is not None or is_on(properties.find(W + "hidden")),
    )


@dataclass
class Grid:
    """Rows are added from the top; `finished` gives the slots."""

    _rows: list[list[Draft]] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)
    _above: list[int] = field(default_factory=list)

    def start_row(self, place: Place, before: int) -> None:
        self._above = [one.start for one in self._rows[-1]] if self._rows else []
        self._rows.append([])
        self._places.append(place)
        if before:
            self.add("", place, (), Span(before))

    def add(self, text: str, place: Place, links: tuple[Link, ...], span: Span) -> None:
        """The next cell of the row; one that goes on from another gives it its room, and its own text is not shown."""
        row = self._rows[-1]
        start = row[-1].end if row else 0
        if start >= _MOST_COLUMNS:
            return
        upper = self._upper(start) if span.goes_on_from_above else None
        if upper is not None:
            upper.rows = len(self._rows) - upper.row
            row.append(upper)
        elif span.goes_on_from_left and row and row[-1].row == len(self._rows) - 1:
            row[-1].end += span.columns
        else:
            end = min(start + span.columns, _MOST_COLUMNS)
            row.append(Draft(text, place, links, len(self._rows) - 1, start, end))

    def _upper(self, start: int) -> Draft | None:
        """The cell right above; where the rows are cut differently, the one that covers this place."""
        found = bisect_right(self._above, start) - 1
        upper = self._rows[-2][found] if found >= 0 else None
        return upper if upper is not None and start < upper.end else None

    def finished(self) -> tuple[tuple[Cell, ...], ...]:
        """Equally long rows; columns in which no cell begins are joined to those before them. Refusal for too many."""
        starts = sorted({one.start for row in self._rows for one in row})
        width = len(starts)
        if width * len(self._rows) > MOST_SLOTS:
            raise too_many()
        cells: dict[Draft, Cell] = {}
        return tuple(self._slots(place, starts, cells) for place in range(len(self._rows)))

    def _slots(self, row: int, starts: list[int], cells: dict[Draft, Cell]) -> tuple[Cell, ...]:
        slots: list[Cell] = []
        width = len(starts)
        for draft in self._rows[row]:
            cell = cells.get(draft)
            if cell is None:
                cell = cells[draft] = _cell(draft, starts)
            slots += [cell] * (min(cell.column + cell.columns, width) - len(slots))
        while len(slots) < width:
            slots.append(Cell("", row, len(slots), self._places[row]))
        return tuple(slots)


def _cell(draft: Draft, starts: list[int]) -> Cell:
    column = bisect_left(starts, draft.start)
    columns = 1 if draft.end == draft.start + 1 else bisect_left(starts, draft.end) - column
    return Cell(draft.text, draft.row, column, draft.place, draft.rows, columns, draft.links)


def breaks_of(pages: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Rows before which a page ended, from the pages on which each row begins and ends."""
    return tuple(row for row in range(1, len(pages)) if pages[row][0] > pages[row - 1][1])


def too_many() -> Refusal:
    return Refusal(f"в таблицах больше {MOST_SLOTS // 10**6} млн клеток.", "Разделите документ на части.")
