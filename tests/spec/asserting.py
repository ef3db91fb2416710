"""The `spec` of the examples: takes tiny tables, runs both engines, compares, and remembers what was shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from orientir.checks.consistency import relations_hold
from orientir.checks.subject import Subject
from orientir.comparisons import compare
from orientir.cycle import known_periods
from orientir.effectiveness import judge, revise_goals
from orientir.errors import PackageError
from orientir.facts.choosing import Signed, choice_of
from orientir.facts.conflicts import settled, weighed
from orientir.facts.structure import in_structure
from orientir.indicators.values import values_of
from orientir.model.collection import Choice
from orientir.model.desk import Structure
from orientir.model.indicators import Indicator, Term
from orientir.model.package import Action, Package
from orientir.model.periods import Period, PeriodKind
from orientir.model.programme import Goal, Programme, Target
from orientir.model.results import Base, Comparison, GoalProposal, Place, Value
from orientir.model.rules import DeclaredCheck, Relation
from orientir.presentation import NBSP, chance, difference, points
from orientir.reports.words import PROPOSAL
from spec.example import (
    Shown,
    heading,
    shown_changes,
    shown_indicator,
    shown_table,
    shown_values,
    terms_in_words,
)
from spec.language import ABSENT, Change, Expected, Terms, terms
from spec.running import on_every_engine, package_of, programme_of
from spec.tables import TERRITORY, TextTable, read_cell, read_corrections, read_facts, read_places

_TODAY = date(2030, 1, 1)  # after all that the examples close
AGAINST_FIRST = "с первым годом"
_SIGNS = {Relation.EQUAL: "=", Relation.AT_LEAST: "не меньше", Relation.AT_MOST: "не больше"}
_DEFAULT_YEARS = {PeriodKind.SCHOOL_YEAR: "2021/22", PeriodKind.CALENDAR_YEAR: "2022"}


@dataclass(frozen=True)
class _Case:
    """Facts under a programme."""

    programme: Programme
    package: Package
    default: Period
    structure: Structure = Structure.THEN

    @property
    def periods(self) -> tuple[Period, ...]:
        return known_periods(self.package.facts, [self.default])

    def values(self) -> tuple[Value, ...]:
        periods, decided = self.periods, settled(self.package, self.package.facts)
        package, facts, _ = in_structure(self.structure, self.package, self.programme, decided, _TODAY)
        return on_every_engine(lambda engine: values_of(engine, package, facts, self.programme, periods))


class Spec:
    """Each method is one kind of example; `shown` collects what a page says of it."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []

    def __call__(
        self,
        facts: str,
        indicator: Indicator,
        expected: Mapping[str, Expected | tuple[int, int] | int],
        places: str = "",
        derived: Mapping[str, Sequence[Term | str]] | None = None,
        kind: PeriodKind = PeriodKind.SCHOOL_YEAR,
        corrections: str = "",
        choices: str = "",
        structure: Structure = Structure.THEN,
    ) -> None:
        """The values of an indicator; keys are «А», «А, 2020/21», «А, grade=9»."""
        case = self._case(facts, places, kind, indicators=[indicator], derived=_derived(derived))
        case = replace(case, package=self._decided(case, corrections, choices), structure=structure)
        self._show_formulas(case.programme, derived)
        self.shown.append(shown_indicator(case.programme, indicator))
        wanted = {key: _expected(one) for key, one in expected.items()}
        self.shown.append(shown_values(wanted))
        found = {value.place: value for value in case.values()}
        for key, one in wanted.items():
            _check_value(key, one, found.get(_place(indicator, key, case.default)))

    def refused(self, facts: str, indicator: Indicator, faults: Sequence[str], corrections: str = "") -> None:
        """The user's mistakes that stop the computation."""
        case = self._case(facts, "", PeriodKind.SCHOOL_YEAR, indicators=[indicator])
        case = replace(case, package=self._decided(case, corrections, ""))
        self.shown += [shown_indicator(case.programme, indicator), Shown("Ошибка", paragraphs=tuple(faults))]
        with pytest.raises(PackageError) as caught:
            case.values()
        assert [_plain(str(fault)) for fault in caught.value.faults] == list(faults)

    def relation(
        self,
        facts: str,
        left: Terms,
        relation: Relation,
        right: Terms,
        issues: Sequence[str],
        derived: Mapping[str, Sequence[Term | str]] | None = None,
    ) -> None:
        """A declared relation; no issues means that it holds."""
        declared = DeclaredCheck("declared", "declared", terms(left), relation, terms(right), "Проверьте оба числа.")
        case = self._case(facts, "", PeriodKind.SCHOOL_YEAR, checks=[declared], derived=_derived(derived))
        sides = (terms_in_words(case.programme, side) for side in (declared.left, declared.right))
        self._show_formulas(case.programme, derived)
        self.shown.append(Shown("Соотношение", paragraphs=(f" {_SIGNS[relation]} ".join(sides),)))
        self.shown.append(Shown("Замечания", paragraphs=tuple(issues) or ("Замечаний нет.",)))
        subject = Subject(case.package, case.programme, case.package.facts, case.periods)
        found = on_every_engine(lambda engine: list(relations_hold(subject, engine)))
        assert [_plain(one.message) for one in found] == list(issues)

    def changes(
        self,
        facts: str,
        indicator: Indicator,
        expected: Mapping[str, Change],
        kind: PeriodKind = PeriodKind.SCHOOL_YEAR,
    ) -> None:
        """Comparisons of the last year with the one before it, or «с первым годом»."""
        case = self._case(facts, "", kind, indicators=[indicator])
        self.shown += [shown_indicator(case.programme, indicator), shown_changes(dict(expected))]
        found = compare(case.values(), case.programme, case.periods)
        by_key = {_comparison_key(one): one for one in found}
        for key, one in expected.items():
            _check_change(key, one, by_key[key])

    def goal(self, facts: str, indicator: Indicator, actions: str, target: str, expected: str, reason: str) -> None:
        """What is proposed for a goal served by this indicator after these decisions."""
        targets = (Target(indicator.id, _target(target)),) if target else ()
        goal = Goal("goal", "Цель", (indicator.id,), targets)
        case = self._case(facts, "", PeriodKind.SCHOOL_YEAR, indicators=[indicator], goals=[goal])
        self.shown.append(shown_indicator(case.programme, indicator))
        self.shown.append(Shown("Целевое значение", paragraphs=(target or "Не назначено.",)))
        decisions: tuple[Action, ...] = ()
        if actions:
            table = TextTable.parse(actions)
            self.shown.append(shown_table("Решения", table))
            decisions = tuple(_decision(number, row, indicator) for number, row in enumerate(table.records, 1))
        self.shown.append(Shown("Предложение по цели", paragraphs=(f"{expected}: {reason}.",)))
        package = replace(case.package, actions=decisions)
        values = case.values()
        effects = judge(package, case.programme, values, case.periods)
        (found,) = revise_goals(package, case.programme, values, effects, case.periods)
        assert (PROPOSAL[found.proposal], found.reason) == (expected, reason), _told(found)

    def examples(self, table: str, caption: str = "", **rules: Callable[[dict[str, str]], str]) -> None:
        """A table in which the columns named here follow from the others by these rules; ⍽ is a no-break space."""
        parsed = TextTable.parse(table)
        self.shown.append(shown_table(caption, parsed))
        for row in parsed.records:
            for column, rule in rules.items():
                found = rule(row)
                shown = found.replace(NBSP, "⍽") if "⍽" in row[column] else found.replace(NBSP, " ")
                assert shown == row[column], f"{heading(column)}: {row}"

    # ---- building

    def _case(self, facts: str, places: str, kind: PeriodKind, **parts: Any) -> _Case:
        table = TextTable.parse(facts)
        self.shown.append(shown_table("Сведения", table))
        rows, sources = read_facts(table, kind, _DEFAULT_YEARS[kind])
        tree = TextTable.parse(places) if places else None
        if tree:
            self.shown.append(shown_table("Организации", tree))
        package = package_of(rows, sources, read_places(tree, rows))
        last = max(fact.period for fact in rows)
        return _Case(programme_of(kind=kind, **parts), package, last)

    def _decided(self, case: _Case, corrections: str, choices: str) -> Package:
        """The package with what was decided about its facts."""
        package = case.package
        if corrections:
            table = TextTable.parse(corrections)
            self.shown.append(shown_table("Исправления", table))
            package = replace(package, corrections=read_corrections(table, case.default))
        if choices:
            table = TextTable.parse(choices)
            self.shown.append(shown_table("Выбор источника", table))
            chosen = (_choice(package, row, case.default) for row in table.records)
            package = replace(package, choices=tuple(chosen))
        return package

    def _show_formulas(self, programme: Programme, derived: Mapping[str, Sequence[Term | str]] | None) -> None:
        if derived:
            told = (f"«{heading(key)}» = {terms_in_words(programme, terms(parts))}" for key, parts in derived.items())
            self.shown.append(Shown("Производные величины", paragraphs=tuple(told)))


