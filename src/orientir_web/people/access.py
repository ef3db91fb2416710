"""Access: what a person sees and may do, by the tree of organisations and the roles that hold today.

`visible` is the only way from a request to an object: what is not visible does not exist (404).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir_web.people.models import Membership, MembershipQuerySet, Organisation, Person
from orientir_web.people.roles import Action, Role, roles_with

Row = TypeVar("Row", bound=Model)
_KNOWN = "_memberships_known"


def memberships(person: Any, on: date | None = None) -> MembershipQuerySet:
    """The memberships of the person that hold on the day."""
    found = Membership.objects.valid(on or _today()).select_related("organisation")
    return found.filter(person=person) if isinstance(person, Person) else found.none()


def held(person: Any, on: date | None = None) -> Sequence[Membership]:
    """The same as rows. A person who was told to `remember` is looked up once for each day."""
    day = on or _today()
    known: dict[date, Sequence[Membership]] | None = getattr(person, _KNOWN, None)
    if known is None:
        return list(memberships(person, day))
    if day not in known:
        known[day] = list(memberships(person, day))
    return known[day]


def _today() -> date:
    """By the server's clock: a right does not come and go with the time zone in which a page is shown."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def remember(person: Any) -> None:
    """Only for the person of one request, whom nobody else holds: the next request finds what has changed meanwhile."""
    setattr(person, _KNOWN, {})


def paths(person: Any, action: Action, on: date | None = None) -> list[str]:
    """Under which places the person may do this."""
    allowing = roles_with(action)
    return [one.organisation.path for one in held(person, on) if Role(one.role) in allowing]


def visible(person: Any, rows: QuerySet[Row], action: Action = Action.SEE, on: date | None = None) -> QuerySet[Row]:
    """The rows that belong to organisations in which the person may do this.

    Their model says in ORGANISATION_PATH how its organisation is reached.
    """
    lookup: str = rows.model.ORGANISATION_PATH  # type: ignore[attr-defined]
    return rows.filter(under(paths(person, action, on), lookup))


def under(tops: Iterable[str], lookup: str) -> Q:
    """The condition that a path lies under one of these places; under no place lies nothing."""
    found = Q(pk__in=[])
    for top in tops:
        found |= Q(**{f"{lookup}__startswith": top})
    return found


def can(person: Any, action: Action, organisation: Organisation, on: date | None = None) -> bool:
    return any(organisation.path.startswith(top) for top in paths(person, action, on))


def check_can(person: Any, action: Action, organisation: Organisation) -> None:
    """Raises PermissionDenied; what the person must not even see is hidden by `visible` before."""
    if not can(person, action, organisation):
        raise PermissionDenied(_("На это у вас нет права."))


def can_anywhere(person: Any, action: Action) -> bool:
    """Whether a page about this has anything to show; used by the navigation."""
    return bool(paths(person, action))


def roles(person: Any) -> set[Role]:
    return {Role(one.role) for one in held(person)}


def person_of(request: HttpRequest) -> Person:
    """Who asks. The middleware lets nobody else through to a page that needs it."""
    assert isinstance(request.user, Person)
    return request.user
