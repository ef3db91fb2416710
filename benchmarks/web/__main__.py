"""`make bench-web`: what the web application costs, as ratios in one run. Exit code 1 if a bar is missed.

ORIENTIR_SAVES is how many saves twenty writers make in each database (100,000); fewer leave a document as it is.
Crashes are tried by the tests (tests/web/test_crashes.py), which the target runs with fifty moments.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

from benchmarks.told import Bar, summary
from benchmarks.web.document import PAGE, write_page
from benchmarks.web.people import human_pace, many_writers
from benchmarks.web.requests import form_page, saved_cell

ALL = 100_000
SAVES = int(os.environ.get("ORIENTIR_SAVES") or ALL)
MEASURES: dict[str, Callable[[], Iterator[Bar]]] = {
    "saved_cell": saved_cell,
    "form_page": form_page,
    "human_pace": human_pace,
    "sqlite": lambda: many_writers("SQLite", SAVES),
    "postgresql": lambda: many_writers("PostgreSQL", SAVES),
}


def main(asked: list[str]) -> int:
    """All of them, or those that are named."""
    if unknown := ", ".join(sorted(set(asked) - set(MEASURES))):
        sys.stderr.write(f"no such measure: {unknown}; there are {', '.join(MEASURES)}\n")
        return 2
    bars: list[Bar] = []
    failed: list[str] = []
    for name in asked or MEASURES:
        try:
            for bar in MEASURES[name]():
                sys.stdout.write(f"{bar}\n")
                sys.stdout.flush()
                bars.append(bar)
        except (AssertionError, OSError, RuntimeError, subprocess.CalledProcessError) as error:
            # The others are measured all the same; a failure is told, and is never a success.
            failed.append(f"{name}: {str(error)[:300] or type(error).__name__}")
            sys.stderr.write(f"{failed[-1]}\n")
    if not asked and (SAVES >= ALL or not PAGE.is_file()):
        write_page(bars, failed)
    sys.stdout.write(summary(bars) + (f"; not measured: {len(failed)}" if failed else "") + "\n")
    return 1 if failed or not all(bar.is_met for bar in bars) else 0


sys.exit(main(sys.argv[1:]))