def _derived(given: Mapping[str, Sequence[Term | str]] | None) -> dict[str, tuple[Term, ...]]:
    return {key: terms(parts) for key, parts in (given or {}).items()}


def _choice(package: Package, row: dict[str, str], default: Period) -> Choice:
    """The side that gives this source, or «сумма частей»."""
    cell = read_cell(row, default)
    conflict = next(one for one in weighed(package, package.facts).desk.conflicts if one.cell == cell)
    source, _, parts = row["chosen"].partition(", ")
    side = next(one for one in conflict.sides if one.sources == (source,) and bool(one.by) == bool(parts))
    return choice_of(conflict, side, Signed("методист", date(2022, 10, 12), "первичный учёт"))


def _target(text: str) -> Decimal:
    return Decimal(text.removesuffix("%").strip()) / 100


def _expected(given: Expected | tuple[int, int] | int) -> Expected:
    if isinstance(given, Expected):
        return given
    parts = given if isinstance(given, tuple) else (given,)
    return Expected(*map(Decimal, parts))


def _place(indicator: Indicator, key: str, default: Period) -> Place:
    organisation, *rest = key.split(", ")
    cut = next((part for part in rest if "=" in part), "")
    period = next((Period.parse(part, default.kind) for part in rest if "=" not in part), default)
    return Place(indicator.id, organisation, period, cut)


