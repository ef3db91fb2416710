"""Tables without rules that are announced, by a caption or by the page before: there texts in columns are enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orientir.audit.reading.pdf.borderless_cells import CLOSE
from orientir.audit.reading.pdf.columns import Columns, by_ruler, by_starts, segments, white
from orientir.audit.reading.pdf.lines import Line
from orientir.audit.reading.pdf.rows import CAPTION, Block, has_leaders, is_far, is_prose, is_row
from orientir.audit.reading.pdf.sheet import Word

# In letters' heights: the white between columns.
CORRIDOR = 0.5
# A caption has at most so many lines, a header so many rows.
CAPTION_LINES, HEADER_ROWS = 4, 5
# So many lines tell enough.
LOOKED_AT = 20
# Letters of another height, as a share, are another text.
OTHER_SIZE = 0.15

_TABLE = re.compile(r"^(?:продолжение\s+|окончание\s+)?(?:таблица|табл\.)\s*№?\s*\d", re.IGNORECASE)
_BELOW = re.compile(r"^(?:источник|примечани|\*)", re.IGNORECASE)


@dataclass(frozen=True)
class Awaited:
    """What a page leaves to the next: a caption without its table, or the columns of a table that may go on."""

    caption: Line | None = None
    columns: Columns | None = None


def announced(lines: Sequence[Line], awaited: Awaited) -> Block | None:
    """The first table of these lines that is announced; `awaited` where they begin a page."""
    if lines and (awaited.caption or awaited.columns):
        left = awaited.caption.x0 if awaited.caption else 0.0
        block = _block(lines, 0, left)
        if block and (awaited.columns is None or len(block.columns) == len(awaited.columns)):
            return block
    for number, line in enumerate(lines):
        if _TABLE.match(line.text) and (block := _block(lines, number + 1, line.x0)):
            return block
    return None


def open_caption(lines: Sequence[Line]) -> Line | None:
    """The caption with which the page ends, if it does."""
    last = lines[-CAPTION_LINES:]
    named = [number for number, line in enumerate(last) if _TABLE.match(line.text)]
    if not named or any(len(segments(line)) > 1 for line in last[named[-1] :]):
        return None
    return last[named[-1]]


def _block(lines: Sequence[Line], first: int, left: float) -> Block | None:
    """`left` is where the caption begins."""
    start = _start(lines, first, left)
    if start is None:
        return None
    stop = _stop(lines, start)
    columns = _columns(lines[start:stop])
    if columns is None or len(columns) < 2:
        return None
    rest = first == 0 and lines[start].text[:1].islower()  # of a row that began on the page before
    body = start if rest else _body(lines, list(_groups(lines, start, stop)), columns)
    return Block(start, body, stop, columns) if body is not None else None


def _start(lines: Sequence[Line], first: int, left: float) -> int | None:
    """The first line in columns, or the header over all of them: one that is set in where the caption is not."""
    columns = _in_columns(lines, first)
    if columns is None:
        return None
    low = lines[columns].x0
    return next((number for number in range(first, columns) if lines[number].x0 > max(left + 2, low - 2)), columns)


def _in_columns(lines: Sequence[Line], first: int) -> int | None:
    for number in range(first, min(first + CAPTION_LINES, len(lines))):
        line = lines[number]
        if CAPTION.match(line.text) or has_leaders(line) or (number > first and is_far(lines, number)):
            return None
        if len(segments(line)) > 1:
            return number
    return None


def _stop(lines: Sequence[Line], start: int) -> int:
    """Where the table ends: at a line of running text, of another type, or that belongs to no column."""
    low = min(line.x0 for line in lines[start : start + 2])
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if is_far(lines, number) or CAPTION.match(line.text) or _BELOW.match(line.text) or has_leaders(line):
            return number
        if abs(line.size - lines[start].size) > OTHER_SIZE * lines[start].size:
            return number
        close = line.middle - lines[number - 1].middle <= CLOSE * line.size and line.x0 >= low - 2
        if len(segments(line)) == 1 and (is_prose(line) or (not close and _is_outside(lines, start, number, low))):
            return number
        if len(segments(line)) > 1:
            low = min(low, line.x0)
    return len(lines)


def _is_outside(lines: Sequence[Line], start: int, number: int, low: float) -> bool:
    """A lone text further left than all columns, or over the corridors of the rows above with no row below."""
    line = lines[number]
    if line.x0 < low - 2:
        return number - start > 2 or any(is_row(above) for above in lines[start:number])
    over = [
        above
        for above in lines[max(start, number - LOOKED_AT) : number]
        if any(line.x0 < left and right < line.x1 for left, right in _holes(above))
    ]
    more = number + 1 < len(lines) and len(segments(lines[number + 1])) > 1
    return bool(over) and not more


def _holes(line: Line) -> list[tuple[float, float]]:
    parts = [part for _, part in segments(line)]
    return [(left[-1].x1, right[0].x0) for left, right in pairwise(parts)]


def _columns(lines: Sequence[Line]) -> Columns | None:
    """By the places at which texts begin; by the row of column numbers; else of the lowest lines that have all columns:
    headers above may stand over several."""
    if (aligned := by_starts(lines)) is not None:
        return aligned
    if (ruled := by_ruler(lines, [word for line in lines for word in line.words])) is not None:
        return ruled
    most = max(len(segments(line)) for line in lines)
    best: Columns | None = None
    for top in range(min(len(lines), LOOKED_AT)):
        found = _divided(lines[top:])
        if found and (best is None or len(found) > len(best)):
            best = found
        if best and len(best) >= most:
            break
    return best


def _divided(lines: Sequence[Line]) -> Columns | None:
    rows = [line for line in lines if len(segments(line)) > 1]
    words = [word for line in rows for word in line.words]
    least = CORRIDOR * max((word.size for word in words), default=0.0)
    gaps = [gap for gap in white(words) if gap[1] - gap[0] >= least]
    if not gaps:
        return None
    lone = [line for line in lines if len(segments(line)) == 1 and not _crosses(line, gaps)]
    words += [word for line in lone for word in line.words]
    inner = [_narrowed(gap, words) for gap in gaps]
    return Columns([min(word.x0 for word in words) - 1, *inner, max(word.x1 for word in words) + 1])


def _crosses(line: Line, gaps: Sequence[tuple[float, float]]) -> bool:
    return any(line.x0 < right < line.x1 for _, right in gaps)


def _narrowed(gap: tuple[float, float], words: Sequence[Word]) -> float:
    """The middle of what is left of the white between two columns."""
    left, right = gap
    low = max((word.x1 for word in words if left < word.x1 <= right), default=left)
    high = min((word.x0 for word in words if low <= word.x0 < right), default=right)
    return (max(low, left) + high) / 2


def _groups(lines: Sequence[Line], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Lines that stand close together, first and behind the last."""
    first = start
    for number in range(start + 1, stop):
        if lines[number].middle - lines[number - 1].middle > CLOSE * lines[number].size:
            yield first, number
            first = number
    yield first, stop


def _body(lines: Sequence[Line], groups: Sequence[tuple[int, int]], columns: Columns) -> int | None:
    """Where the body begins: behind the first row that names all columns, or with the first row of numbers."""
    for start, stop in groups[:HEADER_ROWS]:
        number = next((number for number in range(start, stop) if is_row(lines[number])), None)
        if number is not None:
            return number if number > groups[0][0] else None
        filled = columns.filled(word for line in lines[start:stop] for word in line.words)
        if len(filled) == len(columns):
            return stop if stop < groups[-1][1] else None
    return None
