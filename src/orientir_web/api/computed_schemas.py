"""Computed cycles as programs get them, and by what they ask for them."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

from orientir.model.package import Fact
from orientir.model.status import CellState, Status
from orientir.presentation import exact
from orientir_web.api.paging import Wanted
from orientir_web.api.schemas import Code, Key
from orientir_web.cycles.models import Computation


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


class ComputationsWanted(Wanted):
    campaign: Key | None = None


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


class ValuesWanted(Wanted):
    indicator: Code = ""
    organisation: Code = ""
    period: Code = ""


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


class FactsWanted(Wanted):
    element: Code = ""
    organisation: Code = ""
    period: Code = ""


def computation_out(one: Computation) -> ComputationOut:
    """Of one that is ready."""
    assert one.as_of is not None and one.finished_at is not None
    return ComputationOut(
        id=one.pk, campaign=one.campaign_id, district=one.campaign.district_id, period=one.campaign.period,
        as_of=one.as_of, checksum=one.checksum, finished_at=one.finished_at,
    )  # fmt: skip


def fact_out(fact: Fact) -> FactOut:
    return FactOut(
        id=fact.id, element=fact.element, organisation=fact.organisation, period=str(fact.period),
        breakdown=dict(fact.breakdown), value="" if fact.value is None else exact(fact.value), state=fact.state,
        source=fact.source, note=fact.note,
    )  # fmt: skip
