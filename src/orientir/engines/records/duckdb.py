"""Records in DuckDB, partition by partition: memory is bounded by one of them, and what is finished is kept.

Cells and values lie under names that tell from what they were made, so that a run that was killed, a changed
file and an added indicator need no other memory than the folder itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from orientir.engines.records.partitions import Partition, digest, dimensions_of, dimensions_told
from orientir.engines.records.planning import RecordPlan
from orientir.engines.records.text import (
    ACTIVITY_COUNT,
    Half,
    cells_text,
    country_text,
    halves,
    values_text,
    whole_text,
)
from orientir.errors import Fault, UserError
from orientir.model.records import PARTITION, TABLES

CELLS, VALUES, COUNTRY = "cells", "values", "country"
_FORMAT = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"
_KEYS = ("school_id", "grade", "sex")
_ON = f"({', '.join(_KEYS)})"


class PartitionEngine:
    """One connection, with the dimensions of a folder; `close` frees it."""

    def __init__(self, folder: Path, out: Path, memory: str = "", threads: int = 0) -> None:
        self._connection = connected(memory, threads)
        self.out = out
        self._run(ACTIVITY_COUNT)
        self._run(f"SET temp_directory = '{quoted(out / 'spill')}'")
        dimensions = dimensions_of(folder, out)
        self.dimensions = dimensions_told(dimensions)
        for name, file in dimensions.items():
            self._run(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{quoted(file)}')")

    def close(self) -> None:
        self._connection.close()

    def compute(self, partition: Partition, plan: RecordPlan) -> Path:
        """The file of the partition's values; made only where it is not there yet."""
        inputs = partition.inputs(self.dimensions)
        target = self.out / VALUES / f"{partition.name}_{inputs}_{plan.key}.parquet"
        if not target.is_file():
            self._run(f"SET VARIABLE part_year = {partition.year}")
            self._run(f"SET VARIABLE part_region = {partition.region}")
            self._cells(partition, plan, inputs)
            self._write(values_text(plan, one_year=True), target)
        return target

    def compute_small(self, parts: Sequence[Partition], plan: RecordPlan) -> Path:
        """The file of all years, regions and levels at once: beginning a query costs more here than running it."""
        inputs = digest([part.inputs(self.dimensions) for part in parts])
        target = self.out / VALUES / f"whole_{inputs}_{plan.key}.parquet"
        if not target.is_file():
            for year in {part.year for part in parts} if plan.asks("near") else ():
                self.check_map(year)
            for table in ("enrolment", *plan.tables):
                files = [file for part in parts for file in part.files.get(table, ())]
                self._run(f"CREATE OR REPLACE TEMP VIEW {table} AS {_read(table, files, _HIVE)}")
            self._write(whole_text(plan), target)
        return target

    def country(self, plan: RecordPlan, files: Sequence[Path]) -> Path:
        """The sum of all regions, from the files of their values."""
        target = self.out / VALUES / f"{COUNTRY}_{plan.key}.parquet"
        names = ", ".join(f"'{quoted(file)}'" for file in files)
        self._write(country_text(plan, f"read_parquet([{names}])"), target)
        return target

    # ---- cells

    def _cells(self, partition: Partition, plan: RecordPlan, inputs: str) -> None:
        """The relation `cells` with every atom of the plan; of those that are kept already no fact is read."""
        all_of_them, *some = halves(plan)
        names = [*_KEYS, *(atom.key for atom in all_of_them.plan.atoms)]
        source = self._half(partition, all_of_them, inputs)
        for half in some:
            names += [f"coalesce({atom.key}, 0) AS {atom.key}" for atom in half.plan.atoms]
            source += f" LEFT JOIN (FROM {self._half(partition, half, inputs)}) USING {_ON}"
        self._run(f"CREATE OR REPLACE TEMP VIEW cells AS SELECT {', '.join(names)} FROM {source}")

    def _half(self, partition: Partition, half: Half, inputs: str) -> str:
        """The relation that holds the atoms of a half; those that are not kept are made and kept."""
        prefix = f"{partition.name}_{inputs}_{half.key}_"
        kept = self._kept(self.out / CELLS, prefix)
        missing = half.plan.with_atoms([atom for atom in half.plan.atoms if atom.key not in kept])
        files = sorted({kept[one.key] for one in half.plan.atoms if one.key in kept})
        sources = [f"read_parquet('{quoted(file)}')" for file in files]
        if missing.elements:
            sources.append(self._made(partition, replace(half, plan=missing), prefix))
        # Relations of one half have the same schools, grades and sexes.
        first, *others = sources
        return first + "".join(f" JOIN {one} USING {_ON}" for one in others)

    def _made(self, partition: Partition, half: Half, prefix: str) -> str:
        """Cells counted from the facts, and kept."""
        self._views(partition, half.plan.tables, half.where)
        if half.plan.asks("near"):
            self.check_map(partition.year)
        name = f"made_{half.key}"
        self._run(f"CREATE OR REPLACE TEMP TABLE {name} AS {cells_text(half.plan, one_year=True)}")
        self._write(f"FROM {name}", self.out / CELLS / f"{prefix}{half.plan.key}.parquet")
        return name

    def _kept(self, folder: Path, prefix: str) -> Mapping[str, Path]:
        """atom -> the file that has it."""
        found: dict[str, Path] = {}
        for file in sorted(folder.glob(f"{prefix}*.parquet")):
            rows = self._run(f"SELECT name FROM parquet_schema('{quoted(file)}')").fetchall()
            found |= {name: file for (name,) in rows if name.startswith("a_")}
        return found

    def _views(self, partition: Partition, tables: Iterable[str], where: str) -> None:
        """The facts of the partition, and the enrolment of the pupils that are asked about."""
        for table in ("enrolment", *tables):
            source = _read(table, partition.files.get(table, ()), "hive_partitioning = false")
            some = f" WHERE {where}" if where and table == "enrolment" else ""
            self._run(f"CREATE OR REPLACE TEMP VIEW {table} AS {source}{some}")

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

    def _write(self, query: str, target: Path) -> None:
        write_aside(self._connection, query, target)

    def _run(self, text: str) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(text)


_HIVE = "hive_partitioning = true, hive_types = {'year': SMALLINT, 'region_id': SMALLINT}"


def _read(table: str, files: Iterable[Path], how: str) -> str:
    """A table of some files; without files, one of no rows."""
    names = ", ".join(f"'{quoted(file)}'" for file in files)
    columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in {**TABLES[table], **PARTITION}.items())
    return f"FROM read_parquet([{names}], {how})" if names else f"FROM (SELECT {columns} WHERE 1 = 0)"


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


def quoted(path: Path) -> str:
    """For a text of SQL."""
    return str(path).replace("'", "''")
