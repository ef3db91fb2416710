"""A data package on disk: its tables as CSV and their description. The same rows give the same bytes.

Rows are written as they come: nothing here holds a whole table, so that a collection of any size can be written.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orientir.facts.descriptor import DESCRIPTOR
from orientir.facts.tables import (
    ACTIONS,
    ACTIVITIES,
    EVENTS,
    OPEN_DAYS,
    ORGANISATIONS,
    REGISTERS,
    SOURCES,
    SUBMISSIONS,
    TEXTS,
    Column,
    choice_columns,
    correction_columns,
    fact_columns,
)

Cells = Mapping[str, object]


@dataclass(frozen=True)
class Description:
    """What a package says of itself."""

    name: str
    title: str
    programme: str
    territory: str
    synthetic: bool
    prepared_by: str


def table_columns(dimensions: tuple[str, ...]) -> Mapping[str, Mapping[str, Column]]:
    """Every table of a package and its columns, in the order of the description."""
    return {
        "organisations": ORGANISATIONS,
        "sources": SOURCES,
        "facts": fact_columns(dimensions),
        "events": EVENTS,
        "activities": ACTIVITIES,
        "open_days": OPEN_DAYS,
        "actions": ACTIONS,
        **REGISTERS,
        "submissions": SUBMISSIONS,
        "corrections": correction_columns(dimensions),
        "choices": choice_columns(dimensions),
        "texts": TEXTS,
    }


def write_table(path: Path, columns: Iterable[str], rows: Iterable[Cells]) -> None:
    """Comma, LF, UTF-8; an empty cell where a row has no such column."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_description(folder: Path, about: Description, dimensions: tuple[str, ...]) -> None:
    """datapackage.json of the tables that lie in the folder, with their checksums (Frictionless)."""
    tables = [
        (name, columns) for name, columns in table_columns(dimensions).items() if (folder / f"{name}.csv").is_file()
    ]
    content = {
        "profile": "tabular-data-package",
        "name": about.name,
        "title": about.title,
        "orientir": {
            "programme": about.programme,
            "territory": about.territory,
            "synthetic": about.synthetic,
            "prepared_by": about.prepared_by,
        },
        "resources": [_resource(folder, name, columns) for name, columns in tables],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8", newline="")


def _resource(folder: Path, name: str, columns: Mapping[str, Column]) -> dict[str, Any]:
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines))
    with path.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    return described(name, path.name, header, columns, digest)


def described(
    name: str, path: str, header: Iterable[str], columns: Mapping[str, Column], digest: str
) -> dict[str, Any]:
    """The resource of a table in datapackage.json; `digest` is its SHA-256."""
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{digest}",
        "schema": {"fields": [_field(one, columns[one]) for one in header]},
    }


def _field(name: str, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": column.kind}
    return {**field, "constraints": {"required": True}} if column.required else field


def plain(value: object) -> str:
    """A cell as its column reads it: ISO dates, whole numbers without a point, codes joined by «;»."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ";".join(map(str, value))
    return str(value)


def read_csv_rows(path: Path) -> Iterable[dict[str, str]]:
    """The rows of a table, one by one; none where there is no such file."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def rows_of(things: Sequence[object], columns: Iterable[str]) -> Iterable[Cells]:
    """Frozen rows of the model as cells."""
    names = list(columns)
    return ({name: plain(getattr(one, name)) for name in names} for one in things)
