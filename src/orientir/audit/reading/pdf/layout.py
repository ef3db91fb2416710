"""A page -> its lines and pieces of tables in the order in which they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from orientir.audit.document import Link
from orientir.audit.reading.pdf.lines import Line, lines_of, text_of
from orientir.audit.reading.pdf.ruled import Lattice, lattices
from orientir.audit.reading.pdf.sheet import LinkArea, Sheet, Word
from orientir.audit.reading.pdf.tables import Piece, Placed

Element = Line | Piece


@dataclass
class Layout:
    """One page, read."""

    number: int
    width: float
    height: float
    elements: list[Element]
    links: Sequence[LinkArea] = ()


def laid_out(sheet: Sheet) -> Layout:
    """Tables with rules first; what is left are lines."""
    grids, held, free = _shared(sheet.words, lattices(sheet))
    pieces = [_piece(grid, words, sheet) for grid, words in zip(grids, held, strict=True)]
    lines = lines_of(word for word in free if word.turn == 0)
    elements: list[Element] = [*lines, *pieces]
    elements.sort(key=lambda element: element.top)
    return Layout(sheet.number, sheet.width, sheet.height, elements, sheet.links)


Held = dict[int, list[Word]]


def _shared(words: Sequence[Word], grids: list[Lattice]) -> tuple[list[Lattice], list[Held], list[Word]]:
    """The grids that are tables, the words in each of their cells, and the words outside.

    A grid with a single text is a frame or a drawing; one within another belongs to the cell that it stands in.
    """
    grids = sorted(grids, key=lambda grid: (grid.xs[0] - grid.xs[-1]) * (grid.ys[-1] - grid.ys[0]))
    tables: list[Lattice] = []
    shares: list[Held] = []
    free = list(words)
    for grid in grids:
        if any(table.holds(grid) for table in tables):
            continue
        held, rest = _held(free, grid)
        if _is_table(grid, held):
            tables.append(grid)
            shares.append(held)
            free = rest
    return tables, shares, free


def _is_table(grid: Lattice, held: Held) -> bool:
    """A single column is a box. Few texts among many slots are the labels of a chart, unless they are the header of a
    form to be filled in."""
    columns, rows = len(grid.xs) - 1, len(grid.ys) - 1
    if len(held) < 2 or columns < 2:
        return len(held) == 1 and rows == 1 and columns > 2  # what a page leaves of a row
    head = [number for number, span in enumerate(grid.spans) if span.row == 0]
    return 10 * len(held) >= 3 * len(grid.spans) or sum(number in held for number in head) >= max(len(head) - 1, 2)


def _held(words: list[Word], grid: Lattice) -> tuple[Held, list[Word]]:
    held: Held = defaultdict(list)
    rest = []
    for word in words:
        at = grid.span_at((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)
        if at is None:
            rest.append(word)
        else:
            held[at].append(word)
    return held, rest


def _piece(grid: Lattice, held: Held, sheet: Sheet) -> Piece:
    cells = []
    for number, span in enumerate(grid.spans):
        x0, top = grid.xs[span.column], grid.ys[span.row]
        box = (x0, top, grid.xs[span.column + span.columns], grid.ys[span.row + span.rows])
        words = held.get(number, [])
        links = links_in(words, [area for area in sheet.links if _within(area, box)])
        place = anchor(sheet.number, x0, top)
        text = text_of(words, (box[0], box[2]))
        cells.append(Placed(text, span.row, span.column, span.rows, span.columns, links, place))
    rows = len(grid.ys) - 1
    anchors = [anchor(sheet.number, grid.xs[0], grid.ys[row]) for row in range(rows)]
    return Piece(grid.xs, grid.ys[0], grid.ys[-1], cells, [sheet.number] * rows, anchors)


def anchor(page: int, x0: float, top: float) -> str:
    """The reader's address of a place: page, and its distance from the left and from above."""
    return f"{page}:{x0:.1f}:{top:.1f}"


def _within(area: LinkArea, box: tuple[float, float, float, float]) -> bool:
    x, y = (area.x0 + area.x1) / 2, (area.top + area.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def links_in(words: Sequence[Word], areas: Sequence[LinkArea]) -> tuple[Link, ...]:
    """Links with what they show; areas that follow one another and lead to one address are one link over lines."""
    links: list[Link] = []
    last: list[Word] = []
    for area in areas:
        shown = [word for word in words if _within_area(word, area)]
        if links and links[-1].target == area.target:
            last = [*last, *shown]
            links[-1] = Link(text_of(last), area.target)
        else:
            last = shown
            links.append(Link(text_of(shown), area.target))
    return tuple(links)


def _within_area(word: Word, area: LinkArea) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return area.x0 - 1 <= x <= area.x1 + 1 and area.top - 1 <= y <= area.bottom + 1
