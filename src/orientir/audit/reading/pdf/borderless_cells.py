"""The cells of a table without rules: words go to columns, lines to rows, headers over groups of columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from orientir.audit.reading.pdf.columns import Columns, white
from orientir.audit.reading.pdf.layout import Layout, anchor, links_in
from orientir.audit.reading.pdf.lines import Line, text_of
from orientir.audit.reading.pdf.sheet import Word
from orientir.audit.reading.pdf.tables import Piece, Placed

# In letters' heights: lines that belong to one cell.
CLOSE = 1.45
# How far the middle of a header may be from the middle of its group, as a share of the group's width.
CENTRED = 0.2


class Group(NamedTuple):
    """A header over several columns."""

    words: list[Word]
    column: int
    columns: int


def table_of(header: Sequence[Line], body: Sequence[Line], columns: Columns, layout: Layout) -> Piece:
    """The table of these lines."""
    cells = _header(header, columns, body)
    height = max((cell.row + cell.rows for cell, _ in cells), default=0)
    tops = [header[0].top] * height if header else []
    for row in _rows(header[-1:], body, columns):
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


def _rows(head: Sequence[Line], lines: Sequence[Line], columns: Columns) -> list[list[Line]]:
    """Lines that make one row: close together, and numbers only once. `head` is the line above."""
    apart = _stand_apart([*head, *lines], columns)
    rows: list[list[Line]] = []
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else None
        if rows and not _begins(rows[-1], line, after, columns, apart):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _stand_apart(lines: Sequence[Line], columns: Columns) -> bool:
    """Whether each line that fills the columns stands further from the one before than lines of one text do."""
    filled = [len(columns.filled(line.words)) for line in lines[1:]]
    steps = [line.middle - before.middle - CLOSE * line.size for before, line in pairwise(lines)]
    return bool(steps) and all(step > 0 for step, full in zip(steps, filled, strict=True) if full == max(filled))


def _begins(row: list[Line], line: Line, after: Line | None, columns: Columns, apart: bool) -> bool:
    before = row[-1]
    step = line.middle - before.middle
    if step > CLOSE * line.size:
        return True
    full = any(len(columns.filled(other.words)) > 1 for other in row)
    if len(columns.filled(line.words)) > 1:
        return full and _overlap(row, line, columns)
    if not full or apart:
        return False
    if after is not None and after.middle - line.middle < step - 0.5:
        return True
    return 0 in columns.filled(line.words) and line.text[:1].isupper()


def _overlap(row: list[Line], line: Line, columns: Columns) -> bool:
    """Numbers under numbers are another row; words under words may be the rest of a text."""
    for column in range(1, len(columns)):
        words = [word for word in line.words if columns.of(word) == column]
        above = [word for other in row for word in other.words if columns.of(word) == column]
        if words and above and words[0].text[:1].isdigit() and above[0].text[:1].isdigit():
            return True
    return False


def _row(lines: list[Line], number: int, columns: Columns) -> list[Filled]:
    """The cells of one row. A line without holes that goes over the corridors is one cell, the name of a group."""
    words = [word for line in lines for word in line.words]
    over = len(lines) == 1 and len(columns.parts(lines[0])) == 1 and len(columns.filled(lines[0].words)) > 1
    if over:
        return [(Placed("", number, 0, 1, len(columns)), words)]
    return [(Placed("", number, column), part) for column, part in enumerate(_by_column(words, columns))]


def _by_column(words: Sequence[Word], columns: Columns) -> list[list[Word]]:
    parts: list[list[Word]] = [[] for _ in range(len(columns))]
    for word in words:
        parts[columns.of(word)].append(word)
    return parts


# ---- the header


def _header(lines: Sequence[Line], columns: Columns, body: Sequence[Line]) -> list[Filled]:
    """Lines of groups above, each a row; all other lines together are the names of the columns."""
    levels: list[list[Group]] = []
    leaves: list[Word] = []
    for number, line in enumerate(lines):
        if levels and not leaves and _carries_on(lines, number, levels[-1], columns):
            continue
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


def _carries_on(lines: Sequence[Line], number: int, groups: Sequence[Group], columns: Columns) -> bool:
    """Takes the second line of headers over groups, which stands nearer to the first than to what is below."""
    if number + 1 == len(lines):
        return False
    step = lines[number].middle - lines[number - 1].middle
    if step > CLOSE * lines[number].size or lines[number + 1].middle - lines[number].middle < step + 1:
        return False
    pairs = [(part, _under(part, groups)) for part in columns.parts(lines[number])]
    if any(group is None for _, group in pairs):
        return False
    for part, group in pairs:
        if group is not None:
            group.words.extend(part)
    return True


def _under(part: Sequence[Word], groups: Sequence[Group]) -> Group | None:
    """The group whose header begins or is centred where this text is."""
    for group in groups:
        first = group.words[0].x0
        if abs(first - part[0].x0) < 2 or abs(_middle(group.words) - _middle(part)) < 4:
            return group
    return None


def _between(columns: Columns, leaves: Sequence[Word], body: Sequence[Line]) -> Columns:
    """Borders for the names of columns, which are often wider than the numbers below: the widest white between them
    within the white that the numbers leave."""
    if columns.by_start:
        return columns
    stand = _by_column([word for line in body for word in line.words], columns)
    edges = list(columns.edges)
    for column in range(1, len(columns)):
        low = max((word.x1 for word in stand[column - 1]), default=edges[column])
        high = min((word.x0 for word in stand[column]), default=edges[column])
        gaps = [(max(low, start), min(high, stop)) for start, stop in white(leaves) if start < high and stop > low]
        start, stop = max(gaps, key=lambda gap: gap[1] - gap[0], default=(edges[column], edges[column]))
        edges[column] = (start + stop) / 2
    return Columns(edges)


def _groups(line: Line, columns: Columns, leaves: Sequence[Word], below: Sequence[Line]) -> list[Group]:
    """Headers over equally many columns each, up to the last column: years over the same measures. Empty where the line
    holds names of single columns."""
    parts = columns.parts(line)
    width = len(columns)
    for skipped in range(width - 1):
        over = [part for part in parts if _column(part, columns) >= skipped]
        span, rest = divmod(width - skipped, len(over)) if over else (0, 1)
        if rest or span < 2:
            continue
        groups = [Group(part, skipped + number * span, span) for number, part in enumerate(over)]
        if all(_sits_over(group, columns, leaves, below) for group in groups):
            return groups
    return []


def _column(part: Sequence[Word], columns: Columns) -> int:
    return columns.of(part[0]) if columns.by_start else columns.at(_middle(part))


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
    under = columns.filled(word for line in below for word in line.words)
    return len(under & set(range(group.column, group.column + group.columns))) > 1
