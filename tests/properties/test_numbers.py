"""Printed numbers, periods and statistics against slow and exact references."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from orientir.comparisons import compared, interval, p_value
from orientir.model.indicators import Term
from orientir.model.periods import Period, PeriodKind
from orientir.model.results import Place, Value
from orientir.model.status import Status
from orientir.presentation import MINUS, NBSP, number, points, share
from properties.cases import ELEMENTS, indicator, programme_of

NOW, THEN = (Place("indicator_1", "a", Period(PeriodKind.SCHOOL_YEAR, year)) for year in (2021, 2020))
PROGRAMME = programme_of(indicator(1, (Term(ELEMENTS[0]),), (Term(ELEMENTS[1]),), ()))


def printed(exact: Fraction, decimals: int) -> str:
    """Half away from zero, a comma, groups of three from five digits on."""
    units = math.floor(abs(exact) * 10**decimals + Fraction(1, 2))
    whole, tail = divmod(units, 10**decimals)
    text = str(whole) if whole < 10_000 else f"{whole:,}".replace(",", NBSP)
    sign = MINUS if exact < 0 and units else ""
    return sign + text + (f",{tail:0{decimals}d}" if decimals else "")


def shares(largest: int = 10**6) -> st.SearchStrategy[tuple[int, int]]:
    return st.integers(1, largest).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def value(place: Place, part: int, whole: int) -> Value:
    return Value(place, Decimal(part), Decimal(whole), Status.MEASURED)


@given(units=st.integers(-(10**9), 10**9), places=st.integers(0, 6), decimals=st.integers(0, 3))
def test_numbers_are_printed_as_the_reference_prints_them(units: int, places: int, decimals: int) -> None:
    assert number(Decimal(units).scaleb(-places), decimals) == printed(Fraction(units, 10**places), decimals)


@given(counts=shares(), decimals=st.integers(0, 3))
def test_shares_are_printed_as_the_reference_prints_them(counts: tuple[int, int], decimals: int) -> None:
    amount = value(NOW, *counts).amount
    assert amount is not None
    assert share(amount, decimals) == printed(Fraction(*counts) * 100, decimals) + f"{NBSP}%"


@st.composite
def halves(draw: st.DrawFn) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two shares whose difference lies exactly in the middle between two printed tenths of a point."""
    whole = draw(st.sampled_from([3, 7, 11, 13, 30, 90, 110]))
    part = draw(st.integers(0, whole // 2))
    later = Fraction(part, whole) + Fraction(2 * draw(st.integers(0, 200)) + 1, 2000)
    return (later.numerator, later.denominator), (part, whole)


@settings(max_examples=300)
@given(pair=halves() | st.tuples(shares(2000), shares(2000)))
def test_changes_are_printed_as_the_reference_prints_them(pair: tuple[tuple[int, int], tuple[int, int]]) -> None:
    now, before = value(NOW, *pair[0]), value(THEN, *pair[1])
    change = compared({NOW: now, THEN: before}, PROGRAMME, now, THEN).change
    exact = (Fraction(*pair[0]) - Fraction(*pair[1])) * 100
    text = printed(exact, 1)
    sign = "+" if exact > 0 and text != "0,0" else ""
    assert change is not None
    assert points(change, 1) == f"{sign}{text}{NBSP}п.{NBSP}п."


@given(first=shares(40), second=shares(40))
def test_chance_level_is_fishers(first: tuple[int, int], second: tuple[int, int]) -> None:
    assert math.isclose(p_value(value(NOW, *first), value(THEN, *second)), fisher(*first, *second), rel_tol=1e-9)


def fisher(part: int, whole: int, other_part: int, other_whole: int) -> float:
    """All tables with these margins that are no more probable than the one seen."""
    successes = part + other_part

    def ways(count: int) -> int:
        return math.comb(whole, count) * math.comb(other_whole, successes - count)

    possible = map(ways, range(max(0, successes - other_whole), min(successes, whole) + 1))
    seen = ways(part)
    return sum(one for one in possible if one <= seen) / math.comb(whole + other_whole, successes)


@given(counts=shares(10_000))
def test_interval_is_wilsons(counts: tuple[int, int]) -> None:
    ends = interval(value(NOW, *counts))
    assert ends is not None
    part, whole = counts
    z, p = 1.959963984540054, part / whole
    middle, half = p + z * z / (2 * whole), z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    expected = [(middle + sign * half) / (1 + z * z / whole) for sign in (-1, 1)]
    for found, reference in zip((ends.low, ends.high), expected, strict=True):
        assert math.isclose(float(found), reference, rel_tol=1e-9, abs_tol=1e-12)


@given(start=st.integers(2000, 2099), kind=st.sampled_from(PeriodKind))
def test_period_is_read_as_it_is_written(start: int, kind: PeriodKind) -> None:
    period = Period(kind, start)
    assert Period.parse(str(period), kind) == period


@settings(max_examples=300)
@given(first=st.integers(2000, 2098), second=st.integers(2000, 2099), sign=st.sampled_from("/-–\\"))
def test_years_that_do_not_follow_are_no_school_year(first: int, second: int, sign: str) -> None:
    label = f"{first}{sign}{second}"
    try:
        assert Period.parse(label, PeriodKind.SCHOOL_YEAR).start + 1 == second
    except ValueError:
        assert first + 1 != second
