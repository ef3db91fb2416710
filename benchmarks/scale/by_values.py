"""58.8 million values of elements -> indicators at all levels, against the bare scan of their columns."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.scale.agreement import VALUES, check_equal
from benchmarks.scale.data import bench_folder, made
from benchmarks.scale.processes import runs_of
from benchmarks.told import Bar, ratio

ROUNDS, FEW, MANY = 3, 20, 160


def values(scale: str = "country") -> Iterator[Bar]:
    folder, out = made(scale), bench_folder() / "out"
    jobs: Mapping[str, tuple[str, Mapping[str, int]]] = {
        "scan": ("scan", {}),
        "few": ("ours_from_values", {"indicators": FEW}),
        "many": ("ours_from_values", {"indicators": MANY}),
    }
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(ROUNDS):
        for name, (job, options) in jobs.items():
            # The second run of a process: the first one warms the files.
            *_, run = runs_of(job, folder, out / name, 2, **options)
            found[name].append(run.seconds)
            if number == 0 and name == "few":  # of the many there are twenty million rows
                _check(folder, run.files, FEW)
    shutil.rmtree(out)
    what = f"{FEW} indicators from values, time"
    yield ratio(what, "bare scan", found["few"], found["scan"], 2, scale=scale)
    few, many = (statistics.median(found[name]) for name in ("few", "many"))
    yield Bar(f"{MANY} indicators from values, time", f"{FEW} of them", many, few, many / few, 8, scale=scale)


def _check(folder: Path, files: Sequence[Path], indicators: int) -> None:
    """Raises AssertionError where the values are not those that are written by hand."""
    by_hand = runs_of("values", folder, bench_folder() / "out" / "by_hand", indicators=indicators)[0].files
    check_equal(files, by_hand, VALUES)
