"""Running an example: a programme around one indicator, a package around a table, both engines over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TypeVar

from orientir.definitions.formulas import expanded
from orientir.engines.duckdb import DuckDBEngine
from orientir.engines.memory import MemoryEngine
from orientir.indicators.values import Engine
from orientir.model.dictionaries import Dimension, Member
from orientir.model.indicators import Element, Indicator, Population, Term, Unit
from orientir.model.package import Action, Fact, Organisation, Package, Source
from orientir.model.periods import PeriodKind
from orientir.model.programme import Goal, Programme, ReportSpec
from orientir.model.rules import DeclaredCheck
from spec.tables import TERRITORY
from spec.words import DIMENSIONS, ELEMENTS

ENGINES: tuple[Callable[[], Engine], ...] = (MemoryEngine, DuckDBEngine)
Result = TypeVar("Result")


def on_every_engine(compute: Callable[[Engine], Result]) -> Result:
    """What all engines compute alike."""
    results: list[Result] = []
    for make in ENGINES:
        with closing(make()) as engine:
            results.append(compute(engine))
    assert all(result == results[0] for result in results), "the engines disagree"
    return results[0]


def programme_of(
    indicators: Sequence[Indicator] = (),
    checks: Sequence[DeclaredCheck] = (),
    goals: Sequence[Goal] = (),
    derived: Mapping[str, tuple[Term, ...]] | None = None,
    kind: PeriodKind = PeriodKind.SCHOOL_YEAR,
) -> Programme:
    """A programme that consists of what the example names; derived elements are written out, as loading does."""
    elements = {key: _element(key, (derived or {}).get(key, ())) for key in ELEMENTS}
    return Programme(
        id="example",
        title="Пример",
        subject="пример",
        version="1",
        period=kind,
        years=3,
        reporting_kinds=("school",),
        dimensions=tuple(map(_dimension, DIMENSIONS)),
        goals=tuple(goals),
        elements=tuple(elements.values()),
        indicators=tuple(_written_out(indicators, elements, "numerator", "denominator")),
        checks=tuple(_written_out(checks, elements, "left", "right")),
        report=ReportSpec("Пример", ()),
        **dict.fromkeys(_UNUSED, ()),
    )


_UNUSED = (
    "components acts initiatives sources methods organisation_kinds audiences roles analyses recommendations".split()
)

Holder = TypeVar("Holder", Indicator, DeclaredCheck)


def _written_out(holders: Iterable[Holder], elements: Mapping[str, Element], *parts: str) -> Iterator[Holder]:
    for one in holders:
        yield replace(one, **{part: expanded(getattr(one, part), elements) for part in parts})


def _element(key: str, formula: tuple[Term, ...]) -> Element:
    return Element(key, ELEMENTS[key], Unit.PERSON, Population("pupils"), tuple(DIMENSIONS), formula=formula)


def _dimension(key: str) -> Dimension:
    title, members = DIMENSIONS[key]
    return Dimension(key, title, tuple(Member(member, name) for member, name in members.items()))


def package_of(
    facts: tuple[Fact, ...],
    sources: tuple[Source, ...],
    places: tuple[Organisation, ...],
    actions: tuple[Action, ...] = (),
) -> Package:
    return Package("пакет", "Пример", TERRITORY, False, "", places, sources, facts, actions=actions)
