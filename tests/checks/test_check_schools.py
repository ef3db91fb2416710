"""What three yearly points say of one organisation: copies, twins, cohorts, improbable shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from smallest import PROGRAMME, element, fact, rules, subject

from orientir.checks.schools import schools_are_plausible, shares_move_within_reason
from orientir.checks.subject import Subject
from orientir.cycle import run_cycle
from orientir.engines.duckdb import DuckDBEngine
from orientir.engines.memory import MemoryEngine
from orientir.model.dictionaries import Dimension, Member
from orientir.model.package import Fact, Organisation
from orientir.model.programme import Programme
from orientir.model.results import Issue

BRANCHES = ("north", "south", "east")
PLACES = (
    Organisation("area", "Лесной район", "area"),
    *(Organisation(key, key.capitalize(), "library", "area") for key in BRANCHES),
    Organisation("abroad", "Другой район", "area"),
    Organisation("far", "Far", "library", "abroad"),
)
SHELVES = tuple(f"shelf_{number}" for number in range(10))
CLASSES = Dimension("grade", "Класс", tuple(Member(str(one), f"{one} класс", (one,)) for one in (5, 6, 7)))
WIDE = replace(
    PROGRAMME,
    dimensions=(*PROGRAMME.dimensions, CLASSES),
    elements=(
        *PROGRAMME.elements,
        *(element(key) for key in SHELVES),
        element("pupils", whole=True, dimensions=("grade",)),
    ),
)


@pytest.fixture(params=[MemoryEngine, DuckDBEngine], ids=["memory", "duckdb"])
def engine(request: pytest.FixtureRequest) -> Iterator[MemoryEngine | DuckDBEngine]:
    made = request.param()
    yield made
    made.close()


def shelves(organisation: str, year: int, *values: int) -> list[Fact]:
    return [fact(key, value, year, organisation=organisation)
            for key, value in zip(SHELVES, values, strict=False)]  # fmt: skip


def found(engine: MemoryEngine | DuckDBEngine, facts: list[Fact], programme: Programme = WIDE) -> list[Issue]:
    return list(schools_are_plausible(subject(facts, programme, organisations=PLACES), engine))


# ---- last year's form sent again


def test_last_year_sent_again_is_told(engine: MemoryEngine | DuckDBEngine) -> None:
    values = range(20, 28)
    (issue,) = found(engine, [*shelves("north", 2021, *values), *shelves("north", 2022, *values)])
    assert (issue.rule, issue.period, issue.where) == ("last_year_copied", "2022", "North, 2022\u00a0г.")
    assert issue.message.startswith("Повторяют прошлый год: 8\u00a0чисел из 8")


def test_seven_equal_numbers_may_be_chance(engine: MemoryEngine | DuckDBEngine) -> None:
    assert found(engine, [*shelves("north", 2021, *range(20, 27)), *shelves("north", 2022, *range(20, 27))]) == []


def test_numbers_below_ten_coincide_by_themselves(engine: MemoryEngine | DuckDBEngine) -> None:
    assert found(engine, [*shelves("north", 2021, *[9] * 10), *shelves("north", 2022, *[9] * 10)]) == []


def test_form_with_a_quarter_of_new_numbers_is_no_copy(engine: MemoryEngine | DuckDBEngine) -> None:
    before, after = (*range(20, 28), 50, 60), (*range(20, 28), 51, 61)
    assert rules(iter(found(engine, [*shelves("north", 2021, *before), *shelves("north", 2022, *after)]))) == [
        "last_year_copied"
    ]
    before, after = (*range(20, 27), 50, 60, 70), (*range(20, 27), 51, 61, 71)
    assert found(engine, [*shelves("north", 2021, *before), *shelves("north", 2022, *after)]) == []


def test_two_years_apart_are_not_held_together(engine: MemoryEngine | DuckDBEngine) -> None:
    assert found(engine, [*shelves("north", 2020, *range(20, 28)), *shelves("north", 2022, *range(20, 28))]) == []


# ---- one form under two names


def test_two_organisations_with_the_same_numbers_are_told_once(engine: MemoryEngine | DuckDBEngine) -> None:
    (issue,) = found(engine, [*shelves("north", 2022, *range(20, 28)), *shelves("south", 2022, *range(20, 28))])
    assert (issue.rule, issue.where) == ("schools_coincide", "North и South, 2022\u00a0г.")
    assert len(issue.facts) == 16


def test_organisations_of_two_districts_are_not_held_together(engine: MemoryEngine | DuckDBEngine) -> None:
    assert found(engine, [*shelves("north", 2022, *range(20, 28)), *shelves("far", 2022, *range(20, 28))]) == []


# ---- cohorts


def pupils(grade: int, value: int, year: int, **more: str) -> Fact:
    return fact("pupils", value, year, organisation="north", breakdown=(("grade", str(grade)),), **more)


def test_cohort_that_grows_by_half_is_told(engine: MemoryEngine | DuckDBEngine) -> None:
    (issue,) = found(engine, [pupils(5, 20, 2021), pupils(6, 30, 2022)])
    assert issue.rule == "cohort_broken"
    assert issue.message == "Годом раньше в младшем классе было 20, теперь 30."


@pytest.mark.parametrize(
    "facts",
    [
        [pupils(5, 20, 2021), pupils(6, 29, 2022)],
        [pupils(5, 20, 2021), pupils(6, 30, 2022, reason="закрылась соседняя школа")],
        [pupils(5, 20, 2021), pupils(5, 40, 2022)],
        [pupils(5, 20, 2021), pupils(7, 40, 2022)],
        [pupils(5, 4, 2021), pupils(6, 9, 2022)],
    ],
    ids=["by less", "with a reason", "same grade", "a grade skipped", "few"],
)
def test_other_changes_are_no_broken_cohort(engine: MemoryEngine | DuckDBEngine, facts: list[Fact]) -> None:
    assert found(engine, facts) == []


def test_territory_itself_is_no_school(engine: MemoryEngine | DuckDBEngine) -> None:
    facts = [replace(one, organisation="area") for one in (pupils(5, 20, 2021), pupils(6, 40, 2022))]
    assert found(engine, facts) == []


# ---- shares beyond chance


def moved(before: int, after: int, **more: str) -> list[Issue]:
    facts = [
        fact(part, value, year, organisation="north", **(more if year == 2022 else {}))
        for year, readers in ((2021, before), (2022, after))
        for part, value in (("residents", 100), ("readers", readers))
    ]
    one = subject(facts, organisations=PLACES)
    cycle = run_cycle(one.package, PROGRAMME, one.periods[-1], date(2023, 1, 1), MemoryEngine())
    return list(shares_move_within_reason(Subject(one.package, PROGRAMME, one.facts, one.periods, cycle.values)))


def test_share_that_moves_beyond_chance_is_told_with_both_fractions() -> None:
    (issue,) = moved(20, 60)
    assert issue.rule == "share_improbable"
    assert "20,0\u00a0% (20 из 100), стало 60,0\u00a0% (60 из 100): +40,0\u00a0п.\u00a0п." in issue.message
    assert len(issue.facts) == 4


@pytest.mark.parametrize(("before", "after"), [(20, 39), (40, 60)], ids=["below twenty points", "within chance"])
def test_share_that_may_move_so_is_not_told(before: int, after: int) -> None:
    assert moved(before, after) == []


def test_reason_in_the_form_answers_the_question() -> None:
    assert moved(20, 60, reason="открылся читальный зал") == []
