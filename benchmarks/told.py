"""A ratio with its bar, as a line of the screen and as a row of the document."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """How ours compares to the reference: never more than `bar`, or, where faster is promised, never less."""

    scale: str
    what: str
    against: str
    ours: float
    reference: float
    ratio: float
    bar: float
    unit: str = "s"
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.ratio >= self.bar if self.at_least else self.ratio <= self.bar

    @property
    def limit(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.bar:g}x"

    @property
    def verdict(self) -> str:
        return "met" if self.is_met else "MISSED"

    @property
    def measured(self) -> tuple[str, str]:
        return _shown(self.ours, self.unit), _shown(self.reference, self.unit)

    def __str__(self) -> str:
        ours, reference = self.measured
        told = f"{self.ratio:.2f}x (bar {self.limit}, {self.verdict}; {ours} against {reference})"
        return f"{self.scale}: {self.what} / {self.against}: {told}"


def ratio(scale: str, what: str, against: str, ours: Sequence[float], reference: Sequence[float], bar: float) -> Bar:
    """Medians of runs in turn, and the median of the pairs' ratios."""
    pairs = statistics.median(one / other for one, other in zip(ours, reference, strict=True))
    return Bar(scale, what, against, statistics.median(ours), statistics.median(reference), pairs, bar)


def times_faster(
    scale: str, what: str, against: str, ours: Sequence[float], reference: Sequence[float], bar: float
) -> Bar:
    """How many times the reference takes as long."""
    pairs = statistics.median(other / one for one, other in zip(ours, reference, strict=True))
    return Bar(scale, what, against, statistics.median(ours), statistics.median(reference), pairs, bar, at_least=True)


def _shown(number: float, unit: str) -> str:
    if unit == "s":
        return f"{number * 1000:.0f} ms" if number < 1 else f"{number:.1f} s"
    return f"{number:.2f} {unit}"
