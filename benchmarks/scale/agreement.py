"""Two results are compared row by row before anybody looks at their times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from benchmarks.reference.records_columns import COLUMNS
from benchmarks.reference.records_sql import KEYS, NAMES

RECORDS = dict.fromkeys((*KEYS, *NAMES), "BIGINT")
VALUES = {
    **dict.fromkeys(("year", "level", "unit"), "BIGINT"),
    "indicator": "VARCHAR",
    **dict.fromkeys(("numerator", "denominator"), "DOUBLE"),
}


def check_equal(one: Sequence[Path], other: Sequence[Path], types: Mapping[str, str] = RECORDS) -> int:
    """How many rows there are in both. Raises AssertionError where a row of one is not in the other."""
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        left, right = (_rows(connection, files, types) for files in (one, other))
        counts = [connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0] for rows in (left, right)]
        assert counts[0] == counts[1] > 0, f"{counts[0]} rows against {counts[1]}"
        # Year by year, so that a country fits in memory.
        for (year,) in connection.execute(f"SELECT DISTINCT year FROM {left}").fetchall():
            for minuend, subtrahend in ((left, right), (right, left)):
                query = f"FROM {minuend} WHERE year = {year} EXCEPT ALL FROM {subtrahend} WHERE year = {year}"
                strange = connection.execute(f"SELECT * FROM ({query}) LIMIT 3").fetchall()
                assert not strange, f"rows that the other has not: {strange}"
        return int(counts[0])


def _rows(connection: duckdb.DuckDBPyConnection, files: Sequence[Path], types: Mapping[str, str]) -> str:
    """The files with columns as by hand, whoever wrote them."""
    read = f"read_parquet({[str(file) for file in files]})"
    present = {name for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()}
    columns = (
        f"CAST({name if name in present else COLUMNS[name]} AS {kind}) AS {name}" for name, kind in types.items()
    )
    return f"(SELECT {', '.join(columns)} FROM {read})"
