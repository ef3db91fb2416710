"""Tables in plain text that have no TABs: columns held apart by spaces, and one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orientir.audit.document import Place
from orientir.audit.reading.grid import Piece

_PART = re.compile(r"\S+(?:[^\S\t]\S+)*")  # what no TAB and no two spaces hold apart
_NUMBER = re.compile(
    r"^[<>≈]?\s*-?\d[\d\s\u00a0]*(?:[.,]\d+)?\s*%?(?:\s*(?:из|/)\s*\d[\d\s\u00a0]*)?(?:\s*[(/]\s*\d+(?:[.,]\d+)?\s*%\s*\)?)?$"
)
_CAPTION = re.compile(r"^\s*(?:Таблица|Табл\.)\s", re.IGNORECASE)
_SHORT = 60


def column_table(lines: Sequence[str], at: int) -> tuple[list[list[Piece]], int] | None:
    """Rows of the table that begins at this line, and the line behind it: lines with as many gaps, one of which holds
    numbers, or three lines or more whose words stand in columns."""
    found: list[list[re.Match[str]]] = []
    end = at
    while end < len(lines) and len(parts := list(_PART.finditer(lines[end]))) > 1:
        found.append(parts)
        end += 1
    rows = [[Piece(part[0], Place(at + number + 1)) for part in parts] for number, parts in enumerate(found)]
    numbers = [row for row in rows if sum(bool(_NUMBER.match(piece.text)) for piece in row) * 2 >= len(row)]
    columns = _columns(found)
    has_numbers = len(rows) > 1 and bool(numbers) and max(map(len, numbers)) > 1
    in_columns = len(rows) > 2 and bool(columns) and sum(len(row) == len(columns) for row in rows) * 2 > len(rows)
    if not has_numbers and not in_columns:
        return None
    return [_placed(row, parts, columns) for row, parts in zip(rows, found, strict=True)], end


def _columns(found: Sequence[Sequence[re.Match[str]]]) -> list[tuple[int, int]]:
    """From where to where each column reaches; none where the lines do not begin or end at the same places."""
    width = max(map(len, found), default=0)
    full = [parts for parts in found if len(parts) == width]
    columns = list(zip(*full, strict=True))
    starts, ends = ({place(part) for one in columns for part in one} for place in (re.Match.start, re.Match.end))
    if len(full) > 1:
        straight = all(
            len(set(map(re.Match.start, one))) == 1 or len(set(map(re.Match.end, one))) == 1 for one in columns
        )
    else:
        straight = all(part.start() in starts or part.end() in ends for parts in found for part in parts)
    return [(min(part.start() for part in one), max(part.end() for part in one)) for one in columns] if straight else []


def _placed(row: list[Piece], parts: Sequence[re.Match[str]], columns: Sequence[tuple[int, int]]) -> list[Piece]:
    """A short row with empty cells where nothing stands; as it is where its words stand in no column of their own."""
    if len(row) == len(columns) or not columns:
        return row
    at = [
        next((number for number, (start, end) in enumerate(columns) if part.start() < end and start < part.end()), -1)
        for part in parts
    ]
    if -1 in at or len(set(at)) < len(at):
        return row
    known = dict(zip(at, row, strict=True))
    return [known.get(number, Piece("", row[0].place)) for number in range(len(columns))]


def stacked_table(lines: Sequence[str], at: int) -> tuple[list[list[Piece]], int] | None:
    """One cell a line, as programs save tables as text: known by the caption above and the lines «1», «2» … «n»."""
    if at == 0 or not _follows_caption(lines, at):
        return None
    ordinal = _ordinals(lines, at)
    if ordinal is None:
        return None
    first, width = ordinal
    head = [(number, lines[number].strip()) for number in range(at, first) if lines[number].strip()]
    values, end = _values(lines, first, width)
    if len(head) < width or len(values) < width:
        return None
    return _rows(head, width) + _chunks(values, width), end


def _follows_caption(lines: Sequence[str], at: int) -> bool:
    before = next((line for line in reversed(lines[max(0, at - 3) : at]) if line.strip()), "")
    return bool(_CAPTION.match(before))


def _ordinals(lines: Sequence[str], at: int) -> tuple[int, int] | None:
    """Where the lines «1», «2» … begin, and how many there are."""
    for start in range(at, min(at + 120, len(lines))):
        if lines[start].strip() == "1":
            count, number = 0, start
            while number < len(lines) and lines[number].strip() in ("", str(count + 1)):
                count += bool(lines[number].strip())
                number += 1
            if count >= 3:
                return start, count
        if _CAPTION.match(lines[start]):
            return None
    return None


def _values(lines: Sequence[str], first: int, width: int) -> tuple[list[tuple[int, str]], int]:
    """Short lines from the ordinals on, while whole rows of them hold numbers."""
    values: list[tuple[int, str]] = []
    number = first
    while number < len(lines) and len(lines[number].strip()) <= _SHORT and not _CAPTION.match(lines[number]):
        if lines[number].strip():
            values.append((number, lines[number].strip()))
        number += 1
    whole = len(values) // width * width
    while whole > width and not any(_NUMBER.match(text) for _, text in values[whole - width : whole]):
        whole -= width
    values = values[:whole]
    return values, values[-1][0] + 1 if values else first


def _rows(head: Sequence[tuple[int, str]], width: int) -> list[list[Piece]]:
    """The last lines are the heads of the columns; before them stand the years, and before these a title."""
    pieces = [Piece(text, Place(number + 1)) for number, text in head]
    rows = [pieces[-width:]]
    above = pieces[:-width]
    years = [piece for piece in above if re.match(r"^20\d\d", piece.text)]
    titles = [piece for piece in above if piece not in years]
    return [*([[piece] for piece in titles]), *([years] if years else []), *rows]


def _chunks(values: Sequence[tuple[int, str]], width: int) -> list[list[Piece]]:
    pieces = [Piece(text, Place(number + 1)) for number, text in values]
    return [pieces[start : start + width] for start in range(0, len(pieces), width)]
