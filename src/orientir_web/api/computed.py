"""Computed cycles for programs: values, and the facts behind them.

A key of a district sees all of it; a key of a school its own values and facts, as its people do.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from orientir.model.package import Fact
from orientir.model.results import Value
from orientir.tabular import VALUE_COLUMNS, value_rows
from orientir_web.api.access import allowed
from orientir_web.api.computed_schemas import (
    Computations,
    ComputationsWanted,
    Facts,
    FactsWanted,
    Values,
    ValuesWanted,
    computation_out,
    fact_out,
)
from orientir_web.api.paging import page_of_all, page_of_rows
from orientir_web.api.problems import READ
from orientir_web.api.schemas import Key
from orientir_web.cycles.models import Computation, Progress
from orientir_web.cycles.services import cycle_of
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Action

router = Router()


@router.get(
    "/computations", response={200: Computations} | READ, summary="Посчитанные циклы", url_name="api_computations"
)
def computations(request: HttpRequest, wanted: Query[ComputationsWanted]) -> dict[str, Any]:
    return page_of_rows(_computations(request), wanted, computation_out)


@router.get(
    "/computations/{computation_id}/values",
    response={200: Values} | READ,
    summary="Значения показателей",
    url_name="api_values",
)
def values(request: HttpRequest, computation_id: Path[Key], wanted: Query[ValuesWanted]) -> dict[str, Any]:
    found, own = _computation(request, computation_id)
    told = [
        value
        for value in cycle_of(found).cycle.values
        if (own is None or value.place.organisation in own) and wanted.holds(_told_of_value(value))
    ]
    return page_of_all(told, wanted, _value_out)


@router.get(
    "/computations/{computation_id}/facts",
    response={200: Facts} | READ,
    summary="Сведения, из которых посчитаны значения",
    url_name="api_facts",
)
def facts(request: HttpRequest, computation_id: Path[Key], wanted: Query[FactsWanted]) -> dict[str, Any]:
    found, own = _computation(request, computation_id)
    told = [
        fact
        for fact in cycle_of(found).cycle.facts
        if (own is None or fact.organisation in own) and wanted.holds(_told_of_fact(fact))
    ]
    return page_of_all(told, wanted, fact_out)


# ---- what they share


def _computations(request: HttpRequest) -> QuerySet[Computation]:
    """Of districts that the key sees as a whole, and of those in which its organisations were asked."""
    ready = Computation.objects.filter(state=Progress.READY).select_related("campaign__snapshot", "campaign__district")
    whole, places = allowed(request, ready, Action.SEE), allowed(request, Organisation.objects.all(), Action.SEE)
    asked = Q(campaign__submissions__organisation__in=places)
    return ready.filter(Q(pk__in=whole.values("pk")) | asked).distinct()


def _computation(request: HttpRequest, key: int) -> tuple[Computation, frozenset[str] | None]:
    """The computation, and the codes of the organisations that the key sees in it; None: all of it."""
    found = get_object_or_404(_computations(request), pk=key)
    if allowed(request, Computation.objects.filter(pk=key), Action.SEE).exists():
        return found, None
    places = Organisation.objects.filter(path__startswith=found.campaign.district.path)
    return found, frozenset(allowed(request, places, Action.SEE).values_list("code", flat=True))


def _told_of_value(value: Value) -> dict[str, str]:
    place = value.place
    return {"indicator": place.indicator, "organisation": place.organisation, "period": str(place.period)}


def _told_of_fact(fact: Fact) -> dict[str, str]:
    return {"element": fact.element, "organisation": fact.organisation, "period": str(fact.period)}


def _value_out(value: Value) -> dict[str, object]:
    [row] = value_rows([value])
    return dict(zip(VALUE_COLUMNS, row, strict=True))
