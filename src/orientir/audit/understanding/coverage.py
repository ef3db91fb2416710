"""«Данные 12 из 13 организаций»: sizes that a report itself calls incomplete are no other population's rival."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orientir.audit.document import Paragraph, Table
from orientir.audit.report import Report, ReportTable
from orientir.audit.understanding.periods import years_in

_PARTLY = re.compile(
    r"(?P<some>\d+)\s+из\s+(?P<all>\d+)\s+(?:\w+\s+){0,2}(?:организаци|школ\b|учреждени|оо\b)", re.IGNORECASE
)


def incomplete(report: Report) -> set[tuple[int, int | None]]:
    """Tables (by identity) with the years of them that their section calls incomplete; None stands for all years."""
    known = {id(one.table): one for one in report.tables}
    return set(_told(report, known))


def _told(report: Report, known: dict[int, ReportTable]) -> Iterator[tuple[int, int | None]]:
    said: list[int | None] = []
    tables: list[ReportTable] = []
    for block in (*report.document.blocks, None):
        if block is None or (isinstance(block, Paragraph) and block.heading):
            yield from ((id(table), year) for table in tables for year in said)
            said, tables = [], []
        elif isinstance(block, Paragraph):
            said += _years(block.text)
        elif isinstance(block, Table) and id(block) in known:
            tables.append(known[id(block)])


def _years(text: str) -> list[int | None]:
    partly = next((one for one in _PARTLY.finditer(text) if int(one["some"]) < int(one["all"])), None)
    if partly is None:
        return []
    return [year.ends for year, _, _ in years_in(text)] or [None]
