"""The verb about a lost second factor: taken off by who answers for the person, who is told and comes in anew.

The password stays as it is. Whose role needs a second factor does nothing before they have set up another one.
"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.letters.models import Subject
from orientir_web.letters.sending import is_configured, post
from orientir_web.people.models import Person
from orientir_web.people.persons import answers_for, places_of
from orientir_web.refusals import ActionRefused

SHORTEST, LONGEST = 5, 300  # signs of a reason


def has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person).exists())


def reset(person: Person, by: Person, reason: str) -> None:
    """Raises ActionRefused for who does not answer for the person, without a reason, or with nothing to take off."""
    if not answers_for(by, person):
        raise ActionRefused(_("Второй фактор снимает тот, кто управляет людьми во всех местах, где работает человек."))
    take_off(person, by, reason)


@transaction.atomic
def take_off(person: Person, by: Person | None, reason: str) -> None:
    """Without asking who: for whoever commands the machine. Its recovery codes and all sessions of the person end."""
    told = " ".join(reason.split())
    if not SHORTEST <= len(told) <= LONGEST:
        raise ActionRefused(_("Напишите, почему снимается второй фактор: эта причина останется в журнале."))
    places = places_of(person)
    if not places:
        raise ActionRefused(_("У этого человека нет ролей: ему незачем входить."))
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise ActionRefused(_("Второго фактора у этого человека нет: снимать нечего."))
    _end_sessions(person)
    entries = [record(Event.SECOND_FACTOR_RESET, by, place, person, reason=told, person=person.pk) for place in places]
    if is_configured():
        post(person, Subject.SECOND_FACTOR, f"second-factor:{person.pk}:{entries[-1].number}", by=by)


def _end_sessions(person: Person) -> None:
    """Every one, also such as the list of sessions on a person's page does not know. Whose it is stands inside."""
    open_ones = Session.objects.filter(expire_date__gt=timezone.now())
    own = [one.pk for one in open_ones.iterator() if one.get_decoded().get(SESSION_KEY) == str(person.pk)]
    Session.objects.filter(pk__in=own).delete()
