"""Which paragraph is the caption of which table; parts of one table that were told as «продолжение» are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from orientir.audit.document import Document, Paragraph, Table
from orientir.audit.report import ReportTable

CAPTION = re.compile(
    r"^\s*(?:Таблица|Табл\.)\s*(?:№\s*)?(?P<number>\d+(?:\.\d+)*|[А-ЯA-Z]\.?\d+)?\s*[.:)–—-]*\s*(?P<title>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CONTINUED = re.compile(
    r"^\s*(?:Продолжение|Окончание)\s+табл\w*\.?\s*(?:№\s*)?(?P<number>\d+(?:\.\d+)*)", re.IGNORECASE
)
_FAR = 3  # paragraphs between a caption and its table
_TITLE_LENGTH = 300


def captioned_tables(document: Document) -> list[ReportTable]:
    found: list[ReportTable] = []
    between = _between(document)
    stand_below = _stand_below(between)
    for table, before, after in zip(document.tables, between, between[1:], strict=False):
        if not _continued(found, before, table):
            found.append((_captioned_below(table, after) if stand_below else None) or _captioned(table, before))
    return found


def _between(document: Document) -> list[list[Paragraph]]:
    """Paragraphs before the first table, between each two, and after the last."""
    runs: list[list[Paragraph]] = [[]]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            runs[-1].append(block)
        else:
            runs.append([])
    return runs


def _stand_below(between: Sequence[Sequence[Paragraph]]) -> bool:
    """Whether captions of this report follow their tables: told by the runs in which a caption is next to one table
    alone."""
    last, inner = between[-1], between[1:-1]
    below = sum(_is_at(run[:1]) and not _is_at(run[-2:]) for run in inner) + _is_at(last[:1])
    above = sum(_is_at(run[-2:]) and not _is_at(run[:1]) for run in inner) + _is_at(between[0][-2:])
    return len(between) > 1 and below > above


def _is_at(lines: Sequence[Paragraph]) -> bool:
    return any((match := CAPTION.match(line.text)) and match["number"] for line in lines)


def _captioned_below(table: Table, after: Sequence[Paragraph]) -> ReportTable | None:
    match = CAPTION.match(after[0].text) if after else None
    if match is None or not match["number"]:
        return None
    title = match["title"] or _next_title(after, 1)
    return ReportTable(match["number"], " ".join(title.split()), after[0].place, table)


def _continued(found: list[ReportTable], before: Sequence[Paragraph], table: Table) -> bool:
    """Joins the table to the one above where it is said to go on with it."""
    said = next((match for one in reversed(before[-_FAR:]) if (match := _CONTINUED.match(one.text))), None)
    if said is None or not found or found[-1].number != said["number"]:
        return False
    above = found[-1].table
    if len(above.rows[0]) != len(table.rows[0]):
        return False
    found[-1].table = _joined(above, table)
    return True


def _joined(above: Table, below: Table) -> Table:
    """Without the head rows that both have."""
    same = 0
    while same < min(len(above.rows), len(below.rows)) and _texts(above, same) == _texts(below, same):
        same += 1
    shift = len(above.rows) - same
    rows = [tuple(replace(cell, row=cell.row + shift) for cell in row) for row in below.rows[same:]]
    return Table(above.rows + tuple(rows), above.place, (*above.breaks, len(above.rows)))


def _texts(table: Table, row: int) -> list[str]:
    return [" ".join(cell.text.split()) for cell in table.rows[row]]


def _captioned(table: Table, before: Sequence[Paragraph]) -> ReportTable:
    for back, one in enumerate(reversed(before[-_FAR:])):
        match = CAPTION.match(one.text)
        if match and len(one.text) < 2 * _TITLE_LENGTH:
            title = match["title"] or _next_title(before, len(before) - back)
            return ReportTable(match["number"], " ".join(title.split()), one.place, table)
    return _by_first_row(table) or ReportTable(None, _title_above(table, before), None, table)


def _next_title(before: Sequence[Paragraph], after: int) -> str:
    """«Таблица 5» on the right, its title on the next line."""
    return next((one.text for one in before[after : after + 1] if len(one.text) < _TITLE_LENGTH), "")


def _by_first_row(table: Table) -> ReportTable | None:
    """A caption that was put into the table itself."""
    first = table.rows[0] if table.rows else ()
    if not first or first[0].columns < len(first) or not (match := CAPTION.match(first[0].text)):
        return None
    rest = tuple(tuple(replace(cell, row=cell.row - 1) for cell in row) for row in table.rows[1:])
    return ReportTable(match["number"], match["title"], first[0].place, Table(rest, table.place)) if rest else None


def _title_above(table: Table, before: Sequence[Paragraph]) -> str:
    """Of a table without a caption: its head over all columns, else the line above it."""
    first = table.rows[0] if table.rows else ()
    if first and first[0].columns == len(first) and len(first) > 1 and first[0].text:
        return " ".join(first[0].text.split())
    above = before[-1].text if before else ""
    return " ".join(above.split()) if len(above) < _TITLE_LENGTH else ""
