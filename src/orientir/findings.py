"""Findings: what the values and comparisons of a cycle amount to.

A finding states one thing about one indicator in one place. What to DO about it is a recommendation and lives in
recommendations.py; how it is worded lives in reports/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from orientir.model.indicators import Indicator, IndicatorKind
from orientir.model.package import Package
from orientir.model.periods import Period
from orientir.model.programme import Programme, Target
from orientir.model.results import Comparison, Finding, Place, Value, Verdict
from orientir.model.rules import FindingRule
from orientir.model.status import Status

SMALL = Decimal(4)  # counts of persons from 1 to 4 are small

_TOLD = {
    Verdict.ROSE: FindingRule.ROSE,
    Verdict.FELL: FindingRule.FELL,
    Verdict.WITHIN_CHANCE: FindingRule.WITHIN_CHANCE,
    Verdict.SERIES_BROKEN: FindingRule.SERIES_BROKEN,
}
_WHY_NOT = {
    Status.NOT_REPORTED: FindingRule.NOT_MEASURED,
    Status.NOT_DEFINED: FindingRule.NOT_DEFINED,
    Status.IN_CONFLICT: FindingRule.IN_CONFLICT,
}


class _Cycle:
    """The values of one cycle, looked up by place."""

    def __init__(
        self,
        package: Package,
        programme: Programme,
        periods: Sequence[Period],
        values: Sequence[Value],
        comparisons: Sequence[Comparison],
    ) -> None:
        self.programme = programme
        self.periods = periods
        self.territory = package.territory
        self.values: Mapping[Place, Value] = {value.place: value for value in values}
        self.comparisons = comparisons
        self.with_parts = {
            value.place.indicator
            for value in values
            if value.place.organisation != package.territory and value.status is Status.MEASURED
        }

    def at(self, indicator: str, period: Period) -> Value:
        return self.values[Place(indicator, self.territory, period)]

    def latest(self, indicator: str) -> Value | None:
        """The latest measured value of the territory within the report's periods."""
        found = (self.at(indicator, period) for period in reversed(self.periods))
        return next((value for value in found if value.status is Status.MEASURED), None)


def conclude(
    package: Package,
    programme: Programme,
    periods: Sequence[Period],
    values: Sequence[Value],
    comparisons: Sequence[Comparison],
) -> tuple[Finding, ...]:
    """Every finding of the cycle, in the order of the programme's indicators."""
    cycle = _Cycle(package, programme, periods, values, comparisons)
    found: list[Finding] = []
    for indicator in programme.indicators:
        found += _about_absence(cycle, indicator)
        found += _about_change(cycle, indicator)
        found += _about_level(cycle, indicator)
        found += _about_trust(cycle, indicator)
    found += _about_targets(cycle)
    return tuple(found)


def _finding(
    rule: FindingRule,
    value: Value,
    comparison: Comparison | None = None,
    bound: Decimal | None = None,
    reason: str = "",
) -> Finding:
    place = value.place
    parts = [rule, place.indicator, place.organisation, place.breakdown, str(place.period)]
    if comparison is not None:
        parts.append(comparison.base)
    key = ":".join(part for part in parts if part)
    return Finding(key, rule, place.indicator, value, comparison, bound, reason)


def _about_absence(cycle: _Cycle, indicator: Indicator) -> Iterator[Finding]:
    """Not calculable in some year; not measured, not defined, or measured over another population now."""
    for period in cycle.periods:
        value = cycle.at(indicator.id, period)
        if value.status is Status.NOT_CALCULABLE:
            yield _finding(FindingRule.NOT_CALCULABLE, value, reason=value.reason)
    value = cycle.at(indicator.id, cycle.periods[-1])
    if value.status not in _WHY_NOT or (value.status is Status.NOT_REPORTED and cycle.latest(indicator.id)):
        return
    for other in _stand_ins(cycle, indicator):
        yield _finding(FindingRule.MEASURED_OTHERWISE, value, reason=other.differs)
        return
    yield _finding(_WHY_NOT[value.status], value, reason=value.reason)


def _stand_ins(cycle: _Cycle, indicator: Indicator) -> Iterator[Indicator]:
    for other in cycle.programme.indicators:
        if other.kind is IndicatorKind.AS_MEASURED and other.declared == indicator.id and cycle.latest(other.id):
            yield other


def _about_change(cycle: _Cycle, indicator: Indicator) -> Iterator[Finding]:
    for comparison in cycle.comparisons:
        place = comparison.now.place
        if place.indicator != indicator.id or comparison.verdict not in _TOLD:
            continue
        rule = _TOLD[comparison.verdict]
        # Below the territory only what is beyond chance is worth a line of its own.
        if place.organisation == cycle.territory or rule in (FindingRule.ROSE, FindingRule.FELL):
            yield _finding(rule, comparison.now, comparison, reason=comparison.reason)


def _about_level(cycle: _Cycle, indicator: Indicator) -> Iterator[Finding]:
    """Values beyond the bound that the programme sets, in every period of the report."""
    bound = indicator.attention
    if bound is None:
        return
    for period in cycle.periods:
        value = cycle.at(indicator.id, period)
        amount = value.amount
        if amount is None:
            continue
        if bound.below is not None and amount < bound.below:
            yield _finding(FindingRule.ATTENTION, value, bound=bound.below, reason=bound.basis)
        elif bound.above is not None and amount > bound.above:
            yield _finding(FindingRule.ATTENTION, value, bound=bound.above, reason=bound.basis)


def _about_trust(cycle: _Cycle, indicator: Indicator) -> Iterator[Finding]:
    """Values that rest on disputed, small or undivided numbers."""
    disputed = [cycle.at(indicator.id, period) for period in cycle.periods]
    for value in disputed:
        if value.conflicting and value.status is Status.MEASURED:
            yield _finding(FindingRule.IN_CONFLICT, value)
    latest = cycle.latest(indicator.id)
    if latest is None:
        return
    if _counts_persons(cycle.programme, indicator) and latest.numerator and latest.numerator <= SMALL:
        yield _finding(FindingRule.SMALL_NUMBERS, latest)
    if indicator.is_share and indicator.id not in cycle.with_parts:
        yield _finding(FindingRule.NO_BREAKDOWN, latest)


def _counts_persons(programme: Programme, indicator: Indicator) -> bool:
    return all(programme.element(term.element).unit.tells_of_persons for term in indicator.numerator)


def _about_targets(cycle: _Cycle) -> Iterator[Finding]:
    for goal in cycle.programme.goals:
        for target in goal.targets:
            yield _about_target(cycle, target)


def _about_target(cycle: _Cycle, target: Target) -> Finding:
    value = cycle.at(target.indicator, cycle.periods[-1])
    if value.amount is None:
        return _finding(FindingRule.TARGET_NOT_MEASURABLE, value, bound=target.value, reason=value.reason)
    lower = cycle.programme.indicator(target.indicator).better == "lower"
    reached = value.amount <= target.value if lower else value.amount >= target.value
    rule = FindingRule.TARGET_REACHED if reached else FindingRule.TARGET_MISSED
    return _finding(rule, value, bound=target.value, reason=target.source)
