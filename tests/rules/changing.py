"""The real district, and what can be changed in it: one fact, one definition, one decision at a time.

A `Change` makes a scene from a scene, so that changes can be told apart in a table and made one after another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from orientir.cycle import run_cycle
from orientir.definitions.loader import load_programme
from orientir.engines.memory import MemoryEngine
from orientir.facts.package import read_package
from orientir.model.cycle import Cycle
from orientir.model.indicators import Indicator
from orientir.model.package import Action, Fact, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.status import CellState
from orientir.reports.build import SECTIONS

ROOT = Path(__file__).parents[2]
DAY = date(2022, 12, 30)
SCHOOL = "school_zvezdnenskaya"


@dataclass(frozen=True)
class Scene:
    """A package under a programme."""

    programme: Programme
    package: Package

    def cycle(self) -> Cycle:
        return run_cycle(self.package, self.programme, self.year("2021/22"), DAY, MemoryEngine())

    def year(self, label: str) -> Period:
        return Period.parse(label, self.programme.period)


Change = Callable[[Scene], Scene]


@cache
def district() -> Scene:
    programme = load_programme(ROOT / "programmes" / "career_guidance_2022", frozenset(SECTIONS))
    return Scene(programme, read_package(ROOT / "examples" / "kemerovo", programme))


def made(*changes: Change) -> Scene:
    scene = district()
    for change in changes:
        scene = change(scene)
    return scene


# ---- facts


def only(*elements: str, since: str = "2019/20", **breakdown: str) -> Change:
    """Nothing but these elements, from this year on, in these breakdowns where they have any."""

    def change(scene: Scene) -> Scene:
        kept = (
            fact
            for fact in scene.package.facts
            if fact.element in elements
            and fact.period >= scene.year(since)
            and all(breakdown.get(name, member) == member for name, member in fact.breakdown)
        )
        return _with_facts(scene, kept)

    return change


def put(element: str, year: str, value: int, organisation: str = "", **breakdown: str) -> Change:
    """The number of the element there, in every source that gives it; a new fact where none does."""

    def change(scene: Scene) -> Scene:
        wanted = _Cell(element, organisation or scene.package.territory, scene.year(year), tuple(breakdown.items()))
        amount = Decimal(value)
        state = CellState.VALUE if value else CellState.ZERO
        facts = [
            replace(fact, value=amount, state=state) if wanted.holds(fact) else fact for fact in scene.package.facts
        ]
        if not any(map(wanted.holds, facts)):
            facts.append(wanted.fact(amount, state, scene.package.sources[0].id))
        return _with_facts(scene, facts)

    return change


def without(element: str, year: str) -> Change:
    """The element not reported in this year."""

    def change(scene: Scene) -> Scene:
        gone = (element, scene.year(year))
        return _with_facts(scene, (fact for fact in scene.package.facts if (fact.element, fact.period) != gone))

    return change


@dataclass(frozen=True)
class _Cell:
    element: str
    organisation: str
    period: Period
    breakdown: tuple[tuple[str, str], ...]

    def holds(self, fact: Fact) -> bool:
        return (fact.element, fact.organisation, fact.period, fact.breakdown) == (
            self.element,
            self.organisation,
            self.period,
            self.breakdown,
        )

    def fact(self, value: Decimal, state: CellState, source: str) -> Fact:
        return Fact("", self.element, self.organisation, self.period, self.breakdown, value, state, source)


def _with_facts(scene: Scene, facts: Any) -> Scene:
    numbered = tuple(replace(fact, id=f"f{line}", row=line) for line, fact in enumerate(facts, 2))
    return replace(scene, package=replace(scene.package, facts=numbered))


# ---- definitions and decisions


def define(indicator: str, **changes: Any) -> Change:
    """The indicator defined otherwise."""

    def change(scene: Scene) -> Scene:
        def defined(one: Indicator) -> Indicator:
            return replace(one, **changes) if one.id == indicator else one

        indicators = tuple(map(defined, scene.programme.indicators))
        return replace(scene, programme=replace(scene.programme, indicators=indicators))

    return change


def decide(indicator: str, on: str, **changes: Any) -> Change:
    """One complete decision about this indicator, instead of those that the package has."""
    decision = Action(
        id="d1",
        kind="decision",
        form="act",
        title="Изменить порядок работы",
        act="Приказ",
        number="1",
        decided_on=date.fromisoformat(on),
        owner="coordinator",
        due=date(2022, 6, 1),
        indicators=(indicator,),
        organisations=(),
        finding="",
        status="done",
        evidence="",
        source="kem2022_decisions",
    )

    def change(scene: Scene) -> Scene:
        return replace(scene, package=replace(scene.package, actions=(replace(decision, **changes),)))

    return change
