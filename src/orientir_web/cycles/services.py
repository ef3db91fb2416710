"""Verbs about computations: asked when data change, run by the worker, read by pages."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir.errors import UserError
from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.accepted import data_of
from orientir_web.cycles.computing import Computed, computed, freeze_package, sweep
from orientir_web.cycles.folders import PACKAGES_LOCK, is_locked, locked, sharing, snapshot_folder
from orientir_web.cycles.models import Computation, DistrictPackage, Progress
from orientir_web.cycles.packages import kept_folder
from orientir_web.cycles.pruning import prune
from orientir_web.journal.events import Event
from orientir_web.journal.models import Entry
from orientir_web.people.access import check_can
from orientir_web.people.models import Person
from orientir_web.people.roles import Action
from orientir_web.submissions.models import Snapshot

CHANGE_DATA = frozenset(
    {Event.ACCEPTED, Event.CORRECTED, Event.PACKAGE_KEPT, Event.REGISTER_ROW_ADDED, Event.REGISTER_ROW_CHANGED,
     Event.REGISTER_ROW_REMOVED, Event.REGISTER_IMPORTED, Event.DECISION_MADE, Event.DECISION_CHANGED,
     Event.TEXT_EDITED}
)  # fmt: skip
_PATIENCE = timedelta(minutes=5)  # a computation that nobody has begun by then is asked for again
_log = logging.getLogger(__name__)


# ---- read


def latest(campaign: Campaign) -> Computation | None:
    """The last that is ready."""
    found = Computation.objects.filter(campaign=campaign, state=Progress.READY)
    return found.select_related("campaign__district").first()


def cycle_of(computation: Computation) -> Computed:
    """The computed cycle behind a ready computation; from memory unless this process has not met it yet."""
    assert computation.as_of is not None
    campaign = computation.campaign
    return computed(computation.checksum, campaign.snapshot_id, campaign.period, computation.as_of)


def is_fresh(computation: Computation) -> bool:
    """Whether nothing was accepted or corrected since."""
    return computation.data == data_of(computation.campaign, _base(computation.campaign))


def is_under_way(campaign: Campaign) -> bool:
    """Whether a computation waits or runs; one whose worker was killed, or never came, does not."""
    since = timezone.now() - _PATIENCE
    if Computation.objects.filter(campaign=campaign, state=Progress.WAITING, asked_at__gt=since).exists():
        return True
    return any(
        is_locked(_lock(one.pk)) for one in Computation.objects.filter(campaign=campaign, state=Progress.RUNNING)
    )


def failure(campaign: Campaign) -> str:
    """Why the last one failed; '' where it did not."""
    last = Computation.objects.filter(campaign=campaign).first()
    return last.message if last and last.state == Progress.FAILED else ""


# ---- asked


def data_changed(instance: Entry, **_signal: Any) -> None:
    """The journal tells of every change, in its transaction: computed anew once that is certain."""
    if instance.event in CHANGE_DATA:
        transaction.on_commit(partial(_ask_where_stale, instance.organisation_path), robust=True)


def _ask_where_stale(path: str) -> None:
    """The campaigns of the districts above this place, where there is something to compute."""
    for campaign in Campaign.objects.filter(district__in=[int(part) for part in path.split("/") if part]):
        _ask_if_stale(campaign)


def ask_for_missed() -> None:
    """For a worker that starts: a server killed right after a change did not live to ask for what follows from it.

    What has failed waits for a person: it may be what kills the worker.
    """
    for campaign in Campaign.objects.all():
        if not failure(campaign):
            _ask_if_stale(campaign)


def _ask_if_stale(campaign: Campaign) -> None:
    is_begun = Snapshot.objects.filter(submission__campaign=campaign).exists()
    if is_begun and not _is_computed(campaign):
        ask_to_compute(campaign)


def _is_computed(campaign: Campaign) -> bool:
    last = latest(campaign)
    return last is not None and is_fresh(last)


@transaction.atomic
def ask_to_compute(campaign: Campaign) -> None:
    """One at most waits: it will read whatever is there when it begins."""
    from orientir_web.cycles.tasks import compute

    waiting = Computation.objects.filter(campaign=campaign, state=Progress.WAITING)
    if waiting.filter(asked_at__gt=timezone.now() - _PATIENCE).exists():
        return
    Computation.objects.bulk_create([Computation(campaign=campaign)], ignore_conflicts=True)
    waiting.update(asked_at=timezone.now())
    for one in waiting:  # none where the worker took it meanwhile: it reads what is there now
        compute.enqueue(one.pk)


def ask_again(campaign: Campaign, by: Person) -> None:
    """By hand: after a failure, or a worker that was killed."""
    check_can(by, Action.RUN_CAMPAIGN, campaign.district)
    ask_to_compute(campaign)


# ---- run


def run(key: int) -> None:
    """What the worker does. Whoever comes second finds nothing to do; a killed run leaves its row to the next."""
    computation = Computation.objects.select_related("campaign__district", "campaign__snapshot").get(pk=key)
    with locked(_lock(key)) as ours:
        # Under the lock a running one is one whose worker was killed.
        to_do = Computation.objects.filter(pk=key, state__in=(Progress.WAITING, Progress.RUNNING))
        if not ours or not to_do.update(state=Progress.RUNNING):
            return
        try:
            with sharing(PACKAGES_LOCK):
                _run(computation)
        except UserError as error:
            _finish(computation, Progress.FAILED, message="\n".join(map(str, error.faults)))
        except Exception:
            _log.exception("computation %s", key)
            _finish(computation, Progress.FAILED, message=_("Ошибка программы; она записана в журнал сервера."))
            raise
    prune()


def give_up(key: int) -> None:
    """Nobody takes it up any more."""
    with locked(_lock(key)) as ours:
        if ours:
            left = Computation.objects.filter(pk=key, state__in=(Progress.WAITING, Progress.RUNNING))
            left.update(state=Progress.FAILED, finished_at=timezone.now(), message=why_given_up())


def why_given_up() -> str:
    return _("Пока шла эта работа, сервер несколько раз подряд останавливали или он падал.")


def compute_waiting() -> None:
    """At once, without the worker."""
    for key in list(Computation.objects.filter(state=Progress.WAITING).values_list("pk", flat=True)):
        run(key)


def _run(computation: Computation) -> None:
    campaign = computation.campaign
    before, data = _before(campaign), data_of(campaign, _base(campaign))
    checksum = freeze_package(campaign, before)
    as_of = timezone.now().astimezone(campaign.zone).date()
    computed(checksum, campaign.snapshot_id, campaign.period, as_of)
    sweep()
    _finish(computation, Progress.READY, data=data, checksum=checksum, as_of=as_of)
    for later in Campaign.objects.filter(district=campaign.district_id, period__gt=campaign.period):
        _ask_if_stale(later)  # a later year is added to this one


def _finish(computation: Computation, state: Progress, **told: Any) -> None:
    Computation.objects.filter(pk=computation.pk).update(state=state, finished_at=timezone.now(), **told)


def _lock(key: int) -> str:
    return f"computation-{key}"


# ---- what a year is added to


def _before(campaign: Campaign) -> Path:
    """What this year is added to: the year computed before, else the district's own package, else nothing."""
    last, base = _year_before(campaign), _base(campaign)
    return snapshot_folder(base) if last else kept_folder(base or "none")


def _base(campaign: Campaign) -> str:
    if last := _year_before(campaign):
        return last.checksum
    kept = DistrictPackage.objects.filter(district=campaign.district_id).first()
    return kept.checksum if kept else ""


def _year_before(campaign: Campaign) -> Computation | None:
    """The last computation of an earlier year; labels of periods of one kind sort as their years do."""
    programme = campaign.snapshot.programme
    earlier = {"campaign__period__lt": campaign.period, "campaign__snapshot__programme": programme}
    found = Computation.objects.filter(campaign__district=campaign.district_id, state=Progress.READY, **earlier)
    return found.order_by("-campaign__period", "-pk").first()
