"""Record tables in memory -> a folder as a data package has it, and the values of a file as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from orientir.engines.records.planning import RecordPlan
from orientir.model.records import DIMENSIONS, INTEGER, LONG, SMALL, TABLES
from scale.language import Row, Tables

KEYS = ("year", "level", "unit", "grade", "sex")
_KINDS = {SMALL: pa.int16(), INTEGER: pa.int32(), LONG: pa.int64()}

Values = dict[tuple[int, ...], Row]


@dataclass(frozen=True)
class World:
    """Tables, the same tables on disk, and what is counted."""

    tables: Tables
    folder: Path
    plan: RecordPlan


def united(worlds: Iterable[Tables]) -> Tables:
    found: dict[str, list[Row]] = defaultdict(list)
    for tables in worlds:
        for name, rows in tables.items():
            found[name] += rows
    return dict(found)


def write_tables(tables: Tables, folder: Path) -> None:
    """`records/<table>/year=YYYY/region_id=R/part.parquet`, and the dimensions beside them."""
    root = folder / "records"
    root.mkdir(parents=True)
    for name, columns in TABLES.items():
        parts: dict[tuple[int, int], list[Row]] = defaultdict(list)
        for row in tables.get(name, ()):
            parts[row["year"], row["region_id"]].append(row)
        for (year, region), rows in parts.items():
            _write(rows, columns, root / name / f"year={year}" / f"region_id={region}" / "part.parquet")
    for name, columns in DIMENSIONS.items():
        _write(tables[name], columns, root / f"{name}.parquet")


def _write(rows: list[Row], columns: dict[str, str], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    arrays = {name: pa.array([row[name] for row in rows], _KINDS[kind]) for name, kind in columns.items()}
    parquet.write_table(pa.table(arrays), file)


def by_key(rows: Iterable[Row]) -> Values:
    """Rows under their keys; a key comes once."""
    found: Values = {}
    for row in rows:
        key = tuple(row[name] for name in KEYS)
        assert key not in found, f"two rows of {key}"
        found[key] = {name: value for name, value in row.items() if name not in KEYS}
    return found


def read_values(files: Iterable[Path]) -> Values:
    return by_key(row for file in files for row in parquet.read_table(file).to_pylist())
