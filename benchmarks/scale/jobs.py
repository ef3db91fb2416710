"""What is measured, each in a process of its own: the engine, and what is written by hand.

`python -m benchmarks.scale.jobs NAME PACKAGE OUT RUNS OPTIONS` prepares (imports, connects, reads the programme), runs
so many times, each into a folder of its own, and prints seconds, CPU seconds and files of each run as JSON.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.scale.processes import cpu_of_this_tree

Job = Callable[[Path], Sequence[Path]]
LATER = "three_activities_6_11"  # the element of the indicator that is added; nothing else is counted as it is


def by_hand(name: str, what: str = "records") -> Callable[..., Job]:
    def prepared(folder: Path, **options: Any) -> Job:
        from importlib import import_module

        compute = import_module(f"benchmarks.reference.{what}_{name}").compute

        def run(out: Path) -> Sequence[Path]:
            compute(folder, out, **options)
            return [out / "values.parquet"]

        return run

    return prepared


def ours(folder: Path, without: str = "", **options: Any) -> Job:
    """`options` are the means: engine, memory in megabytes, processes, address."""
    from orientir.engines.records.run import Means, compute_records

    plan = _plan(without)
    return lambda out: compute_records(folder, plan, out, Means(**options))


def ours_adding(folder: Path, **options: Any) -> Job:
    """Everything but one element in the first run, it too in the second one, in the same folder."""
    most, all_of_it = ours(folder, LATER, **options), ours(folder, **options)
    kept: list[Path] = []

    def run(out: Path) -> Sequence[Path]:
        if kept:
            return all_of_it(kept.pop())
        kept.append(out)
        return most(out)

    return run


def ours_on_spark(folder: Path, address: str) -> Job:
    """The session is begun beforehand, as it is for what is written by hand."""
    from orientir.engines.records.spark import SparkEngine

    engine, plan = SparkEngine(address), _plan()
    return lambda out: [engine.compute(folder, plan, out)]


def spark_by_hand(folder: Path, address: str) -> Job:
    from benchmarks.reference.records_spark import compute, session

    spark = session(address)

    def run(out: Path) -> Sequence[Path]:
        compute(spark, folder, out)
        return sorted((out / "values.parquet").glob("*.parquet"))

    return run


def postgres_by_hand(folder: Path, address: str) -> Job:
    """The tables are loaded before; so they are for ours, by its first run."""
    from pg8000.native import Connection

    from benchmarks.reference.records_postgres import compute, is_loaded, load

    told = urlsplit(address)
    connection = Connection(told.username, told.hostname, told.path.removeprefix("/"), told.port, told.password)
    if not is_loaded(connection):
        load(connection, folder)

    def run(out: Path) -> Sequence[Path]:
        compute(connection, folder, out)
        return [out / "values.parquet"]

    return run


def ours_from_values(folder: Path, indicators: int) -> Job:
    """Of so many invented indicators, each of three elements."""
    from benchmarks.reference.values_polars import elements_of
    from orientir.engines.records.aggregate import Formula, compute_values

    parts = [elements_of(number) for number in range(indicators)]
    weights = [{one: (1, 0), other: (1, 0), whole: (0, 1)} for one, other, whole in parts]
    formulas = [Formula(f"v{number:03}", told) for number, told in enumerate(weights)]
    return lambda out: compute_values(folder, formulas, out)


def scan(folder: Path) -> Job:
    from benchmarks.reference.values_scan import scan as read

    def run(_: Path) -> Sequence[Path]:
        read(folder)
        return []

    return run


def programme_read(_: Path) -> Job:
    def run(_: Path) -> Sequence[Path]:
        _plan()
        return []

    return run


JOBS: dict[str, Callable[..., Job]] = {
    "ours": ours,
    "ours_adding": ours_adding,
    "ours_on_spark": ours_on_spark,
    "duckdb": by_hand("duckdb"),
    "polars": by_hand("polars"),
    "pandas": by_hand("pandas"),
    "postgres": postgres_by_hand,
    "spark": spark_by_hand,
    "scan": scan,
    "ours_from_values": ours_from_values,
    "values": by_hand("polars", "values"),
    "programme": programme_read,
}


def _plan(without: str = "") -> Any:
    """Of the 22 indicators that are written by hand as well."""
    from benchmarks.reference.records_columns import COLUMNS
    from orientir.definitions.loader import load_programme
    from orientir.engines.records.planning import plan_records
    from orientir.resources import programme_folder

    elements = load_programme(programme_folder("career_guidance_records")).elements
    return plan_records(one for one in elements if one.id in COLUMNS.values() and one.id != without)


def main(name: str, folder: Path, out: Path, runs: int, options: dict[str, Any]) -> None:
    job = JOBS[name](folder, **options)
    told = []
    for number in range(runs):
        place = out / str(number)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        began, cpu = time.perf_counter(), cpu_of_this_tree()
        files = job(place)
        told.append((time.perf_counter() - began, cpu_of_this_tree() - cpu, [str(file) for file in files]))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), json.loads(sys.argv[5]))
