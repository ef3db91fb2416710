"""The smallest programme and package that a check can look at: a library, its readers, three calendar years.

Every test changes one thing in them. Nothing here is about schools: the checks must not know of any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from orientir.checks.subject import Subject
from orientir.model.dictionaries import DataSource, Dimension, Member, Named
from orientir.model.indicators import Element, Indicator, IndicatorKind, Population, Term, Unit
from orientir.model.package import Action, Event, Fact, Organisation, Package, Source
from orientir.model.periods import Period, PeriodKind
from orientir.model.programme import Goal, Programme, ReportSpec
from orientir.model.results import Issue
from orientir.model.rules import DeclaredCheck, Relation
from orientir.model.status import CellState

YEARS = tuple(Period(PeriodKind.CALENDAR_YEAR, year) for year in (2020, 2021, 2022))
PEOPLE = Population("residents")


def element(key: str, whole: bool = False, unit: Unit = Unit.PERSON, **more: Any) -> Element:
    return Element(key, key.capitalize(), unit, PEOPLE if whole else None, **more)


def share(part: str, whole: str, **more: Any) -> Indicator:
    given = {"kind": IndicatorKind.ADDITIONAL, **more}
    return Indicator(
        f"{part}_share", f"Доля {part}", part, numerator=(Term(part),), denominator=(Term(whole),), **given
    )


def relation(left: Iterable[Term], sign: Relation, right: Iterable[Term], rule: str = "broken") -> DeclaredCheck:
    return DeclaredCheck("relation", rule, tuple(left), sign, tuple(right), "Проверьте.", "так не бывает")


PROGRAMME = Programme(
    id="libraries",
    title="Библиотеки",
    subject="библиотеки",
    version="1",
    period=PeriodKind.CALENDAR_YEAR,
    years=3,
    reporting_kinds=("library",),
    components=(),
    dimensions=(Dimension("age", "Возраст", (Member("young", "дети"), Member("old", "взрослые"))),),
    acts=(),
    initiatives=(),
    sources=(DataSource("form", "Форма", "Форма"),),
    methods=(),
    organisation_kinds=(Named("area", "Район"), Named("library", "Библиотека")),
    audiences=(),
    roles=(Named("librarian", "Библиотекарь"),),
    goals=(),
    analyses=(),
    elements=(
        element("residents", whole=True),
        element("readers", dimensions=("age",)),
        element("guests"),
        element("visits", unit=Unit.VISIT),
        element("subscribers", whole=True),
    ),
    indicators=(share("readers", "residents"),),
    checks=(),
    recommendations=(),
    report=ReportSpec("Отчёт", ()),
)
PACKAGE = Package(
    name="area",
    title="Район",
    territory="area",
    synthetic=True,
    checksum="sha256:0",
    organisations=(Organisation("area", "Лесной район", "area"), Organisation("north", "Северная", "library", "area")),
    sources=tuple(
        Source(key, f"Таблица {number}", "Отчёт", f"таблица {number}", number, "form")
        for number, key in enumerate(("one", "two"), 1)
    ),
    facts=(),
)


def fact(element: str, value: int | None, year: int = 2022, **more: Any) -> Fact:
    """A number of the area in the last year, from the first source; `more` says what is otherwise."""
    amount = None if value is None else Decimal(value)
    state = CellState.NOT_REPORTED if value is None else CellState.VALUE if value else CellState.ZERO
    given = {"organisation": "area", "breakdown": (), "source": "one", **more}
    return Fact("", element, period=Period(PeriodKind.CALENDAR_YEAR, year), value=amount, state=state, **given)


def series(element: str, *values: int, **more: Any) -> list[Fact]:
    """The numbers of an element in 2020, 2021, 2022."""
    return [fact(element, value, 2020 + place, **more) for place, value in enumerate(values)]


def event(no: int, title: str = "Громкие чтения сказок", day: str | None = "2022-03-01", **more: Any) -> Event:
    when = date.fromisoformat(day) if day else None
    given = {
        "date_printed": f"{when:%d.%m.%Y}" if when else "",
        "date_from": when,
        "date_to": when,
        "link_printed": "",
        "link": "",
        "kind": "reading",
        "level": "",
        "format": "",
        "industry": "",
        "participants": 20,
        "source": "one",
        **more,
    }
    return Event(no, title, **given)


def action(**more: Any) -> Action:
    given: dict[str, Any] = {
        "id": "a1",
        "kind": "decision",
        "form": "act",
        "title": "Открыть зал",
        "act": "Приказ",
        "number": "1",
        "decided_on": date(2021, 3, 1),
        "owner": "librarian",
        "due": date(2021, 12, 1),
        "indicators": ("readers_share",),
        "organisations": (),
        "finding": "",
        "status": "done",
        "evidence": "",
        "source": "one",
        **more,
    }
    return Action(**given)


def goal(**more: Any) -> Goal:
    return Goal("goal", "Цель", ("readers_share",), **more)


def subject(facts: Iterable[Fact] = (), programme: Programme = PROGRAMME, **rows: Any) -> Subject:
    """What a check looks at; facts get the ids of their lines."""
    numbered = tuple(replace(one, id=f"f{line}", row=line) for line, one in enumerate(facts, 2))
    package = replace(PACKAGE, facts=numbered, **{name: tuple(given) for name, given in rows.items()})
    return Subject(package, programme, numbered, YEARS)


def rules(found: Iterator[Issue]) -> list[str]:
    return [issue.rule for issue in found]
