"""Limits of chance for a small organisation, and where it stands against them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orientir.limits import Standing, limits, standing
from orientir.model.periods import Period, PeriodKind
from orientir.model.results import Place, Value
from orientir.model.status import Status

PLACE = Place("share", "district", Period(PeriodKind.SCHOOL_YEAR, 2021))


def value(part: int | None, whole: int | None, **more: object) -> Value:
    status = Status.MEASURED if part is not None else Status.NOT_REPORTED
    amounts = [None if one is None else Decimal(one) for one in (part, whole)]
    return Value(PLACE, *amounts, status, **more)


def test_limits_are_those_of_the_binomial_distribution() -> None:
    """Of 20 tosses of a fair coin: 3 to 17 in 99.8 of 100 cases, 6 to 14 in 95."""
    ends = limits(value(50, 100), 20)
    assert ends is not None
    assert [int(20 * one) for one in (ends.low, ends.high, ends.inner_low, ends.inner_high)] == [3, 17, 6, 14]


def test_limits_close_in_as_numbers_grow() -> None:
    widths = [ends.high - ends.low for whole in (10, 40, 160) if (ends := limits(value(30, 100), whole))]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize(
    ("part", "whole", "where"),
    [
        (18, 20, Standing.ABOVE),
        (17, 20, Standing.WITHIN),
        (3, 20, Standing.WITHIN),
        (2, 20, Standing.BELOW),
        (3, 3, Standing.TOO_SMALL),
        (None, None, Standing.UNKNOWN),
    ],
)
def test_standing_against_a_district_of_one_half(part: int | None, whole: int | None, where: Standing) -> None:
    assert standing(value(50, 100), value(part, whole)) is where


def test_ratio_of_two_populations_has_no_limits() -> None:
    assert limits(value(50, 100, is_proportion=False), 20) is None
