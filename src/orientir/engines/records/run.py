"""Record elements of a programme -> values of all levels in a folder, by one process or several, on any engine."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from orientir.engines.records.duckdb import PUPILS, VALUES, PartitionEngine
from orientir.engines.records.layout import arranged
from orientir.engines.records.partitions import Partition, partitions_of
from orientir.engines.records.planning import RecordPlan
from orientir.errors import Fault, UserError

Progress = Callable[[str], object]
ENGINES = ("duckdb", "postgres", "spark")
# Bytes of all files: below the one all is computed at once, above the other one process takes all processors.
_SMALL, _LARGE = 4_000_000, 100_000_000
_MEGABYTES = {"MB": 1, "GB": 1024}
_OF_JAVA, _LEAST_OF_SPARK = 350, 1500  # megabytes that Java holds beside its objects; Spark begins with no less
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

    @property
    def heap(self) -> Mapping[str, str]:
        """What Java may take for objects beside its own needs; what the engine takes where nothing is asked for."""
        return {"memory": f"{self.memory - _OF_ITS_OWN - _OF_JAVA}m"} if self.memory else {}

    def check(self) -> None:
        """UserError for an engine that is not there, and for a bound that would not be kept: it is not passed over."""
        if self.engine not in ENGINES:
            raise UserError(Fault("--engine", f"движка «{self.engine}» нет.", f"Допустимы: {', '.join(ENGINES)}."))
        if self.memory and self.engine == "postgres":
            cure = "Задайте её на сервере (work_mem, hash_mem_multiplier) и уберите --memory."
            raise UserError(Fault("--memory", "память запросов PostgreSQL отсюда не ограничить.", cure))
        if self.memory and self.engine == "spark" and self.address.startswith("spark:"):
            cure = "Задайте её в кластере (spark.executor.memory) и уберите --memory."
            raise UserError(Fault("--memory", "память исполнителей кластера отсюда не ограничить.", cure))
        if self.engine == "spark" and 0 < self.memory < _LEAST_OF_SPARK:
            cure = f"Дайте ему не меньше {_LEAST_OF_SPARK}MB или возьмите --engine duckdb."
            raise UserError(Fault("--memory", f"Spark не уложится в {self.memory}MB.", cure))

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
    means.check()
    files = _computed_on(means, arranged(folder, out, means.memory_each).folder, plan, out, progress)
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
    from orientir.engines.records.spark import SparkEngine

    with closing(SparkEngine(means.address, **means.heap)) as engine, _lack_of_memory_told():
        return [engine.compute(folder, plan, out)]


@contextmanager
def _lack_of_memory_told() -> Iterator[None]:
    from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]

    try:
        yield
    except Py4JJavaError as error:
        if "OutOfMemory" not in str(error):
            raise
        cure = "Дайте больше (--memory, а кластеру — spark.executor.memory) или возьмите --engine duckdb."
        raise UserError(Fault("Spark", "не хватило памяти.", cure)) from error


def is_small(parts: Iterable[Partition]) -> bool:
    """A district, say: what must be begun costs more than what must be read."""
    return sum(part.size for part in parts) < _SMALL


def _check_map(folder: Path, out: Path) -> None:
    """Other engines would count nothing where the map says nothing."""
    with closing(PartitionEngine(folder, out)) as engine:
        for year in sorted({part.year for part in partitions_of(folder)}):
            engine.check_map(year)


def _by_partition(folder: Path, plan: RecordPlan, out: Path, means: Means, progress: Progress) -> list[Path]:
    parts = partitions_of(folder)
    with closing(PartitionEngine(folder, out, means.memory_each)) as engine:
        if is_small(parts):
            return [engine.compute_small(parts, plan)]
        files: list[Path] = []
        for part, file in zip(parts, _computed(engine, folder, plan, means, parts), strict=True):
            progress(f"{part.year}, {part.region}")
            files.append(file)
        files.append(engine.country(plan, files))
        _drop_stale(out, {f"{part.name}_{part.inputs(engine.dimensions)}" for part in parts})
    return files


def _computed(
    engine: PartitionEngine, folder: Path, plan: RecordPlan, means: Means, parts: Sequence[Partition]
) -> Iterator[Path]:
    pool = _pool(engine, folder, means)
    try:
        yield from pool.map(_one, parts, [plan] * len(parts))
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(engine: PartitionEngine, folder: Path, means: Means) -> Executor:
    """A partition takes one processor, which is cheaper than to share it out; many are computed at once."""
    if means.processes == 1:
        return ThreadPoolExecutor(os.cpu_count(), initializer=_begin, initargs=(engine.beside,))
    begin = partial(_begin, partial(PartitionEngine, folder, engine.out, means.memory_each))
    return ProcessPoolExecutor(means.processes, get_context("spawn"), begin)


_own = threading.local()  # the engine of each thread or process of the pool


def _begin(make: Callable[[], PartitionEngine]) -> None:
    _own.engine = make()


def _one(part: Partition, plan: RecordPlan) -> Path:
    engine: PartitionEngine = _own.engine
    return engine.compute(part, plan)


def _drop_stale(out: Path, inputs: set[str]) -> None:
    """What was made of files that have changed since."""
    for file in (out / PUPILS).glob("*.parquet"):
        if "_".join(file.stem.split("_")[:3]) not in inputs:  # year, region, what they were made of
            file.unlink()