def _check_value(key: str, one: Expected, found: Value | None) -> None:
    if one == ABSENT:
        assert found is None, f"{key}: {found}"
        return
    assert found is not None, f"{key}: there is no value"
    seen = {
        "status": found.status,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "reason": _plain(found.reason),
        "coverage": f"{found.reporting} из {found.expected}",
        "source": found.source,
        "conflicting": found.conflicting,
    }
    asked = {name: getattr(one, name) for name in seen if getattr(one, name) is not None}
    assert {name: seen[name] for name in asked} == asked, f"{key}: {found}"


def _comparison_key(one: Comparison) -> str:
    place = one.now.place
    parts = [place.organisation, place.breakdown, AGAINST_FIRST if one.base is Base.FIRST else ""]
    return ", ".join(part for part in parts if part)


def _check_change(key: str, one: Change, found: Comparison) -> None:
    seen = {
        "verdict": found.verdict,
        "change": _plain(_change_in_words(found)),
        "p": _plain(chance(found.adjusted)) if found.adjusted is not None else "",
        "reason": _plain(found.reason),
    }
    asked = {name: getattr(one, name) for name in seen if getattr(one, name) is not None}
    assert {name: seen[name] for name in asked} == asked, key


def _change_in_words(found: Comparison) -> str:
    if found.change is None:
        return ""
    return points(found.change, 1) if found.now.is_share else difference(found.change)


def _decision(number: int, row: dict[str, str], indicator: Indicator) -> Action:
    decided = date.fromisoformat(row["decided"]) if row.get("decided") else None
    due = date.fromisoformat(row["due"]) if row.get("due") else None
    return Action(
        f"d{number}", "decision", "act", "Решение", "приказ", str(number), decided, row.get("owner", ""), due,
        (indicator.id,), (TERRITORY,), "", "done", "", "форма",
    )  # fmt: skip


def _told(found: GoalProposal) -> str:
    return f"{PROPOSAL[found.proposal]}: {found.reason}"


def _plain(text: str) -> str:
    return text.replace(NBSP, " ")
