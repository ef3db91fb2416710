"""Consistency: relations that must hold between numbers of one year, evaluated as one plan for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Protocol, cast

from orientir.checks.broken import RULE_SCHEMA, broken_plan
from orientir.checks.subject import Subject, issue
from orientir.engines.formulas import Formula, FormulaPlan, formula_plan
from orientir.engines.plan import Record, Rows
from orientir.engines.plan import Relation as PlanRelation
from orientir.facts.relation import fact_rows
from orientir.model.indicators import Indicator, Term
from orientir.model.package import Fact
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.results import Issue
from orientir.model.rules import DeclaredCheck, Relation
from orientir.model.status import Severity
from orientir.presentation import number, period_name, quoted


class Engine(Protocol):
    def run_all(self, plans: tuple[PlanRelation, ...], tables: Mapping[str, Rows]) -> list[list[Record]]: ...


_BROKEN = {Relation.EQUAL: "не равно", Relation.AT_LEAST: "меньше, чем", Relation.AT_MOST: "больше, чем"}


def relations_hold(subject: Subject, engine: Engine) -> Iterator[Issue]:
    """Declared relations, and in every share the part not above the whole and not below nothing.

    Where sources disagree a relation counts as broken only if no choice of source could mend it.
    """
    checks, plan = relation_plan(subject.programme)
    dimensions = tuple(dimension.id for dimension in subject.programme.dimensions)
    rules = Rows(RULE_SCHEMA, [{"formula": check.id, "relation": str(check.relation)} for check in checks])
    tables = {"facts": fact_rows(subject.package, subject.facts, dimensions), "rules": rules, **plan.tables}
    broken, behind = engine.run_all(broken_plan(plan), tables)
    by_check = {check.id: check for check in checks}
    facts = _facts_by_place(subject, behind)
    for row in sorted(broken, key=_key):
        key = _key(row)
        if Period(subject.programme.period, key[2]) in subject.periods:
            is_negative = cast(Decimal, row["left_high"]) < 0
            yield told(subject, by_check[key[0]], key, facts[key], is_negative)


def relation_plan(programme: Programme) -> tuple[list[DeclaredCheck], FormulaPlan]:
    """The relations of the programme, and the plan that evaluates all of them."""
    shares = [one for one in programme.indicators if one.is_share and one.part_of_whole]
    checks = [*programme.checks, *map(_share_check, shares)]
    dimensions = tuple(dimension.id for dimension in programme.dimensions)
    return checks, formula_plan(tuple(Formula(check.id, check.left, check.right) for check in checks), dimensions)


def _share_check(indicator: Indicator) -> DeclaredCheck:
    return DeclaredCheck(
        id=f"share:{indicator.id}",
        rule="part_above_whole",
        left=indicator.numerator,
        relation=Relation.AT_MOST,
        right=indicator.denominator,
        advice="Проверьте оба числа: часть не может превышать целое.",
        reason="часть больше целого",
    )


Key = tuple[str, str, int]


def _key(row: Record) -> Key:
    return str(row["formula"]), str(row["organisation"]), cast(int, row["period"])


def _facts_by_place(subject: Subject, matched: list[Record]) -> dict[Key, list[Fact]]:
    facts = {fact.id: fact for fact in subject.facts}
    found: dict[Key, list[Fact]] = defaultdict(list)
    for row in sorted(matched, key=lambda row: (cast(int, row["term"]), str(row["fact"]))):
        found[_key(row)].append(facts[str(row["fact"])])
    return found


def told(subject: Subject, check: DeclaredCheck, key: Key, facts: list[Fact], is_negative: bool) -> Issue:
    """A broken relation in words; `key` is the check, the organisation and the year, `facts` are those of its terms."""
    period = Period(subject.programme.period, key[2])
    left, right = _side(subject, check.left, facts, period), _side(subject, check.right, facts, period)
    told = f"{left}: меньше нуля" if is_negative else f"{left} {_BROKEN[check.relation]} {right}"
    where = f"{_titles(subject, check)}, {period_name(period)}{subject.of(key[1])}"
    rule, reason = ("negative_count", "поток отрицательный") if is_negative else (check.rule, check.reason)
    unique = list(dict.fromkeys(facts))
    return issue(rule, check.severity, where, f"{told}.", reason, check.advice, unique, period=period)


def _titles(subject: Subject, check: DeclaredCheck) -> str:
    return quoted(subject.programme.element(check.left[0].element).title)


def _side(subject: Subject, terms: tuple[Term, ...], facts: list[Fact], period: Period) -> str:
    """«420 + 195 = 615», or «417 или 505» where sources disagree."""
    numbers = [_alternatives(subject, term, facts, period) for term in terms]
    shown = ""
    for term, values in zip(terms, numbers, strict=True):
        sign = "−" if term.weight < 0 else "+"
        text = " или ".join(number(value) for value in sorted(set(values)))
        shown = f"{shown} {sign} {text}" if shown else text
    if len(terms) > 1 and all(len(set(values)) == 1 for values in numbers):
        total = sum((term.weight * values[0] for term, values in zip(terms, numbers, strict=True)), Decimal(0))
        shown = f"{shown} = {number(total)}"
    return shown


def _alternatives(subject: Subject, term: Term, facts: list[Fact], period: Period) -> list[Decimal]:
    """What each source gives for the term in this place."""
    own = [
        one for one in dict.fromkeys(facts) if one.element == term.element and one.period == period.shifted(term.shift)
    ]
    own.sort(key=lambda fact: fact.source)
    by_source = [list(rows) for _, rows in groupby(own, lambda one: one.source)]
    cells = max((len(rows) for rows in by_source), default=0)
    return [_sum(rows) for rows in by_source if len(rows) == cells] or [Decimal(0)]


def one_population_one_size(subject: Subject) -> Iterator[Issue]:
    """Одна совокупность в одном периоде имеет один размер, сколько бы источников её ни называло."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in subject.known():
        groups[fact.element, fact.organisation, fact.period, fact.breakdown].append(fact)
    for facts in groups.values():
        if len({fact.value for fact in facts}) > 1:
            sizes = "; ".join(f"{subject.amount(fact)} — {subject.source(fact)}" for fact in facts)
            yield issue(
                "population_conflict",
                Severity.ERROR,
                subject.place(facts[0]),
                f"Разные числа: {sizes}.",
                "одна величина названа двумя числами",
                "Выберите верный источник и исправьте второй; до решения доля считается внутри одного источника.",
                facts,
                period=facts[0].period,
            )


def total_equals_parts(subject: Subject) -> Iterator[Issue]:
    """Итог, данный рядом с частями, равен их сумме; считаются части."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in subject.known():
        groups[fact.element, fact.organisation, fact.period].append(fact)
    for facts in groups.values():
        totals = [fact for fact in facts if not fact.breakdown]
        for source in dict.fromkeys(fact.source for fact in facts if fact.breakdown):
            parts = [fact for fact in facts if fact.source == source and fact.breakdown]
            yield from (_total_differs(subject, total, parts) for total in totals if total.value != _sum(parts))


def _sum(facts: list[Fact]) -> Decimal:
    return sum((fact.value or Decimal(0) for fact in facts), Decimal(0))


def _total_differs(subject: Subject, total: Fact, parts: list[Fact]) -> Issue:
    return issue(
        "total_not_sum",
        Severity.ERROR,
        subject.place(total),
        f"Итог {subject.amount(total)} ({subject.source(total)}), сумма частей {number(_sum(parts))}.",
        "итог не равен сумме частей",
        "Исправьте итог или части; в расчёт взята сумма частей.",
        [total, *parts],
        period=total.period,
    )
