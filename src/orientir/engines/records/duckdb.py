"""Records in DuckDB, partition by partition: memory is bounded by one of them, and what is finished is kept.

What is known of pupils, and values, lie under names that tell from what they were made, so that a run that was killed,
a changed file and an added indicator need no other memory than the folder itself.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from functools import partial
from pathlib import Path

import duckdb
import numpy as np

from orientir.engines.records.partitions import Partition, digest, dimensions_of, dimensions_told
from orientir.engines.records.planning import RecordPlan
from orientir.engines.records.rollup import Columns, country_of_regions, values_of_cells
from orientir.engines.records.text import (
    ACTIVITY_COUNT,
    Half,
    cells_text,
    counted_text,
    halves,
    pupils_text,
    with_sources,
)
from orientir.errors import Fault, UserError
from orientir.model.records import LEVELS, PARTITION, TABLES

PUPILS, VALUES, COUNTRY = "pupils", "values", "country"
# Neighbours differ little: to write the differences takes less time than to write dictionaries.
_FORMAT = "(FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1, WRITE_BLOOM_FILTER false)"


class PartitionEngine:
    """One connection, with the dimensions of a folder; `close` frees it."""

    def __init__(self, folder: Path, out: Path, memory: str = "") -> None:
        self._connection = connected(memory, threads=1)
        self.out = out
        self._run(ACTIVITY_COUNT)
        self._run(f"SET temp_directory = '{quoted(out / 'spill')}'")
        dimensions = dimensions_of(folder, out)
        self.dimensions = dimensions_told(dimensions)
        for name, file in dimensions.items():
            self._run(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{quoted(file)}')")
        self._schools = self._fetched("SELECT school_id, mun_id, region_id FROM dim_school")

    def beside(self) -> PartitionEngine:
        """One for another thread, with the same tables and the same memory; it ends with this one."""
        other = copy(self)
        other._connection = self._connection.cursor()
        return other

    def close(self) -> None:
        self._connection.close()

    def compute(self, partition: Partition, plan: RecordPlan) -> Path:
        """The file of the partition's values; made only where it is not there yet."""
        inputs = partition.inputs(self.dimensions)
        target = self.out / VALUES / f"{partition.name}_{inputs}_{plan.key}.parquet"
        if not target.is_file():
            if plan.asks("near"):
                self.check_map(partition.year)
            cells = [self._cells(partition, half, inputs) for half in halves(plan)]
            self._keep(values_of_cells(plan, cells, self._schools, with_country=False), target)
        return target

    def compute_small(self, parts: Sequence[Partition], plan: RecordPlan) -> Path:
        """The file of all years, regions and levels at once: beginning a query costs more here than running it."""
        inputs = digest([part.inputs(self.dimensions) for part in parts])
        target = self.out / VALUES / f"whole_{inputs}_{plan.key}.parquet"
        if not target.is_file():
            for year in {part.year for part in parts} if plan.asks("near") else ():
                self.check_map(year)
            with ThreadPoolExecutor() as pool:
                cells = list(pool.map(partial(self._small_cells, parts), halves(plan)))
            self._keep(values_of_cells(plan, cells, self._schools, with_country=True), target)
        return target

    def country(self, plan: RecordPlan, files: Sequence[Path]) -> Path:
        """The sum of all regions, from the files of their values."""
        target = self.out / VALUES / f"{COUNTRY}_{plan.key}.parquet"
        names = ", ".join(f"'{quoted(file)}'" for file in files)
        regions = self._fetched(f"SELECT * FROM read_parquet([{names}]) WHERE level = {LEVELS['region']}")
        self._keep(country_of_regions(plan, regions), target)
        return target

    # ---- cells

    def _small_cells(self, parts: Sequence[Partition], half: Half) -> Columns:
        files = {table: [file for part in parts for file in part.files.get(table, ())] for table in TABLES}
        text = cells_text(half.plan, one_year=False)
        return self.beside()._fetched(with_sources(text, _sources(half, files, _HIVE), half.where))

    def _cells(self, partition: Partition, half: Half, inputs: str) -> Columns:
        pupils = self._pupils(partition, half, f"{partition.name}_{inputs}_{half.key}_")
        counted = counted_text(half.plan, one_year=True)
        found = self._fetched(f"WITH pupils AS (SELECT * FROM read_parquet('{quoted(pupils)}'))\n{counted}")
        return {**found, "year": np.full(len(found["school_id"]), partition.year)}

    def _pupils(self, partition: Partition, half: Half, prefix: str) -> Path:
        """The file of what is known of each pupil; of one that tells enough no fact is read anew."""
        for file in sorted((self.out / PUPILS).glob(f"{prefix}*.parquet")):
            if half.asked <= set(file.stem.removeprefix(prefix).split("-")):
                return file
        target = self.out / PUPILS / f"{prefix}{'-'.join(sorted(half.asked))}.parquet"
        target.parent.mkdir(0o700, parents=True, exist_ok=True)  # no keys of pupils in them, and still a row for each
        sources = _sources(half, partition.files, "hive_partitioning = false")
        self._run(f"SET VARIABLE part_year = {partition.year}")
        self._write(with_sources(pupils_text(half.plan), sources, half.where), target)
        return target

    def check_map(self, year: int) -> None:
        """Where the map of subjects says nothing of a year, nothing is near: that would be a false zero."""
        # A bound parameter would load pandas: half of what a region takes.
        valid = f"coalesce(valid_from, 0) <= {year} AND coalesce(valid_to, 9999) >= {year}"
        found = self._run(f"SELECT count(*) FROM dim_group_subject WHERE {valid}").fetchone()
        if not found or not found[0]:
            what = f"карта предметов и специальностей не действует в {year}/{(year + 1) % 100:02d} учебном году."
            cure = "Продлите её (records/subject_map.yaml, valid_from) или не считайте близость в этом году."
            raise UserError(Fault("records", what, cure))

    # ---- files

    def _fetched(self, query: str) -> Columns:
        return self._run(query).fetchnumpy()

    def _keep(self, values: Columns, target: Path) -> None:
        keep_columns(self._connection, values, target)

    def _write(self, query: str, target: Path) -> None:
        write_aside(self._connection, query, target)

    def _run(self, text: str) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(text)


