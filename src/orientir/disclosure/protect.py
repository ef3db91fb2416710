"""Small numbers: a count of 1 to 4 persons, and whatever would give it away, is hidden in anything published.

Applied last, to a whole cycle: the public document is built from what this module returns and from nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from orientir.checks.decisions import DOUBTED
from orientir.disclosure.published import Published, cell_of, is_small
from orientir.disclosure.relations import Sum
from orientir.disclosure.suppression import hidden_sums
from orientir.disclosure.veil import REASON, Veil
from orientir.model.cycle import Cycle
from orientir.model.desk import Desk
from orientir.model.indicators import Unit
from orientir.model.package import Fact, Package
from orientir.model.results import Issue, Value
from orientir.model.rules import FindingRule
from orientir.model.status import CellState, Status

SMALL_NUMBERS = "small_numbers"  # the check that marks small counts for those who see them
_HIDDEN_MESSAGE = "Числа скрыты: по ним можно узнать малую численность."


def protect(cycle: Cycle) -> Cycle:
    """The same cycle with small numbers, and what would give them away, hidden."""
    published = Published(cycle)
    facts = {fact.id: fact for fact in cycle.facts if fact.value is not None}
    cited = {frozenset({(cell_of(facts[key]), 1)}) for one in cycle.issues for key in one.facts if key in facts}
    numbers = {**{one: cell.value for one in cited for cell, _ in one}, **published.numbers}
    uses = Counter([*published.numerators.values(), *published.denominators.values()])
    hidden = hidden_sums(numbers, published.secrets, published.relations, uses)
    values = {value.place: _protected(published, value, hidden) for value in cycle.values}
    veil = Veil(values)
    return replace(
        cycle,
        package=_package(cycle.package),
        facts=_blank(cycle.facts),
        issues=_issues(cycle.issues, facts, hidden),
        values=tuple(values.values()),
        comparisons=tuple(veil.comparison(one) for one in cycle.comparisons),
        findings=tuple(veil.finding(one) for one in cycle.findings if one.rule is not FindingRule.SMALL_NUMBERS),
        recommendations=tuple(veil.recommendation(one) for one in cycle.recommendations),
        effects=tuple(veil.effect(one) for one in cycle.effects),
        desk=Desk(successors=cycle.desk.successors),  # what was decided is told in the numbers of single schools
    )


def _protected(published: Published, value: Value, hidden: Collection[Sum]) -> Value:
    part = published.numerators.get(value.place) in hidden
    whole = published.denominators.get(value.place) in hidden
    if not (part or whole):
        return value
    denominator = None if whole else value.denominator
    return replace(value, numerator=None, denominator=denominator, status=Status.SUPPRESSED, reason=REASON)


def _issues(issues: Sequence[Issue], facts: Mapping[str, Fact], hidden: Collection[Sum]) -> tuple[Issue, ...]:
    """An issue tells the numbers of its facts. It is hidden with any of them, whatever source gives the number.

    That a number is small is not told at all: nobody shall know which are hidden for themselves and which for others.
    Nor is a doubt: its reason is somebody's own words, and they may hold any number.
    """
    places = {cell.place for one in hidden if len(one) == 1 for cell, _ in one}
    silent = {key for key, fact in facts.items() if cell_of(fact).place in places}
    return tuple(
        replace(one, message=_HIDDEN_MESSAGE, facts=()) if silent & set(one.facts) else one
        for one in issues
        if one.rule not in (SMALL_NUMBERS, DOUBTED)
    )


# ---- what the values were made of


def _blank(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """A published report is made of values; of the facts it tells only where they were read."""
    return tuple(replace(fact, value=None, state=CellState.SUPPRESSED) for fact in facts)


def _package(package: Package) -> Package:
    """Registers without small counts; neither facts nor the files they were read from."""
    activities = tuple(
        replace(one, value=None) if one.unit == Unit.PERSON and one.value is not None and is_small(one.value) else one
        for one in package.activities
    )
    events = tuple(
        replace(one, participants=None) if one.participants and is_small(Decimal(one.participants)) else one
        for one in package.events
    )
    package = replace(package, activities=activities, events=events, facts=_blank(package.facts), files={})
    return replace(package, corrections=(), choices=())
