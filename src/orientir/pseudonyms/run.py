"""One run: a folder of exports -> a part of the records of a package, in one step or not at all.

Names live in the memory of this run, in the exports and in review.csv beside them; nowhere else.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from orientir.errors import Fault, UserError
from orientir.model.records import DIMENSIONS, TABLES
from orientir.pseudonyms import store
from orientir.pseudonyms.deciding import Linked, link
from orientir.pseudonyms.dictionaries import Dictionaries, read_dictionaries
from orientir.pseudonyms.keys import Key
from orientir.pseudonyms.persons import Grouped, grouped
from orientir.pseudonyms.reading import Exports, RefusedRow, read_exports, save_profiles
from orientir.pseudonyms.review import read_answers, write_review
from orientir.pseudonyms.scanning import Named, masked, named, scan_tables, scan_titles
from orientir.pseudonyms.tables import Making, Records, arrow, dimensions, records_of

KEPT_UNTIL = "orientir.kept_until"


@dataclass(frozen=True)
class Order:
    """What is to be done. `exact` links by keys alone; `kept_until` is for all tables of the part."""

    folder: Path
    package: Path
    key: Key
    today: date
    exact: bool = False
    kept_until: date | None = None

    @property
    def part(self) -> str:
        """The same folder is the same part; another folder never takes its place."""
        return hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:8]


@dataclass
class Told:
    """What a run has to say: nothing in it names anybody but the files."""

    files: int
    rows_in: int
    rows_out: dict[str, int]
    refused: Counter[str]
    faults: tuple[Fault, ...]
    refused_files: tuple[Fault, ...]
    linked: Linked
    bad_snils: int
    shared_snils: int
    review: Path | None
    profiles: list[Path] = field(default_factory=list)

    @property
    def has_issues(self) -> bool:
        return bool(self.faults or self.refused_files or self.linked.unanswered)


def pseudonymise(order: Order) -> Told:
    """Raises UserError, and changes nothing in the package, for every mistake that makes the whole doubtful."""
    known = read_dictionaries(order.folder)
    answers = read_answers(order.folder)
    store.check_key(order.package / store.FOLDER, order.key.cycle.start, order.key.id)
    exports = read_exports(order.folder, order.key.cycle, known)
    people = named(row.who for row in exports.rows)
    _check_readable(exports, people)
    scan_titles((("participation: event_id", title) for title in _titles(exports)), people)
    persons = grouped(exports.rows)
    whole, linked = (persons.persons, Linked()) if order.exact else link(persons.persons, order.key, answers)
    records = records_of(whole, Making(order.key, known, order.today, _places(exports)))
    tables = _tables(order, records)
    scan_tables(((name, table) for (name, _), table in tables.items()), people)
    _write(order, exports, known, records, tables, people, _log_line(order, exports, persons, linked, records))
    titles = {one.school_id: one.title for one in known.schools.values()}
    review = None if order.exact else write_review(order.folder, linked.doubts, exports, titles)
    told = _told(exports, records, linked, persons, review, people)
    told.profiles = save_profiles(order.folder, exports.new_profiles)
    return told


def _check_readable(exports: Exports, people: Named) -> None:
    faults = [Fault(one.place, masked(one.what, people), masked(one.cure, people)) for one in exports.faults]
    if not exports.rows and not faults:
        faults = list(exports.refused_files.values())
        what = "в папке нет ни одной строки, которую можно взять."
        faults.append(Fault("FOLDER", what, "Положите в неё выгрузки: контингент, ГИА, приём, участие, диагностика."))
    if faults:
        raise UserError(faults)


def _titles(exports: Exports) -> set[str]:
    return {row.cells["event_id"] for row in exports.rows if isinstance(row.cells.get("event_id"), str)}


def _places(exports: Exports) -> Mapping[tuple[int, int, int], str]:
    return {row.at: exports.place(row.at) for row in exports.rows}


def _tables(order: Order, records: Records) -> dict[tuple[str, int], Any]:
    about = {store.KEY_ID: order.key.id}
    if order.kept_until is not None:
        about[KEPT_UNTIL] = f"{order.kept_until:%Y%m%d}"
    return {
        (table, region): arrow(list(TABLES[table]), sorted(rows, key=_by_pupil), about)
        for (table, region), rows in sorted(records.rows.items())
    }


def _by_pupil(row: Mapping[str, Any]) -> Any:
    """The order of the exports, which is often that of the alphabet, is not kept."""
    return row["pupil_id"]


def _write(
    order: Order,
    exports: Exports,
    known: Dictionaries,
    records: Records,
    tables: Mapping[tuple[str, int], Any],
    people: Named,
    line: Mapping[str, Any],
) -> None:
    year = order.key.cycle.start
    sides = {name: rows for name, rows in dimensions(known, records) if rows}
    scan_tables(((name, arrow(list(DIMENSIONS[name]), rows, {})) for name, rows in sides.items()), people)
    names = {checksum: name for checksum, name in zip(exports.files, exports.names, strict=True) if checksum}
    with store.changed(order.package) as aside:
        store.check_key(aside, year, order.key.id)
        store.check_not_taken(aside, year, order.part, names)
        store.replace_part(aside, year, order.part, tables)
        for name, rows in sides.items():
            store.merge_dimension(aside, name, rows, arrow)
        store.write_log(aside, line)


# ---- what is told


def _log_line(order: Order, exports: Exports, persons: Grouped, linked: Linked, records: Records) -> dict[str, Any]:
    """Numbers, checksums and Latin codes: no name of a file, no name of a person, no key."""
    refused: dict[int, list[RefusedRow]] = {number: [] for number in range(len(exports.files))}
    for one in (*exports.refused, *records.refused):
        refused[one.at[0]].append(one)
    taken = Counter(row.at[0] for row in exports.rows)
    files = [
        {
            "sha256": checksum,
            "rows": exports.rows_in[number],
            "taken": taken[number],
            **({"refused_file": True} if number in exports.refused_files else {}),
            "refused": [{"sheet": one.at[1], "row": one.at[2], "reason": one.reason} for one in refused[number]],
        }
        for number, checksum in enumerate(exports.files)
    ]
    return {
        "started": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "action": "pseudonymise",
        "cycle": str(order.key.cycle),
        "year": order.key.cycle.start,
        "part": order.part,
        "key_id": order.key.id,
        "kept_until": order.kept_until.isoformat() if order.kept_until else None,
        "files": files,
        "rows_in": exports.rows_in.total(),
        "rows_out": records.count(),
        "refused": dict(sorted(Counter(one.reason for one in (*exports.refused, *records.refused)).items())),
        "snils": {"invalid": exports.bad_snils, "shared": persons.shared_snils},
        "links": _links(linked),
    }


def _links(linked: Linked) -> dict[str, int]:
    return {
        "automatic": linked.automatic,
        "confirmed": linked.confirmed,
        "denied": sum(doubt.answer is False for doubt in linked.doubts),
        "unanswered": linked.unanswered,
    }


def _told(
    exports: Exports, records: Records, linked: Linked, persons: Grouped, review: Path | None, people: Named
) -> Told:
    refused = [*exports.refused, *records.refused]
    return Told(
        files=len(exports.files),
        rows_in=exports.rows_in.total(),
        rows_out=records.count(),
        refused=Counter(one.reason for one in refused),
        faults=tuple(_masked((one.fault for one in refused if one.fault), people)),
        refused_files=tuple(exports.refused_files.values()),
        linked=linked,
        bad_snils=exports.bad_snils,
        shared_snils=persons.shared_snils,
        review=review,
    )


def _masked(faults: Iterable[Fault], people: Named) -> list[Fault]:
    return [Fault(one.place, masked(one.what, people), masked(one.cure, people)) for one in faults]
