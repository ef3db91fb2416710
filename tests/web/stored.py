"""`python -m web.stored DATA`: whether what is stored agrees with itself, as JSON; in a process of its own.

Cells are the last of their changes, versions have no gaps, counts are those of the cells, states have what belongs to
them, the journal is whole and has a row for every change. What was imported is there, what is ready has its files, and
nothing is under way.
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
    yield from _of_imports()
    yield from _of_documents()
    yield from _of_reports()


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


def _of_imports() -> Iterator[str]:
    """What the journal says was taken is there: rows of registers, and the cells of workbooks."""
    from orientir_web.journal.models import Entry
    from orientir_web.registers.models import RegisterRow

    taken = Entry.objects.filter(event="register_imported").values_list("details", flat=True)
    if sum(json.loads(one)["rows"] for one in taken) != RegisterRow.objects.exclude(origin="").count():
        yield "rows of registers"
    for book in Entry.objects.filter(event="workbook_taken"):
        saved = Entry.objects.filter(number=book.number - 1, subject=book.subject, event="cells_saved").first()
        if saved is None or len(json.loads(saved.details)["cells"]) != json.loads(book.details)["cells"]:
            yield f"workbook of row {book.number}"


def _of_documents() -> Iterator[str]:
    """Whatever is ready is there and whole; nothing is under way."""
    from orientir_web.cycles.folders import folder, snapshot_folder
    from orientir_web.cycles.models import Computation
    from orientir_web.jobs.making import checksum_of
    from orientir_web.jobs.models import Job
    from orientir_web.jobs.services import file_of
    from orientir_web.publication.models import Release
    from orientir_web.publication.services import is_intact

    for made in (*Computation.objects.all(), *Job.objects.all()):
        if made.state not in ("ready", "failed"):
            yield f"{made._meta.label} {made.pk} is {made.state}"
    for computation in Computation.objects.filter(state="ready"):
        if not (snapshot_folder(computation.checksum) / "datapackage.json").is_file():
            yield f"package of computation {computation.pk}"
    for job in Job.objects.filter(state="ready"):
        file = file_of(job)
        if not file.is_file() or checksum_of(file) != job.sha256:
            yield f"file of job {job.pk}"
    releases = {one.sha256: is_intact(one) for one in Release.objects.all()}
    found = {path.stem for path in folder("releases").glob("[!.]*.zip")}
    if not all(releases.values()) or found != set(releases):
        yield f"archives of releases: {sorted(found)} for {releases}"


def _of_reports() -> Iterator[str]:
    from orientir_web.report_check import files
    from orientir_web.report_check.models import ReportCheck
    from orientir_web.report_check.outputs import PAGE, REPORT

    for one in ReportCheck.objects.all():
        there = {path.name for path in files.place(one.stored).iterdir() if not path.name.startswith(".")}
        if one.state != "done" or not {PAGE, REPORT} <= there or not files.page(one.stored):
            yield f"report {one.pk} is {one.state}, has {sorted(there)}"


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
