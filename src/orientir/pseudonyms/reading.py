"""A folder of exports -> rows that still name people, in memory only; files that cannot be read are refused by name.

What a row says of schools, institutions and methods is looked up here. Who is who is decided elsewhere.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from orientir.errors import Fault
from orientir.model.periods import Period
from orientir.presentation import counted, quoted
from orientir.pseudonyms.cells import LeftOut
from orientir.pseudonyms.dictionaries import FOLDER, Dictionaries
from orientir.pseudonyms.exports import EXPORTS
from orientir.pseudonyms.identity import Identity
from orientir.pseudonyms.lookups import looked_up
from orientir.sources.registers.columns import Unreadable
from orientir.sources.registers.importing import RegisterReader
from orientir.sources.registers.profiles import Profile, read_profiles, save
from orientir.sources.registers.reading import Reading
from orientir.spreadsheets.guard import ignorable, read_file
from orientir.spreadsheets.refusals import Refusal

PROFILES, REVIEW = "profiles", "review.csv"
_OWN = (REVIEW, PROFILES, FOLDER)
_TOLERATED = 0.1  # of a sheet's rows; more are no slips but a wrong mapping
_FEW = 3


@dataclass(frozen=True)
class Row:
    """One row of an export. `cells` are those of its table without the pupil; `at` is file, sheet and row from 1."""

    table: str
    cells: Mapping[str, Any]
    who: Identity
    at: tuple[int, int, int]


@dataclass(frozen=True)
class RefusedRow:
    """Why a row was not taken: a reason of Latin letters for the log, words for the person who may mend it."""

    at: tuple[int, int, int]
    reason: str
    fault: Fault | None = None


@dataclass
class Exports:
    """What a folder holds. `files` are checksums by number, `names` their names, which stay out of the log."""

    names: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    refused_files: dict[int, Fault] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    rows_in: Counter[int] = field(default_factory=Counter)
    bad_snils: int = 0
    new_profiles: list[Profile] = field(default_factory=list)

    def place(self, at: tuple[int, int, int]) -> str:
        sheet = f", лист {at[1]}" if at[1] > 1 else ""
        return f"{self.names[at[0]]}{sheet}, строка {at[2]}"


def read_exports(folder: Path, cycle: Period, known: Dictionaries) -> Exports:
    """Every file of the folder. Raises UserError where a profile cannot be used as it is written."""
    profiles = read_profiles(folder / PROFILES, list(known.school_ids), EXPORTS)
    reader = RegisterReader(None, cycle, known.organisations, profiles, EXPORTS)
    reading = _Folder(reader, known)
    for path in sorted(folder.iterdir()):
        if not ignorable(path.name) and path.name not in _OWN:
            reading.take(path)
    reading.found.new_profiles = list(reader.proposed)
    return reading.found


def save_profiles(folder: Path, profiles: Sequence[Profile]) -> list[Path]:
    return [save(profile, folder / PROFILES) for profile in profiles]


class _Folder:
    def __init__(self, reader: RegisterReader, known: Dictionaries) -> None:
        self._reader, self._known = reader, known
        self.found = Exports()

    def take(self, path: Path) -> None:
        """One file: its rows, or its refusal. Nothing is taken from a file of which a part is refused."""
        found, number = self.found, len(self.found.names)
        found.names.append(path.name)
        found.files.append("")
        try:
            data = read_file(path)
            checksum = hashlib.sha256(data).hexdigest()
            if checksum in found.files:
                first = found.names[found.files.index(checksum)]
                raise Refusal(f"это копия файла {quoted(first)}.", "Оставьте один из них.")
            found.files[number] = checksum
            readings = [self._reader.read(plan) for plan in self._reader.plans(data, path.name)]
        except Refusal as refusal:
            place = path.name + (f", {refusal.where}" if refusal.where else "")
            found.refused_files[number] = Fault(place, refusal.what, refusal.cure)
            return
        for sheet, reading in enumerate(readings, 1):
            self._add(number, sheet, reading)

    def _add(self, number: int, sheet: int, reading: Reading) -> None:
        refused = list(self._refused(number, sheet, reading))
        rows = []
        for made in reading.rows:
            at = (number, sheet, made.at + 1)
            try:
                rows.append(self._row(reading.plan.register.table, made.cells, at))
            except Unreadable as error:
                refused.append(self._refusal(at, error.column or "row", error))
        read = len(reading.rows) + len(reading.refused)
        bad = [one for one in refused if one.fault]
        if len(bad) > max(_FEW, _TOLERATED * read) or (bad and len(bad) == read):
            self.found.faults += self._told(bad, read)
        self.found.rows_in[number] += read
        self.found.rows += rows
        self.found.refused += refused

    def _row(self, table: str, made: Mapping[str, Any], at: tuple[int, int, int]) -> Row:
        cells = dict(made)
        who, place, doubtful = cells.pop("who"), cells.pop("organisation"), cells.pop("bad_snils")
        self.found.bad_snils += doubtful
        school = self._known.school_ids.get(place)
        return Row(table, looked_up(table, cells, self._known), replace(who, school=school), at)

    def _refused(self, number: int, sheet: int, reading: Reading) -> Iterator[RefusedRow]:
        for one in reading.refused:
            yield self._refusal((number, sheet, one.at + 1), one.column or "row", one.error)

    def _refusal(self, at: tuple[int, int, int], column: str, error: Unreadable) -> RefusedRow:
        if isinstance(error, LeftOut):
            return RefusedRow(at, error.reason)
        return RefusedRow(
            at, f"unreadable_{column}", Fault(f"{self.found.place(at)}: {column}", error.what, error.cure)
        )

    def _told(self, bad: Sequence[RefusedRow], read: int) -> Iterator[Fault]:
        """Each mistake once, with the rows it is in: the same unknown word may stand in thousands."""
        same: dict[tuple[str, str, str], list[tuple[int, int, int]]] = {}
        for one in bad:
            if one.fault:
                same.setdefault((one.reason, one.fault.what, one.fault.cure), []).append(one.at)
        for (reason, what, cure), places in same.items():
            more = f" (и ещё {counted(len(places) - 1, 'строка')} из {read})" if len(places) > 1 else ""
            column = reason.removeprefix("unreadable_")
            yield Fault(f"{self.found.place(places[0])}{more}: {column}", what, cure)
