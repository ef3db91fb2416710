"""The tables of a page while it is walked: groups of rows, cells that reach over others, tables that only lay out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from orientir.audit.document import Link
from orientir.audit.reading.flow import Flow, cell_of
from orientir.audit.reading.spanning import BODY, FOOT, HEAD, SPAN, WIDTH, Grid

_NUMBER = re.compile(r"\s*\+?([0-9]{1,9})")
_GROUPS = {"thead": HEAD, "tbody": BODY, "tfoot": FOOT}


@dataclass(eq=False)
class Held:
    """The paragraphs of a cell in reading."""

    anchor: str
    pieces: list[tuple[str, tuple[Link, ...]]] = field(default_factory=list)


@dataclass(eq=False)
class _Open:
    """A table in reading; `grid` is None where the table only lays out what it holds."""

    grid: Grid | None
    group: int = BODY
    groups_seen: set[int] = field(default_factory=set)
    cell: Held | None = None


class Tables:
    """The open tables, the innermost last. `cell` is the open cell that gathers text."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._open: list[_Open] = []

    @property
    def cell(self) -> Held | None:
        return self._open[-1].cell if self._open else None

    def start(self, element: Any, anchor: str) -> None:
        """A block of any kind begins; those that are no part of a table are none of ours."""
        tag = element.tag
        if tag == "table":
            self._open.append(_Open(None if _lays_out(element) else self._flow.grid()))
        elif self._open and self._open[-1].grid is not None:
            self._start_part(self._open[-1], self._open[-1].grid, tag, anchor)

    def _start_part(self, table: _Open, grid: Grid, tag: str, anchor: str) -> None:
        if tag in _GROUPS:
            self._start_group(table, grid, _GROUPS[tag])
        elif tag == "tr":
            grid.start_row(anchor=anchor, group=table.group)
        elif tag in ("td", "th"):
            if not len(grid):
                grid.start_row(anchor=anchor, group=table.group)
            table.cell = Held(anchor)

    def _start_group(self, table: _Open, grid: Grid, group: int) -> None:
        """Browsers move the first head to the top and the first foot to the bottom, and no other."""
        grid.end_group()
        table.group = group if group not in table.groups_seen else BODY
        table.groups_seen.add(group)

    def end(self, element: Any) -> None:
        """A block ends."""
        if not self._open:
            return
        table, tag = self._open[-1], element.tag
        if tag == "table":
            self._open.pop()
            if table.grid is not None:
                self._flow.table(table.grid)
        elif table.grid is not None and tag in _GROUPS:
            table.grid.end_group()
            table.group = BODY
        elif table.grid is not None and table.cell and tag in ("td", "th"):
            rows = _span(element.get("rowspan"), SPAN) or SPAN
            table.grid.put(cell_of(table.cell.pieces, table.cell.anchor), rows, _span(element.get("colspan"), WIDTH))
            table.cell = None


def _lays_out(element: Any) -> bool:
    """Found at the first table within, so that deep nesting costs no more than one pass."""
    return element.find(".//table") is not None


def _span(stated: str | None, most: int) -> int:
    """As browsers take it: 1 where it is no number. 0 rows mean all that are left of the group."""
    match = _NUMBER.match(stated or "")
    return min(int(match[1]), most) if match else 1
