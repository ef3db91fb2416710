"""A sheet as rows of cells, and where a cell stands in the words of a person: «лист «Журнал», ячейка D14»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from orientir.presentation import quoted
from orientir.sources.registers.cells import is_empty
from orientir.spreadsheets.sheets import address


@dataclass(frozen=True)
class Grid:
    """Rows from the first row of the sheet and cells from its first column. A text file has a sheet without a name."""

    sheet: str
    rows: Sequence[Sequence[Any]]

    def row(self, at: int) -> Sequence[Any]:
        return self.rows[at] if 0 <= at < len(self.rows) else ()

    def is_blank(self, at: int) -> bool:
        return all(is_empty(cell) for cell in self.row(at))

    def place(self, row: int, column: int | None = None) -> str:
        """Counted as people do: row 0 is the first."""
        told = f"строка {row + 1}" if column is None else f"ячейка {address(row, column)}"
        return f"лист {quoted(self.sheet)}, {told}" if self.sheet else told
