"""Verbs about invitations: a link is made, shown once, and accepted with a password."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can, memberships
from orientir_web.people.models import Invitation, Membership, Organisation, Person
from orientir_web.people.organisations import add_organisation
from orientir_web.people.roles import GRANTS, Action, Role
from orientir_web.refusals import ActionRefused

DAYS = 7
_TOKEN_BYTES = 32


@dataclass(frozen=True)
class Issued:
    """An invitation and the token of its link, known to nobody else and never again."""

    invitation: Invitation
    token: str = field(repr=False)


def grantable(by: Person, organisation: Organisation) -> list[Role]:
    """The roles that the person may give in this organisation."""
    own = [Role(one.role) for one in memberships(by) if one.organisation.holds(organisation)]
    given = set[Role]().union(*(GRANTS.get(role, frozenset()) for role in own))
    return [role for role in Role if role in given]


def invite(by: Person, organisation: Organisation, role: Role, email: str, full_name: str) -> Issued:
    """Raises ActionRefused for a role beyond one's own."""
    check_can(by, Action.MANAGE_PEOPLE, organisation)
    if role not in grantable(by, organisation):
        raise ActionRefused(_("Эту роль вы назначить не можете."))
    if Person.objects.normalise(email) == by.email:
        raise ActionRefused(_("Роль самому себе не назначают."))
    return issue(by, organisation, role, email, full_name)


@transaction.atomic
def issue(by: Person | None, organisation: Organisation, role: Role, email: str, full_name: str) -> Issued:
    """Without asking who: for the first administrator. Everybody else comes through `invite`."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    invitation = Invitation.objects.create(
        token_hash=_hashed(token),
        email=Person.objects.normalise(email),
        full_name=full_name.strip(),
        organisation=organisation,
        role=role,
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=DAYS),
    )
    record(Event.INVITED, by, organisation, invitation, role=role)
    return Issued(invitation, token)


def renew(invitation: Invitation) -> str:
    """Another token in place of the earlier one, for a letter; "" for one that was accepted or has ended."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now = timezone.now()
    open_one = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, expires_at__gt=now)
    changed = open_one.update(token_hash=_hashed(token), expires_at=now + timedelta(days=DAYS))
    return token if changed else ""


def pending(token: str) -> Invitation | None:
    """The invitation of a link that still opens."""
    return Invitation.objects.filter(
        token_hash=_hashed(token), accepted_at__isnull=True, expires_at__gt=timezone.now()
    ).first()


@transaction.atomic
def accept(token: str, password: str | None) -> Person:
    """The person with the new role. Whoever has an account keeps the password they have.

    Raises ActionRefused where the link was used, or used by somebody else at the same moment.
    """
    invitation = pending(token)
    used = Invitation.objects.filter(token_hash=_hashed(token), accepted_at__isnull=True)
    if invitation is None or not used.update(accepted_at=timezone.now()):
        raise ActionRefused(_("Эта ссылка уже не действует. Попросите прислать новую."))
    person = Person.objects.filter(email=invitation.email).first()
    if person is None:
        person = Person.objects.create_user(
            invitation.email,
            password,
            full_name=invitation.full_name,
            language=get_language() or settings.LANGUAGE_CODE,
        )
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    membership = Membership.objects.create(
        person=person, organisation=invitation.organisation, role=invitation.role, valid_from=timezone.localdate()
    )
    record(Event.INVITATION_ACCEPTED, person, invitation.organisation, membership, role=invitation.role)
    return person


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def first_invitation(email: str) -> str:
    """The token for the first administrator while there are no people; "" afterwards. An earlier link ends."""
    if Person.objects.exists():
        return ""
    top = Organisation.objects.order_by("pk").first()
    if top is None:
        top = add_organisation(None, code="region", title="Регион", kind="region")
    Invitation.objects.filter(accepted_at__isnull=True).update(expires_at=timezone.now())
    return issue(None, top, Role.OPERATOR, email, "Администратор").token
