"""A folder of returned files -> a data package, remarks for those who sent them, and a board of who has answered.

The package is built aside and put in its place at once: a killed run leaves the old one whole, and running again gives
what an undisturbed run would have given, byte for byte.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from orientir.collecting.board import Board, BoardRow, row_of
from orientir.collecting.checking import SchoolChecks, Screening
from orientir.collecting.folder import CollectionFolder, read_folder
from orientir.collecting.history import COLUMNS, Change, changes_of
from orientir.collecting.intake import Groups, Intake, Receipt, Taken, winners
from orientir.collecting.papers import Papers
from orientir.collecting.screening import Screen
from orientir.collecting.sending import addressees
from orientir.collecting.tables import Tables
from orientir.errors import Fault, UserError
from orientir.facts.descriptor import DESCRIPTOR
from orientir.facts.package import read_package
from orientir.facts.writing import Cells, Description, plain, read_csv_rows, write_description, write_table
from orientir.indicators.values import Engine
from orientir.model.collection import CellKey, SubmissionState
from orientir.model.package import Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.sources.forms.reading import FormReader
from orientir.sources.forms.writing import deadline_of
from orientir.sources.registers.importing import import_registers
from orientir.sources.registers.result import RegisterImport
from orientir.writing import replaced

Progress = Callable[[str], None]
UNREAD = "-"  # stands for the checksum of what could not be read


@dataclass(frozen=True)
class Collected:
    """What a collection amounts to; `told` are remarks about registers and data that belong to no single form."""

    board: Board
    told: tuple[str, ...]
    folder: str


def collect(
    folder: Path, programme: Programme, period: Period, into: Path, engine: Engine, progress: Progress = lambda _: None
) -> Collected:
    """Build the package `into` from the folder. Raises UserError where the folder or the package cannot be used."""
    if not programme.forms:
        raise UserError(Fault(programme.id, "у программы нет форм.", "Опишите форму в forms/*.yaml."))
    source = read_folder(folder, programme)
    registers = import_registers(folder / "registers", programme, period, source.organisations, source.profiles)
    with replaced(into, DESCRIPTOR) as aside, _rare_gc():
        collection = _Collection(source, programme, period, into, aside, registers, engine, progress)
        del source  # its lists are long, and the collection lets go of them when they are written down
        return collection.run()


class _Collection:
    def __init__(
        self,
        source: CollectionFolder,
        programme: Programme,
        period: Period,
        before: Path,
        aside: Path,
        registers: RegisterImport,
        engine: Engine,
        progress: Progress,
    ) -> None:
        self.source = source
        self.title = next(place.title for place in source.organisations if place.id == source.territory)
        self.programme = programme
        self.period = period
        self.before = before
        self.aside = aside
        self.registers = registers
        self.engine = engine
        self.progress = progress
        self.where = str(period).replace("/", "-")
        self.tables = Tables(aside, before, programme, period)

    def run(self) -> Collected:
        self.tables.others()
        reader = FormReader(self.programme, (place.id for place in self.source.organisations), self.period)
        intake = Intake(self.aside, self.programme, self.period, reader)
        try:
            taken = self._taken(intake)
            groups = winners(taken.values())
            own = self._write_tables(taken, groups)
            refused = self._refused(taken)
            del taken
            self.source = replace(self.source, organisations=(), received={})
            with self.tables.facts(intake.spool, (came[-1] for came in groups.values()), own) as ledger:
                write_description(self.aside, self._about(), tuple(one.id for one in self.programme.dimensions))
                data = read_package(self.aside, self.programme, without=("facts", "submissions"))
                checks = SchoolChecks(self.programme, self.period, data, ledger, self.engine)
                rows = self._rows(Screening(reader, intake.spool, checks, self._screen), groups, data)
                changes = [
                    change for came in groups.values() for change in changes_of(intake.spool, came, self.programme)
                ]
                board = self._write_papers(rows, refused, changes)
        finally:
            intake.close()
        return Collected(board, (*self._told_of_registers(), *checks.stopping), f"collection/{self.where}")

    # ---- files

    def _taken(self, intake: Intake) -> dict[str, Taken]:
        """Every file once by its content: those of the folder, then those kept from earlier runs."""
        stored = self._stored()
        seen = max((known.seen for known in stored.values()), default=0)
        taken: dict[str, Taken] = {}
        for name, received in self.source.forms():
            self.progress(name)
            new = Receipt(name, received, seen + 1)
            one = intake.take(f"{self.source.path}/forms/{name}", partial(_receipt, stored, new))
            seen = max(seen, one.seen)
            taken.setdefault(one.sha256 or name, one)
        for digest, known in stored.items():
            if digest not in taken and known.original:
                taken[digest] = intake.take_again(self.before, known)
        return taken

    def _stored(self) -> dict[str, Receipt]:
        """What earlier runs received, by checksum; by name what could not even be read."""
        rows = read_csv_rows(self.before / "submissions.csv")
        return {
            row["file"] if row["sha256"] == UNREAD else row["sha256"]: Receipt(
                row["file"], date.fromisoformat(row["received"]), int(row["seen"]), row["sha256"], row["original"]
            )
            for row in rows
            if row["period"] == str(self.period)
        }

    def _write_tables(self, taken: Mapping[str, Taken], groups: Groups) -> set[str]:
        """All tables but facts; the sources of this collection."""
        self.tables.organisations(self.source.organisations, self.registers)
        own = self.tables.sources(self.programme.forms, self.registers)
        self.tables.registers(self.registers)
        self._write_submissions(taken, groups)
        for file in self.registers.files:
            if file.keeps_original and file.sha256:
                path = self.source.path / "registers" / file.name
                target = self.aside / "originals" / self.where / "_registers"
                target.mkdir(parents=True, exist_ok=True)
                name = target / f"{file.sha256[:12]}{path.suffix.lower()}"
                name.unlink(missing_ok=True)  # it may be shared with the package as it was
                shutil.copyfile(path, name)
        return own

    def _refused(self, taken: Mapping[str, Taken]) -> tuple[tuple[str, str], ...]:
        refused = [(one.file, one.refusal) for one in taken.values() if one.refusal]
        refused += [(one.name, f"{one.fault.what} {one.fault.cure}".strip()) for one in self.registers.refused]
        return tuple(sorted(refused))

    def _write_submissions(self, taken: Mapping[str, Taken], groups: Groups) -> None:
        last = {id(came[-1]) for came in groups.values()}
        ordered = sorted(taken.values(), key=lambda one: (one.organisation, one.form, one.order))
        self.tables.submissions(self._submission(one, id(one) in last) for one in ordered)

    def _submission(self, one: Taken, is_last: bool) -> Cells:
        state = SubmissionState.REFUSED if one.refusal else SubmissionState.REPLACED
        if is_last:
            state = SubmissionState.WITH_ERRORS if one.has_errors else SubmissionState.ACCEPTED
        return {
            "organisation": one.organisation,
            "form": one.form,
            "version": one.version,
            "period": str(self.period),
            "received": plain(one.received),
            "seen": one.seen,
            "file": one.file,
            "sha256": one.sha256 or UNREAD,
            "original": one.original,
            "state": state,
            "asked": one.asked,
            "answered": one.answered,
            "remarks": len(one.remarks),
            "note": one.refusal,
        }

    # ---- what goes back

    def _screen(self, keys: Sequence[CellKey]) -> Screen:
        return Screen(keys, self.programme, self.period, self.engine)

    def _rows(self, screening: Screening, groups: Groups, data: Package) -> Iterator[BoardRow]:
        """Organisation by organisation, those of one parent together. Who sent a form unasked stands there too."""
        expected = {form.id: {place.id for place in addressees(form, data.organisations, self.period)}
                    for form in self.programme.forms}  # fmt: skip
        deadlines = {form.id: deadline_of(form, self.period) for form in self.programme.forms}
        for places, issues in screening.batches(self.programme.forms, data.organisations, groups):
            for form in self.programme.forms:
                for place in places:
                    came = groups.get((place.id, form.id), ())
                    if came or place.id in expected[form.id]:
                        yield row_of(place, form, deadlines[form.id], came, issues.get(place.id, ()))

    def _write_papers(
        self, rows: Iterator[BoardRow], refused: tuple[tuple[str, str], ...], changes: Sequence[Change]
    ) -> Board:
        folder = self.aside / "collection" / self.where
        papers = Papers(
            folder, self.title, self.period, self.source.synthetic, self.source.prepared_by, self.programme.forms
        )
        by_place: dict[tuple[str, str], list[Change]] = {}
        for change in changes:
            by_place.setdefault((change.organisation, change.form), []).append(change)
        told = []
        for row in rows:
            papers.school(row, by_place.get((row.organisation.id, row.form.id), ()))
            told.append(row)
        board = Board(tuple(told), refused)
        papers.board(board)
        if changes:
            write_table(folder / "history.csv", COLUMNS, map(asdict, changes))
        return board

    def _about(self) -> Description:
        name = f"{self.source.territory}-{self.programme.id}".replace("_", "-")
        return Description(
            name, self.source.title, self.programme.id, self.source.territory, self.source.synthetic,
            self.source.prepared_by,
        )  # fmt: skip

    def _told_of_registers(self) -> Iterator[str]:
        return chain.from_iterable(
            (f"{name}, {one.place}: {one.what} {one.cure}".strip() for one in remarks)
            for name, remarks in sorted(self.registers.remarks.items())
        )


@contextmanager
def _rare_gc() -> Iterator[None]:
    """Hardly anything here is circular, and the collector would walk over the programme thousands of times."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(10_000, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def _receipt(stored: Mapping[str, Receipt], new: Receipt, digest: str) -> Receipt:
    """As the file was first seen, whatever happens to it later; a new one as it is now."""
    return stored.get(digest or new.file, new)
