"""A total divided over schools in whole numbers, exactly, each school within its bound."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

SPREAD = 0.3  # how far schools stray from their share: the standard deviation of its logarithm


def strayed(weights: Sequence[float], rng: Random) -> list[float]:
    """The weights, each multiplied by chance: schools are not alike."""
    return [weight * rng.lognormvariate(0, SPREAD) for weight in weights]


def split(total: int, weights: Sequence[float], bounds: Sequence[int]) -> list[int]:
    """Whole parts in proportion to the weights that add up to the total; no part above its bound.

    Raises ValueError where the bounds leave no room for the total: no silent shortfall.
    """
    if sum(bounds) < total:
        raise ValueError(f"{total} do not fit into {sum(bounds)}")
    parts = [0] * len(weights)
    left = total
    while left:
        open_to = [number for number, bound in enumerate(bounds) if parts[number] < bound]
        whole = sum(weights[number] for number in open_to) or len(open_to)
        wished = {number: left * (weights[number] or 1e-9) / whole for number in open_to}
        given = {number: min(int(wish), bounds[number] - parts[number]) for number, wish in wished.items()}
        for number, part in given.items():
            parts[number] += part
        left -= sum(given.values())
        if not any(given.values()):
            left -= _by_remainder(parts, bounds, wished, left)
    return parts


def _by_remainder(parts: list[int], bounds: Sequence[int], wished: dict[int, float], left: int) -> int:
    """One more to each of those nearest to their next whole number."""
    nearest = sorted(wished, key=lambda number: (-wished[number] % 1, number))[:left]
    for number in nearest:
        assert parts[number] < bounds[number]
        parts[number] += 1
    return len(nearest)
