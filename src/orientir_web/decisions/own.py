"""What concerns one's own organisation: decisions that name it or that it carries out, advice, assignments.

Who leads a district sees all of it on the pages of the district; here is what they are asked themselves.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from orientir_web.decisions.models import Addressee, Assignment, Decision
from orientir_web.people.access import Row, memberships, paths, under, visible
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Action, roles_with

SHOWN = 50
OVER = ("done", "cancelled")


def shown_decisions(person: Any) -> QuerySet[Decision]:
    """Those of one's districts, those that name an organisation of one's own, and those that it carries out."""
    places = visible(person, Organisation.objects.order_by()).values("pk")
    own = visible(person, Decision.objects.order_by()).values("pk")
    named = Decision.organisations.through.objects.filter(organisation__in=places).values("decision")
    assigned = Assignment.objects.filter(organisation__in=places).order_by().values("decision")
    return Decision.objects.filter(Q(pk__in=own) | Q(pk__in=named) | Q(pk__in=assigned))


def own_advice(person: Any) -> QuerySet[Addressee]:
    """The recommendations that one answers for."""
    rows = Addressee.objects.select_related("advice__campaign__snapshot", "organisation", "acknowledged_by")
    return _asked_of(person, rows, "advice__campaign__district")


def own_assignments(person: Any) -> QuerySet[Assignment]:
    """What one's organisation is to do, the most urgent first; what is over is left out."""
    rows = Assignment.objects.select_related("decision__district", "organisation").exclude(status="done")
    open_ones = rows.exclude(decision__status__in=OVER)
    return _asked_of(person, open_ones, "decision__district").order_by("decision__due", "pk")


def _asked_of(person: Any, rows: QuerySet[Row], district: str) -> QuerySet[Row]:
    """Who leads the district is asked for the places where they work, not for every school under them."""
    led = Q(**{f"{district}__in": _led(person)})
    own = memberships(person).filter(role__in=roles_with(Action.ANSWER)).values("organisation")
    return visible(person, rows, Action.ANSWER).filter(~led | Q(organisation__in=own))


def _led(person: Any) -> QuerySet[Any, Any]:
    tops = [*paths(person, Action.RUN_CAMPAIGN), *paths(person, Action.DECIDE)]
    return Organisation.objects.order_by().filter(under(tops, Organisation.ORGANISATION_PATH)).values("pk")


def carried_out(person: Any) -> QuerySet[Decision]:
    """Decisions of which every organisation says that it is done: who has decided looks at them and closes them."""
    rows = visible(person, Decision.objects.exclude(status__in=OVER), Action.DECIDE)
    assigned = Assignment.objects.filter(decision=OuterRef("pk")).order_by()
    return rows.filter(Exists(assigned)).exclude(Exists(assigned.exclude(status="done")))
