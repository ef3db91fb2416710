"""Verbs about a person: what they change of themselves."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.models import Membership, Organisation, Person


@transaction.atomic
def change_own(person: Person, full_name: str, language: str) -> None:
    """Another name is told in every place they work in: nobody takes somebody else's name unseen."""
    before = Person.objects.select_for_update().get(pk=person.pk)
    Person.objects.filter(pk=person.pk).update(full_name=full_name, language=language)
    if before.full_name != full_name:
        for place in places_of(before):
            record(Event.PERSON_RENAMED, before, place, before, before=before.full_name, full_name=full_name)


def places_of(person: Person) -> list[Organisation]:
    """Where the person has a role or will have one."""
    current = Membership.objects.filter(person=person).exclude(valid_to__lt=timezone.localdate())
    return list(Organisation.objects.filter(pk__in=current.values("organisation")))
