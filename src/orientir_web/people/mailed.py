"""Invitations by letter. The link is made when the letter is sent: whoever invites does not see it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from orientir_web.letters.models import Subject
from orientir_web.letters.sending import is_configured, post
from orientir_web.people.invitations import Issued, invite
from orientir_web.people.many import invite_from_table
from orientir_web.people.models import Organisation, Person
from orientir_web.people.roles import Role
from orientir_web.people.uploads import Mistake
from orientir_web.refusals import ActionRefused


@transaction.atomic
def invite_by_letter(by: Person, organisation: Organisation, role: Role, email: str, full_name: str) -> Issued:
    """As `invite`. Raises ActionRefused also where no mail server is known."""
    issued = invite(by, organisation, role, email, full_name)
    _post([issued], by)
    return issued


@transaction.atomic
def invite_table_by_letter(
    place: Organisation, file: UploadedFile | None, by: Person
) -> tuple[list[Issued], tuple[Mistake, ...]]:
    """As `invite_from_table`: where a row is wrong nobody is invited and nothing is sent."""
    issued, mistakes = invite_from_table(place, file, by)
    _post(issued, by)
    return issued, mistakes


def _post(issued: Iterable[Issued], by: Person) -> None:
    if not is_configured():
        raise ActionRefused(_("Почта не настроена: администратор указывает почтовый сервер в ORIENTIR_MAIL."))
    for one in issued:
        post(one.invitation, Subject.INVITATION, f"invitation:{one.invitation.pk}", by=by)
