"""Verbs about campaigns: opened, locked with a reason, a deadline moved for one organisation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir.errors import Fault, UserError
from orientir.model.periods import Period
from orientir_web.campaigns.gate import Gate
from orientir_web.campaigns.models import Campaign, DeadlineException
from orientir_web.campaigns.programmes import freeze, programme_of
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can
from orientir_web.people.models import Organisation, Person
from orientir_web.people.organisations import zone_of
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused


@transaction.atomic
def open_campaign(
    district: Organisation,
    programme: str,
    period: str,
    closes_at: datetime,
    by: Person,
    opens_at: datetime | None = None,
    title: str = "",
) -> Campaign:
    """Its programme is frozen now; whom it asks is told by `submissions.services.ask`.

    Raises UserError where the programme is unsound, has no forms or knows no such period.
    """
    check_can(by, Action.RUN_CAMPAIGN, district)
    snapshot = freeze(programme)
    loaded = programme_of(snapshot.sha256)
    if not loaded.forms:
        raise UserError(Fault(loaded.id, "у программы нет форм.", "Выберите программу с формами."))
    campaign = Campaign.objects.create(
        title=title or f"{loaded.title}, {period}",
        district=district,
        snapshot=snapshot,
        period=str(_period(period, loaded.period)),
        opens_at=opens_at or timezone.now(),
        closes_at=closes_at,
        time_zone=zone_of(district).key,
        created_by=by,
    )
    told = {"programme": snapshot.programme, "version": snapshot.version, "sha256": snapshot.sha256}
    record(Event.CAMPAIGN_OPENED, by, district, campaign, period=campaign.period, **told)
    return campaign


def _period(label: str, kind: object) -> Period:
    try:
        return Period.parse(label, kind)  # type: ignore[arg-type]
    except ValueError as error:
        raise UserError(Fault("период", str(error))) from error


@transaction.atomic
def lock(campaign: Campaign, reason: str, by: Person) -> None:
    """Nothing more is taken, whatever the deadline; everybody sees why."""
    check_can(by, Action.RUN_CAMPAIGN, campaign.district)
    if not reason.strip():
        raise ActionRefused(_("Напишите, почему сбор закрыт: это увидят все, кого спросили."))
    Campaign.objects.filter(pk=campaign.pk).update(is_locked=True, lock_reason=reason.strip())
    record(Event.CAMPAIGN_LOCKED, by, campaign.district, campaign, reason=reason.strip())


@transaction.atomic
def unlock(campaign: Campaign, by: Person) -> None:
    check_can(by, Action.RUN_CAMPAIGN, campaign.district)
    Campaign.objects.filter(pk=campaign.pk).update(is_locked=False, lock_reason="")
    record(Event.CAMPAIGN_UNLOCKED, by, campaign.district, campaign)


@transaction.atomic
def reschedule(campaign: Campaign, closes_at: datetime, reason: str, by: Person) -> None:
    """Another deadline for everybody; organisations with one of their own keep theirs."""
    check_can(by, Action.RUN_CAMPAIGN, campaign.district)
    if not reason.strip():
        raise ActionRefused(_("Напишите, почему срок другой."))
    if closes_at <= campaign.opens_at:
        raise ActionRefused(_("Срок не может быть раньше начала сбора."))
    Campaign.objects.filter(pk=campaign.pk).update(closes_at=closes_at)
    moments = {"closes_at": closes_at.isoformat(), "before": campaign.closes_at.isoformat()}
    record(Event.CAMPAIGN_RESCHEDULED, by, campaign.district, campaign, reason=reason.strip(), **moments)


@transaction.atomic
def move_deadline(campaign: Campaign, organisation: Organisation, closes_at: datetime, reason: str, by: Person) -> None:
    """For one organisation; a second time replaces the first."""
    check_can(by, Action.RUN_CAMPAIGN, campaign.district)
    if not reason.strip():
        raise ActionRefused(_("Напишите, почему срок другой."))
    told = {"closes_at": closes_at, "reason": reason.strip(), "granted_by": by}
    DeadlineException.objects.update_or_create(campaign=campaign, organisation=organisation, defaults=told)
    moment = closes_at.isoformat()
    record(Event.DEADLINE_MOVED, by, organisation, campaign, closes_at=moment, reason=reason.strip())


def gate_of(campaign: Campaign) -> Gate:
    """With the exceptions as they are now; prefetch them where many campaigns are shown."""
    exceptions = {one.organisation_id: one.closes_at for one in campaign.exceptions.all()}
    return Gate(campaign.opens_at, campaign.closes_at, campaign.is_locked, exceptions)


def check_open(campaign: Campaign, organisation: Organisation, now: datetime | None = None) -> None:
    """Raises ActionRefused with the reason where answers are not taken."""
    now = now or timezone.now()
    if gate_of(campaign).is_open(now, organisation.pk):
        return
    if campaign.is_locked:
        raise ActionRefused(_("Сбор закрыт: %(reason)s") % {"reason": campaign.lock_reason})
    if now < campaign.opens_at:
        raise ActionRefused(_("Сбор ещё не начался."))
    raise ActionRefused(_("Срок сдачи прошёл. Попросите координатора продлить его для вашей организации."))
