"""Record elements of a programme -> values of all levels in a folder, by one process or several, on any engine."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from orientir.engines.records.duckdb import CELLS, VALUES, PartitionEngine
from orientir.engines.records.partitions import Partition, partitions_of
from orientir.engines.records.planning import RecordPlan
from orientir.errors import Fault, UserError

Progress = Callable[[str], object]
ENGINES = ("duckdb", "postgres", "spark")
# Bytes of all files: below the one all is computed at once, above the other one process takes all processors.
_SMALL, _LARGE = 4_000_000, 100_000_000
_MEGABYTES = {"MB": 1, "GB": 1024}
_OF_ITS_OWN, _LEAST = 150, 200  # megabytes that a process holds beside the engine's; what the engine needs at least


@dataclass(frozen=True)
class Means:
    """`memory` in megabytes for all processes together, 0 for what the engine takes; `address`: a server or master."""

    engine: str = "duckdb"
    memory: int = 0
    processes: int = 1
    address: str = ""

    @property
    def memory_each(self) -> str:
        return f"{max(self.memory // self.processes - _OF_ITS_OWN, _LEAST)}MB" if self.memory else ""

    def threads(self, size: int) -> int:
        """0 lets the engine take all: where there is much to read, and no other process."""
        return 0 if self.processes == 1 and size >= _LARGE else 1


def megabytes(text: str) -> int:
    """«2GB», «700MB» -> megabytes; 0 where nothing is given. UserError for anything else."""
    match = re.fullmatch(r"(\d+)\s*(MB|GB)", text.strip().upper())
    if text and match is None:
        raise UserError(Fault("--memory", f"«{text}» — не объём памяти.", "Напишите, например, 700MB или 2GB."))
    return int(match[1]) * _MEGABYTES[match[2]] if match else 0


def compute_records(
    folder: Path, plan: RecordPlan, out: Path, means: Means, progress: Progress = lambda _: None
) -> list[Path]:
    """The files of values; those of partitions that are finished already are kept. UserError where there is nothing to
    count, or the engine is not there."""
    if not plan.elements:
        raise UserError(Fault(str(folder), "программа ничего не считает по сведениям.", "Нужны величины с records."))
    if means.engine not in ENGINES:
        raise UserError(Fault("--engine", f"движка «{means.engine}» нет.", f"Допустимы: {', '.join(ENGINES)}."))
    files = _computed_on(means, folder, plan, out, progress)
    for file in (out / VALUES).glob("*.parquet"):
        if file not in files:  # of another plan, of other records, of another engine
            file.unlink()
    return files


def _computed_on(means: Means, folder: Path, plan: RecordPlan, out: Path, progress: Progress) -> list[Path]:
    if means.engine == "duckdb":
        return _by_partition(folder, plan, out, means, progress)
    if plan.asks("near"):
        _check_map(folder, out)
    if means.engine == "postgres":
        from orientir.engines.records.postgres import compute_in_postgres

        return [compute_in_postgres(folder, plan, out, means.address)]
    from orientir.engines.records.spark import compute_on_spark

    return [compute_on_spark(folder, plan, out, means.address)]


def _check_map(folder: Path, out: Path) -> None:
    """Other engines would count nothing where the map says nothing."""
    with closing(PartitionEngine(folder, out, threads=1)) as engine:
        for year in sorted({part.year for part in partitions_of(folder)}):
            engine.check_map(year)


def _by_partition(folder: Path, plan: RecordPlan, out: Path, means: Means, progress: Progress) -> list[Path]:
    parts = partitions_of(folder)
    _drop_unfinished(out)
    if sum(part.size for part in parts) < _SMALL:
        with closing(PartitionEngine(folder, out, means.memory_each, threads=1)) as engine:
            return [engine.compute_small(parts, plan)]
    files: list[Path] = []
    for part, file in zip(parts, _computed(folder, plan, out, means, parts), strict=True):
        progress(f"{part.year}, {part.region}")
        files.append(file)
    with closing(PartitionEngine(folder, out, means.memory_each)) as engine:
        files.append(engine.country(plan, files))
        _drop_stale(out, {f"{part.name}_{part.inputs(engine.dimensions)}" for part in parts})
    return files


def _computed(folder: Path, plan: RecordPlan, out: Path, means: Means, parts: Sequence[Partition]) -> Iterator[Path]:
    if means.processes == 1:
        threads = means.threads(sum(part.size for part in parts))
        with closing(PartitionEngine(folder, out, means.memory_each, threads)) as engine:
            yield from (engine.compute(part, plan) for part in parts)
        return
    begin = partial(_begin, folder, out, means)
    with ProcessPoolExecutor(means.processes, get_context("spawn"), begin) as pool:
        yield from pool.map(_one, parts, [plan] * len(parts))


_engine: PartitionEngine  # of this process


def _begin(folder: Path, out: Path, means: Means) -> None:
    global _engine  # a process of the pool has one connection for all of its partitions
    _engine = PartitionEngine(folder, out, means.memory_each, threads=1)


def _one(part: Partition, plan: RecordPlan) -> Path:
    return _engine.compute(part, plan)


# ---- what earlier runs left


def _drop_unfinished(out: Path) -> None:
    """Parts of files whose writer was killed."""
    for aside in out.glob("*/*.part"):
        writer = aside.name.split(".")[-2]
        if not writer.isdecimal() or not _is_alive(int(writer)):
            aside.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    state = Path(f"/proc/{process}/stat")
    # One that was killed and that nobody has waited for is dead.
    return (
        not state.exists() or state.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0] != "Z"
    )


def _drop_stale(out: Path, inputs: set[str]) -> None:
    """Cells of files that have changed since."""
    for file in (out / CELLS).glob("*.parquet"):
        if "_".join(file.stem.split("_")[:3]) not in inputs:  # year, region, what they were made of
            file.unlink()
