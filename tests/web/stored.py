"""`python -m web.stored DATA`: whether what is stored agrees with itself, as JSON; in a process of its own.

Cells are the last of their changes, versions have no gaps, counts are those of the cells, states have what belongs to
them, the journal is whole and has a row for every change.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def _faults() -> Iterator[str]:
    from orientir_web.journal.services import verify
    from orientir_web.submissions.models import Cell

    if (verdict := verify()).broken is not None:
        yield f"journal row {verdict.broken}"
    cells = {(one.submission_id, one.code): one for one in Cell.objects.all()}
    yield from _of_history(cells)
    yield from _of_states(cells)


def _of_history(cells: Mapping[Any, Any]) -> Iterator[str]:
    from orientir_web.submissions.models import CellChange

    history = defaultdict(list)
    for change in CellChange.objects.order_by("submission_id", "code", "version"):
        history[change.submission_id, change.code].append(change)
    if cells.keys() != history.keys():
        yield "cells without history, or history without cells"
    for key, changes in history.items():
        cell, last = cells.get(key), changes[-1]
        if [one.version for one in changes] != list(range(1, len(changes) + 1)):
            yield f"versions of {key}"
        if cell is None or (cell.version, cell.value, cell.state) != (last.version, last.value, last.state):
            yield f"cell {key}"


def _of_states(cells: Mapping[Any, Any]) -> Iterator[str]:
    from orientir_web.submissions.models import Submission

    for one in Submission.objects.all():
        if one.filled != sum(key[0] == one.pk and cell.state != "empty" for key, cell in cells.items()):
            yield f"filled of {one.pk}"
        if (one.state == "returned") != one.remarks.filter(resolved_at__isnull=True).exists():
            yield f"remarks of {one.pk}"
        if (one.state == "submitted") and one.submitted_at is None:
            yield f"submission of {one.pk}"


def _told() -> dict[str, object]:
    from orientir_web.journal.models import Entry
    from orientir_web.submissions.models import CellChange

    saved = Entry.objects.filter(event="cells_saved").values_list("details", flat=True)
    counted = sum(len(json.loads(details)["cells"]) for details in saved)
    return {"faults": list(_faults()), "changes": CellChange.objects.count(), "journal": counted}


if __name__ == "__main__":
    from orientir_web.serving import start

    start(Path(sys.argv[1]))
    sys.stdout.write(json.dumps(_told()) + "\n")
