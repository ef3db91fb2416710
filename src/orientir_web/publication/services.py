"""Verbs about releases: asked for by who approves, frozen when the archive is whole, checked when it is handed out."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.folders import folder
from orientir_web.cycles.services import is_fresh, is_under_way, latest
from orientir_web.jobs.making import checksum_of
from orientir_web.jobs.models import Job, Kind
from orientir_web.jobs.services import ask_for, file_of
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.models import Person
from orientir_web.publication.models import Release
from orientir_web.refusals import ActionRefused


def ask_to_publish(campaign: Campaign, by: Person) -> Job:
    """Of what is accepted now. Raises ActionRefused where the numbers are behind it."""
    computation = latest(campaign)
    if is_under_way(campaign) or computation is None or not is_fresh(computation):
        raise ActionRefused(_("Показатели не учитывают всего, что принято. Дождитесь расчёта и повторите."))
    return ask_for(campaign, Kind.RELEASE, by, public=True)


def publish(job: Job, sha256: str, size: int) -> Release:
    """In the transaction that ends the job: the archive is put away first, so that no row names what is not there.

    Raises ActionRefused where just this was published already.
    """
    campaign, computation = job.campaign, job.computation
    if Release.objects.filter(campaign=campaign, sha256=sha256).exists():
        raise ActionRefused(_("Точно такой выпуск уже опубликован: с тех пор ничего не изменилось."))
    assert computation.as_of is not None
    _put_away(file_of(job), archive_of(sha256))
    last = Release.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"] or 0
    release = Release.objects.create(
        campaign=campaign, computation=computation, number=last + 1, sha256=sha256, size=size,
        data=computation.checksum, programme=campaign.snapshot_id, as_of=computation.as_of, by=job.asked_by,
        at=timezone.now(),
    )  # fmt: skip
    told = {"number": release.number, "sha256": sha256, "data": release.data}
    record(Event.RELEASED, job.asked_by, campaign.district, release, **told)
    return release


def archive_of(sha256: str) -> Path:
    return folder("releases") / f"{sha256}.zip"


def is_intact(release: Release) -> bool:
    """Whether the archive is what was published."""
    path = archive_of(release.sha256)
    return path.is_file() and checksum_of(path) == release.sha256


def intact_archive(release: Release) -> Path:
    """Its file. Raises ActionRefused where that is no longer what was published."""
    if not is_intact(release):
        raise ActionRefused(_("Архив выпуска не тот, что был опубликован. Восстановите его из резервной копии."))
    return archive_of(release.sha256)


def archive_name(release: Release) -> str:
    """What it is called outside."""
    return f"release_{release.campaign.period.replace('/', '-')}_{release.number}.zip"


def _put_away(made: Path, target: Path) -> None:
    aside = target.with_name(f".{target.name}")
    shutil.copyfile(made, aside)
    with aside.open("rb+") as written:
        os.fsync(written.fileno())
    aside.replace(target)
