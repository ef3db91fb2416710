"""Remarks about one file: the same thing said of many cells is said once, with the cells."""

from __future__ import annotations

from collections import defaultdict

from orientir.model.collection import Remark
from orientir.presentation import counted
from orientir.sources.registers.grid import Grid
from orientir.spreadsheets.sheets import address

SHOWN = 12  # places named before «и ещё …»


class Remarks:
    """Collected while a sheet is read; `told` are the remarks in the order in which each was first met."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._places: dict[tuple[str, str, bool], list[tuple[int, int | None]]] = defaultdict(list)

    def add(self, row: int, column: int | None, what: str, cure: str, is_error: bool = True) -> None:
        self._places[what, cure, is_error].append((row, column))

    @property
    def told(self) -> tuple[Remark, ...]:
        return tuple(
            Remark(self._place(places), what, cure, is_error) for (what, cure, is_error), places in self._places.items()
        )

    def _place(self, places: list[tuple[int, int | None]]) -> str:
        row, column = places[0]
        first = self._grid.place(row, column)
        if len(places) == 1:
            return first
        others = [address(one, at) if at is not None else str(one + 1) for one, at in places[1:SHOWN]]
        more = len(places) - len(others) - 1
        return f"{first}, {', '.join(others)}" + (f" и ещё {counted(more, 'место')}" if more else "")
