"""Tables that tell of one indicator a year each: their captions differ in the year alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from orientir.audit.report import ReportTable
from orientir.audit.understanding.periods import years_in
from orientir.audit.understanding.populations import squeezed


def series_of_tables(tables: Sequence[ReportTable]) -> list[list[ReportTable]]:
    """Every table with measures stands in one series, mostly alone."""
    groups: dict[str, list[ReportTable]] = defaultdict(list)
    for place, table in enumerate(tables):
        if table.measures:
            groups[_without_year(table.caption) or str(place)].append(table)
    return [part for group in groups.values() for part in _of_different_years(group)]


def _without_year(caption: str) -> str:
    """Empty where the caption names no year, so that tables of one name are kept apart."""
    found = [(start, end) for _, start, end in years_in(caption)]
    if not found:
        return ""
    for start, end in reversed(found):
        caption = caption[:start] + caption[end:]
    return re.sub(r"\W", "", squeezed(caption))


def _of_different_years(group: list[ReportTable]) -> list[list[ReportTable]]:
    """Two tables of one year are no series."""
    years = [{measure.year.ends for measure in table.measures if measure.year} for table in group]
    apart = sum(map(len, years)) == len(set().union(*years))
    return [group] if apart else [[table] for table in group]
