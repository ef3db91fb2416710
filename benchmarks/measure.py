"""Timing two things in turn, so that both meet the same moods of the machine; medians and the ratio of each pair."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Ratio:
    """Ours against the reference: medians of several runs in turn, and the median of the pairs' ratios.

    Both are seconds, or megabytes where the unit says so.
    """

    what: str
    against: str
    ours: float
    reference: float
    ratio: float
    bar: float
    unit: Literal["s", "MB"] = "s"

    def __str__(self) -> str:
        told = "met" if self.ratio <= self.bar else "MISSED"
        both = f"{self._shown(self.ours)} against {self._shown(self.reference)}"
        return f"{self.what} / {self.against}: {self.ratio:.2f}x (bar {self.bar}x, {told}; {both})"

    def _shown(self, number: float) -> str:
        return f"{number * 1000:.0f} ms" if self.unit == "s" else f"{number:.0f} MB"


def peak_memory() -> int:
    """Bytes that this process ever held, from the kernel: what getrusage tells includes the process from which this one
    was started."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def in_turn(
    what: str, ours: Callable[[], object], against: str, reference: Callable[[], object], bar: float, runs: int
) -> Ratio:
    """One unmeasured run of each, then `runs` pairs."""
    ours(), reference()
    pairs = [(seconds(ours), seconds(reference)) for _ in range(runs)]
    ratio = statistics.median(one / other for one, other in pairs)
    return Ratio(what, against, *(statistics.median(column) for column in zip(*pairs, strict=True)), ratio, bar)
