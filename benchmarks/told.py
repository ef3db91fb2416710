"""A ratio with its bar, as a line of the screen and as a row of a document."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """How ours compares to the reference: never more than `bar`, or, where faster is promised, never less.

    `scale` is that of the data, where a measurement has several.
    """

    what: str
    against: str
    ours: float
    reference: float
    ratio: float
    bar: float
    unit: str = "s"
    at_least: bool = False
    scale: str = ""

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
        return f"{self.scale}: ".lstrip(": ") + f"{self.what} / {self.against}: {told}"


def ratio(
    what: str, against: str, ours: Sequence[float], reference: Sequence[float], bar: float, scale: str = ""
) -> Bar:
    """Medians of runs in turn, and the median of the pairs' ratios."""
    pairs = statistics.median(one / other for one, other in zip(ours, reference, strict=True))
    return Bar(what, against, statistics.median(ours), statistics.median(reference), pairs, bar, scale=scale)


def times_faster(
    what: str, against: str, ours: Sequence[float], reference: Sequence[float], bar: float, scale: str = ""
) -> Bar:
    """How many times the reference takes as long."""
    pairs = statistics.median(other / one for one, other in zip(ours, reference, strict=True))
    own, theirs = statistics.median(ours), statistics.median(reference)
    return Bar(what, against, own, theirs, pairs, bar, at_least=True, scale=scale)


def summary(bars: Sequence[Bar]) -> str:
    """The last line: every ratio with its bar."""
    told = ", ".join(f"{one.ratio:.2f}/{one.limit}{'' if one.is_met else '!'}" for one in bars)
    return f"ratios: {told}; missed: {sum(not one.is_met for one in bars)}"


def table(bars: Sequence[Bar]) -> str:
    """Rows of Markdown; with the scale where there are several."""
    has_scales = any(one.scale for one in bars)
    head = "| what | against | ours | reference | ratio | bar | |\n|---|---|---:|---:|---:|---:|---|"
    lines = ["| scale " + head.replace("\n", "\n|---") if has_scales else head]
    for one in bars:
        scale = (one.scale,) if has_scales else ()
        cells = (*scale, one.what, one.against, *one.measured, f"{one.ratio:.2f}x", one.limit, one.verdict)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _shown(number: float, unit: str) -> str:
    if unit == "s":
        return f"{number * 1000:.{0 if number >= 0.1 else 1}f} ms" if number < 1 else f"{number:.1f} s"
    return f"{number:,.0f} {unit}" if number >= 100 or number == int(number) else f"{number:.2f} {unit}"
