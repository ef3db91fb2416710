"""Persons under their pseudonyms -> the record tables, as Arrow: besides the pseudonym they hold small numbers.

Nothing of an identity goes in here but the hash; scanning.py looks whether that is so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from orientir.errors import Fault
from orientir.model.records import TABLES
from orientir.pseudonyms.dictionaries import Dictionaries
from orientir.pseudonyms.keys import Key
from orientir.pseudonyms.lookups import group_of
from orientir.pseudonyms.persons import Person
from orientir.pseudonyms.reading import RefusedRow, Row

Place = tuple[str, int]  # table and region
_WIDTHS = {"pupil_id": 64, "mun_id": 32, "school_id": 32, "event_id": 32, "inst_id": 32, "kept_until": 32,
           "profile": 16, "activity": 16, "day": 16, "score": 16, "specialty_id": 16, "method": 16,
           "region_id": 16, "group_id": 16}  # fmt: skip


@dataclass
class Records:
    """Rows by table and region, and those that no table takes."""

    rows: dict[Place, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    refused: list[RefusedRow] = field(default_factory=list)

    def count(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for (table, _), rows in self.rows.items():
            found[table] += len(rows)
        return dict(sorted(found.items()))


@dataclass(frozen=True)
class Making:
    """What the making of records needs to know besides the persons."""

    key: Key
    known: Dictionaries
    today: date
    places: Mapping[tuple[int, int, int], str]


def records_of(persons: Sequence[Person], making: Making) -> Records:
    found = Records()
    pseudonyms: dict[int, str] = {}
    for person in persons:
        if not person.key:
            _refuse(found, making, person.rows, "no_identity", "ни СНИЛС, ни даты рождения, и ни с кем не связано.")
            continue
        pupil = making.key.pseudonym(person.key)
        if pseudonyms.setdefault(pupil, person.key) != person.key:
            raise AssertionError("two identities under one pseudonym")  # one chance in 10^10 in a country
        _add(found, making, person, pupil)
    return found


def _add(found: Records, making: Making, person: Person, pupil: int) -> None:
    region = _region(person, making.known)
    if region is None:
        _refuse(found, making, person.rows, "no_region", "не известно, из какого он региона: школа не названа.")
        return
    seen: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in sorted(person.rows, key=lambda one: one.at):
        reason = _reason(row, seen, making)
        if reason:
            _refuse(found, making, [row], *reason)
            continue
        cells = {"pupil_id": pupil, **_cells(row, region, making)}
        same = seen.setdefault(_what(row), cells)
        if same is cells:
            found.rows[row.table, region].append(cells)
        elif row.table == "exam":
            same["score"] = max(filter(_is_known, (same["score"], cells["score"])), default=None)


def _reason(row: Row, seen: Mapping[tuple[Any, ...], dict[str, Any]], making: Making) -> tuple[str, str] | None:
    """Why a row with a pupil is not written. A second exam of one subject is no mistake: the better score counts."""
    if row.table == "diagnostics" and row.cells["kept_until"] < int(f"{making.today:%Y%m%d}"):
        return "expired", ""
    before = seen.get(_what(row))
    if row.table == "enrolment" and row.who.school not in making.known.schools:
        return "no_school", "школа не определена."
    if before is None or row.table == "exam":
        return None
    if row.table == "enrolment" and before["school_id"] != row.who.school:
        return "enrolled_twice", "обучающийся числится в двух школах: учтена первая."
    return "repeated", ""


def _what(row: Row) -> tuple[Any, ...]:
    """Rows of one person that are the same thing."""
    if row.table == "enrolment":
        return ("enrolment",)
    if row.table == "exam":
        return ("exam", *(row.cells[key] for key in ("stage", "form", "subject_id")))
    return (row.table, *row.cells.items())


def _is_known(score: int | None) -> bool:
    return score is not None


def _cells(row: Row, region: int, making: Making) -> dict[str, Any]:
    cells = dict(row.cells)
    if row.table == "enrolment" and row.who.school is not None:
        school = making.known.schools[row.who.school]
        cells |= {"mun_id": school.mun_id, "school_id": school.school_id}
    if row.table == "admission":
        cells["same_region"] = _same_region(cells, region)
    if isinstance(cells.get("event_id"), str):
        cells["event_id"] = making.key.number(cells["event_id"])
    if isinstance(cells.get("day"), date):
        cells["day"] = (cells["day"] - making.key.cycle.first_day).days
    return {column: cells.get(column) for column in TABLES[row.table] if column != "pupil_id"}


def _same_region(cells: Mapping[str, Any], region: int) -> int | None:
    if cells["same_region"] is not None:
        return int(cells["same_region"])
    return None if cells["of_region"] is None else int(cells["of_region"] == region)


def _region(person: Person, known: Dictionaries) -> int | None:
    """Where the pupil is enrolled: facts of a pupil lie in the partition of the enrolment."""
    enrolled = [row for row in person.rows if row.table == "enrolment"]
    for row in sorted(enrolled or person.rows, key=lambda one: one.at):
        if row.who.school is not None and row.who.school in known.schools:
            return known.schools[row.who.school].region_id
    return known.only_region


def _refuse(found: Records, making: Making, rows: Sequence[Row], reason: str, what: str) -> None:
    for row in rows:
        fault = Fault(making.places[row.at], what) if what else None
        found.refused.append(RefusedRow(row.at, reason, fault))


# ---- Arrow


def arrow(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], told: Mapping[str, str]) -> Any:
    """A table of whole numbers and nothing else, with what is `told` of it in its metadata."""
    import pyarrow as pa

    kinds = {8: pa.int8(), 16: pa.int16(), 32: pa.int32(), 64: pa.int64()}
    fields = [pa.field(column, kinds[_WIDTHS.get(column, 8)]) for column in columns]
    schema = pa.schema(fields, metadata=dict(told))
    return pa.Table.from_pylist([{column: row[column] for column in columns} for row in rows], schema=schema)


def dimensions(known: Dictionaries, records: Records) -> Iterator[tuple[str, list[dict[str, int | None]]]]:
    """The schools of the dictionary, and the specialties met."""
    yield (
        "dim_school",
        [
            {"school_id": one.school_id, "mun_id": one.mun_id, "region_id": one.region_id, "rural": one.rural}
            for one in known.schools.values()
        ],
    )
    met = {row["specialty_id"] for (table, _), rows in records.rows.items() if table == "admission" for row in rows}
    yield "dim_specialty", [{"specialty_id": one, "group_id": group_of(one)} for one in sorted(met - {None})]
