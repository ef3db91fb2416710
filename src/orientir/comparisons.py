"""Comparisons: a value against the last year and against the first, honest about small numbers.

Two shares are compared by Fisher's exact test; since many are compared at once, the chance levels are corrected by
the procedure of Benjamini and Hochberg (1995) over all comparisons of the report. The interval of a share is
Wilson's (1927), 95 %. A change that is not distinguishable from chance is called so. A series whose base or
definition broke is not compared across the break.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from orientir.model.indicators import Indicator
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.results import Base, Comparison, Interval, Place, Value, Verdict
from orientir.model.status import Status
from orientir.presentation import NBSP, number, period_name

SIGNIFICANCE = 0.05
BREAK_FACTOR = Decimal("1.5")


def compare(values: Sequence[Value], programme: Programme, periods: Sequence[Period]) -> tuple[Comparison, ...]:
    """The last of the periods against the one before it and against the first, for every place that has a value."""
    by_place = {value.place: value for value in values}
    last = periods[-1]
    bases = [(Base.LAST, periods[-2])] if len(periods) > 1 else []
    if len(periods) > 2:
        bases.append((Base.FIRST, periods[0]))
    found = [
        compared(by_place, programme, value, replace(value.place, period=period), base)
        for value in values
        if value.place.period == last and value.status is Status.MEASURED
        for base, period in bases
    ]
    return corrected(found)


def compared(
    values: Mapping[Place, Value], programme: Programme, now: Value, then: Place, base: Base = Base.LAST
) -> Comparison:
    """One comparison, its chance level not yet corrected for the others."""
    before = values.get(then) or Value(then, None, None, Status.NOT_REPORTED, is_share=now.is_share)
    if now.amount is None or before.amount is None:
        return Comparison(now, before, base, None, None, None, Verdict.MISSING, before.reason or now.reason)
    change = _change(now, before)
    if reason := broken(values, programme.indicator(now.place.indicator), then, now.place):
        return Comparison(now, before, base, change, None, None, Verdict.SERIES_BROKEN, reason)
    if not now.is_share and (reason := _incomplete(before, now)):
        return Comparison(now, before, base, change, None, None, Verdict.SERIES_BROKEN, reason)
    if not now.is_proportion:
        return Comparison(now, before, base, change, None, None, Verdict.NOT_TESTED, "")
    if reason := _not_a_part(now, before):
        return Comparison(now, before, base, change, None, None, Verdict.NOT_TESTED, reason)
    return Comparison(now, before, base, change, p_value(now, before), None, Verdict.WITHIN_CHANCE)


def _change(now: Value, before: Value) -> Decimal:
    """Now less before; shares are divided once, together, so that an exact half stays one when it is printed."""
    assert now.numerator is not None and before.numerator is not None
    if not now.denominator or not before.denominator:
        return now.numerator - before.numerator
    crossed = now.numerator * before.denominator - before.numerator * now.denominator
    return crossed / (now.denominator * before.denominator)


def _not_a_part(*values: Value) -> str:
    """Why these are no shares of one population; '' where they are."""
    if any(part < 0 for part, _ in _counts(*values)):
        return "часть меньше нуля"
    return "часть больше целого" if any(part > whole for part, whole in _counts(*values)) else ""


def _incomplete(before: Value, now: Value) -> str:
    """A count of some organisations is not compared with a count of others; '' where all have reported."""
    if all(value.reporting == value.expected for value in (before, now)):
        return ""
    return f"сообщили не все организации: {_coverage(before)}, затем {_coverage(now)}"


def _coverage(value: Value) -> str:
    return f"{value.reporting} из {value.expected}"


def _counts(*values: Value) -> Iterator[tuple[Decimal, Decimal]]:
    for value in values:
        assert value.numerator is not None and value.denominator is not None
        yield value.numerator, value.denominator


def p_value(now: Value, before: Value) -> float:
    """Fisher's exact test, two-sided, of the two shares."""
    table = tuple((int(part), int(whole - part)) for part, whole in _counts(now, before))
    return _fisher(table)


@lru_cache(maxsize=4096)
def _fisher(table: tuple[tuple[int, int], ...]) -> float:
    from scipy.stats import fisher_exact

    return float(fisher_exact(table).pvalue)


def corrected(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """The same comparisons with chance levels corrected for their number, and the verdicts that follow."""
    tested = [one.p_value for one in comparisons if one.p_value is not None]
    if not tested:
        return tuple(comparisons)
    from scipy.stats import false_discovery_control

    adjusted = iter(float(level) for level in false_discovery_control(tested))
    return tuple(one if one.p_value is None else _judged(one, next(adjusted)) for one in comparisons)


def _judged(one: Comparison, adjusted: float) -> Comparison:
    verdict = Verdict.WITHIN_CHANCE
    if adjusted < SIGNIFICANCE and one.change:
        verdict = Verdict.ROSE if one.change > 0 else Verdict.FELL
    return replace(one, adjusted=adjusted, verdict=verdict)


def interval(value: Value) -> Interval | None:
    """Wilson's 95 % interval; None for counts, for ratios of two populations and for what is not measured."""
    if not value.is_proportion or value.amount is None:
        return None
    assert value.numerator is not None and value.denominator is not None
    if not 0 <= value.numerator <= value.denominator:
        return None
    return _wilson(int(value.numerator), int(value.denominator))


@lru_cache(maxsize=4096)
def _wilson(part: int, whole: int) -> Interval:
    from scipy.stats import binomtest

    ends = binomtest(part, whole).proportion_ci(method="wilson")
    return Interval(Decimal(str(ends.low)), Decimal(str(ends.high)))


def broken(values: Mapping[Place, Value], indicator: Indicator, then: Place, now: Place) -> str:
    """Why the series cannot be compared across these periods; '' where it can."""
    for gap in indicator.breaks:
        if str(then.period) < gap.since <= str(now.period):
            return gap.reason
    years = range(then.period.start, now.period.start + 1)
    series = [values.get(replace(now, period=Period(now.period.kind, year))) for year in years]
    for before, after in pairwise(value for value in series if value is not None and value.denominator):
        if base_broke(before, after):
            return _told_break(before, after)
    return ""


def base_broke(before: Value, after: Value) -> bool:
    """The base changed by half or more between two neighbouring measured periods."""
    assert before.denominator and after.denominator
    low, high = sorted((before.denominator, after.denominator))
    return high >= low * BREAK_FACTOR


def _told_break(before: Value, after: Value) -> str:
    assert before.denominator and after.denominator
    change = f"{number(before.denominator)} → {number(after.denominator)}"
    factor = max(before.denominator, after.denominator) / min(before.denominator, after.denominator)
    times = f"в{NBSP}{number(factor, 1)}{NBSP}раза"
    return f"знаменатель изменился {times} ({change}) к{NBSP}{period_name(after.place.period)}"
