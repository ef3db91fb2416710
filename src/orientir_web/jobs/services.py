"""Verbs about documents: asked for, made by the worker, asked for again after a failure.

A killed worker leaves a row that nobody works on until the next one takes it up, and a folder that this run sweeps
away; never half a document.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir.errors import UserError
from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.folders import folder, is_locked, locked
from orientir_web.cycles.models import Progress
from orientir_web.cycles.services import cycle_of, latest, why_given_up
from orientir_web.jobs.making import MAKERS, Order, archive, steps_of
from orientir_web.jobs.models import Job, Kind
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can
from orientir_web.people.models import Person
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused

_PATIENCE = timedelta(minutes=5)  # a job that nobody has begun by then may be asked for again
_log = logging.getLogger(__name__)


@transaction.atomic
def ask_for(campaign: Campaign, kind: Kind, by: Person, formats: Sequence[str] = (), public: bool = False) -> Job:
    """Of the last computation. Raises ActionRefused where nothing is computed yet."""
    check_can(by, Action.APPROVE if kind is Kind.RELEASE else Action.SEE, campaign.district)
    computation = latest(campaign)
    if computation is None:
        raise ActionRefused(_("Показатели ещё не посчитаны: документ составлять не из чего."))
    options = {"formats": list(formats), "public": public or kind in (Kind.SITE, Kind.RELEASE)}
    job = Job.objects.create(campaign=campaign, computation=computation, kind=kind, options=options, asked_by=by)
    record(Event.DOCUMENT_ASKED, by, campaign.district, job, kind=kind, checksum=computation.checksum, **options)
    _enqueue(job)
    return job


@transaction.atomic
def ask_again(job: Job, by: Person) -> None:
    """After a failure or a killed worker; what is under way is not disturbed."""
    check_can(by, Action.APPROVE if job.kind == Kind.RELEASE else Action.SEE, job.campaign.district)
    if not may_be_asked_again(job):
        raise ActionRefused(_("Документ уже готов или составляется."))
    Job.objects.filter(pk=job.pk).update(state=Progress.WAITING, step="", done=0, message="")
    record(Event.DOCUMENT_ASKED, by, job.campaign.district, job, kind=job.kind, again=True)
    _enqueue(job)


def _enqueue(job: Job) -> None:
    from orientir_web.jobs.tasks import make_document

    make_document.enqueue(job.pk)


def may_be_asked_again(job: Job) -> bool:
    waits = job.state == Progress.WAITING and job.asked_at < timezone.now() - _PATIENCE
    return job.state == Progress.FAILED or is_interrupted(job) or waits


def is_interrupted(job: Job) -> bool:
    """It ran, and whoever ran it is gone: the lock fell with the process."""
    return job.state == Progress.RUNNING and not is_locked(_lock(job.pk))


def file_of(job: Job) -> Path:
    return folder("documents") / f"{job.pk}.zip"


# ---- the worker


def run(key: int) -> None:
    with locked(_lock(key)) as ours:
        # Under the lock a running one is one whose worker was killed.
        to_do = Job.objects.filter(pk=key, state__in=(Progress.WAITING, Progress.RUNNING))
        if not ours or not to_do.update(state=Progress.RUNNING):
            return
        job = Job.objects.select_related("computation__campaign__snapshot", "campaign__district").get(pk=key)
        try:
            _make(job)
        except (UserError, ActionRefused) as error:
            told = "\n".join(map(str, error.faults)) if isinstance(error, UserError) else str(error)
            _update(job, state=Progress.FAILED, message=told, finished_at=timezone.now())
        except Exception:
            _log.exception("document %s", key)
            told = _("Ошибка программы; она записана в журнал сервера.")
            _update(job, state=Progress.FAILED, message=told, finished_at=timezone.now())
            raise


def give_up(key: int) -> None:
    """Nobody takes it up any more; a person may ask for it again."""
    with locked(_lock(key)) as ours:
        if ours:
            left = Job.objects.filter(pk=key, state__in=(Progress.WAITING, Progress.RUNNING))
            left.update(state=Progress.FAILED, finished_at=timezone.now(), message=why_given_up())


def _make(job: Job) -> None:
    computed = cycle_of(job.computation)
    _update(job, total=steps_of(job, computed.cycle))
    order = Order(computed.cycle, job.campaign, tuple(job.options.get("formats", ())), job.is_public)
    home = folder("documents")
    file_of(job).unlink(missing_ok=True)
    _sweep(home, job.pk)
    with tempfile.TemporaryDirectory(dir=home, prefix=f".{job.pk}-") as name:
        made = Path(name) / "document"
        MAKERS[Kind(job.kind)](order, made, _Counter(job))
        sha256, size = archive(made, file_of(job), computed.cycle.as_of)
    _finish(job, sha256, size)


class _Counter:
    """Tells the row of the job how far it is."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._done = 0

    def __call__(self, step: str) -> None:
        _update(self._job, step=step[:300], done=self._done)
        self._done += 1


def _finish(job: Job, sha256: str, size: int) -> None:
    """The file lies in its place before the row says so; a release is published in the same transaction."""
    with transaction.atomic():
        if job.kind == Kind.RELEASE:
            from orientir_web.publication.services import publish

            publish(job, sha256, size)
        _update(job, state=Progress.READY, sha256=sha256, size=size, done=job.total, finished_at=timezone.now())


def _update(job: Job, **told: Any) -> None:
    Job.objects.filter(pk=job.pk).update(**told)
    for name, value in told.items():
        setattr(job, name, value)


def _sweep(home: Path, key: int) -> None:
    """What a killed run of this job has left."""
    for path in home.glob(f".{key}-*"):
        shutil.rmtree(path, ignore_errors=True)


def _lock(key: int) -> str:
    return f"document-{key}"
