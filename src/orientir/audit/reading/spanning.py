"""A table while it is read: rows of slots, cells that reach over several of them, and at the end the `Table`.

Reckoned as HTML does it; whoever knows the columns of covered cells steps over them. Nothing here knows a format.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from orientir.audit.document import Cell, Link, Place, Table
from orientir.spreadsheets.refusals import Refusal

SLOTS = 1_000_000  # of all tables of a document together; a district's register of 20,000 rows has half as many
SPAN = 65_534  # rows a cell may reach over, as browsers bound it
WIDTH = 1_000  # columns a cell may reach over or be repeated in, as browsers bound it
HEAD, BODY, FOOT = 0, 1, 2


@dataclass(eq=False, slots=True)
class Draft:
    """A cell whose row and reach are not yet known."""

    text: str
    links: tuple[Link, ...] = ()
    anchor: str = ""
    row: int = -1
    column: int = -1
    rows: int = 0
    columns: int = 0


@dataclass(eq=False, slots=True)
class _Row:
    slots: list[Draft | None]
    page: int | None
    anchor: str
    group: int
    after_break: bool


@dataclass(eq=False)
class Grid:
    """Rows come from above, cells from the left. `budget` is how many slots the document may still take."""

    budget: int = SLOTS
    _rows: list[_Row] = field(default_factory=list)
    _hanging: dict[int, tuple[Draft, int]] = field(default_factory=dict)
    _column: int = 0
    _slots: int = 0

    def __len__(self) -> int:
        return len(self._rows)

    def start_row(
        self, page: int | None = None, anchor: str = "", group: int = BODY, *, after_break: bool = False
    ) -> None:
        """The cells of the rows above that reach down take their slots; Refusal where the table is too large."""
        width = max(self._hanging, default=-1) + 1
        self._spend(max(width, 1))
        row = _Row([None] * width, page, anchor, group, after_break)
        for column, (draft, more) in list(self._hanging.items()):
            row.slots[column] = draft
            if more > 1:
                self._hanging[column] = (draft, more - 1)
            else:
                del self._hanging[column]
        self._rows.append(row)
        self._column = 0

    def _spend(self, slots: int) -> None:
        self._slots += slots
        if self._slots > self.budget:
            what = f"таблицы документа разворачиваются больше чем в {SLOTS // 10**6} млн ячеек."
            raise Refusal(what, "Удалите лишние строки и столбцы или разделите документ на части.")

    def put(self, draft: Draft, rows: int = 1, columns: int = 1) -> None:
        """The cell at the next free slot. It reaches no further than to the next cell from above."""
        slots = self._rows[-1].slots
        while self._column < len(slots) and slots[self._column] is not None:
            self._column += 1
        start = self._column
        for column in range(start, start + max(min(columns, WIDTH), 1)):
            if column < len(slots) and slots[column] is not None:
                break
            self._take(slots, column, draft)
            if rows > 1:
                self._hanging[column] = (draft, min(rows, SPAN) - 1)
        self._column = start + 1

    def _take(self, slots: list[Draft | None], column: int, draft: Draft) -> None:
        if column >= len(slots):
            self._spend(column + 1 - len(slots))
            slots.extend([None] * (column + 1 - len(slots)))
        slots[column] = draft

    def step(self, columns: int = 1) -> None:
        """Leave slots as they are: covered from above or from the left, or empty."""
        self._column += min(columns, WIDTH)

    def end_group(self) -> None:
        """No cell reaches from one group of rows into the next."""
        self._hanging.clear()

    def table(self, first_line: int) -> Table | None:
        """The table whose rows are numbered from `first_line`; None where it has no cells.

        Columns in which no cell begins are left out: they are there only because a title claims them.
        """
        rows = sorted(self._rows, key=lambda row: row.group)
        columns = _columns(rows)
        if not columns:
            return None
        self._slots = 0
        self._spend(len(rows) * len(columns))
        for row in rows:
            row.slots = [row.slots[column] for column in columns if column < len(row.slots)]
        _settle(rows)
        places = [Place(first_line + number, row.page, row.anchor) for number, row in enumerate(rows)]
        made: dict[int, Cell] = {}
        grid = tuple(_cells(row, number, len(columns), places, made) for number, row in enumerate(rows))
        breaks = tuple(number for number, row in enumerate(rows) if row.after_break and number)
        return Table(grid, places[0], breaks)


def _columns(rows: list[_Row]) -> list[int]:
    """Those in which a cell begins, or a row leaves a place empty."""
    seen: set[int] = set()
    begun: set[int] = set()
    for row in rows:
        for column, draft in enumerate(row.slots):
            if draft is None:
                begun.add(column)
            elif id(draft) not in seen:
                seen.add(id(draft))
                begun.add(column)
    return sorted(begun)


def _settle(rows: list[_Row]) -> None:
    """Each cell learns where it stands and how far it reaches."""
    for number, row in enumerate(rows):
        for column, draft in enumerate(row.slots):
            if draft is None:
                continue
            if draft.row < 0:
                draft.row, draft.column = number, column
            draft.rows, draft.columns = number - draft.row + 1, column - draft.column + 1


def _cells(row: _Row, number: int, width: int, places: list[Place], made: dict[int, Cell]) -> tuple[Cell, ...]:
    slots: list[Draft | None] = [*row.slots, *[None] * (width - len(row.slots))]
    return tuple(
        Cell("", number, column, places[number]) if draft is None else _cell(draft, places, made)
        for column, draft in enumerate(slots)
    )


def _cell(draft: Draft, places: list[Place], made: dict[int, Cell]) -> Cell:
    known = made.get(id(draft))
    if known is None:
        row = places[draft.row]
        place = Place(row.line, row.page, draft.anchor) if draft.anchor else row
        known = Cell(draft.text, draft.row, draft.column, place, draft.rows, draft.columns, draft.links)
        made[id(draft)] = known
    return known
