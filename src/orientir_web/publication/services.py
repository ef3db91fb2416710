"""Verbs about releases: asked for by who approves, of what is approved; frozen when the archive is whole, checked when
it is handed out.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Max
from django.urls import reverse
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
from orientir_web.people.access import check_can
from orientir_web.people.models import Person
from orientir_web.people.roles import Action
from orientir_web.publication.models import Release
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.approving import approval_of, not_accepted


@dataclass(frozen=True)
class Obstacle:
    """What stands before a release, and the page on which it is removed."""

    what: str
    page: str
    url: str


def obstacles(campaign: Campaign) -> list[Obstacle]:
    """In the order in which they are removed; none where a release may be published now."""
    found, approved = [], approval_of(campaign)
    waiting = not_accepted(campaign).count()
    if waiting and not approved:
        told = _("Приняты не все формы; осталось: %(count)s.") % {"count": waiting}
        found.append(Obstacle(told, _("Ход сбора"), reverse("campaign", args=[campaign.pk])))
    if not approved:
        page = reverse("campaign_approval", args=[campaign.pk])
        found.append(Obstacle(_("Руководитель ещё не утвердил сведения."), _("Утверждение сведений"), page))
    computation = latest(campaign)
    if is_under_way(campaign) or computation is None or not is_fresh(computation):
        told = _("Показатели не учитывают всего, что принято. Дождитесь расчёта и повторите.")
        found.append(Obstacle(told, _("Панель показателей"), reverse("panel", args=[campaign.pk])))
    return found


def ask_to_publish(campaign: Campaign, by: Person) -> Job:
    """Of what is approved. Raises ActionRefused with all that stands before it, and where it is removed."""
    check_can(by, Action.APPROVE, campaign.district)
    if found := obstacles(campaign):
        told = " ".join(f"{one.what} → {one.page}." for one in found)
        raise ActionRefused(_("Выпуск пока не опубликовать. %(what)s") % {"what": told})
    return ask_for(campaign, Kind.RELEASE, by, public=True)


def publish(job: Job, sha256: str, size: int) -> Release:
    """In the transaction that ends the job: the archive is put away first, so that no row names what is not there.

    Raises ActionRefused where nobody has approved it, and where just this was published already.
    """
    campaign, computation = job.campaign, job.computation
    if approval_of(campaign) is None:
        raise ActionRefused(_("Руководитель ещё не утвердил сведения."))
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
