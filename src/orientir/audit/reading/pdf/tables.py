"""A piece of a table as it stands on one page, and how pieces of following pages become one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from orientir.audit.document import Link
from orientir.audit.reading.flow import Flow, with_written
from orientir.audit.reading.pdf.hyphens import DIVIDED
from orientir.audit.reading.pdf.lines import joined
from orientir.audit.reading.spanning import Draft

# Columns of two pages are the same when their borders differ less, in points.
SAME = 4.0
# A header has at most so many rows.
HEADER = 8


@dataclass
class Placed:
    """A cell within its piece of a table."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    links: tuple[Link, ...] = ()
    anchor: str = ""


@dataclass
class Piece:
    """The part of a table on one page. `pages` and `anchors` are those of its rows; `breaks` rows that begin a
    page; `leads` when the whole piece begins one."""

    xs: list[float]
    top: float
    bottom: float
    cells: list[Placed]
    pages: list[int]
    anchors: list[str]
    breaks: list[int] = field(default_factory=list)
    is_ruled: bool = True
    leads: bool = False

    @property
    def height(self) -> int:
        return len(self.pages)

    def texts(self) -> list[list[str]]:
        """The text of each slot, row by row."""
        rows = [[""] * (len(self.xs) - 1) for _ in self.pages]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    rows[row][column] = cell.text
        return rows


def is_ruler(row: Sequence[str]) -> bool:
    """The row of column numbers: 1, 2, 3 and so on to the last."""
    return len(row) > 1 and [text.strip(" .") for text in row] == [str(number) for number in range(1, len(row) + 1)]


def continues(before: Piece, after: Piece) -> bool:
    """Whether a piece at the top of a page goes on with the one that ended the page before: the same columns."""
    return _columns(before, after) is not None


def _columns(before: Piece, after: Piece) -> list[float] | None:
    """The columns of both. Without rules their borders depend on what stands in them: their number must do."""
    if before.is_ruled or after.is_ruled:
        return _common(before.xs, after.xs) if before.is_ruled and after.is_ruled else None
    overlap = min(before.xs[-1], after.xs[-1]) - max(before.xs[0], after.xs[0])
    same = len(before.xs) == len(after.xs) and 2 * overlap > before.xs[-1] - before.xs[0]
    return before.xs if same else None


def _common(before: list[float], after: list[float]) -> list[float] | None:
    """The finer of two divisions of one width; None where they differ."""
    fine, coarse = (before, after) if len(before) >= len(after) else (after, before)
    shift = coarse[0] - fine[0]
    if abs(coarse[-1] - fine[-1] - shift) > 2 * SAME or len(coarse) < 2 or abs(shift) > 60:
        return None
    if all(min(abs(x - shift - y) for y in fine) <= SAME for x in coarse):
        return fine
    return None


def append(before: Piece, after: Piece) -> Piece:
    """One table of both; a repeated header is dropped, a row that the page divided is whole again."""
    xs = _columns(before, after) or before.xs
    before, after = _refined(before, xs), _refined(after, xs)
    after = _without(after, _repeated(before.texts(), after.texts()))
    if _repeats_group(before, after):
        after = _without(after, 1)
    if after.height and _divided(before, after):
        before = _with_rest(before, after)
        after = _without(after, 1)
    before, after = _reaching(before, after)
    down = before.height
    cells = [*before.cells, *(replace(cell, row=cell.row + down) for cell in after.cells)]
    breaks = [*before.breaks, *([down] if after.height else []), *(row + down for row in after.breaks)]
    pages, anchors = [*before.pages, *after.pages], [*before.anchors, *after.anchors]
    return Piece(xs, before.top, after.bottom, cells, pages, anchors, breaks, before.is_ruled)


def _refined(piece: Piece, xs: list[float]) -> Piece:
    if len(piece.xs) == len(xs):
        return piece
    shift = piece.xs[0] - xs[0]
    at = [min(range(len(xs)), key=lambda number: abs(x - shift - xs[number])) for x in piece.xs]
    cells = [
        replace(cell, column=at[cell.column], columns=at[cell.column + cell.columns] - at[cell.column])
        for cell in piece.cells
    ]
    return replace(piece, xs=xs, cells=cells)


