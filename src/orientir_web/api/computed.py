"""Computed cycles for programs: values, the facts behind them, documents that were made.

A key of a district sees all of it; a key of a school its own values and facts, as its people do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar, cast

from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema

from orientir.model.package import Fact
from orientir.model.status import CellState, Status
from orientir.presentation import exact
from orientir.tabular import VALUE_COLUMNS, value_rows
from orientir_web.api.access import allowed
from orientir_web.api.problems import READ
from orientir_web.api.schemas import Code, Key
from orientir_web.cycles.models import Computation, Progress
from orientir_web.cycles.services import cycle_of
from orientir_web.jobs.models import Job, Kind
from orientir_web.jobs.services import file_of
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Action

router = Router()
PAGE, LONGEST_PAGE, FARTHEST = 200, 1_000, 1_000_000
One = TypeVar("One")


class ComputationOut(Schema):
    """A computed cycle; `checksum` names the data package that it was computed from."""

    id: int
    campaign: int
    district: int
    period: str
    as_of: date
    checksum: str
    finished_at: datetime


class Computations(Schema):
    total: int
    items: list[ComputationOut]


class ValueOut(Schema):
    """As a row of values.csv: counts and the share exactly, empty where they are not known."""

    indicator: str
    organisation: str
    period: str
    breakdown: str
    numerator: str
    denominator: str
    value: str
    status: Status
    coverage: str


class Values(Schema):
    total: int
    items: list[ValueOut]


class FactOut(Schema):
    """One counted number and where it was read."""

    id: str
    element: str
    organisation: str
    period: str
    breakdown: dict[str, str]
    value: str
    state: CellState
    source: str
    note: str


class Facts(Schema):
    total: int
    items: list[FactOut]


class ReportOut(Schema):
    """A document that is ready; its file is an archive with this checksum."""

    id: int
    kind: Kind
    campaign: int
    computation: int
    is_public: bool
    finished_at: datetime
    sha256: str
    size: int


class Reports(Schema):
    total: int
    items: list[ReportOut]


@router.get(
    "/computations", response={200: Computations} | READ, summary="Посчитанные циклы", url_name="api_computations"
)
def computations(
    request: HttpRequest,
    campaign: Key | None = None,
    offset: int = Query(0, ge=0, le=FARTHEST),
    limit: int = Query(PAGE, ge=1, le=LONGEST_PAGE),
) -> dict[str, Any]:
    rows = _computations(request)
    rows = rows.filter(campaign=campaign) if campaign is not None else rows
    items = [
        ComputationOut(
            id=one.pk, campaign=one.campaign_id, district=one.campaign.district_id, period=one.campaign.period,
            as_of=cast(date, one.as_of), checksum=one.checksum,
            finished_at=cast(datetime, one.finished_at),
        )
        for one in rows[offset : offset + limit]
    ]  # fmt: skip
    return {"total": rows.count(), "items": items}


@router.get(
    "/computations/{computation_id}/values",
    response={200: Values} | READ,
    summary="Значения показателей",
    url_name="api_values",
)
def values(
    request: HttpRequest,
    computation_id: Path[Key],
    indicator: Code = "",
    organisation: Code = "",
    period: Code = "",
    offset: int = Query(0, ge=0, le=FARTHEST),
    limit: int = Query(PAGE, ge=1, le=LONGEST_PAGE),
) -> dict[str, Any]:
    found, own = _computation(request, computation_id)
    told = [
        value
        for value in cycle_of(found).cycle.values
        if (own is None or value.place.organisation in own)
        and indicator in ("", value.place.indicator)
        and organisation in ("", value.place.organisation)
        and period in ("", str(value.place.period))
    ]
    rows = (dict(zip(VALUE_COLUMNS, row, strict=True)) for row in value_rows(_page(told, offset, limit)))
    return {"total": len(told), "items": list(rows)}


@router.get(
    "/computations/{computation_id}/facts",
    response={200: Facts} | READ,
    summary="Сведения, из которых посчитаны значения",
    url_name="api_facts",
)
def facts(
    request: HttpRequest,
    computation_id: Path[Key],
    element: Code = "",
    organisation: Code = "",
    period: Code = "",
    offset: int = Query(0, ge=0, le=FARTHEST),
    limit: int = Query(PAGE, ge=1, le=LONGEST_PAGE),
) -> dict[str, Any]:
    found, own = _computation(request, computation_id)
    told = [
        fact
        for fact in cycle_of(found).cycle.facts
        if (own is None or fact.organisation in own)
        and element in ("", fact.element)
        and organisation in ("", fact.organisation)
        and period in ("", str(fact.period))
    ]
    return {"total": len(told), "items": [_fact(fact) for fact in _page(told, offset, limit)]}


@router.get("/reports", response={200: Reports} | READ, summary="Готовые документы", url_name="api_reports")
def reports(
    request: HttpRequest,
    campaign: Key | None = None,
    kind: Kind | None = None,
    offset: int = Query(0, ge=0, le=FARTHEST),
    limit: int = Query(PAGE, ge=1, le=LONGEST_PAGE),
) -> dict[str, Any]:
    wanted = {"campaign": campaign, "kind": kind}
    rows = _reports(request).filter(**{name: told for name, told in wanted.items() if told is not None})
    items = [
        ReportOut(
            id=one.pk, kind=Kind(one.kind), campaign=one.campaign_id, computation=one.computation_id,
            is_public=one.is_public, finished_at=cast(datetime, one.finished_at), sha256=one.sha256, size=one.size,
        )
        for one in rows[offset : offset + limit]
    ]  # fmt: skip
    return {"total": rows.count(), "items": items}


@router.get(
    "/reports/{report_id}/file",
    response=READ,
    summary="Архив документа",
    url_name="api_report_file",
    openapi_extra={
        "responses": {
            200: {
                "description": "OK",
                "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def report_file(request: HttpRequest, report_id: Path[Key]) -> FileResponse:
    job = get_object_or_404(_reports(request), pk=report_id)
    path = file_of(job)
    if not path.is_file():
        raise Http404
    name = f"{job.kind}_{job.pk}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


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


def _reports(request: HttpRequest) -> QuerySet[Job]:
    return allowed(request, Job.objects.filter(state=Progress.READY), Action.SEE)


def _page(rows: Sequence[One], offset: int, limit: int) -> list[One]:
    return list(islice(rows, offset, offset + limit))


def _fact(fact: Fact) -> FactOut:
    return FactOut(
        id=fact.id, element=fact.element, organisation=fact.organisation, period=str(fact.period),
        breakdown=dict(fact.breakdown), value="" if fact.value is None else exact(fact.value), state=fact.state,
        source=fact.source, note=fact.note,
    )  # fmt: skip
