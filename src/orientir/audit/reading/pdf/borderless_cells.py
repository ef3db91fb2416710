"""The cells of a table without rules: words go to columns, lines to rows, headers over groups of columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from orientir.audit.reading.pdf.layout import Layout, anchor, links_in
from orientir.audit.reading.pdf.lines import Line, text_of
from orientir.audit.reading.pdf.sheet import Word
from orientir.audit.reading.pdf.tables import Piece, Placed

# In letters' heights: a hole in a line that parts two cells; lines that belong to one cell.
HOLE = 1.0
CLOSE = 1.45
# How far the middle of a header may be from the middle of its group, as a share of the group's width.
CENTRED = 0.2


class Columns:
    """The borders of columns, from the left edge to the right one."""

    def __init__(self, edges: list[float]) -> None:
        self.edges = edges

    def __len__(self) -> int:
        return len(self.edges) - 1

    def at(self, x: float) -> int:
        """The column at x; what stands outside belongs to the nearest."""
        return sum(edge <= x for edge in self.edges[1:-1])


class Group(NamedTuple):
    """A header over several columns."""

    words: list[Word]
    column: int
    columns: int


@lru_cache(maxsize=256)
def segments(line: Line) -> list[tuple[str, list[Word]]]:
    """The line cut where it has holes: texts with their words."""
    parts: list[list[Word]] = []
    for word in line.words:
        if parts and word.x0 - parts[-1][-1].x1 < HOLE * line.size:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [(text_of(part), part) for part in parts]


def table_of(header: Sequence[Line], body: Sequence[Line], columns: Columns, layout: Layout) -> Piece:
    """The table of these lines."""
    cells = _header(header, columns, body)
    height = max((cell.row + cell.rows for cell, _ in cells), default=0)
    tops = [header[0].top] * height if header else []
    for row in _rows(body, columns):
        cells += _row(row, len(tops), columns)
        tops.append(row[0].top)
    left, number = columns.edges[0], layout.number
    placed = [_placed(cell, words, tops, columns, layout) for cell, words in cells]
    last = body[-1].bottom
    anchors = [anchor(number, left, top) for top in tops]
    return Piece(columns.edges, tops[0], last, placed, [number] * len(tops), anchors, is_ruled=False)


Filled = tuple[Placed, list[Word]]


def _placed(cell: Placed, words: list[Word], tops: list[float], columns: Columns, layout: Layout) -> Placed:
    cell.text = text_of(words)
    cell.anchor = anchor(layout.number, columns.edges[cell.column], tops[cell.row])
    if words and layout.links:
        cell.links = tuple(link for link in links_in(words, layout.links) if link.text)
    return cell


# ---- the body


def _rows(lines: Sequence[Line], columns: Columns) -> list[list[Line]]:
    """Lines that make one row: close together, and numbers only once."""
    rows: list[list[Line]] = []
    for number, line in enumerate(lines):
        if rows and not _begins(rows[-1], line, lines[number + 1] if number + 1 < len(lines) else None, columns):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _begins(row: list[Line], line: Line, after: Line | None, columns: Columns) -> bool:
    before = row[-1]
    step = line.middle - before.middle
    if step > CLOSE * line.size:
        return True
    full = any(len(_filled(other, columns)) > 1 for other in row)
    if len(_filled(line, columns)) > 1:
        return full and _overlap(row, line, columns)
    if not full:
        return False
    if after is not None and after.middle - line.middle < step - 0.5:
        return True
    return 0 in _filled(line, columns) and line.text[:1].isupper()


def _filled(line: Line, columns: Columns) -> set[int]:
    return {columns.at((word.x0 + word.x1) / 2) for word in line.words}


def _overlap(row: list[Line], line: Line, columns: Columns) -> bool:
    """Numbers under numbers are another row; words under words may be the rest of a text."""
    for column in range(1, len(columns)):
        words = [word for word in line.words if columns.at((word.x0 + word.x1) / 2) == column]
        above = [word for other in row for word in other.words if columns.at((word.x0 + word.x1) / 2) == column]
        if words and above and words[0].text[:1].isdigit() and above[0].text[:1].isdigit():
            return True
    return False


def _row(lines: list[Line], number: int, columns: Columns) -> list[Filled]:
    """The cells of one row. A line without holes that goes over the corridors is one cell, the name of a group."""
    words = [word for line in lines for word in line.words]
    over = len(lines) == 1 and len(segments(lines[0])) == 1 and len(_filled(lines[0], columns)) > 1
    if over:
        return [(Placed("", number, 0, 1, len(columns)), words)]
    return [(Placed("", number, column), part) for column, part in enumerate(_by_column(words, columns))]


def _by_column(words: Sequence[Word], columns: Columns) -> list[list[Word]]:
    parts: list[list[Word]] = [[] for _ in range(len(columns))]
    for word in words:
        parts[columns.at((word.x0 + word.x1) / 2)].append(word)
    return parts


# ---- the header


def _header(lines: Sequence[Line], columns: Columns, body: Sequence[Line]) -> list[Filled]:
    """Lines of groups above, each a row; all other lines together are the names of the columns."""
    levels: list[list[Group]] = []
    leaves: list[Word] = []
    for number, line in enumerate(lines):
        groups = _groups(line, columns, leaves, lines[number + 1 :])
        if groups:
            levels.append(groups)
            leaves += [word for word in line.words if not any(word in group.words for group in groups)]
        else:
            leaves += line.words
    if not lines:
        return []
    filled: list[Filled] = []
    covered = [0] * len(columns)
    for level, groups in enumerate(levels):
        for group in groups:
            filled.append((Placed("", level, group.column, 1, group.columns), group.words))
            for column in range(group.column, group.column + group.columns):
                covered[column] = level + 1
    for column, words in enumerate(_by_column(leaves, _between(columns, leaves, body))):
        top = covered[column]
        filled.append((Placed("", top, column, len(levels) + 1 - top), words))
    return filled


def _between(columns: Columns, leaves: Sequence[Word], body: Sequence[Line]) -> Columns:
    """Borders for the names of columns, which are often wider than the numbers below: the widest white between them
    within the white that the numbers leave."""
    stand = _by_column([word for line in body for word in line.words], columns)
    edges = list(columns.edges)
    for column in range(1, len(columns)):
        low = max((word.x1 for word in stand[column - 1]), default=edges[column])
        high = min((word.x0 for word in stand[column]), default=edges[column])
        gaps = [(max(low, start), min(high, stop)) for start, stop in white(leaves) if start < high and stop > low]
        start, stop = max(gaps, key=lambda gap: gap[1] - gap[0], default=(edges[column], edges[column]))
        edges[column] = (start + stop) / 2
    return Columns(edges)


def white(words: Sequence[Word]) -> list[tuple[float, float]]:
    """The stretches across the page where none of the words stands."""
    gaps: list[tuple[float, float]] = []
    reach = float("inf")
    for word in sorted(words, key=lambda word: word.x0):
        if word.x0 > reach:
            gaps.append((reach, word.x0))
        reach = word.x1 if reach == float("inf") else max(reach, word.x1)
    return gaps


def _groups(line: Line, columns: Columns, leaves: Sequence[Word], below: Sequence[Line]) -> list[Group]:
    """Headers over equally many columns each, up to the last column: years over the same measures. Empty where the line
    holds names of single columns."""
    parts = [part for _, part in segments(line)]
    width = len(columns)
    for skipped in range(width - 1):
        over = [part for part in parts if part[-1].x1 > columns.edges[skipped] and columns.at(_middle(part)) >= skipped]
        span, rest = divmod(width - skipped, len(over)) if over else (0, 1)
        if rest or span < 2:
            continue
        groups = [Group(part, skipped + number * span, span) for number, part in enumerate(over)]
        if all(_sits_over(group, columns, leaves, below) for group in groups):
            return groups
    return []


def _middle(words: Sequence[Word]) -> float:
    return (words[0].x0 + words[-1].x1) / 2


def _sits_over(group: Group, columns: Columns, leaves: Sequence[Word], below: Sequence[Line]) -> bool:
    """In the middle of its columns or at their left; nothing but it above at least two names of columns."""
    left, right = columns.edges[group.column], columns.edges[group.column + group.columns]
    centred = abs(_middle(group.words) - (left + right) / 2) <= CENTRED * (right - left)
    at_left = left - 2 <= group.words[0].x0 <= left + (right - left) / group.columns / 2
    if not (centred or at_left):
        return False
    if any(left < (word.x0 + word.x1) / 2 < right for word in leaves):
        return False
    under = {columns.at((word.x0 + word.x1) / 2) for line in below for word in line.words}
    return len(under & set(range(group.column, group.column + group.columns))) > 1
