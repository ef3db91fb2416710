"""Verbs about recommendations: sent to those whom the core addresses, acknowledged there."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir.model.results import Recommendation
from orientir.recommendations import addressees
from orientir_web.campaigns.models import Campaign
from orientir_web.decisions.edits import edits_of
from orientir_web.decisions.models import Addressee, Advice
from orientir_web.decisions.texts import review, told_to_all
from orientir_web.decisions.year import Year
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can
from orientir_web.people.models import Organisation, Person
from orientir_web.people.organisations import known_to
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused


def addressed(campaign: Campaign, year: Year, key: str) -> list[Organisation]:
    """Whom the recommendation is for: the audience's organisations, as the core tells them, that exist here."""
    told = year.recommendation(key)
    return _places(campaign, year, told) if told else []


def _places(campaign: Campaign, year: Year, told: Recommendation) -> list[Organisation]:
    places = {(one.id, one.kind) for one in addressees(year.cycle.programme, year.cycle.package, told)}
    rows = known_to(campaign.district).filter(code__in=[code for code, _kind in places]).order_by("path")
    return [one for one in rows if (one.code, one.kind) in places]


@transaction.atomic
def send(campaign: Campaign, year: Year, key: str, by: Person) -> Advice:
    """To those whom it is for, as it reads now, without small numbers. Raises ActionRefused."""
    check_can(by, Action.DECIDE, campaign.district)
    told = year.recommendation(key)
    if told is None:
        raise ActionRefused(_("Такой рекомендации больше нет: данные посчитаны заново."))
    edit = edits_of(campaign).get(key)
    if review(key, year, edit).is_flagged:
        raise ActionRefused(_("Под текстом изменились данные. Сначала проверьте его."))
    if Advice.objects.filter(campaign=campaign, key=key).exists():
        raise ActionRefused(_("Эта рекомендация уже направлена."))
    asked = _places(campaign, year, told)
    if not asked:
        raise ActionRefused(_("Направлять некому: организаций, которым она адресована, здесь нет."))
    made = Advice.objects.create(
        campaign=campaign, key=key, audience=told.audience, text=told_to_all(key, year, edit), owner=told.owner,
        due=told.due, by=by, at=timezone.now(),
    )  # fmt: skip
    Addressee.objects.bulk_create(Addressee(advice=made, organisation=one) for one in asked)
    record(Event.ADVICE_SENT, by, campaign.district, made, key=key, addressees=len(asked))
    return made


@transaction.atomic
def acknowledge(addressee: Addressee, answer: str, by: Person) -> None:
    check_can(by, Action.ANSWER, addressee.organisation)
    told = {"acknowledged_by": by, "acknowledged_at": timezone.now(), "answer": answer.strip()[:1000]}
    if not Addressee.objects.filter(pk=addressee.pk, acknowledged_at__isnull=True).update(**told):
        raise ActionRefused(_("Эту рекомендацию в вашей организации уже приняли."))
    record(Event.ADVICE_ACKNOWLEDGED, by, addressee.organisation, addressee, key=addressee.advice.key)
