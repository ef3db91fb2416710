"""Two results are compared row by row before anybody looks at their times."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.reference.record_columns import KEYS, NAMES

# The elements of the programme in the order of the columns by hand: 11 populations, then what 22 indicators count.
ELEMENTS = (
    "graduates_9", "graduates_9_11", "graduates_11", "pupils_9_11", "disability_5_9", "disability_all", "pupils_6_11",
    "pupils_5_9", "pupils_10_11", "pupils_all", "examined_11", "college_9", "college_near_9", "admitted_near_9_11",
    "college_11", "university_11", "exams_profile_11", "university_region_11", "university_near_11",
    "championship_9_11", "championship_class_9_11", "abilympics_5_9", "abilympics_class", "ticket_6_11",
    "testing_6_11", "testing_9_11", "ticket_5_9", "ticket_10_11", "events_all", "supplementary_all", "advanced_10_11",
    "three_activities_6_11", "score_11",
)  # fmt: skip
BY_ELEMENT = dict(zip(NAMES, ELEMENTS, strict=True))


def check_equal(one: Sequence[Path], other: Sequence[Path]) -> int:
    """How many rows there are in both. Raises AssertionError where a row of one is not in the other."""
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        left, right = (_rows(connection, files) for files in (one, other))
        counts = [connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0] for rows in (left, right)]
        assert counts[0] == counts[1] > 0, f"{counts[0]} rows against {counts[1]}"
        # Year by year, so that a country fits in memory.
        for (year,) in connection.execute(f"SELECT DISTINCT year FROM {left}").fetchall():
            for minuend, subtrahend in ((left, right), (right, left)):
                query = f"FROM {minuend} WHERE year = {year} EXCEPT ALL FROM {subtrahend} WHERE year = {year}"
                strange = connection.execute(f"SELECT * FROM ({query}) LIMIT 3").fetchall()
                assert not strange, f"rows that the other has not: {strange}"
        return int(counts[0])


def _rows(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> str:
    """The files with columns as by hand, whoever wrote them."""
    read = f"read_parquet({[str(file) for file in files]})"
    present = {name for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()}
    columns = (f"CAST({name if name in present else BY_ELEMENT[name]} AS BIGINT) AS {name}" for name in (*KEYS, *NAMES))
    return f"(SELECT {', '.join(columns)} FROM {read})"
