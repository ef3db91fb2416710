"""Tables without rules: where numbers stand in columns, the white between the columns is the border."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from orientir.audit.reading.pdf.announced import CORRIDOR, Awaited, announced, open_caption
from orientir.audit.reading.pdf.borderless_cells import CLOSE, table_of
from orientir.audit.reading.pdf.columns import Columns, by_ruler, segments, white
from orientir.audit.reading.pdf.layout import Element, Layout
from orientir.audit.reading.pdf.lines import Line
from orientir.audit.reading.pdf.rows import CAPTION, Block, is_far, is_prose, is_row
from orientir.audit.reading.pdf.sheet import Word
from orientir.audit.reading.pdf.tables import Piece, is_ruler

# Rows with numbers that make a table: of two columns, and of more.
ROWS_OF_TWO, ROWS = 3, 2
HEADER_LINES = 14

_LETTERS = re.compile(r"[^\W\d_]{3}")


def with_borderless(layouts: Iterable[Layout]) -> Iterator[Layout]:
    """The pages in their order, with lines that make a table put together into one."""
    awaited = Awaited()
    for layout in layouts:
        elements = _elements(layout, awaited)
        awaited = _awaited(elements)
        yield replace(layout, elements=elements)


def _awaited(elements: Sequence[Element]) -> Awaited:
    last = elements[-1] if elements else None
    if isinstance(last, Piece):
        return Awaited(columns=None if last.is_ruled else Columns(last.xs))
    lines: list[Line] = []
    for element in elements:
        if isinstance(element, Line):
            lines.append(element)
        else:
            lines.clear()
    return Awaited(open_caption(lines))


def _elements(layout: Layout, awaited: Awaited) -> list[Element]:
    elements: list[Element] = []
    run: list[Line] = []
    for element in layout.elements:
        if isinstance(element, Line):
            run.append(element)
        else:
            elements += [*_found(run, layout, awaited if not elements else Awaited()), element]
            run = []
    return [*elements, *_found(run, layout, awaited if not elements else Awaited())]


def _found(lines: list[Line], layout: Layout, awaited: Awaited) -> list[Element]:
    """Lines with their tables in place, from above: what is announced is a table, what is not may be one."""
    done: list[Element] = []
    while (block := announced(lines, awaited)) is not None:
        done += [*_unannounced(lines[: block.start], layout), _piece(lines, block, layout)]
        lines, awaited = lines[block.stop :], Awaited()
    return [*done, *_unannounced(lines, layout)]


def _unannounced(lines: list[Line], layout: Layout) -> list[Element]:
    done: list[Element] = []
    while (block := _block(lines)) is not None:
        done += [*lines[: block.start], _piece(lines, block, layout)]
        lines = lines[block.stop :]
    return [*done, *lines]


def _piece(lines: Sequence[Line], block: Block, layout: Layout) -> Piece:
    return table_of(lines[block.start : block.body], lines[block.body : block.stop], block.columns, layout)


def _block(lines: Sequence[Line]) -> Block | None:
    """The first table of these lines."""
    first = 0
    while first < len(lines):
        core = _core(lines, first)
        if core is None:
            return None
        columns = _columns([lines[number] for number in core], _wrapped(lines, core))
        if columns is not None and _is_table(lines, core, columns):
            start, stop = _start(lines, core[0], columns), _stop(lines, core[-1], columns)
            if _is_named(lines[start : core[0]], [lines[number] for number in core], columns):
                return Block(start, core[0], stop, columns)
        first = core[-1] + 1
    return None


def _core(lines: Sequence[Line], first: int) -> list[int] | None:
    """The next rows with numbers in columns, as far as they stand together."""
    core: list[int] = []
    for number in range(first, len(lines)):
        line = lines[number]
        if core and (is_far(lines, number) or CAPTION.match(line.text)):
            break
        if is_row(line):
            core.append(number)
        elif core and (number - core[-1] > 5 or is_prose(line)):
            break
    return core or None


def _wrapped(lines: Sequence[Line], core: Sequence[int]) -> list[Line]:
    """Lines that carry on a text of a row: close to it, and ending before its last number begins."""
    found = []
    for number in range(max(core[0] - 2, 0), min(core[-1] + 6, len(lines))):
        if number in core:
            continue
        line, near = lines[number], min((abs(number - other), other) for other in core)[1]
        step = abs(line.middle - lines[near].middle) / max(abs(number - near), 1)
        if step <= CLOSE * line.size and line.x1 < segments(lines[near])[-1][1][0].x0 and len(segments(line)) < 3:
            found.append(line)
    return found


def _columns(core: Sequence[Line], wrapped: Sequence[Line]) -> Columns | None:
    """Columns by the ruler where there is one: the widest white between two of its numbers; else by the white that
    goes through all rows."""
    words = [word for line in [*core, *wrapped] for word in line.words]
    if (ruled := by_ruler(core, words)) is not None:
        return ruled
    inner = _corridors(words)
    if not inner:
        return None
    return Columns([min(word.x0 for word in words) - 1, *inner, max(word.x1 for word in words) + 1])


def _corridors(words: Sequence[Word]) -> list[float]:
    least = CORRIDOR * max((word.size for word in words), default=10.0)
    return [(start + stop) / 2 for start, stop in white(words) if stop - start >= least]


def _is_table(lines: Sequence[Line], core: Sequence[int], columns: Columns) -> bool:
    """Enough rows that fill most of the columns: two numbers side by side in a text are no table."""
    rows = [lines[number] for number in core]
    if any(is_ruler([text for text, _ in segments(line)]) for line in rows):
        return len(rows) > 1
    full = [line for line in rows if len(segments(line)) * 2 > len(columns)]
    return len(full) >= (ROWS_OF_TWO if len(columns) == 2 else ROWS) and len(full) * 2 >= len(rows)


def _is_named(header: Sequence[Line], rows: Sequence[Line], columns: Columns) -> bool:
    """Rows or columns have names in words; numbers alone are the labels of a chart."""
    named = [line for line in rows if _LETTERS.search(line.text)]
    heads = columns.filled(word for line in header for word in line.words if word.text[:1].isalpha())
    return len(named) * 2 >= len(rows) or len(heads) >= max(len(columns) - 1, 2)


def _start(lines: Sequence[Line], body: int, columns: Columns) -> int:
    """Where the header begins: the furthest line above that has holes where the corridors are, with what is between."""
    start = body
    for number in range(body - 1, max(body - HEADER_LINES, 0) - 1, -1):
        line = lines[number]
        if is_far(lines, number + 1) or CAPTION.match(line.text) or is_prose(line):
            break
        parts = segments(line)
        narrow = line.x0 > columns.edges[1] - 1 or line.x1 < columns.edges[1]
        if len(parts) > 1 or (
            narrow and line.x1 < columns.edges[-1] + 20 and not _is_title(lines, number, start, body)
        ):
            start = number
    return start


def _is_title(lines: Sequence[Line], number: int, start: int, body: int) -> bool:
    """A lone line within the first column belongs to the header only where the next line is close below."""
    line, below = lines[number], lines[number + 1]
    if number + 1 > start and start != body:
        return True
    return below.middle - line.middle > 2.2 * line.size or line.bold != below.bold


def _stop(lines: Sequence[Line], last: int, columns: Columns) -> int:
    """The end: the text of the last row may go on in its first column."""
    stop = last + 1
    while stop < len(lines):
        line, before = lines[stop], lines[stop - 1]
        close = line.middle - before.middle <= 1.45 * line.size
        if not (close and line.x1 < columns.edges[1] + 1 and not CAPTION.match(line.text)):
            break
        stop += 1
    return stop
