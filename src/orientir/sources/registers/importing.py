"""A folder of registers and exports -> rows of the package, with their sources, remarks, and profiles for next time.

One bad file does not stop the others: it is refused by name. Ranks of sources, copies of originals and letters are the
collection's. Names are used to tell people apart and are in nothing that leaves this package.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from orientir.errors import Fault
from orientir.model.collection import Remark
from orientir.model.package import Organisation, Source
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.presentation import period_name, quoted
from orientir.sources.registers.catalogue import CATALOGUE
from orientir.sources.registers.columns import Register
from orientir.sources.registers.grid import Grid
from orientir.sources.registers.people import People
from orientir.sources.registers.places import Places
from orientir.sources.registers.plans import Plan, plan_of
from orientir.sources.registers.profiles import Profile, read_profiles, save
from orientir.sources.registers.reading import Reading, read_sheet
from orientir.sources.registers.result import RefusedFile, RegisterFile, RegisterImport
from orientir.sources.registers.situation import Situation
from orientir.sources.registers.tables import Tables, known_organisations
from orientir.spreadsheets.guard import check_bytes, ignorable, read_file
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import read_workbook


def import_registers(
    folder: Path,
    programme: Programme,
    period: Period,
    organisations: Sequence[Organisation],
    profiles: Path | None,
) -> RegisterImport:
    """Every file of the folder, by the profiles kept in `profiles`; new ones are written there (None: nowhere).

    A missing folder is an empty one. Raises UserError where a profile cannot be used as it is written.
    """
    known = read_profiles(profiles, [place.id for place in organisations]) if profiles else ()
    importer = _Importer(programme, period, organisations, known)
    files = sorted((path for path in folder.glob("*") if not ignorable(path.name)), key=lambda path: path.name)
    importer.learn_organisations(files)
    for path in files:
        importer.take(path)
    return importer.result(profiles)


_FORGOTTEN = "Имена, если они были, служили только тому, чтобы различить людей, и не сохранены."


class RegisterReader:
    """Reads single files: what the import does with each, and what a preview shows."""

    def __init__(
        self,
        programme: Programme | None,
        period: Period,
        organisations: Sequence[Organisation],
        profiles: Sequence[Profile],
        catalogue: Sequence[Register] = CATALOGUE,
    ) -> None:
        self._profiles, self._catalogue = tuple(profiles), catalogue
        self.proposed: list[Profile] = []
        self._people: dict[str, People] = defaultdict(People)
        self.situation = Situation(programme, period, Places(organisations), People())

    def plans(self, data: bytes, name: str, wanted: Register | None = None) -> list[Plan]:
        """The sheets of the file that are registers. Raises Refusal where none is."""
        known = (*self._profiles, *self.proposed)
        grids = [Grid(sheet.name, sheet.rows) for sheet in read_workbook(data, check_bytes(data)) if sheet.visible]
        plans = (plan_of(grid, name, known, self.situation, wanted, self._catalogue) for grid in grids)
        found = [plan for plan in plans if plan is not None]
        if not found:
            what = "реестр не узнан: ни в одной строке нет знакомых заголовков столбцов."
            cure = "Проверьте, есть ли у таблицы шапка, или опишите файл в профиле (docs/howto/adding_register.md)."
            raise Refusal(what, cure)
        self.proposed += [plan.profile for plan in found if plan.is_new]
        return found

    def read(self, plan: Plan) -> Reading:
        """The rows of the sheet. Raises Refusal where they are of another year."""
        return read_sheet(plan, replace(self.situation, people=self._people[plan.register.id], repaired=[], printed={}))


class _Importer:
    def __init__(
        self, programme: Programme, period: Period, organisations: Sequence[Organisation], profiles: Sequence[Profile]
    ) -> None:
        self._programme, self._period, self._profiles = programme, period, profiles
        self._organisations = tuple(organisations)
        self._reader = RegisterReader(programme, period, organisations, profiles)
        self._tables = Tables(programme, period, organisations)
        self._remarks: dict[str, tuple[Remark, ...]] = {}
        self._files: list[RegisterFile] = []
        self._refused: list[RefusedFile] = []
        self._proposed: dict[str, Profile] = {}
        self._checksums: dict[str, str] = {}

    def learn_organisations(self, paths: Sequence[Path]) -> None:
        """Schools opened this year are in a register of their own, and the other registers already name them."""
        for path in paths:
            try:
                plans = self._reader.plans(read_file(path), path.name)
                readings = [self._reader.read(plan) for plan in plans if plan.register.id == "organisations"]
            except Refusal:
                continue  # told when the file is taken
            rows = [row.cells for reading in readings for row in reading.rows]
            self._organisations = known_organisations(self._organisations, rows, self._programme)
        self._reader = RegisterReader(self._programme, self._period, self._organisations, self._profiles)

    def take(self, path: Path) -> None:
        """One file: its rows or its refusal. Nothing is taken from a file of which a part is refused."""
        checksum = ""
        is_personal = True
        try:
            data = read_file(path)
            checksum = hashlib.sha256(data).hexdigest()
            self._check_copy(path.name, checksum)
            plans = self._reader.plans(data, path.name)
            is_personal = any(plan.is_personal for plan in plans)
            readings = [self._reader.read(plan) for plan in plans]
        except Refusal as refusal:
            place = path.name + (f", {refusal.where}" if refusal.where else "")
            self._refused.append(RefusedFile(path.name, Fault(place, refusal.what, refusal.cure)))
        else:
            for reading in readings:
                self._tables.add(reading, path.name)
                if reading.plan.profile in self._reader.proposed:
                    self._proposed.setdefault(_key(reading.plan.profile), reading.plan.profile)
            self._remarks[path.name] = tuple(remark for reading in readings for remark in reading.remarks)
        self._files.append(RegisterFile(path.name, checksum, not is_personal))

    def _check_copy(self, name: str, checksum: str) -> None:
        first = self._checksums.setdefault(checksum, name)
        if first != name:
            raise Refusal(f"это копия файла {quoted(first)}.", "Оставьте один из них.")

    def result(self, profiles: Path | None) -> RegisterImport:
        return RegisterImport(
            tables=self._tables.as_text(),
            sources=self._sources(),
            remarks=self._remarks,
            files=tuple(self._files),
            refused=tuple(self._refused),
            proposed=tuple(save(profile, profiles) for profile in self._proposed.values()) if profiles else (),
        )

    def _sources(self) -> tuple[Source, ...]:
        """One source for each register: all its files of the period are one list of people."""
        return tuple(
            Source(
                id=self._tables.source_of(register),
                title=f"{register.title}, {period_name(self._period)}",
                document=_documents(names),
                place="",
                rank=rank,
                programme_source=_programme_source(self._programme, register),
                note=_FORGOTTEN if any(column.personal for column in register.columns) else "",
            )
            for rank, (register, names) in enumerate(self._tables.registers(), 1)
        )


def _key(profile: Profile) -> str:
    return f"{profile.register}: {sorted(profile.header)}"


def _documents(names: Sequence[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def _programme_source(programme: Programme, register: Register) -> str:
    """The source of the programme's elements that are counted from this register."""
    counted: Mapping[str, tuple[str, ...]] = {
        one.counted_from.register: one.sources for one in reversed(programme.elements) if one.counted_from
    }
    return next(iter(counted.get(register.table, ())), "")
