"""Verbs about checked reports: asked for, run in the background, deleted by their owner or when their time is up."""

from __future__ import annotations

import hashlib
import logging
import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir.audit.reading.formats import format_of
from orientir.spreadsheets.refusals import Refusal
from orientir_web.cycles.folders import is_locked, locked
from orientir_web.evidence.names import plain_name
from orientir_web.evidence.services import content_of
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.operation.ends import PARENT
from orientir_web.people.access import check_can
from orientir_web.people.models import Organisation, Person
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused
from orientir_web.report_check import files
from orientir_web.report_check.models import CheckState, ReportCheck
from orientir_web.report_check.outputs import MODULE, PAGE, REFUSAL, REPORT

MOST_BYTES = 40_000_000
DAYS_KEPT = 90
_PATIENCE = 600  # seconds of waiting; the process has bounds of its own for its work
_log = logging.getLogger(__name__)


def ask(upload: UploadedFile | None, organisation: Organisation, by: Person) -> ReportCheck:
    """Raises ActionRefused for what is no document. What is wrong inside it is found by the audit."""
    check_can(by, Action.SEE, organisation)
    data = content_of(upload, MOST_BYTES)
    _check_kind(data)
    forget_expired()
    name = plain_name(upload.name if upload else "")
    stored = files.put(data)
    try:
        return _ask(stored, name, data, organisation, by)
    except BaseException:
        files.drop(stored)
        raise


def _check_kind(data: bytes) -> None:
    try:
        format_of(data)
    except Refusal as refusal:
        told = f"{refusal.what} {refusal.cure}".strip()
        raise ActionRefused(told[:1].upper() + told[1:]) from refusal


@transaction.atomic
def _ask(stored: str, name: str, data: bytes, organisation: Organisation, by: Person) -> ReportCheck:
    from orientir_web.report_check.tasks import check

    now = timezone.now()
    made = ReportCheck.objects.create(
        organisation=organisation, name=name, size=len(data), sha256=hashlib.sha256(data).hexdigest(),
        stored=stored, by=by, at=now, kept_until=timezone.localdate() + timedelta(days=DAYS_KEPT),
    )  # fmt: skip
    check.enqueue(made.pk)
    record(Event.REPORT_CHECK_ASKED, by, organisation, made, sha256=made.sha256, size=made.size)
    return made


@transaction.atomic
def ask_again(checked: ReportCheck, by: Person) -> None:
    """For one whose worker was killed. Raises ActionRefused for one that waits, runs or is done."""
    from orientir_web.report_check.tasks import check

    check_can(by, Action.SEE, checked.organisation)
    if not is_stuck(checked):
        raise ActionRefused(_("Проверка идёт или уже закончена."))
    ReportCheck.objects.filter(pk=checked.pk).update(state=CheckState.WAITING)
    check.enqueue(checked.pk)


def is_stuck(checked: ReportCheck) -> bool:
    return checked.state == CheckState.RUNNING and not is_locked(_lock(checked.pk))


# ---- run


def run(key: int) -> None:
    """What the worker does. A killed run leaves the report, its row and nothing half-done to see."""
    with locked(_lock(key)) as ours:
        found = ReportCheck.objects.filter(pk=key, state__in=(CheckState.WAITING, CheckState.RUNNING)).first()
        if not ours or found is None:
            return
        ReportCheck.objects.filter(pk=key).update(state=CheckState.RUNNING, started_at=timezone.now())
        _audit(found)
        told = _outcome(found)
        ReportCheck.objects.filter(pk=key).update(finished_at=timezone.now(), **told)
    forget_expired()


def _lock(key: int) -> str:
    return f"report-check-{key}"


def _audit(checked: ReportCheck) -> None:
    """In a process of its own: a document may bring it down, not the worker."""
    home = files.place(checked.stored)
    files.sweep(checked.stored)
    with tempfile.TemporaryDirectory(dir=home, prefix=".") as name:
        # Under its own name, which stands in the outputs.
        report = Path(name) / checked.name
        os.link(home / REPORT, report)
        command = [sys.executable, "-m", MODULE, str(report), str(home)]
        try:
            own = os.environ | {PARENT: str(os.getpid())}
            ended = subprocess.run(command, timeout=_PATIENCE, check=False, stdin=subprocess.DEVNULL, env=own)
        except subprocess.TimeoutExpired:
            _log.error("report check %s: too slow", checked.pk)
        else:
            if ended.returncode:
                _log.error("report check %s: the audit ended with %s", checked.pk, ended.returncode)


def _outcome(checked: ReportCheck) -> dict[str, Any]:
    home = files.place(checked.stored)
    if (home / REFUSAL).is_file():
        return {"state": CheckState.REFUSED, "refusal": (home / REFUSAL).read_text(encoding="utf-8")}
    if not (home / PAGE).is_file():
        told = _("Документ устроен слишком сложно, проверить его не удалось. Сохраните его как DOCX и повторите.")
        return {"state": CheckState.REFUSED, "refusal": told}
    page = files.page(checked.stored)
    counts = Counter(finding["severity"] for finding in page["findings"])
    return {
        "state": CheckState.DONE,
        "format": page["format"],
        "errors": counts["error"],
        "warnings": counts["warning"],
        "notes": counts["info"],
    }


# ---- forgotten


@transaction.atomic
def delete(checked: ReportCheck, by: Person) -> None:
    """By whoever uploaded it; the journal keeps that it was there, not what was in it."""
    if checked.by_id != by.pk:
        raise PermissionDenied(_("Удалить проверку может тот, кто загрузил отчёт."))
    stored, told = checked.stored, {"sha256": checked.sha256}
    record(Event.REPORT_CHECK_DELETED, by, checked.organisation, checked, **told)
    checked.delete()
    transaction.on_commit(lambda: files.drop(stored))


def forget_expired() -> None:
    """Those whose time is up."""
    for checked in ReportCheck.objects.filter(kept_until__lt=timezone.localdate()).select_related("organisation"):
        with transaction.atomic():
            record(Event.REPORT_CHECK_DELETED, None, checked.organisation, checked, sha256=checked.sha256)
            stored = checked.stored
            checked.delete()
            transaction.on_commit(lambda stored=stored: files.drop(stored))  # type: ignore[misc]
