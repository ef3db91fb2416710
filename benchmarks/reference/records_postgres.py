"""The 22 indicators in PostgreSQL, written by hand; the tables are put there beforehand and stay as they are.

What its author knows: a table for each year has no year to be grouped by; a second process would do the same grouping
of facts as the first; counts of a region are no larger than INT, whose sums are BIGINT and not DECIMAL.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pg8000.native import Connection
from pyarrow import csv, parquet

from benchmarks.reference.records_sql import KEYS, NAMES, NEAR, PROFILE, SPECIALTY, cascade, cells

DIMENSIONS = ("dim_school", "dim_specialty", "dim_group_subject")
FACTS = ("enrolment", "participation", "exam", "admission")
TYPES = {"int8": "SMALLINT", "int16": "SMALLINT", "int32": "INT", "int64": "BIGINT"}
SETTINGS = ("work_mem = '512MB'", "jit = off", "max_parallel_workers_per_gather = 0")


def load(connection: Connection, folder: Path) -> None:
    """All rows of a package, each year of facts in a table of its own."""
    for name, path in _tables(folder / "records"):
        files = parquet.ParquetDataset(path, partitioning=None)
        columns = ", ".join(f"{field.name} {TYPES[str(field.type)]}" for field in files.schema)
        connection.run(f"CREATE UNLOGGED TABLE {name} ({columns})")
        for batch in files.read().to_batches(max_chunksize=100_000):
            text = io.BytesIO()
            csv.write_csv(batch, text, csv.WriteOptions(include_header=False))
            text.seek(0)
            connection.run(f"COPY {name} FROM STDIN (FORMAT csv)", stream=text)
        connection.run(f"VACUUM (ANALYZE) {name}")


def is_loaded(connection: Connection) -> bool:
    return bool(connection.run("SELECT 1 FROM pg_tables WHERE tablename = 'dim_school' AND schemaname = 'public'"))


def compute(connection: Connection, folder: Path, out: Path) -> None:
    """Writes out/values.parquet; `folder` tells only which years there are."""
    for setting in SETTINGS:
        connection.run(f"SET {setting}")
    connection.run("DROP TABLE IF EXISTS near, specialty, profile, cells")
    for name, query in (("near", NEAR), ("specialty", SPECIALTY), ("profile", PROFILE)):
        query = query.format(groups="dim_group_subject", specialties="dim_specialty")
        connection.run(f"CREATE TEMP TABLE {name} AS {query}")
    for number, year in enumerate(_years(folder / "records")):
        query = cells({table: f"{table}_{year}" for table in FACTS}, "bit_count(done::bit(16))", False, year, "INT")
        connection.run(("INSERT INTO cells " if number else "CREATE TEMP TABLE cells AS ") + query)
    connection.run("ANALYZE cells")
    text = io.BytesIO()
    connection.run(f"COPY ({cascade('cells', 'dim_school', 'SMALLINT', 'INT')}) TO STDOUT (FORMAT csv)", stream=text)
    names = csv.ReadOptions(column_names=[*KEYS, *NAMES])
    out.mkdir(parents=True, exist_ok=True)
    parquet.write_table(csv.read_csv(pa.py_buffer(text.getbuffer()), names), out / "values.parquet")


def _tables(records: Path) -> Iterator[tuple[str, Path]]:
    for name in DIMENSIONS:
        yield name, records / f"{name}.parquet"
    for table in FACTS:
        for year in _years(records):
            yield f"{table}_{year}", records / table / f"year={year}"


def _years(records: Path) -> list[str]:
    return sorted(folder.name.removeprefix("year=") for folder in (records / "enrolment").iterdir())
