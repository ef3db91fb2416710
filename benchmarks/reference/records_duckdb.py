"""The 22 indicators in DuckDB, written by hand: masks of a pupil's facts, few counts by cell, levels from one another.

What its author knows: only the ninth and eleventh grades sit exams and are admitted, so only their pupils are joined to
those facts; a year has no key to be grouped by where its files are read apart; regions read one after another keep
their tables in the cache.

`python -m benchmarks.reference.records_duckdb PACKAGE OUT` writes OUT/values.parquet.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.reference.records_sql import NEAR, PROFILE, SPECIALTY, cascade, cells, crossed

SMALL = 1_000_000  # bytes of enrolment below which to begin a query, to plan it, to share it among threads costs more

MASKS = f"""
CREATE TEMP TABLE near AS {NEAR};
CREATE TEMP TABLE specialty AS {SPECIALTY};
CREATE TEMP TABLE profile AS {PROFILE};
"""


def compute(folder: Path, out: Path, threads: int = 2, memory: str = "16GB") -> None:
    """Writes out/values.parquet."""
    records = folder / "records"
    out.mkdir(parents=True, exist_ok=True)
    small = sum(file.stat().st_size for file in records.glob("enrolment/*/*/*.parquet")) < SMALL
    settings = f"SET threads = {1 if small else threads}; SET memory_limit = '{memory}';"
    with duckdb.connect() as connection:
        connection.execute(f"{settings} SET preserve_insertion_order = false; {_masks(records)}")
        for number, query in enumerate(_queries(records, small)):
            connection.execute(("CREATE TEMP TABLE cells AS " if number == 0 else "INSERT INTO cells ") + query)
        levels = (crossed if small else cascade)("cells", f"'{records}/dim_school.parquet'")
        connection.execute(f"COPY ({levels}) TO '{out / 'values.parquet'}' (FORMAT parquet, COMPRESSION zstd)")


def _queries(records: Path, small: bool) -> Iterator[str]:
    """A query for each year and region; of a district one for all of it."""
    if small:
        yield _query(records, "*/*", True, "year")
        return
    for part in sorted((records / "enrolment").glob("year=*/region_id=*")):
        yield _query(records, f"{part.parent.name}/{part.name}", False, part.parent.name.removeprefix("year="))


def _masks(records: Path) -> str:
    dimensions = {"groups": "dim_group_subject", "specialties": "dim_specialty"}
    return MASKS.format(**{name: f"'{records}/{file}.parquet'" for name, file in dimensions.items()})


def _query(records: Path, part: str, by_year: bool, year: str) -> str:
    hive = "hive_partitioning = true, hive_types = {'year': SMALLINT, 'region_id': SMALLINT}"
    tables = {
        table: f"read_parquet('{records}/{table}/{part}/*.parquet', {hive if by_year else 'hive_partitioning = false'})"
        for table in ("enrolment", "participation", "exam", "admission")
    }
    return cells(tables, "bit_count(done)", by_year, f"{year}::SMALLINT")


if __name__ == "__main__":
    compute(Path(sys.argv[1]), Path(sys.argv[2]))
