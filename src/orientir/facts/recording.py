"""Decisions written into a package: rows added to one of its tables, and the table's checksum in its description.

Only what has to be written is worked out here, in such an order that the package is whole after each step; the writing
itself is done by whoever can put a file in its place at once.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from orientir.facts.descriptor import DESCRIPTOR
from orientir.facts.tables import Column
from orientir.facts.writing import described, plain
from orientir.model.collection import Breakdown, Choice, Correction

Step = tuple[Path, bytes]


def recorded(folder: Path, table: str, columns: Mapping[str, Column], rows: Sequence[Mapping[str, str]]) -> list[Step]:
    """The files to write one after another so that the table has these rows after its own.

    The package is one that has been read: its description and the table are sound. First the description forgets the
    checksum of the table, then the table changes, then its new checksum is told: a killed run leaves a whole package.
    """
    content = json.loads((folder / DESCRIPTOR).read_bytes())
    entry = next((one for one in content["resources"] if one.get("name") == table), None)
    path = entry["path"] if entry else f"{table}.csv"
    header, data = _extended(folder / path if entry else None, columns, rows)
    steps = [(folder / path, data), (folder / DESCRIPTOR, _description(content, table, path, header, columns, data))]
    if entry and entry.get("hash"):
        del entry["hash"]
        steps.insert(0, (folder / DESCRIPTOR, _json(content)))
    return steps


def _extended(
    path: Path | None, columns: Mapping[str, Column], rows: Iterable[Mapping[str, str]]
) -> tuple[list[str], bytes]:
    """The columns and the text of the table with the new rows; columns that it lacks are added."""
    old: list[dict[str, str]] = []
    header: list[str] = []
    if path is not None:
        reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        old = [row for row in reader if any(row.values())]
        header = list(reader.fieldnames or ())
    header += [column for column in columns if column not in header]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([*old, *rows])
    return header, out.getvalue().encode()


def _description(
    content: Mapping[str, Any],
    table: str,
    path: str,
    header: Sequence[str],
    columns: Mapping[str, Column],
    data: bytes,
) -> bytes:
    entry = described(table, path, header, columns, hashlib.sha256(data).hexdigest())
    names = [one.get("name") for one in content["resources"]]
    listed = [{**one, **entry} if one.get("name") == table else one for one in content["resources"]]
    return _json({**content, "resources": listed if table in names else [*listed, entry]})


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


# ---- rows


def correction_row(one: Correction) -> dict[str, str]:
    cells = {
        "id": one.id,
        "kind": one.kind,
        **_cell(one.element, one.organisation, str(one.period), one.breakdown),
        "source": one.source,
        "expected": one.expected,
        "expected_status": one.expected_state,
        "value": one.value,
        "status": one.state,
    }
    return {key: plain(value) for key, value in {**cells, **_decided(one)}.items()}


def choice_row(one: Choice) -> dict[str, str]:
    seen = "; ".join(f"{code}={value}" for code, value in one.seen)
    cell = _cell(one.element, one.organisation, str(one.period), one.breakdown)
    return {key: plain(value) for key, value in {**cell, "source": one.source, "seen": seen, **_decided(one)}.items()}


def _cell(element: str, organisation: str, period: str, breakdown: Breakdown) -> dict[str, object]:
    return {"element": element, "organisation": organisation, "period": period, **dict(breakdown)}


def _decided(one: Correction | Choice) -> dict[str, object]:
    return {"author": one.author, "decided_on": one.decided_on, "reason": one.reason}
