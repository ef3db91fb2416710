"""Rules -> lattices: which slots of a grid a cell covers is read from the rules that are missing between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from orientir.audit.reading.pdf.sheet import LinkArea, Rule, Sheet

# Rules nearer than this are one rule, and touch: double borders, borders drawn cell by cell, rounded coordinates.
NEAR = 3.0
# Coordinates of one rule that differ by rounding only.
ALIKE = 0.7
# A border reaches its corners so closely; the underline of a word does not.
CORNER = 3.0
# More crossings than this are a drawing.
MOST_PAIRS = 4_000_000
MOST_SLOTS = 200_000


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of a lattice: its upper left slot and how many slots it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass
class Lattice:
    """A grid of rules: where its columns and rows begin and end, and its cells."""

    xs: list[float]
    ys: list[float]
    spans: list[Span]
    by_slot: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, span in enumerate(self.spans):
            for row in range(span.row, span.row + span.rows):
                for column in range(span.column, span.column + span.columns):
                    self.by_slot[row, column] = number

    def span_at(self, x: float, y: float) -> int | None:
        """The number of the cell at this point, None outside."""
        slot = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return self.by_slot.get(slot)

    def holds(self, other: Lattice) -> bool:
        """Whether the other lies within: a table in a cell, which stays part of the cell's text."""
        return (
            self.xs[0] - NEAR <= other.xs[0]
            and other.xs[-1] <= self.xs[-1] + NEAR
            and self.ys[0] - NEAR <= other.ys[0]
            and other.ys[-1] <= self.ys[-1] + NEAR
        )


Extents = dict[float, list[tuple[float, float]]]


def lattices(sheet: Sheet) -> list[Lattice]:
    """The grids of a page from above, those of more than one cell."""
    level = [(rule.top, rule.x0, rule.x1) for rule in sheet.level if not _underlines(rule, sheet.links)]
    upright = [(rule.x0, rule.top, rule.bottom) for rule in sheet.upright]
    parts = _connected(_joined(level, ALIKE), _joined(upright, ALIKE))
    found = [_lattice(_joined(rows, NEAR), _joined(columns, NEAR)) for rows, columns in parts]
    kept = [lattice for lattice in found if lattice and len(lattice.spans) > 1]
    return sorted(kept, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _underlines(rule: Rule, links: Sequence[LinkArea]) -> bool:
    return any(
        link.x0 - 1 <= rule.x0 and rule.x1 <= link.x1 + 1 and link.top <= rule.top <= link.bottom + 2 for link in links
    )


Strokes = list[tuple[float, float, float]]


def _joined(rules: Strokes, near: float) -> Extents:
    """Rules at nearly one place across, with the extents that they cover there without a gap."""
    at: Extents = {}
    for place, start, stop in _snapped(rules, near):
        extents = at.setdefault(place, [])
        if extents and start <= extents[-1][1] + NEAR:
            extents[-1] = extents[-1][0], max(extents[-1][1], stop)
        else:
            extents.append((start, stop))
    return at


def _snapped(rules: Strokes, near: float) -> Strokes:
    """Rules at nearly one place are put at the first of their places."""
    snapped: Strokes = []
    place = float("-inf")
    for across, start, stop in sorted(rules):
        if across - place > near:
            place = across
        snapped.append((place, start, stop))
    return sorted(snapped)


Node = tuple[bool, float, float]


def _connected(level: Extents, upright: Extents) -> list[tuple[Strokes, Strokes]]:
    """Rules that cross or touch belong to one grid; others, a rule under a header line say, to none."""
    if sum(map(len, level.values())) * sum(map(len, upright.values())) > MOST_PAIRS:
        return []
    parent: dict[Node, Node] = {}
    for rule, other in _crossings(level, upright):
        parent[_root(parent, rule)] = _root(parent, other)
    parts: dict[Node, tuple[Strokes, Strokes]] = defaultdict(lambda: ([], []))
    for is_level, rules in ((True, level), (False, upright)):
        for place, extents in rules.items():
            for start, stop in extents:
                if (is_level, place, start) in parent:
                    part = parts[_root(parent, (is_level, place, start))]
                    part[not is_level].append((place, start, stop))
    return list(parts.values())


def _crossings(level: Extents, upright: Extents) -> Iterator[tuple[Node, Node]]:
    rows = sorted(level)
    for x, extents in upright.items():
        for top, bottom in extents:
            for y in rows[bisect_left(rows, top - NEAR) : bisect_right(rows, bottom + NEAR)]:
                for x0, x1 in level[y]:
                    if x0 - NEAR <= x <= x1 + NEAR:
                        yield (True, y, x0), (False, x, top)


def _root(parent: dict[Node, Node], node: Node) -> Node:
    while parent.setdefault(node, node) != node:
        parent[node] = node = parent[parent[node]]
    return node


def _lattice(level: Extents, upright: Extents) -> Lattice | None:
    """The grid of connected rules; sides that were left open are closed where the rules across them end."""
    xs, ys = _closed(sorted(upright), level), _closed(sorted(level), upright)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_SLOTS:
        return None
    return Lattice(xs, ys, _spans(xs, ys, level, upright))


def _closed(places: list[float], across: Extents) -> list[float]:
    extents = [extent for rules in across.values() for extent in rules]
    low, high = min(start for start, _ in extents), max(stop for _, stop in extents)
    if sum(start < low + NEAR for start, _ in extents) > 1 and low < places[0] - 2 * NEAR:
        places = [low, *places]
    if sum(stop > high - NEAR for _, stop in extents) > 1 and high > places[-1] + 2 * NEAR:
        places = [*places, high]
    return places


def _spans(xs: list[float], ys: list[float], level: Extents, upright: Extents) -> list[Span]:
    """Slots without a rule between them are one cell, row by row, then downwards where the same columns go on."""
    spans: list[Span] = []
    above: dict[tuple[int, int], Span] = {}
    for row in range(len(ys) - 1):
        runs = _runs(xs, (ys[row] + ys[row + 1]) / 2, upright)
        here: dict[tuple[int, int], Span] = {}
        for first, last in runs:
            over = above.get((first, last))
            if over and not _has_rule(level.get(ys[row], ()), xs[first], xs[last + 1]):
                spans.remove(over)
                span = Span(over.row, first, over.rows + 1, over.columns)
            else:
                span = Span(row, first, 1, last - first + 1)
            spans.append(span)
            here[first, last] = span
        above = here
    return sorted(spans, key=lambda span: (span.row, span.column))


def _runs(xs: list[float], y: float, upright: Extents) -> list[tuple[int, int]]:
    """First and last columns of the cells of the row whose middle is y."""
    runs: list[tuple[int, int]] = []
    first = 0
    for column in range(len(xs) - 1):
        edge = column == len(xs) - 2
        if edge or any(top <= y <= bottom for top, bottom in upright.get(xs[column + 1], ())):
            runs.append((first, column))
            first = column + 1
    return runs


def _has_rule(extents: Sequence[tuple[float, float]], x0: float, x1: float) -> bool:
    """Whether a rule reaches from corner to corner."""
    return any(start <= x0 + CORNER and stop >= x1 - CORNER for start, stop in extents)
