"""Verbs about memberships: one ends, one is stood in for during a leave."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can
from orientir_web.people.invitations import grantable
from orientir_web.people.models import Membership, Person
from orientir_web.people.roles import Action, Role
from orientir_web.refusals import ActionRefused


@transaction.atomic
def end_membership(membership: Membership, by: Person) -> None:
    """From today on; who stands in for it ends with it."""
    _check(membership, by)
    yesterday = timezone.localdate() - timedelta(days=1)
    open_ones = Membership.objects.valid(timezone.localdate())
    open_ones.filter(substitutes=membership).update(valid_to=yesterday)
    Membership.objects.filter(pk=membership.pk).update(valid_to=yesterday)
    record(Event.MEMBERSHIP_ENDED, by, membership.organisation, membership, role=membership.role)


@transaction.atomic
def substitute(membership: Membership, person: Person, first: date, last: date, by: Person) -> Membership:
    """The person has the same role in the same place for these days; the other keeps theirs."""
    _check(membership, by)
    if person == membership.person or last < first:
        raise ActionRefused(_("Замещает другой человек, и последний день не раньше первого."))
    if person == by:
        raise ActionRefused(_("Роль самому себе не назначают."))
    made = Membership.objects.create(
        person=person,
        organisation=membership.organisation,
        role=membership.role,
        valid_from=first,
        valid_to=last,
        substitutes=membership,
    )
    days = {"first": first.isoformat(), "last": last.isoformat()}
    record(Event.SUBSTITUTED, by, membership.organisation, made, role=membership.role, **days)
    return made


def _check(membership: Membership, by: Person) -> None:
    check_can(by, Action.MANAGE_PEOPLE, membership.organisation)
    if membership.person_id == by.pk or Role(membership.role) not in grantable(by, membership.organisation):
        raise ActionRefused(_("Эту роль вы изменить не можете."))
