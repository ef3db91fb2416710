"""Random districts: organisations in a tree, sources, facts in every state, indicators over them.

`cases` is as wild as the model allows; `tidy_cases` has one source, one level of detail and schools only, where what a
value must be can be said in one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any, TypeVar

from hypothesis import strategies as st

from orientir.engines.plan import Record
from orientir.indicators.values import Engine, values_of
from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within
from orientir.model.dictionaries import Dimension, Member
from orientir.model.indicators import Element, Indicator, IndicatorKind, Population, Term, Unit
from orientir.model.package import Fact, Organisation, Package, Source
from orientir.model.periods import Period, PeriodKind
from orientir.model.programme import Programme, ReportSpec
from orientir.model.results import Value
from orientir.model.status import CellState

MEMBERS = {"grade": ("9", "10", "11"), "stage": ("regional", "national", "5-9")}
DIMENSIONS = tuple(MEMBERS)
ELEMENTS = ("participants", "pupils", "graduates")
UNRELATED = "unrelated"
PERIODS = tuple(Period(PeriodKind.SCHOOL_YEAR, year) for year in (2019, 2020, 2021))
TERRITORY = "district"
PLACES = (
    Organisation(TERRITORY, TERRITORY, "district"),
    Organisation("north", "north", "district", TERRITORY),
    Organisation("a", "a", "school", "north"),
    Organisation("b", "b", "school", "north"),
    Organisation("c", "c", "school", TERRITORY),
)
SCHOOLS = ("a", "b", "c")
SOURCES = tuple(Source(name, name, name, "", rank) for rank, name in enumerate(("form", "export", "report"), 1))
Chosen = TypeVar("Chosen")
GAPS = (CellState.NOT_REPORTED, CellState.NOT_APPLICABLE, CellState.SUPPRESSED)


@dataclass(frozen=True)
class Case:
    package: Package
    programme: Programme

    def values(self, engine: Engine) -> tuple[Value, ...]:
        return values_of(engine, self.package, self.package.facts, self.programme, PERIODS)


# ---- facts

Breakdown = tuple[tuple[str, str], ...]
Cell = tuple[str, str, Period, Breakdown, str]
Content = tuple[Decimal | None, CellState]

GRADES, STAGES = ([((name, member),) for member in MEMBERS[name]] for name in DIMENSIONS)
BOTH = [(grade, stage) for (grade,), (stage,) in product(GRADES[:2], STAGES[:2])]
DETAILS: tuple[list[Breakdown], ...] = ([()], [()], GRADES, STAGES, BOTH, [(), *GRADES], [(), GRADES[0], *BOTH])


def counted(value: int) -> Content:
    return Decimal(value), CellState.VALUE if value else CellState.ZERO


def contents() -> st.SearchStrategy[Content]:
    """Few different numbers, so that sources often agree."""
    numbers = st.sampled_from([2, 2, 2, 1, 3, 0]).map(counted)
    return st.one_of(numbers, numbers, numbers, st.sampled_from(GAPS).map(lambda state: (None, state)))


def fact(number: int, cell: Cell, content: Content) -> Fact:
    element, place, period, breakdown, source = cell
    return Fact(f"f{number}", element, place, period, breakdown, *content, source, row=number)


def some(given: Sequence[Chosen]) -> st.SearchStrategy[list[Chosen]]:
    return st.lists(st.sampled_from(given), min_size=1, max_size=len(given), unique=True)


@st.composite
def fact_lists(draw: Any) -> tuple[Fact, ...]:
    """Every element that is given is given in the same detail, by most of the places, years and sources drawn."""
    places, periods = draw(some([place.id for place in PLACES])), draw(some(PERIODS[:2]))
    sources = draw(some([source.id for source in SOURCES[:2]]))
    facts: list[Fact] = []
    for element in draw(some(ELEMENTS)):
        for place, period, detail, source in product(places, periods, draw(st.sampled_from(DETAILS)), sources):
            if draw(st.integers(0, 5)):
                cell = (element, place, period, detail, source)
                facts.append(fact(len(facts) + 1, cell, draw(contents())))
    return tuple(facts)


# ---- indicators


def conditions() -> st.SearchStrategy[Condition]:
    simple = (
        st.sampled_from([OneOf(name, (member,)) for name in DIMENSIONS for member in MEMBERS[name]])
        | st.sampled_from([OneOf("grade", ("9", "11")), OneOf("stage", MEMBERS["stage"])])
        | st.sampled_from([Within("grade", 9, 10), Within("grade", 10, 99), Within("stage", 0, 9)])
    )
    return st.recursive(simple, _combined, max_leaves=4)


def _combined(part: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(part, min_size=1, max_size=3).map(tuple)
    return parts.map(AllOf) | parts.map(AnyOf) | part.map(Not)


def terms() -> st.SearchStrategy[Term]:
    return st.builds(
        Term,
        element=st.sampled_from(ELEMENTS),
        weight=st.sampled_from([1, 1, 1, 2, -1]),
        shift=st.sampled_from([0, 0, 0, 0, 0, 1, -1]),
        where=st.one_of(st.none(), st.none(), conditions()),
    )


def indicator(
    number: int, numerator: tuple[Term, ...], denominator: tuple[Term, ...], cuts: tuple[str, ...]
) -> Indicator:
    key = f"indicator_{number}"
    return Indicator(key, key, key, IndicatorKind.ADDITIONAL, numerator, denominator, breakdowns=cuts)


@st.composite
def indicators(draw: Any, number: int) -> Indicator:
    numerator = draw(st.lists(terms(), min_size=1, max_size=2))
    denominator = draw(st.lists(terms(), max_size=2))
    cuts = draw(st.sets(st.sampled_from(DIMENSIONS)))
    return indicator(number, tuple(numerator), tuple(denominator), tuple(sorted(cuts)))


# ---- districts


def programme_of(*shown: Indicator) -> Programme:
    elements = tuple(Element(key, key, Unit.PERSON, Population("pupils"), DIMENSIONS) for key in (*ELEMENTS, UNRELATED))
    dimensions = tuple(
        Dimension(name, name, tuple(Member(member, member) for member in MEMBERS[name])) for name in DIMENSIONS
    )
    nothing: dict[str, Any] = dict.fromkeys(
        ("components", "acts", "initiatives", "sources", "methods", "organisation_kinds", "audiences", "roles"), ()
    )
    return Programme(
        id="random",
        title="random",
        subject="random",
        version="1",
        period=PeriodKind.SCHOOL_YEAR,
        years=len(PERIODS),
        reporting_kinds=("school",),
        dimensions=dimensions,
        goals=(),
        analyses=(),
        elements=elements,
        indicators=shown,
        checks=(),
        recommendations=(),
        report=ReportSpec("random", ()),
        **nothing,
    )


def package_of(facts: tuple[Fact, ...]) -> Package:
    return Package("package", "random", TERRITORY, False, "", PLACES, SOURCES, facts)


@st.composite
def cases(draw: Any) -> Case:
    shown = [draw(indicators(number)) for number in range(draw(st.integers(1, 3)))]
    return Case(package_of(draw(fact_lists())), programme_of(*shown))


@st.composite
def tidy_cases(draw: Any, gaps: bool = True) -> Case:
    """Schools that give both elements by grade, in one source, the part never above the whole."""
    facts: list[Fact] = []
    for place, period, grade in product(SCHOOLS, PERIODS, MEMBERS["grade"]):
        if draw(st.booleans()):
            whole = draw(st.integers(1, 9))
            part = draw(st.integers(0, whole))
            for element, count in (("pupils", whole), ("participants", part)):
                gap = gaps and draw(st.integers(0, 5)) == 0
                content = (None, CellState.NOT_REPORTED) if gap else counted(count)
                cell = (element, place, period, (("grade", grade),), "form")
                facts.append(fact(len(facts) + 1, cell, content))
    share = indicator(1, (Term("participants"),), (Term("pupils"),), ("grade",))
    return Case(package_of(tuple(facts)), programme_of(share))


def bag(rows: list[Record]) -> list[list[tuple[str, str]]]:
    """Rows in no order; equal numbers of different types are the same."""
    return sorted(sorted((name, _plain(value)) for name, value in row.items()) for row in rows)


def _plain(value: object) -> str:
    if isinstance(value, int | Decimal):
        return f"{Decimal(value).normalize() + 0:f}"
    return repr(value)
