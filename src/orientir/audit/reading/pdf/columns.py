"""Columns that no rule parts: where they are is told by what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from orientir.audit.reading.pdf.lines import Line, text_of
from orientir.audit.reading.pdf.sheet import Word
from orientir.audit.reading.pdf.tables import is_ruler

# In letters' heights: a hole in a line that parts two cells, the narrowest column.
HOLE = 1.0
NARROWEST = 1.2
# In points: how far a border is from the text, and how much places differ that are one.
BORDER = 1.0
ALIKE = 0.7
HEADER_LINES = 5
MOST_COLUMNS = 100


class Columns:
    """The borders of columns, from the left edge to the right one. With `by_start` every text begins at the left border
    of its column, and may be wider than it."""

    def __init__(self, edges: list[float], *, by_start: bool = False) -> None:
        self.edges = edges
        self.by_start = by_start

    def __len__(self) -> int:
        return len(self.edges) - 1

    def at(self, x: float) -> int:
        """The column at x; what stands outside belongs to the nearest."""
        return sum(edge <= x for edge in self.edges[1:-1])

    def of(self, word: Word) -> int:
        """The column that the word stands in."""
        return self.at(word.x0 + BORDER if self.by_start else (word.x0 + word.x1) / 2)

    def filled(self, words: Iterable[Word]) -> set[int]:
        """The columns that these words stand in."""
        return {self.of(word) for word in words}

    def parts(self, line: Line) -> list[list[Word]]:
        """The line cut where it has holes, and where a text begins at its column right behind another."""
        parts: list[list[Word]] = []
        for _, words in segments(line):
            for number, word in enumerate(words):
                if number == 0 or (self.by_start and not word.space and self._is_start(word)):
                    parts.append([])
                parts[-1].append(word)
        return parts

    def _is_start(self, word: Word) -> bool:
        return abs(word.x0 - BORDER - self.edges[self.of(word)]) <= ALIKE


@lru_cache(maxsize=4096)
def segments(line: Line) -> list[tuple[str, list[Word]]]:
    """The line cut where it has holes: texts with their words."""
    parts: list[list[Word]] = []
    for word in line.words:
        if parts and word.x0 - parts[-1][-1].x1 < HOLE * line.size:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [(text_of(part), part) for part in parts]


def by_starts(lines: Sequence[Line]) -> Columns | None:
    """Where all texts begin at a few places, in the header too; None where they are centred or set to the right."""
    begins = [_begins(line) for line in lines]
    starts = _starts(begins)
    most = max(len(segments(line)) for line in lines)
    if not max(most, 2) <= len(starts) <= MOST_COLUMNS:
        return None
    strays = [sum(not _is_among(word.x0, starts) for word in words) for words in begins]
    if any(strays[:HEADER_LINES]) or sum(strays) * 10 > sum(map(len, begins)):
        return None
    right = max(word.x1 for line in lines for word in line.words)
    return Columns([*(start - BORDER for start in starts), right + BORDER], by_start=True)


def _begins(line: Line) -> list[Word]:
    """Words that no space was printed before, or only a hole: a text begins with them."""
    pairs = pairwise(line.words)
    return [line.words[0], *(b for a, b in pairs if not b.space or b.x0 - a.x1 >= HOLE * line.size)]


def _starts(begins: Sequence[Sequence[Word]]) -> list[float]:
    """Places at which texts begin in several lines; what is set in within a column is no column of its own."""
    places: list[list[float]] = []
    for x0, size in sorted((word.x0, word.size) for words in begins for word in words):
        if places and x0 - places[-1][0] <= ALIKE:
            places[-1][1] += 1
        elif not places or x0 - places[-1][0] > NARROWEST * size:
            places.append([x0, 1])
    return [x0 for x0, times in places if times > 1]


def _is_among(x: float, starts: Sequence[float]) -> bool:
    return any(abs(x - start) <= ALIKE for start in starts)


def by_ruler(lines: Sequence[Line], words: Sequence[Word]) -> Columns | None:
    """The widest white between two numbers of the row of column numbers, if the lines have one."""
    ruler = next((line for line in lines if is_ruler([text for text, _ in segments(line)])), None)
    if ruler is None:
        return None
    centres = [(part[0].x0 + part[-1].x1) / 2 for _, part in segments(ruler)]
    inner = [_widest(words, left, right) for left, right in pairwise(centres)]
    return Columns([min(word.x0 for word in words) - 1, *inner, max(word.x1 for word in words) + 1])


def _widest(words: Sequence[Word], left: float, right: float) -> float:
    gaps = [(max(start, left), min(stop, right)) for start, stop in white(words) if stop > left and start < right]
    start, stop = max(gaps, key=lambda gap: gap[1] - gap[0], default=(left, right))
    return (start + stop) / 2


def white(words: Sequence[Word]) -> list[tuple[float, float]]:
    """The stretches across the page where none of the words stands."""
    gaps: list[tuple[float, float]] = []
    reach = float("inf")
    for word in sorted(words, key=lambda word: word.x0):
        if word.x0 > reach:
            gaps.append((reach, word.x0))
        reach = word.x1 if reach == float("inf") else max(reach, word.x1)
    return gaps
