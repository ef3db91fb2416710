"""Timing two things in turn, so that both meet the same moods of the machine; medians and the ratio of each pair."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.told import Bar, ratio


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
) -> Bar:
    """One unmeasured run of each, then `runs` pairs."""
    ours(), reference()
    pairs = [(seconds(ours), seconds(reference)) for _ in range(runs)]
    return ratio(what, against, *zip(*pairs, strict=True), bar=bar)
