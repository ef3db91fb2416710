"""The programme's map of subjects beside the values, for packages that bring none of their own."""

from __future__ import annotations

from contextlib import closing
from dataclasses import astuple
from pathlib import Path

import duckdb

from orientir.engines.records.duckdb import write_aside
from orientir.engines.records.partitions import SPARE
from orientir.model.records import DIMENSIONS, SubjectMap

_TABLE = "dim_group_subject"


def keep_subjects(out: Path, subjects: SubjectMap) -> None:
    """An empty map is kept too: nothing is near then."""
    told = [f"({', '.join('NULL' if one is None else str(one) for one in astuple(row))})" for row in subjects.rows]
    columns = DIMENSIONS[_TABLE]
    kinds = ", ".join(f"{name}::{kind} AS {name}" for name, kind in columns.items())
    nothing = f"({', '.join(['NULL'] * len(columns))})"
    source = f"(VALUES {', '.join(told) or nothing}) AS m({', '.join(columns)})"
    where = "" if told else " WHERE 1 = 0"
    with closing(duckdb.connect()) as connection:
        write_aside(connection, f"SELECT {kinds} FROM {source}{where}", out / SPARE / f"{_TABLE}.parquet")
