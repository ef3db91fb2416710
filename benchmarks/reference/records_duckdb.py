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

from benchmarks.reference.record_columns import OF_ALL, OF_LEAVERS, cascade, listed, wide

MASKS = """
CREATE TEMP TABLE near AS
    SELECT group_id, bit_or(CASE role WHEN 3 THEN 1::INT << subject_id::INT ELSE 0 END) AS college,
        bit_or(CASE role WHEN 2 THEN 1::INT << subject_id::INT ELSE 0 END) AS university
    FROM '{records}/dim_group_subject.parquet' GROUP BY group_id;
CREATE TEMP TABLE specialty AS
    SELECT specialty_id, college, university FROM '{records}/dim_specialty.parquet' JOIN near USING (group_id);
CREATE TEMP TABLE profile AS SELECT group_id AS profile, college AS of_profile FROM near;
"""

CELLS = f"""
WITH activities AS (
    SELECT {{year}}pupil_id, bit_or(1::INT << activity::INT) AS done FROM {{participation}} GROUP BY ALL
),
all_pupils AS (
    SELECT {{year}}school_id, grade, sex, {listed(OF_ALL)}
    FROM (SELECT *, bit_count(done) AS kinds FROM {{enrolment}} LEFT JOIN activities USING ({{year}}pupil_id))
    GROUP BY {{year}}school_id, grade, sex
),
admitted AS (
    SELECT {{year}}pupil_id, bit_or(CASE inst_type WHEN 1 THEN 2 ELSE 4 + 8 * same_region::INT END) AS went,
        bit_or(CASE inst_type WHEN 1 THEN college ELSE 0 END) AS of_college,
        bit_or(CASE inst_type WHEN 2 THEN university ELSE 0 END) AS of_university
    FROM {{admission}} JOIN specialty USING (specialty_id) GROUP BY {{year}}pupil_id
),
exams AS (
    SELECT {{year}}pupil_id, bit_or(1::INT << subject_id::INT) AS taken, sum(score)::INT AS points
    FROM {{exam}} GROUP BY {{year}}pupil_id
),
leavers AS (
    SELECT {{year}}school_id, grade, sex, {listed(OF_LEAVERS)}
    FROM {{enrolment}} LEFT JOIN admitted USING ({{year}}pupil_id) LEFT JOIN exams USING ({{year}}pupil_id)
        LEFT JOIN profile USING (profile)
    WHERE grade IN (9, 11) GROUP BY {{year}}school_id, grade, sex
)
SELECT {{told_year}} AS year, school_id, grade, sex, {wide()}
FROM all_pupils LEFT JOIN leavers USING ({{year}}school_id, grade, sex)
"""


def compute(folder: Path, out: Path, threads: int = 2, memory: str = "16GB") -> None:
    """Writes out/values.parquet."""
    records = folder / "records"
    out.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"SET threads = {threads}; SET memory_limit = '{memory}'; SET preserve_insertion_order = false")
        connection.execute(MASKS.format(records=records))
        for number, query in enumerate(_queries(records)):
            connection.execute(("CREATE TEMP TABLE cells AS " if number == 0 else "INSERT INTO cells ") + query)
        query = cascade("cells", f"'{records}/dim_school.parquet'")
        connection.execute(f"COPY ({query}) TO '{out / 'values.parquet'}' (FORMAT parquet, COMPRESSION zstd)")


def _queries(records: Path) -> Iterator[str]:
    """A query for each year and region; a single one for a district, where starting a query costs more than it does."""
    parts = sorted((records / "enrolment").glob("year=*/region_id=*"))
    if sum(file.stat().st_size for file in records.glob("enrolment/*/*/*.parquet")) < 1_000_000:
        yield _query(records, "*/*", "year, ", "year")
        return
    for part in parts:
        yield _query(records, f"{part.parent.name}/{part.name}", "", part.parent.name.removeprefix("year="))


def _query(records: Path, part: str, year: str, told_year: str) -> str:
    hive = "hive_partitioning = true, hive_types = {'year': SMALLINT, 'region_id': SMALLINT}"
    tables = {
        table: f"read_parquet('{records}/{table}/{part}/*.parquet', {hive if year else 'hive_partitioning = false'})"
        for table in ("enrolment", "participation", "exam", "admission")
    }
    return CELLS.format(year=year, told_year=f"{told_year}::SMALLINT", **tables)


if __name__ == "__main__":
    compute(Path(sys.argv[1]), Path(sys.argv[2]))
