"""What changed between two files of one organisation: cell by cell, before and after."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from orientir.collecting.intake import Taken
from orientir.collecting.spool import Spool
from orientir.model.programme import Programme

COLUMNS = ("organisation", "form", "file_before", "file_after", "element", "breakdown", "title", "before", "after")
_STATES = {"not_reported": "нет данных", "not_applicable": "не применимо"}


@dataclass(frozen=True)
class Change:
    organisation: str
    form: str
    file_before: str
    file_after: str
    element: str
    breakdown: str
    title: str
    before: str
    after: str


def changes_of(spool: Spool, came: Sequence[Taken], programme: Programme) -> Iterator[Change]:
    """Between each file and the next, in their order."""
    for earlier, later in pairwise(came):
        before, after = (_cells(spool, one, programme) for one in (earlier, later))
        for key in dict.fromkeys((*before, *after)):
            old, new = before.get(key, ""), after.get(key, "")
            if old != new:
                title = _title(key, programme)
                yield Change(later.organisation, later.form, earlier.file, later.file, *key, title, old, new)


def _cells(spool: Spool, taken: Taken, programme: Programme) -> Mapping[tuple[str, str], str]:
    count = len(programme.dimensions)
    cells = {}
    for row in csv.reader(io.StringIO(spool.text(taken.place).decode(), newline="")):
        members = row[3 : 3 + count]
        breakdown = ";".join(f"{one.id}={member}" for one, member in zip(programme.dimensions, members, strict=True)
                             if member)  # fmt: skip
        cells[row[0], breakdown] = row[3 + count] or _STATES.get(row[4 + count], row[4 + count])
    return cells


def _title(key: tuple[str, str], programme: Programme) -> str:
    element, breakdown = key
    names = [
        next(one.title for one in programme.dimension(dimension).members if one.id == member)
        for dimension, _, member in (part.partition("=") for part in breakdown.split(";") if part)
    ]
    title = programme.element(element).title
    return f"{title} ({', '.join(names)})" if names else title
