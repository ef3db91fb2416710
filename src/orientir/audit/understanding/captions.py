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
    before: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            before.append(block)
            continue
        if not _continued(found, before, block):
            found.append(_captioned(block, before))
        before = []
    return found


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
