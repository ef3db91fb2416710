"""Verbs about a forgotten password: a link is made, sent or handed over, and used once.

The second factor stays as it is: a link gives no more than the password gave.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.models import PasswordLink, Person
from orientir_web.people.persons import answers_for, places_of
from orientir_web.refusals import ActionRefused

HOURS = 24
_TOKEN_BYTES = 32


def issue_link(person: Person, by: Person) -> str:
    """The token of a link that `by` hands over. Raises ActionRefused.

    Whoever holds the link becomes the person, in every place they work in: managing one of them is not enough.
    """
    if not answers_for(by, person):
        raise ActionRefused(_("Ссылку выдаёт тот, кто управляет людьми во всех местах, где работает этот человек."))
    return make_link(person, by)


@transaction.atomic
def make_link(person: Person, by: Person | None) -> str:
    """Without asking who: for a letter to the person's own address. Earlier links end."""
    now, token = timezone.now(), secrets.token_urlsafe(_TOKEN_BYTES)
    PasswordLink.objects.filter(person=person, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    link = PasswordLink.objects.create(
        token_hash=_hashed(token), person=person, issued_by=by, expires_at=now + timedelta(hours=HOURS)
    )
    _record(Event.PASSWORD_LINK_ISSUED, by, link)
    return token


def pending(token: str) -> PasswordLink | None:
    """The link that still opens."""
    rows = PasswordLink.objects.filter(token_hash=_hashed(token), used_at__isnull=True, expires_at__gt=timezone.now())
    return rows.filter(person__is_active=True).select_related("person").first()


@transaction.atomic
def set_password(token: str, password: str) -> Person:
    """All sessions of the person end. Raises ActionRefused where the link was used meanwhile."""
    link = pending(token)
    if link is None or not PasswordLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=timezone.now()):
        raise ActionRefused(_("Эта ссылка уже не действует. Попросите новую."))
    link.person.set_password(password)
    link.person.save(update_fields=["password"])
    _record(Event.PASSWORD_SET, link.person, link)
    return link.person


def _record(event: Event, by: Person | None, link: PasswordLink) -> None:
    """In every place the person works in: the auditor of each learns of it."""
    for place in places_of(link.person):
        record(event, by, place, link, person=link.person_id)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
