"""Plain text: cells on lines that begin with a TAB, rows between blank lines; or one cell a line and
nothing else, as office programs save a document as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from audit.planted.model import Block, Cell, Grid, Heading, Item


def text(blocks: Sequence[Block], tab: str = "\t", marker: str = "· ", width: int = 0) -> str:
    """`width` breaks the words of a cell over lines, of which the first only begins with a TAB."""
    lines = [line for block in blocks for line in _lines(block, tab, marker)]
    return "\n".join(_wrapped(line, width) if line[:1] == "\t" and width else line for line in lines) + "\n"


def _wrapped(line: str, width: int) -> str:
    if "://" in line or len(line) <= width:
        return line
    return "\t" + textwrap.fill(line[1:], width, break_long_words=False, break_on_hyphens=False)


def _lines(block: Block, tab: str, marker: str) -> Iterator[str]:
    if isinstance(block, Grid):
        yield from _grid(block, tab)
    elif isinstance(block, Item):
        yield marker + block.text
    elif isinstance(block, Heading):
        yield from ["", block.text]
    else:
        yield block.text


def _grid(grid: Grid, tab: str) -> Iterator[str]:
    """A cell merged downwards leaves empty cells below, as word processors write it."""
    for row in filled(grid):
        yield from (tab + cell.text if isinstance(cell, Cell) else tab for cell in row if cell != "right")
        if tab:
            yield ""


def filled(grid: Grid) -> list[list[Cell | str | None]]:
    """Rows with None where a cell from above goes on, and «right» where one from the left does."""
    slots: list[list[Cell | str | None]] = [["free"] * grid.width for _ in grid.rows]
    for number, row in enumerate(grid.rows):
        for cell in row:
            column = slots[number].index("free")
            for down in range(cell.rows):
                slots[number + down][column : column + cell.columns] = [None] + ["right"] * (cell.columns - 1)
            slots[number][column] = cell
    return slots
