"""Who is reminded, and when: by hand at most once a day, by themselves on set days before the deadline and after it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from orientir_web.campaigns.gate import Gate
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.services import gate_of
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.letters.models import Letter, Subject
from orientir_web.letters.sending import is_configured, post, post_again
from orientir_web.letters.texts import Text, reminder_text
from orientir_web.people.access import check_can
from orientir_web.people.models import Person
from orientir_web.people.roles import Action
from orientir_web.submissions.models import Submission
from orientir_web.submissions.waiting import waited_for

# Days before the deadline; -1 is the day after it. Reached while nothing was running: written when it runs again.
DAYS_BEFORE = (7, 3, 1, -1)
_GIVEN_UP = timedelta(days=7)  # after the deadline nobody is written by themselves


@dataclass(frozen=True)
class Written:
    """To whom a letter goes now, and who was written today already."""

    new: tuple[Person, ...]
    before: tuple[Person, ...]


@transaction.atomic
def remind(campaign: Campaign, people: Collection[Person], by: Person) -> Written:
    """By hand. One letter names all the forms that a person owes; a second one on the same day is not sent."""
    check_can(by, Action.RUN_CAMPAIGN, campaign.district)
    day = timezone.now().astimezone(campaign.zone).date()
    new = [one for one in people if not _written_on(campaign, one, day) and _post(campaign, one, f"{day}", by)]
    if new:
        record(Event.REMINDED, by, campaign.district, campaign, letters=len(new))
    return Written(tuple(new), tuple(one for one in people if one not in new))


def remind_all(now: datetime | None = None) -> int:
    """Of every open campaign, those whose day has come; how many letters were queued. Nothing without a mail server."""
    if not is_configured():
        return 0
    now = now or timezone.now()
    ends = now - _GIVEN_UP
    lasts = Q(closes_at__gte=ends) | Q(exceptions__closes_at__gte=ends)
    running = Campaign.objects.filter(lasts, opens_at__lte=now, is_locked=False).select_related("district").distinct()
    return sum(_remind(one, now) for one in running.prefetch_related("exceptions")) + post_again()


@transaction.atomic
def _remind(campaign: Campaign, now: datetime) -> int:
    day, gate, count = now.astimezone(campaign.zone).date(), gate_of(campaign), 0
    for person, forms in waited_for(campaign).items():
        for occasion in _occasion(gate, forms, now):
            count += not _written_on(campaign, person, day) and _post(campaign, person, occasion, None)
    if count:
        record(Event.REMINDED, None, campaign.district, campaign, letters=count)
    return count


def _occasion(gate: Gate, forms: Collection[Submission], now: datetime) -> Iterator[str]:
    """The last of the set days that has come, with its deadline: a moved deadline is another thing to write about."""
    ends = min(gate.deadline(one.organisation_id) for one in forms)
    if now - ends > _GIVEN_UP:
        return
    come = [days for days in DAYS_BEFORE if ends - now <= timedelta(days=days)]
    if come:
        yield f"{ends.isoformat()}:{min(come)}"


def _post(campaign: Campaign, person: Person, occasion: str, by: Person | None) -> bool:
    return post(person, Subject.REMINDER, f"reminder:{campaign.pk}:{person.pk}:{occasion}", campaign, by) is not None


def _written_on(campaign: Campaign, person: Person, day: object) -> bool:
    last = Letter.objects.filter(campaign=campaign, person=person).first()
    return last is not None and last.asked_at.astimezone(campaign.zone).date() == day


def texts_of(campaign: Campaign, link: str) -> list[tuple[Person, Text]]:
    """What would be written to whom: to be copied where no mail server is known."""
    return [(person, reminder_text(person, campaign, own, link)) for person, own in waited_for(campaign).items()]
