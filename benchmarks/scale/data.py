"""The records that are measured on: made once for each scale, kept in a folder from run to run."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from orientir.synth.records import DESCRIPTOR, Wanted, write_records

SEED = 1


def bench_folder() -> Path:
    """Where data and results lie: $ORIENTIR_BENCH_DATA, else build/bench."""
    return Path(os.environ.get("ORIENTIR_BENCH_DATA") or Path(__file__).parents[2] / "build" / "bench").resolve()


def made(scale: str) -> Path:
    """The package of this scale, made if it is not there."""
    folder = bench_folder() / scale
    if not (folder / DESCRIPTOR).is_file():
        sys.stdout.write(f"making the records of a {scale}\n")
        sys.stdout.flush()
        write_records(Wanted(scale, SEED, processes=os.cpu_count() or 1, values=True), folder)
    return folder


def rows(scale: str) -> dict[str, int]:
    """How many there are in each table."""
    told = json.loads((made(scale) / DESCRIPTOR).read_text(encoding="utf-8"))
    return {table: int(about["rows"]) for table, about in told["tables"].items()}


def record_rows(scale: str) -> int:
    """Rows of the tables that the indicators are computed from."""
    return sum(
        count for table, count in rows(scale).items() if table in ("enrolment", "participation", "exam", "admission")
    )