def _repeated(before: list[list[str]], after: list[list[str]]) -> int:
    """How many rows at the top of a page repeat the header."""
    most = min(len(before), len(after), HEADER)
    same = next((row for row in range(most) if before[row] != after[row]), most)
    if same == 0 and after and is_ruler(after[0]) and any(map(is_ruler, before)):
        return 1
    return same


def _repeats_group(before: Piece, after: Piece) -> bool:
    """Whether a page begins with the name of the group of rows that the page before was in."""
    width = len(before.xs) - 1
    names = [cell.text for cell in before.cells if cell.columns == width and cell.row]
    return bool(names) and any(
        cell.row == 0 and cell.columns == width and cell.text == names[-1] for cell in after.cells
    )


def _without(piece: Piece, rows: int) -> Piece:
    """The piece without its first rows; a cell that reaches below them keeps what is below."""
    cells = []
    for cell in piece.cells:
        start, stop = max(cell.row - rows, 0), cell.row + cell.rows - rows
        if stop > start:
            cells.append(replace(cell, row=start, rows=stop - start))
    breaks = [row - rows for row in piece.breaks if row > rows]
    return replace(piece, cells=cells, pages=piece.pages[rows:], anchors=piece.anchors[rows:], breaks=breaks)


def _divided(before: Piece, after: Piece) -> bool:
    """Whether the first row of a page goes on with the last row of the page before: it has no number where rows are
    numbered, or its texts begin in mid-sentence, and a row of its own would have more of them."""
    if not before.height:
        return False
    last = {cell.column: cell.text for cell in before.cells if cell.row + cell.rows == before.height}
    rest = {cell.column: cell.text for cell in after.cells if cell.row == 0 and cell.text}
    single = all(cell.rows == 1 for cell in after.cells if cell.row == 0)
    if not (rest and single and all(last.get(column) for column in rest)):
        return False
    begun = [bool(re.match(r"[а-яёa-z]", text)) for text in rest.values()]
    if len(rest) == len(before.xs) - 1:
        return all(begun) and all(text[:1].isupper() for text in last.values())
    is_numbered = 0 not in rest and last.get(0, "").rstrip(".").isdigit()
    return all(begun) or (is_numbered and len(before.xs) > 3)


def _reaching(before: Piece, after: Piece) -> tuple[Piece, Piece]:
    """A cell over several rows that a page divides is one: below the break it has no text."""
    last = {cell.column: cell for cell in before.cells if cell.row + cell.rows == before.height and cell.text}
    rest, longer = [], {}
    for cell in after.cells:
        over = last.get(cell.column)
        if cell.row or cell.text or not over or over.columns != cell.columns or max(over.rows, cell.rows) == 1:
            rest.append(cell)
        else:
            longer[id(over)] = cell.rows
    cells = [replace(cell, rows=cell.rows + longer.get(id(cell), 0)) for cell in before.cells]
    return replace(before, cells=cells), replace(after, cells=rest)


def _with_rest(before: Piece, after: Piece) -> Piece:
    rest = {cell.column: cell for cell in after.cells if cell.row == 0 and cell.text}
    cells = []
    for cell in before.cells:
        more = rest.get(cell.column) if cell.row + cell.rows == before.height else None
        if more:
            cell = replace(cell, text=_continued(cell.text, more.text), links=(*cell.links, *more.links))
        cells.append(cell)
    return replace(before, cells=cells)


def _continued(text: str, rest: str) -> str:
    """The page may have divided a word."""
    whole = joined(text, rest)
    if whole == f"{text} {rest}" and text[-1:].isalpha() and rest[:1].islower():
        return text + DIVIDED + rest
    return whole


def put(piece: Piece, flow: Flow, mend: Callable[[str], str]) -> None:
    """The whole table into the document, its broken words made whole."""
    grid = flow.grid()
    rows: list[list[Placed]] = [[] for _ in piece.pages]
    for cell in piece.cells:
        rows[cell.row].append(cell)
    for number, row in enumerate(rows):
        grid.start_row(piece.pages[number], piece.anchors[number], after_break=number in piece.breaks)
        for cell in sorted(row, key=lambda cell: cell.column):
            text = mend(cell.text)
            links = [Link(mend(link.text), link.target) for link in cell.links]
            draft = Draft(text, with_written(text, links), cell.anchor)
            grid.put(draft, cell.rows, cell.columns)
    flow.table(grid)
