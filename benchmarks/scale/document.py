"""docs/reference/performance.md, written by the measurement itself."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.machine import ROOT, machine
from benchmarks.scale.data import rows
from benchmarks.told import Bar, table
from orientir.synth.record_places import SCALES

PAGE = ROOT / "docs" / "reference" / "performance.md"
HEAD = """# Performance

Written by `make bench-scale`; do not edit. Every line compares the engine with the best that could be written without
it (`benchmarks/reference/`), on the same data, in the same run. Both results are compared row by row before their
times are. Each job is a process of its own, jobs take turns, numbers are medians. Time is of a run after imports and
after the programme is read; CPU and memory are of all processes of the job together.
"""
TABLES = ("enrolment", "participation", "exam", "admission", "data_values")


def write_page(scales: Sequence[str], bars: Sequence[Bar], skipped: Sequence[str]) -> bool:
    """Was it written? The page of a larger measurement stays."""
    if PAGE.is_file() and len(_scales_of(PAGE.read_text(encoding="utf-8"))) > len(scales):
        return False
    parts = [HEAD, f"## Machine\n\n{machine()}\n", f"## Data\n\n{_data(scales)}\n", f"## Ratios\n\n{table(bars)}\n"]
    if skipped:
        parts.append("## Not measured\n\n" + "\n".join(f"- {reason}" for reason in skipped) + "\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8", newline="")
    return True


def _scales_of(page: str) -> list[str]:
    return [scale for scale in SCALES if f"\n| {scale} | " in page]


def _data(scales: Sequence[str]) -> str:
    head = f"| scale | {' | '.join(TABLES)} |\n|---|{'---:|' * len(TABLES)}\n"
    lines = []
    for scale in scales:
        counts = rows(scale)
        lines.append(f"| {scale} | " + " | ".join(f"{counts.get(table, 0):,}" for table in TABLES) + " |")
    return head + "\n".join(lines)
