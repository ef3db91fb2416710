"""What a key lets through: what its person may do now, cut down to its organisation and its rights."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from orientir_web.api.models import Token
from orientir_web.api.tokens import token_of
from orientir_web.people.access import remember, under, visible
from orientir_web.people.roles import Action

Row = TypeVar("Row", bound=Model)


class Key(HttpBearer):
    """`Authorization: Bearer …` and nothing else: the cookie of a session opens no address of the API."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = token_of(token)
        if found is not None:
            remember(found.person)
            translation.activate(found.person.language)  # undone by the middleware when the answer is given
        return found


def token_in(request: HttpRequest) -> Token:
    """The key of a request that has come through `Key`."""
    token: Token = request.auth  # type: ignore[attr-defined]
    return token


def allowed(request: HttpRequest, rows: QuerySet[Row], action: Action) -> QuerySet[Row]:
    """As `visible` for pages. Raises PermissionDenied where the key was not given this right at all."""
    token = token_in(request)
    if action not in token.rights:
        told = {"right": Action(action).label}
        raise PermissionDenied(_("У этого ключа нет права «%(right)s».") % told)
    lookup: str = rows.model.ORGANISATION_PATH  # type: ignore[attr-defined]
    return visible(token.person, rows, action).filter(under([token.organisation.path], lookup))
