"""Verbs about keys: made and shown once, revoked, recognised. What a key lets through is told in access.py."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir_web.api.models import Token
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import can, check_can
from orientir_web.people.models import Organisation, Person
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused

RIGHTS = (Action.SEE, Action.FILL, Action.REVIEW)  # what programs may be let do at all
LONGEST = 365  # days
_PREFIX = "orientir_"  # by it a key is found where it should not lie
_BYTES = 32
_SELDOM = timedelta(hours=1)  # a row is not written at every request


def rights_in(person: Person, organisation: Organisation) -> list[Action]:
    """What the person could hand to a key in this organisation."""
    return [right for right in RIGHTS if can(person, right, organisation)]


@transaction.atomic
def issue_token(by: Person, organisation: Organisation, rights: Collection[Action], title: str, days: int) -> str:
    """The key, known to nobody else and never again. Raises PermissionDenied for a right that one lacks there."""
    if not rights or not title.strip() or not 1 <= days <= LONGEST:
        raise ActionRefused(_("Назовите, для чего ключ, его права и срок."))
    for right in rights:
        check_can(by, right, organisation)
    key = _PREFIX + secrets.token_urlsafe(_BYTES)
    token = Token.objects.create(
        token_hash=_hashed(key), title=title.strip(), person=by, organisation=organisation,
        rights=sorted(rights), expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    record(
        Event.TOKEN_ISSUED, by, organisation, token, title=token.title, rights=token.rights, days=days, **_whose(token)
    )
    return key


@transaction.atomic
def revoke_token(token: Token, by: Person) -> None:
    """By its person, or by whoever manages people there; a second time changes nothing."""
    if token.person_id != by.pk:
        check_can(by, Action.MANAGE_PEOPLE, token.organisation)
    if Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        record(Event.TOKEN_REVOKED, by, token.organisation, token, title=token.title, **_whose(token))


def _whose(token: Token) -> dict[str, object]:
    """A key acts as a person: the journal names them beside it, by key and by name, as it names who did it."""
    return {"person": token.person_id, "person_name": str(token.person)}


def token_of(key: str) -> Token | None:
    """The key that holds now, of a person who may come in now."""
    now = timezone.now()
    rows = Token.objects.filter(token_hash=_hashed(key), revoked_at__isnull=True, expires_at__gt=now)
    token = rows.filter(person__is_active=True).select_related("person", "organisation").first()
    if token is not None and (token.used_at is None or token.used_at < now - _SELDOM):
        late = Q(used_at__isnull=True) | Q(used_at__lt=now - _SELDOM)
        Token.objects.filter(late, pk=token.pk).update(used_at=now)
    return token


def _hashed(key: str) -> str:
    """Plainly: a key of 32 random bytes cannot be guessed, and a slow hash would be paid at every request."""
    return hashlib.sha256(key.encode()).hexdigest()
