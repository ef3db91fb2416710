"""A sheet as people lay it out -> lines of text and tables: empty rows part them, a line above a table is its caption.

Nothing here knows a format: a sheet is its cells, each with its text and reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from orientir.audit.document import Link
from orientir.audit.reading.flow import Flow, with_written
from orientir.audit.reading.spanning import Draft
from orientir.spreadsheets.sheets import address

_CAPTION = re.compile(r"\s*(?:табл(?:ица|\.)|приложение)\s*№?\s*\d", re.IGNORECASE)
_NOTE = re.compile(r"\s*(?:\*|источник|примечани|пояснени)", re.IGNORECASE)
_SENTENCE = 80  # characters from which a lone cell that ends as a sentence does is text
_LONG = 40  # characters from which a lone cell below a table is no row of it


@dataclass(eq=False, slots=True)
class SheetCell:
    """A cell with text and its reach, rows and columns from 0."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    links: tuple[Link, ...] = ()

    @property
    def right(self) -> int:
        return self.column + self.columns


Slots = Mapping[int, Mapping[int, SheetCell]]  # by row and column; a merged cell stands in all its slots


def lay_out(flow: Flow, sheet: str, slots: Slots) -> None:
    """Add the sheet to the document: its name as a heading, then what stands on it from above."""
    if not slots:
        return
    flow.paragraph(sheet, heading=1, anchor=f"{sheet}!A1")
    for rows in _blocks(slots):
        _Block(flow, sheet, slots).add(rows)


def _blocks(slots: Slots) -> Iterator[list[int]]:
    """Runs of rows that hold something."""
    run: list[int] = []
    for row in sorted(slots):
        if run and row > run[-1] + 1:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


@dataclass(eq=False)
class _Block:
    flow: Flow
    sheet: str
    slots: Slots

    def add(self, rows: Sequence[int]) -> None:
        """Captions and long sentences part the rows between which they stand."""
        run: list[int] = []
        for row in rows:
            if self._is_text(row):
                self._add_run(run)
                self._line(row)
                run = []
            else:
                run.append(row)
        self._add_run(run)

    def _cells(self, row: int) -> list[SheetCell]:
        """Each cell of the row once."""
        return list(dict.fromkeys(self.slots[row].values()))

    def _sole(self, row: int) -> SheetCell | None:
        cells = self._cells(row)
        return cells[0] if len(cells) == 1 and cells[0].rows == 1 else None

    def _is_text(self, row: int) -> bool:
        cell = self._sole(row)
        if cell is None:
            return False
        is_sentence = len(cell.text) > _SENTENCE and cell.text.rstrip()[-1] in ".!?:;"
        return bool(_CAPTION.match(cell.text)) or is_sentence

    def _add_run(self, rows: Sequence[int]) -> None:
        wide = [row for row in rows if self._sole(row) is None]
        if not wide:
            for row in rows:
                self._line(row)
            return
        left = min(cell.column for row in wide for cell in self._cells(row))
        right = max(cell.right for row in wide for cell in self._cells(row))
        start, end = rows.index(wide[0]), rows.index(wide[-1]) + 1
        while start and not self._is_title(rows[start - 1], left):
            start -= 1
        while end < len(rows) and not self._is_note(rows[end]):
            end += 1
        for row in rows[:start]:
            self._line(row)
        self._table(rows[start:end], left, right)
        for row in rows[end:]:
            self._line(row)

    def _is_title(self, row: int, left: int) -> bool:
        """A line above the table, not the head of a group of its columns. Between a caption and the table a merged
        cell heads all columns."""
        cell = self._sole(row)
        above = self._sole(row - 1) if row - 1 in self.slots else None
        heads_all = cell is not None and cell.columns > 1 and above is not None and _CAPTION.match(above.text)
        return cell is not None and cell.column <= left and not heads_all

    def _is_note(self, row: int) -> bool:
        cell = self._sole(row)
        return cell is not None and (len(cell.text) > _LONG or bool(_NOTE.match(cell.text)))

    def _line(self, row: int) -> None:
        for cell in self._cells(row):
            if cell.row == row:
                self.flow.paragraph(cell.text, cell.links, anchor=self._anchor(row, cell.column))

    def _anchor(self, row: int, column: int) -> str:
        return f"{self.sheet}!{address(row, column)}"

    def _table(self, rows: Sequence[int], left: int, right: int) -> None:
        left = min(left, *(cell.column for row in rows for cell in self._cells(row)), left)
        right = max(right, *(cell.right for row in rows for cell in self._cells(row)), right)
        grid = self.flow.grid()
        placed: set[int] = set()
        for row in rows:
            grid.start_row(anchor=self._anchor(row, left))
            for column in range(left, right):
                cell = self.slots[row].get(column)
                if cell is None:
                    grid.put(Draft("", anchor=self._anchor(row, column)))
                elif id(cell) in placed:
                    grid.step()
                else:
                    placed.add(id(cell))
                    below = min(cell.row + cell.rows, rows[-1] + 1) - row
                    draft = Draft(cell.text, with_written(cell.text, cell.links), self._anchor(row, column))
                    grid.put(draft, below, cell.right - column)
        self.flow.table(grid)
