"""Where the parts of a report begin and end, which tables stand in them, and what a rule says of a whole document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from orientir.audit.document import Block, Paragraph, Place, Table
from orientir.audit.once import once
from orientir.audit.report import Report, ReportTable, Section
from orientir.audit.understanding.wording import plain

_NUMBER = re.compile(r"^[-+−–<>≤≥]?\s*\d[\d\s\u00a0]*(?:[.,]\d+)?\s*%?$")
_ROW_NUMBER = re.compile(r"(?:№|n)\s*(?:п\s*/?\s*п)?\.?$", re.I)
_NOTE = re.compile(r"\s*(?:источник|примечани)", re.I)
_NOT_MEASURING = frozenset("goals sources methods events recommendations measures decisions effectiveness".split())
_CYCLE = frozenset("goals indicators monitored monitoring recommendations measures decisions effectiveness".split())


def start(report: Report) -> Place:
    """Where a finding about the whole document stands: its first block."""
    blocks = report.document.blocks
    return blocks[0].place if blocks else Place(1)


def end(report: Report) -> Place:
    """The last block: where a part that is absent would have stood."""
    blocks = report.document.blocks
    return blocks[-1].place if blocks else Place(1)


def end_of(report: Report, section: Section) -> int:
    """The line on which the next section begins."""
    begun = _lines_of_sections(report)
    later = bisect_right(begun, section.place.line)
    return begun[later] if later < len(begun) else end(report).line + 1


@once
def _lines_of_sections(report: Report) -> list[int]:
    return sorted(one.place.line for one in report.sections)


def tables_in(report: Report, section: Section) -> list[ReportTable]:
    tables = _tables_by_line(report)
    first, last = (bisect_left(tables, at, key=_line) for at in (section.place.line, end_of(report, section)))
    return tables[first:last]


@once
def _tables_by_line(report: Report) -> list[ReportTable]:
    return sorted(report.tables, key=_line)


def _line(table: ReportTable) -> int:
    return table.table.place.line


def measuring_tables(report: Report) -> list[ReportTable]:
    """Tables of figures outside the parts whose tables list what was done or shall be done."""
    parts = [part for part in report.sections if part.kind in _NOT_MEASURING]
    elsewhere = {id(table) for part in parts for table in tables_in(report, part)}
    return [one for one in report.tables if id(one) not in elsewhere and one.kind != "events" and is_data(one)]


def text_of(section: Section) -> str:
    return " ".join(plain(one.text) for one in section.paragraphs)


def follows_the_cycle(report: Report) -> bool:
    """Whether this is a report of a monitoring at all, so that a part may be missing from it: it has two of them."""
    return len(_CYCLE & {section.kind for section in report.sections}) > 1


def is_figure(text: str) -> bool:
    """A cell that holds a number and nothing else."""
    return bool(_NUMBER.match(plain(text)))


def figures(table: Table) -> int:
    """Numbers in a table, without its first row, the column that numbers rows and the row that numbers columns."""
    counted = [at for at, title in enumerate(column_titles(table)) if not _ROW_NUMBER.match(title)]
    rows = [
        row for row in table.rows[1:] if [plain(cell.text) for cell in row] != [str(n + 1) for n in range(len(row))]
    ]
    return sum(is_figure(row[at].text) for row in rows for at in counted)


def is_data(table: ReportTable) -> bool:
    """Figures or a register; not one cell, a signature or a frame that only lays a page out."""
    if table.kind in ("measures", "events"):
        return True
    return len(table.table.rows) > 1 and len(table.table.rows[0]) > 1 and figures(table.table) > 0


def column_titles(table: Table) -> list[str]:
    """The first row, in small letters."""
    return [plain(cell.text).lower() for cell in table.rows[0]] if table.rows else []


def around(report: Report, table: ReportTable, before: int = 2, after: int = 2) -> list[Paragraph]:
    """The lines next to a table: those before its caption, the caption and those after it, up to another table."""
    blocks, known = report.document.blocks, _places_of_tables(report)
    own_blocks = {at for place in _ends(table.table) for at in known.get(place, ())}  # it may be joined of several
    if not own_blocks:
        return []
    at, last = min(own_blocks), max(own_blocks)
    is_below = table.caption_place is not None and table.caption_place.line > table.table.place.line
    most = before + (1 if table.caption_place and not is_below else 0)
    above = _lines(blocks[max(at - most, 0) : at][::-1])
    own = [line for line in above[::-1] if not _NOTE.match(line.text)]  # a note stands under its own table
    return own + _lines(blocks[last + 1 : last + 1 + after + (1 if is_below else 0)])


@once
def _places_of_tables(report: Report) -> dict[Place, list[int]]:
    """Which blocks of the document are the tables that begin or end at a place."""
    found: dict[Place, list[int]] = defaultdict(list)
    for at, block in enumerate(report.document.blocks):
        for place in _ends(block) if isinstance(block, Table) else ():
            found[place].append(at)
    return found


def _ends(table: Table) -> set[Place]:
    return {table.rows[0][0].place, table.rows[-1][0].place}


def _lines(blocks: Sequence[Block]) -> list[Paragraph]:
    """Up to the first table."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Table):
            break
        found.append(block)
    return found
