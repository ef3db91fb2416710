"""Who owns a decision: the role that its programme knows, and the organisations in which that role works."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone

from orientir.model.programme import Programme
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.decisions.models import Assignment, Decision
from orientir_web.people.models import Organisation
from orientir_web.people.organisations import known_to


def programme_at(district: Organisation) -> Programme | None:
    """That of the latest collection: its indicators and roles are what a decision names."""
    campaign = Campaign.objects.filter(district=district).order_by("-period", "-pk").first()
    return programme_of(campaign.snapshot_id) if campaign else None


def owner_title(decision: Decision) -> str:
    programme = programme_at(decision.district)
    known = {role.id: role.title for role in programme.roles} if programme else {}
    return known.get(decision.owner, decision.owner)


def assign(decision: Decision) -> None:
    """An assignment for every organisation that carries it out; one that was answered already stays as it is."""
    owners = _owners(decision)
    unanswered = Assignment.objects.filter(decision=decision, version=1, files=None)
    unanswered.exclude(organisation__in=owners).delete()
    made = (Assignment(decision=decision, organisation=one) for one in owners)
    Assignment.objects.bulk_create(made, ignore_conflicts=True)


def _owners(decision: Decision) -> Sequence[Organisation]:
    """The named ones where the owner's role works, else all such places. The district itself changes the decision."""
    programme = programme_at(decision.district)
    if programme is None or all(role.id != decision.owner for role in programme.roles):
        return []
    kinds = programme.role_kinds(decision.owner)
    named = list(decision.organisations.filter(kind__in=kinds))
    found = named or list(_working(decision.district, kinds, programme.reporting_kinds))
    return [one for one in found if one != decision.district]


def _working(district: Organisation, kinds: Sequence[str], reporting: Sequence[str]) -> QuerySet[Organisation]:
    """Those that report are the district's own; a partner may stand beside it."""
    rows = known_to(district).filter(kind__in=kinds).exclude(valid_to__lt=timezone.localdate())
    return rows.filter(Q(path__startswith=district.path) | ~Q(kind__in=reporting))
