"""Control limits of a share in a small organisation: how far chance alone may take it from the district's.

Exact binomial limits around the district's share (Spiegelhalter, 2005): between the outer ones lie 99.8 of 100
organisations of that size that do as the district does. A small school may honestly have any share at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from orientir.model.results import Value
from orientir.model.status import Status

INNER, OUTER = 0.95, 0.998


class Standing(StrEnum):
    """Where an organisation stands against the limits of its size."""

    ABOVE = "above"
    BELOW = "below"
    WITHIN = "within"
    TOO_SMALL = "too_small"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Limits:
    """Shares between which chance leaves an organisation, inner (95 %) and outer (99.8 %)."""

    low: Decimal
    high: Decimal
    inner_low: Decimal
    inner_high: Decimal


def limits(district: Value, whole: int) -> Limits | None:
    """For an organisation with so many in the denominator; None where the district has no share of persons."""
    if not district.is_proportion or district.amount is None or not whole or not 0 <= district.amount <= 1:
        return None
    low, high = _counts(str(district.amount), whole, OUTER)
    inner_low, inner_high = _counts(str(district.amount), whole, INNER)
    return Limits(*(Decimal(count) / whole for count in (low, high, inner_low, inner_high)))


@lru_cache(maxsize=4096)
def _counts(share: str, whole: int, level: float) -> tuple[int, int]:
    from scipy.stats import binom

    tail = (1 - level) / 2
    return int(binom.ppf(tail, whole, float(share))), int(binom.ppf(1 - tail, whole, float(share)))


def standing(district: Value, own: Value) -> Standing:
    """Outside the outer limits or not; too small where even nobody and everybody would be within them."""
    if own.status is not Status.MEASURED or own.amount is None or not own.denominator:
        return Standing.UNKNOWN
    ends = limits(district, int(own.denominator))
    if ends is None:
        return Standing.UNKNOWN
    if ends.low == 0 and ends.high == 1:
        return Standing.TOO_SMALL
    if own.amount > ends.high:
        return Standing.ABOVE
    return Standing.BELOW if own.amount < ends.low else Standing.WITHIN