_HIVE = "hive_partitioning = true, hive_types = {'year': SMALLINT, 'region_id': SMALLINT}"


def _sources(half: Half, files: Mapping[str, Sequence[Path]], how: str) -> Mapping[str, str]:
    return {table: _read(table, files.get(table, ()), how) for table in ("enrolment", *sorted(half.plan.tables))}


def _read(table: str, files: Sequence[Path], how: str) -> str:
    """A table of some files; without files, one of no rows."""
    names = ", ".join(f"'{quoted(file)}'" for file in files)
    columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in {**TABLES[table], **PARTITION}.items())
    return "SELECT * FROM " + (f"read_parquet([{names}], {how})" if names else f"(SELECT {columns} WHERE 1 = 0)")


def connected(memory: str, threads: int) -> duckdb.DuckDBPyConnection:
    """Bounded where bounds are given; rows come in no promised order."""
    connection = duckdb.connect()
    for name, value in (("threads", threads), ("memory_limit", memory)):
        if value:
            connection.execute(f"SET {name} = '{value}'")
    connection.execute("SET preserve_insertion_order = false")
    return connection


def write_aside(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    """Aside first, so that a file under its name is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(f".{os.getpid()}.part")
    connection.execute(f"COPY ({query}) TO '{quoted(aside)}' {_FORMAT}")
    aside.replace(target)


def keep_columns(connection: duckdb.DuckDBPyConnection, columns: Columns, target: Path) -> None:
    """A file of the columns, whole or none."""
    connection.register("columns_made", dict(columns))
    write_aside(connection, "FROM columns_made", target)
    connection.unregister("columns_made")


def quoted(path: Path) -> str:
    """For a text of SQL."""
    return str(path).replace("'", "''")
