"""What a reader must know stands beside the number, not only among the remarks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from reading import lines_of

from orientir.cycle import run_cycle
from orientir.definitions.loader import load_programme
from orientir.engines.memory import MemoryEngine
from orientir.facts.package import read_package
from orientir.model.cycle import Cycle
from orientir.model.package import Package
from orientir.model.periods import Period, PeriodKind
from orientir.model.programme import Programme
from orientir.reports.build import build_document
from orientir.resources import example_folder, programme_folder

LAST = Period(PeriodKind.SCHOOL_YEAR, 2021)


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(programme_folder("career_guidance_2022"))


@pytest.fixture(scope="module")
def package(programme: Programme) -> Package:
    return read_package(example_folder("kemerovo"), programme)


def report(package: Package, programme: Programme, as_of: date) -> tuple[Cycle, str]:
    cycle = run_cycle(package, programme, LAST, as_of, MemoryEngine())
    return cycle, lines_of(build_document(cycle)[0])


def test_part_above_its_whole_is_said_beside_the_share(package: Package, programme: Programme) -> None:
    facts = tuple(
        replace(fact, value=Decimal(482)) if fact.element == "admitted_college_9" and fact.period == LAST else fact
        for fact in package.facts
    )
    _, text = report(replace(package, facts=facts), programme, date(2022, 12, 30))
    assert "За 2021/22 уч. г. числа ошибочны: часть больше целого (482 и 419)." in text.replace("\u00a0", " ")


@pytest.mark.parametrize(("as_of", "said"), [(date(2023, 12, 30), False), (date(2026, 11, 23), True)])
def test_old_data_are_called_old(package: Package, programme: Programme, as_of: date, said: bool) -> None:
    _, text = report(package, programme, as_of)
    assert ("прежде чем поручать, проверьте, что изменилось" in text) is said


def test_advice_about_an_initiative_that_has_ended_says_so(package: Package, programme: Programme) -> None:
    cycle, _ = report(package, programme, date(2026, 11, 23))
    notes = {one.id: one.initiative_note for one in cycle.recommendations}
    assert "С 31.12.2022 не действует" in notes["participation_register"]
    assert "Профессионалы" in notes["measure_as_declared"]


def test_before_its_end_nothing_is_said_of_an_initiative(package: Package, programme: Programme) -> None:
    cycle, _ = report(package, programme, date(2022, 12, 30))
    assert not [one.id for one in cycle.recommendations if one.initiative_note]
