"""What the audit finds of planted errors, and what it finds besides: recall and precision over many reports."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests"
SEED, COUNT = 100_000, 500


@dataclass(frozen=True)
class Found:
    """`ratio` is the share of what was missed or alarmed falsely, whichever is more; so a bar is met from below."""

    reports: int
    clean: int
    recall: float
    precision: float
    ratio: float
    bar: float = 0.02

    def __str__(self) -> str:
        told = "met" if self.ratio <= self.bar else "MISSED"
        figures = f"recall {self.recall:.4f}, precision {self.precision:.4f}"
        return f"audit of {self.reports} planted reports, {self.clean} clean: {figures} (bar {1 - self.bar}, {told})"


def planted(count: int = COUNT, seed: int = SEED) -> Found:
    """The seeds are not those of the tests."""
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    from audit.planted.generating import planted_report
    from audit.planted.score import score

    found = score(planted_report(one) for one in range(seed, seed + count))
    wrong = 1 - min(found.recall, found.precision)
    return Found(found.reports, found.clean, found.recall, found.precision, wrong)
