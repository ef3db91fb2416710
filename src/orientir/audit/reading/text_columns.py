"""Tables in plain text that have no TABs: columns held apart by spaces, and one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orientir.audit.document import Place
from orientir.audit.reading.grid import Piece

_GAP = re.compile(r"\s{2,}|\t")
_NUMBER = re.compile(r"^[<>≈]?\s*-?\d[\d\s\u00a0]*(?:[.,]\d+)?\s*%?$")
_CAPTION = re.compile(r"^\s*(?:Таблица|Табл\.)\s", re.IGNORECASE)
_SHORT = 60


def column_table(lines: Sequence[str], at: int) -> tuple[list[list[Piece]], int] | None:
    """Rows of the table that begins at this line, and the line behind it: three lines or more with as many gaps, one of
    which holds numbers."""
    rows: list[list[Piece]] = []
    end = at
    while end < len(lines) and len(parts := _GAP.split(lines[end].strip())) > 1 and lines[end].strip():
        rows.append([Piece(part, Place(end + 1)) for part in parts])
        end += 1
    numbers = [row for row in rows if sum(bool(_NUMBER.match(piece.text)) for piece in row) * 2 >= len(row)]
    widths = {len(row) for row in numbers}
    if len(rows) < 2 or not numbers or max(widths) < 2:
        return None
    return rows, end


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
