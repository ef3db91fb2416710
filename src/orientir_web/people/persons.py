"""Verbs about a person: what they change of themselves, and who answers for them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import can
from orientir_web.people.invitations import grantable
from orientir_web.people.models import Membership, MembershipQuerySet, Organisation, Person
from orientir_web.people.roles import Action, Role


@transaction.atomic
def change_own(person: Person, full_name: str, language: str) -> None:
    """Another name is told in every place they work in: nobody takes somebody else's name unseen."""
    before = Person.objects.select_for_update().get(pk=person.pk)
    Person.objects.filter(pk=person.pk).update(full_name=full_name, language=language)
    if before.full_name != full_name:
        for place in places_of(before):
            record(Event.PERSON_RENAMED, before, place, before, before=before.full_name, full_name=full_name)


def answers_for(by: Person, person: Person) -> bool:
    """Whether one manages the person in every place they work in. Roles that begin later count as well."""
    own = list(_current(person).select_related("organisation").order_by("pk"))
    return person != by and person.is_active and bool(own) and all(_manages(by, one) for one in own)


def _manages(by: Person, membership: Membership) -> bool:
    place = membership.organisation
    return can(by, Action.MANAGE_PEOPLE, place) and Role(membership.role) in grantable(by, place)


def places_of(person: Person) -> list[Organisation]:
    """Where the person has a role or will have one."""
    return list(Organisation.objects.filter(pk__in=_current(person).values("organisation")))


def _current(person: Person) -> MembershipQuerySet:
    return Membership.objects.filter(person=person).exclude(valid_to__lt=timezone.localdate())
