"""22 indicators from records at three scales: the engine against the best that is written by hand."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.scale.agreement import check_equal
from benchmarks.scale.data import bench_folder, made, record_rows
from benchmarks.scale.processes import Run, runs_of
from benchmarks.told import Bar, ratio, times_faster

Jobs = Mapping[str, tuple[str, Mapping[str, Any]]]
BY_HAND = "DuckDB by hand"

# What a job is called here, its name, its options. On one processor DuckDB by hand takes the least of it, on two the
# least time: each bar is held against the better of the two.
DISTRICT: Jobs = {"ours": ("ours", {}), BY_HAND: ("duckdb", {}), "pandas": ("pandas", {})}
REGION: Jobs = {
    "ours": ("ours", {}),
    BY_HAND: ("duckdb", {"threads": 1}),
    "Polars": ("polars", {}),
    "pandas": ("pandas", {}),
}
COUNTRY: Jobs = {"ours": ("ours", {"processes": 2}), BY_HAND: ("duckdb", {"threads": 2})}


def district() -> Iterator[Bar]:
    """Warm: the first run of each process is not counted."""
    found = in_turn("district", DISTRICT, rounds=3, warm=5)
    ours, by_hand, pandas = ([run.seconds for run in found[job]] for job in DISTRICT)
    what = "22 indicators, warm, time"
    yield ratio(what, BY_HAND, ours, by_hand, 1.0, scale="district")
    yield times_faster(what, "naive pandas", ours, pandas, 20, scale="district")


def region() -> Iterator[Bar]:
    found = in_turn("region", REGION, rounds=5)
    ours, by_hand = ([run.cpu for run in found[job]] for job in ("ours", BY_HAND))
    yield ratio("22 indicators, CPU", BY_HAND, ours, by_hand, 1.1, scale="region")
    ours, polars, pandas = ([run.seconds for run in found[job]] for job in ("ours", "Polars", "pandas"))
    yield ratio("22 indicators, time", "fused Polars", ours, polars, 1.9, scale="region")
    yield times_faster("22 indicators, time", "naive pandas", ours, pandas, 6, scale="region")


def country() -> Iterator[Bar]:
    found = in_turn("country", COUNTRY, rounds=3)
    ours, by_hand = (found[job] for job in COUNTRY)
    what = "22 indicators, two processes"
    seconds, by_hand_seconds = ([run.seconds for run in runs] for runs in (ours, by_hand))
    yield ratio(f"{what}, time", BY_HAND, seconds, by_hand_seconds, 0.8, scale="country")
    cpu, by_hand_cpu = ([run.cpu for run in runs] for runs in (ours, by_hand))
    yield ratio(f"{what}, CPU", BY_HAND, cpu, by_hand_cpu, 1.0, scale="country")
    held = statistics.median(run.megabytes for run in ours) / 1024
    yield Bar(f"{what}, most memory held", "1 GB", held, 1, held, 0.7, "GB", scale="country")
    yield from _cpu_of_a_row(ours)


def _cpu_of_a_row(country_runs: Sequence[Run]) -> Iterator[Bar]:
    """The same means at both scales: two processes."""
    region_runs = in_turn("region", {"ours": COUNTRY["ours"]}, rounds=3)["ours"]
    country_row, region_row = (
        statistics.median(run.cpu for run in runs) / record_rows(scale) * 1e6
        for runs, scale in ((country_runs, "country"), (region_runs, "region"))
    )
    told = country_row / region_row
    yield Bar("CPU of a row", "a row of a region", country_row, region_row, told, 1.15, "us", scale="country")


def adding() -> Iterator[Bar]:
    """One indicator more, after a full run of the others in the same folder; values are those of a run from scratch."""
    folder, out = made("country"), bench_folder() / "out"
    scratch = runs_of("ours", folder, out / "ours", processes=2)[-1]
    fulls, addings = [], []
    for number in range(3):
        full, adding = runs_of("ours_adding", folder, out / "adding", 2, processes=2)
        if number == 0:
            check_equal(adding.files, scratch.files)
        fulls.append(full.seconds)
        addings.append(adding.seconds)
    shutil.rmtree(out)
    yield ratio("one indicator added, time", "the full run", addings, fulls, 0.6, scale="country")


def in_turn(scale: str, jobs: Jobs, rounds: int, warm: int = 0) -> dict[str, list[Run]]:
    """`rounds` processes of each job in turn; all results are equal, or AssertionError before any time is told.

    Of each process there is one run, or, with `warm`, so many after a first one that is not counted.
    """
    folder, out = made(scale), bench_folder() / "out"
    found: dict[str, list[Run]] = {name: [] for name in jobs}
    for number in range(rounds):
        for name, (job, options) in jobs.items():
            found[name] += runs_of(job, folder, out / job, warm + 1, **options)[1 if warm else 0 :]
        if number == 0:
            _check_all_equal(scale, found)
    shutil.rmtree(out)
    return found


def _check_all_equal(scale: str, found: Mapping[str, Sequence[Run]]) -> None:
    (first, runs), *others = found.items()
    files: Sequence[Path] = runs[-1].files
    for name, other in others:
        count = check_equal(files, other[-1].files)
        sys.stdout.write(f"{scale}: {first} and {name} agree in {count:,} rows\n")
    sys.stdout.flush()
