"""Definitions -> atoms: what elements share is computed once, and what asks for grades only chooses cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from orientir.definitions.conditions import parse_condition
from orientir.engines.records.conditions import sql_of
from orientir.engines.records.planning import RecordPlan, plan_records
from orientir.engines.records.told import told
from orientir.errors import UserError
from orientir.model.indicators import Element, RecordCount, Unit


def plan_of(**rules: Mapping[str, Any]) -> RecordPlan:
    elements = [
        Element(key, key, Unit.PERSON, records=RecordCount(parse_condition(where) if where else None))
        for key, where in rules.items()
    ]
    return plan_records(elements)


def test_grades_choose_cells_and_the_rest_is_shared() -> None:
    plan = plan_of(
        younger={"grade": {"from": 5, "to": 9}, "activity": "ticket"},
        older={"grade": {"from": 10, "to": 11}, "activity": "ticket"},
        everyone={},
    )
    assert len(plan.atoms) == 2
    assert plan.tables == {"participation"}


def test_the_order_of_a_condition_is_no_other_atom() -> None:
    plan = plan_of(one={"activity": "ticket", "disability": "yes"}, other={"disability": "yes", "activity": "ticket"})
    assert len(plan.atoms) == 1


def test_only_the_tables_that_are_asked_for_are_read() -> None:
    assert plan_of(one={"advanced": "yes"}).tables == frozenset()
    assert plan_of(one={"near": "college"}).tables == {"admission", "exam"}
    assert plan_of(one={"tested": "yes"}).tables == {"diagnostics"}


def test_programme_of_24_indicators_needs_23_atoms(plan: RecordPlan) -> None:
    assert (len(plan.elements), len(plan.atoms)) == (35, 23)


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ({"activity": ["ticket", "event"]}, "(activity_set & 96) <> 0"),
        ({"disability": "yes"}, "disability IN (1)"),
        ({"grade": {"from": 5, "to": 9}}, "grade BETWEEN 5 AND 9"),
        ({"not": {"activity": "ticket"}}, "NOT ((coalesce(activity_set, 0) & 32) <> 0)"),
        ({"activities": {"from": 0, "to": 2}}, "activity_count(coalesce(activity_set, 0)) BETWEEN 0 AND 2"),
    ],
    ids=str,
)
def test_conditions_as_sql(where: Mapping[str, Any], text: str) -> None:
    assert sql_of(parse_condition(where)) == text


def test_plan_is_told_in_words_and_in_sql(plan: RecordPlan) -> None:
    lines = list(told(plan))
    assert lines[0] == "Величин: 35, счётчиков: 23."
    assert sum("ticket_" in line for line in lines) == 3
    for engine in ("duckdb", "postgres", "spark"):
        assert any("GROUP BY" in line for line in told(plan, engine))
    with pytest.raises(UserError, match="движка «oracle» нет"):
        list(told(plan, "oracle"))
