"""Rows of tables that have no rules: what a line must look like to be one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from orientir.audit.reading.pdf.columns import Columns, segments
from orientir.audit.reading.pdf.lines import Line
from orientir.audit.reading.pdf.tables import is_ruler

# In letters' heights: the furthest a row of a table is from the next.
APART = 4.0

CAPTION = re.compile(r"^(?:продолжение\s+)?(?:таблица|табл\.|рисунок|рис\.|диаграмма|приложение)\s", re.IGNORECASE)

_NUMBER = re.compile(
    r"^[-–—−+]?\s?\d[\d\s.,/]*\s?%?$|^[-–—−]$|^20\d\d\s?[-–/]\s?(?:20)?\d\d$|^\d{1,2}\.\d{1,2}\.\d{4}$"
)
_YEAR = re.compile(r"^(?:19|20)\d\d(?:\s?[-–/]\s?(?:20)?\d\d)?\s?(?:уч\.?\s?)?(?:гг?\.?|год)?$")
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\s\.){3,}|_{4,}")
_SENTENCE = re.compile(r"[.;:]$")


@dataclass(frozen=True)
class Block:
    """A table among lines: where its header begins, its body, and what follows it."""

    start: int
    body: int
    stop: int
    columns: Columns


def is_far(lines: Sequence[Line], number: int) -> bool:
    """Whether the line stands too far below the one before to belong to one table with it."""
    return lines[number].middle - lines[number - 1].middle > APART * lines[number].size


def is_prose(line: Line) -> bool:
    """A line of running text goes over the corridors."""
    return len(segments(line)) == 1 and len(line.text) > 60 and bool(_SENTENCE.search(line.text))


def is_row(line: Line) -> bool:
    """Numbers in most of its columns, or the numbers of the columns themselves."""
    parts = segments(line)
    texts = [text for text, _ in parts]
    if is_ruler(texts):
        return True
    if len(parts) < 2 or has_leaders(line) or _names_years(texts):
        return False
    return sum(bool(_NUMBER.match(text)) for text in texts[1:]) * 2 >= len(texts) - 1


def has_leaders(line: Line) -> bool:
    """A line of a table of contents or of signatures."""
    return bool(_LEADERS.search(line.text))


def _names_years(texts: Sequence[str]) -> bool:
    """Years in their order are the header, not numbers."""
    years = [int(text[:4]) for text in texts if _YEAR.match(text)]
    steps = {after - before for before, after in pairwise(years)}
    return len(years) >= max(len(texts) - 1, 1) and (steps in ({1}, {-1}) or len(texts) == len(years))
