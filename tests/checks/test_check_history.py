"""What changes from year to year without a word, and what is copied."""

from __future__ import annotations

from dataclasses import replace

import pytest
from smallest import PROGRAMME, fact, relation, rules, series, subject

from orientir.checks.history import base_is_steady, composition_is_steady, jumps_are_explained, nothing_is_copied
from orientir.model.indicators import Term
from orientir.model.package import Fact
from orientir.model.rules import Relation

# ---- the base of shares


@pytest.mark.parametrize(("before", "after"), [(100, 150), (150, 100), (20, 30)])
def test_population_that_changes_by_half_breaks_the_base(before: int, after: int) -> None:
    facts = fact("residents", before, 2021), fact("residents", after)
    assert rules(base_is_steady(subject(facts))) == ["base_break"]


@pytest.mark.parametrize(("before", "after"), [(100, 149), (149, 100), (18, 27)])
def test_population_that_changes_by_less_or_by_a_few_is_steady(before: int, after: int) -> None:
    facts = fact("residents", before, 2021), fact("residents", after)
    assert rules(base_is_steady(subject(facts))) == []


def test_break_of_a_base_with_a_reason_is_no_issue() -> None:
    facts = fact("residents", 100, 2021), fact("residents", 150, reason="присоединён посёлок")
    assert rules(base_is_steady(subject(facts))) == []


def test_years_apart_are_no_step() -> None:
    facts = fact("residents", 100, 2020), fact("residents", 150, 2022)
    assert rules(base_is_steady(subject(facts))) == []


def test_two_sources_are_two_series() -> None:
    facts = fact("residents", 100, 2021), fact("residents", 150, source="two")
    assert rules(base_is_steady(subject(facts))) == []


# ---- jumps


@pytest.mark.parametrize(("before", "after", "word"), [(20, 30, "рост"), (30, 20, "падение")])
def test_jump_by_half_and_ten(before: int, after: int, word: str) -> None:
    (issue,) = jumps_are_explained(subject([fact("guests", before, 2021), fact("guests", after)]))
    assert issue.rule == "jump_unexplained"
    assert issue.message.startswith(f"Резк{'ий' if word == 'рост' else 'ое'} {word}: {before} → {after}")


@pytest.mark.parametrize(("before", "after"), [(20, 29), (18, 27), (30, 21)])
def test_smaller_change_is_no_jump(before: int, after: int) -> None:
    assert rules(jumps_are_explained(subject([fact("guests", before, 2021), fact("guests", after)]))) == []


def test_jump_from_nothing_is_told_without_a_factor() -> None:
    (issue,) = jumps_are_explained(subject([fact("guests", 0, 2021), fact("guests", 10)]))
    assert issue.message == "Резкий рост: 0 → 10."


def test_jump_with_a_reason_is_no_issue() -> None:
    facts = fact("guests", 20, 2021), fact("guests", 30, reason="открыт второй зал")
    assert rules(jumps_are_explained(subject(facts))) == []


def test_jump_that_follows_its_whole_is_explained_by_it() -> None:
    parts = fact("readers", 20, 2021), fact("readers", 40)
    followed = fact("residents", 100, 2021), fact("residents", 200)
    steady = fact("residents", 100, 2021), fact("residents", 101)
    assert rules(jumps_are_explained(subject([*parts, *followed]))) == []
    assert rules(jumps_are_explained(subject([*parts, *steady]))) == ["jump_unexplained"]


# ---- composition

YOUNG, OLD = (("age", "young"),), (("age", "old"),)


def test_sum_of_other_parts_than_last_year() -> None:
    facts = fact("readers", 14, 2021, breakdown=YOUNG), fact("readers", 21, breakdown=OLD)
    assert rules(composition_is_steady(subject(facts))) == ["composition_changed"]


def test_sum_with_a_part_in_common() -> None:
    facts = [fact("readers", 14, 2021, breakdown=YOUNG), fact("readers", 21, breakdown=OLD)]
    assert rules(composition_is_steady(subject([*facts, fact("readers", 14, breakdown=YOUNG)]))) == []


# ---- copies


def test_row_of_another_element_in_another_source_that_repeats_number_by_number() -> None:
    facts = [*series("readers", 81, 303, 310), *series("guests", 81, 303, 310, source="two"),
             *series("visits", 5, 90, 91, source="two")]  # fmt: skip
    (issue,) = nothing_is_copied(subject(facts))
    assert (issue.rule, issue.where) == ("row_copied", "таблица 2 и таблица 1")


def test_table_that_repeats_another_in_every_row() -> None:
    first = [*series("residents", 493, 505, 499), *series("readers", 81, 303, 310)]
    second = [*series("subscribers", 493, 505, 499, source="two"), *series("guests", 81, 303, 310, source="two")]
    assert rules(nothing_is_copied(subject([*first, *second]))) == ["table_copied"]


@pytest.mark.parametrize(
    "other",
    [
        series("guests", 81, 303, 311, source="two"),
        series("guests", 81, 303, 310),
        series("readers", 81, 303, 310, source="two"),
        series("guests", 81, 303, 310, source="two", organisation="north"),
        series("guests", 81, 303, source="two"),
    ],
    ids=["one number differs", "same source", "same element", "another place", "two years"],
)
def test_row_that_is_not_a_copy(other: list[Fact]) -> None:
    assert rules(nothing_is_copied(subject([*series("readers", 81, 303, 310), *other]))) == []


@pytest.mark.parametrize("values", [(19, 19, 19), (3, 4, 5)], ids=["equal", "tiny"])
def test_numbers_that_coincide_by_themselves(values: tuple[int, ...]) -> None:
    facts = [*series("readers", *values), *series("guests", *values, source="two")]
    assert rules(nothing_is_copied(subject(facts))) == []


def test_part_may_equal_its_whole() -> None:
    """All residents read: of the indicator's whole and part neither is a copy."""
    facts = [*series("residents", 81, 303, 310), *series("readers", 81, 303, 310, source="two")]
    assert rules(nothing_is_copied(subject(facts))) == []


def test_parts_of_a_declared_relation_may_be_equal() -> None:
    facts = [*series("readers", 81, 303, 310), *series("guests", 81, 303, 310, source="two")]
    check = relation([Term("guests")], Relation.AT_MOST, [Term("readers")])
    assert rules(nothing_is_copied(subject(facts, replace(PROGRAMME, checks=(check,))))) == []


def test_populations_of_a_small_place_may_coincide() -> None:
    facts = [*series("residents", 81, 83, 85), *series("subscribers", 81, 83, 85, source="two")]
    assert rules(nothing_is_copied(subject(facts))) == []
