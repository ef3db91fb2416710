"""When a number has jumped: the rule by which a form asks for a reason and a check misses one."""

from __future__ import annotations

from decimal import Decimal

FACTOR = Decimal("1.5")  # a change by half or more
AT_LEAST = 10  # and by no fewer units than this: small counts jump by themselves


def has_jumped(before: Decimal, after: Decimal) -> bool:
    low, high = sorted((before, after))
    return high >= low * FACTOR and high - low >= AT_LEAST
