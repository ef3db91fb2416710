"""Cells of organisations through the years as one relation, and the plans that school-level checks read from it.

Each plan is one pass over all organisations and all cells; how what it finds is told stands in schools.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from orientir.checks.subject import Subject
from orientir.engines.plan import (
    Aggregate,
    Col,
    ColumnType,
    Filter,
    Join,
    Lit,
    Logic,
    Measure,
    Op,
    Record,
    Relation,
    Rows,
    Schema,
    Table,
    When,
    keep,
)
from orientir.model.dictionaries import Dimension
from orientir.model.jumps import AT_LEAST
from orientir.model.package import Fact

TEXT, WHOLE, DECIMAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.DECIMAL
CELL_SCHEMA: Schema = {
    "fact": TEXT,
    "cell": TEXT,
    "organisation": TEXT,
    "parent": TEXT,
    "period": WHOLE,
    "source": WHOLE,
    "value": DECIMAL,
}
STEP_SCHEMA: Schema = {"cell": TEXT, "next_cell": TEXT}


def cell_name(fact: Fact) -> str:
    return "|".join((fact.element, *(f"{key}={member}" for key, member in fact.breakdown)))


def cell_tables(subject: Subject) -> Mapping[str, Rows]:
    """The known cells of reporting organisations, and which cell a cohort moves to in the next year."""
    ranks = {source.id: source.rank for source in subject.package.sources}
    parents = {place.id: place.parent for place in subject.package.organisations
               if place.kind in subject.programme.reporting_kinds}  # fmt: skip
    rows: list[Record] = [
        {
            "fact": fact.id,
            "cell": cell_name(fact),
            "organisation": fact.organisation,
            "parent": parents[fact.organisation],
            "period": fact.period.start,
            "source": ranks[fact.source],
            "value": fact.value,
        }
        for fact in subject.known()
        if fact.organisation in parents
    ]
    steps: list[Record] = [{"cell": one, "next_cell": other} for one, other in _steps(subject)]
    return {"cells": Rows(CELL_SCHEMA, rows), "steps": Rows(STEP_SCHEMA, steps)}


def _steps(subject: Subject) -> Iterator[tuple[str, str]]:
    """Pupils of one grade are next year's pupils of the next one."""
    for element in subject.programme.elements:
        if element.population is None or len(element.dimensions) != 1:
            continue
        for one, other in _neighbours(subject.programme.dimension(element.dimensions[0])):
            yield f"{element.id}|{one}", f"{element.id}|{other}"


def _neighbours(dimension: Dimension) -> Iterator[tuple[str, str]]:
    members = [member for member in dimension.members if len(member.grades) == 1]
    for one, other in pairwise(sorted(members, key=lambda member: member.grades)):
        if other.grades[0] == one.grades[0] + 1:
            yield f"{dimension.id}={one.id}", f"{dimension.id}={other.id}"


_KEY = ("cell", "organisation", "period")


def _best() -> Relation:
    """Each cell once, from the best of its sources."""
    cells = Table("cells", tuple(CELL_SCHEMA))
    first = Aggregate(cells, _KEY, (Measure("source", "min", Col("source")),))
    return Join(cells, first, (*_KEY, "source"))


_BEST = _best()
# Small numbers and zeros coincide by themselves.
_TELLING = Filter(_BEST, Op(">=", Col("value"), Lit(AT_LEAST)))


def _next_year(source: Relation) -> Relation:
    """The same cells under the period before, to be held against it."""
    return keep(source, "cell", "organisation", after=Col("value"), period=Op("-", Col("period"), Lit(1)))


def _repeated() -> Relation:
    pairs = Join(keep(_TELLING, *_KEY, "value"), _next_year(_TELLING), _KEY)
    same = When(Op("=", Col("value"), Col("after")), Lit(1), Lit(0))
    return Aggregate(
        keep(pairs, *_KEY, same=same),
        ("organisation", "period"),
        (Measure("compared", "count", Col("cell")), Measure("equal", "sum", Col("same"))),
    )


def _twins() -> Relation:
    """Pairs of organisations under one parent with equal telling cells, and how many cells both have."""
    one = keep(_TELLING, "cell", "period", "parent", "organisation", "value")
    other = keep(_TELLING, "cell", "period", "parent", other=Col("organisation"), other_value=Col("value"))
    pairs = Filter(Join(one, other, ("cell", "period", "parent")), Op("<", Col("organisation"), Col("other")))
    same = When(Op("=", Col("value"), Col("other_value")), Lit(1), Lit(0))
    return Aggregate(
        keep(pairs, "cell", "period", "organisation", "other", same=same),
        ("organisation", "other", "period"),
        (Measure("compared", "count", Col("cell")), Measure("equal", "sum", Col("same"))),
    )


def _cohorts() -> Relation:
    """Each cohort in two neighbouring years, where the change is large enough to be looked at."""
    steps = Table("steps", tuple(STEP_SCHEMA))
    before = keep(Join(_BEST, steps, ("cell",)), "organisation", "period", "next_cell", "fact", "value")
    after = keep(
        _BEST, "organisation", next_cell=Col("cell"), other=Col("fact"), after=Col("value"),
        period=Op("-", Col("period"), Lit(1)),
    )  # fmt: skip
    joined = Join(before, after, ("organisation", "period", "next_cell"))
    gap = Op("-", Col("after"), Col("value"))
    large = Logic("or", (Op(">=", gap, Lit(AT_LEAST)), Op("<=", gap, Lit(-AT_LEAST))))
    return Filter(joined, large)


REPEATED, TWINS, COHORTS = _repeated(), _twins(), _cohorts()
