"""Relations between numbers of one year: the smallest data that break each, and the nearest that do not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from smallest import PROGRAMME, fact, relation, rules, share, subject

from orientir.checks.consistency import one_population_one_size, relations_hold, total_equals_parts
from orientir.engines.memory import MemoryEngine
from orientir.model.indicators import Term
from orientir.model.package import Fact
from orientir.model.programme import Programme
from orientir.model.results import Issue
from orientir.model.rules import DeclaredCheck, Relation


def holding(programme: Programme, *facts: Fact) -> list[Issue]:
    return list(relations_hold(subject(facts, programme), MemoryEngine()))


def declared(check: DeclaredCheck) -> Programme:
    return replace(PROGRAMME, indicators=(), checks=(check,))


# ---- declared relations


@pytest.mark.parametrize(
    ("sign", "broken", "right"),
    [(Relation.EQUAL, 9, 10), (Relation.AT_LEAST, 9, 10), (Relation.AT_MOST, 11, 10)],
)
def test_declared_relation(sign: Relation, broken: int, right: int) -> None:
    programme = declared(relation([Term("residents")], sign, [Term("readers"), Term("guests")]))
    parts = fact("readers", 7), fact("guests", 3)
    assert rules(iter(holding(programme, fact("residents", broken), *parts))) == ["broken"]
    assert holding(programme, fact("residents", right), *parts) == []


def test_broken_relation_is_told_with_its_numbers() -> None:
    programme = declared(relation([Term("residents")], Relation.EQUAL, [Term("readers"), Term("guests")]))
    (issue,) = holding(programme, fact("residents", 9), fact("readers", 7), fact("guests", 3))
    assert issue.message == "9 не равно 7 + 3 = 10."
    assert (issue.period, issue.facts) == ("2022", ("f2", "f3", "f4"))


def test_relation_with_a_number_not_reported_says_nothing() -> None:
    programme = declared(relation([Term("residents")], Relation.EQUAL, [Term("readers"), Term("guests")]))
    assert holding(programme, fact("residents", 9), fact("readers", 7)) == []
    assert holding(programme, fact("residents", 9), fact("readers", 7), fact("guests", None)) == []


def test_relation_that_another_source_mends_is_not_broken() -> None:
    programme = declared(relation([Term("residents")], Relation.AT_LEAST, [Term("readers")]))
    facts = fact("residents", 9), fact("readers", 10)
    assert rules(iter(holding(programme, *facts, fact("residents", 8, source="two")))) == ["broken"]
    assert holding(programme, *facts, fact("residents", 10, source="two")) == []


def test_relation_names_what_each_source_says() -> None:
    programme = declared(relation([Term("residents")], Relation.AT_LEAST, [Term("readers")]))
    (issue,) = holding(programme, fact("residents", 9), fact("residents", 8, source="two"), fact("readers", 10))
    assert issue.message == "8 или 9 меньше, чем 10."


def test_relation_outside_the_years_of_the_report_is_not_judged() -> None:
    programme = declared(relation([Term("residents")], Relation.AT_LEAST, [Term("readers")]))
    assert holding(programme, fact("residents", 9, 2019), fact("readers", 10, 2019)) == []


def test_relation_holds_in_each_organisation_by_itself() -> None:
    programme = declared(relation([Term("residents")], Relation.AT_LEAST, [Term("readers")]))
    own = fact("residents", 9), fact("readers", 9)
    below = fact("residents", 3, organisation="north"), fact("readers", 4, organisation="north")
    (issue,) = holding(programme, *own, *below)
    assert issue.where == "«Residents», 2022\xa0г., Северная"


# ---- part and whole of a share


def test_part_above_whole() -> None:
    assert rules(iter(holding(PROGRAMME, fact("residents", 10), fact("readers", 11)))) == ["part_above_whole"]
    assert holding(PROGRAMME, fact("residents", 10), fact("readers", 10)) == []


def test_ratio_of_two_populations_may_be_above_one() -> None:
    programme = replace(PROGRAMME, indicators=(share("readers", "residents", part_of_whole=False),))
    assert holding(programme, fact("residents", 10), fact("readers", 11)) == []


def test_negative_count() -> None:
    """What is left over cannot be less than nothing."""
    left = replace(share("readers", "residents"), numerator=(Term("residents"), Term("readers", weight=-1)))
    programme = replace(PROGRAMME, indicators=(left,))
    assert rules(iter(holding(programme, fact("residents", 10), fact("readers", 11)))) == ["negative_count"]
    assert holding(programme, fact("residents", 10), fact("readers", 10)) == []


# ---- one population, one size


def test_two_sizes_of_one_population() -> None:
    twice = fact("residents", 417), fact("residents", 505, source="two")
    (issue,) = one_population_one_size(subject(twice))
    assert (issue.rule, issue.message) == ("population_conflict", "Разные числа: 417 — таблица 1; 505 — таблица 2.")


@pytest.mark.parametrize(
    "other",
    [
        fact("residents", 417, source="two"),
        fact("residents", 505, 2021, source="two"),
        fact("residents", 505, source="two", organisation="north"),
        fact("residents", None, source="two"),
        fact("readers", 505, source="two"),
    ],
    ids=["same size", "another year", "another place", "not reported", "another element"],
)
def test_one_size(other: Fact) -> None:
    assert list(one_population_one_size(subject([fact("residents", 417), other]))) == []


# ---- a total and its parts

PARTS = [
    fact("readers", 6, breakdown=(("age", "young"),)),
    fact("readers", 4, breakdown=(("age", "old"),)),
]


def test_total_that_is_not_the_sum_of_its_parts() -> None:
    (issue,) = total_equals_parts(subject([fact("readers", 11), *PARTS]))
    assert (issue.rule, issue.message) == ("total_not_sum", "Итог 11 (таблица 1), сумма частей 10.")


@pytest.mark.parametrize("facts", [[fact("readers", 10), *PARTS], PARTS, [fact("readers", 11)]])
def test_total_that_is_the_sum_or_stands_alone(facts: list[Fact]) -> None:
    assert list(total_equals_parts(subject(facts))) == []
