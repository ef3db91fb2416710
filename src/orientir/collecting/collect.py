"""A folder of returned files -> a data package, remarks for those who sent them, and a board of who has answered.

The package is built aside and put in its place at once: a killed run leaves the old one whole, and running again gives
what an undisturbed run would have given, byte for byte.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from orientir.checks.run import run_checks
from orientir.checks.subject import Subject
from orientir.collecting.board import Board, issues_by_organisation, row_of
from orientir.collecting.folder import CollectionFolder, read_folder
from orientir.collecting.history import COLUMNS, Change, changes_of
from orientir.collecting.intake import Intake, Receipt, Taken, source_id, winners
from orientir.collecting.papers import Papers
from orientir.collecting.sending import addressees
from orientir.collecting.tables import Tables
from orientir.cycle import known_periods, report_periods
from orientir.errors import Fault, PackageError, UserError
from orientir.facts.descriptor import DESCRIPTOR
from orientir.facts.package import read_package
from orientir.facts.writing import Cells, Description, plain, read_csv_rows, write_description, write_table
from orientir.indicators.relevance import measured_programme
from orientir.indicators.values import Engine, values_of
from orientir.model.collection import SubmissionState
from orientir.model.package import Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.results import Issue, Value
from orientir.sources.counted import counted_facts
from orientir.sources.forms.reading import FormReader
from orientir.sources.forms.writing import deadline_of
from orientir.sources.registers.importing import import_registers
from orientir.sources.registers.result import RegisterImport
from orientir.writing import replaced

Progress = Callable[[str], None]


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
    with replaced(into, DESCRIPTOR) as aside:
        return _Collection(source, programme, period, into, aside, registers, engine, progress).run()


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
        places = {place.id for place in self.source.organisations}
        intake = Intake(self.aside, self.programme, self.period, FormReader(self.programme, places, self.period))
        try:
            taken = self._taken(intake)
            groups = winners(taken)
            self._write_tables(intake, groups)
            changes = [change for came in groups.values() for change in changes_of(intake, came, self.programme)]
        finally:
            intake.close()
        data, issues, told = self._checked()
        board = self._board(taken, groups, data, issues)
        self._write_submissions(taken, groups)
        self._write_papers(board, changes)
        write_description(self.aside, self._about(), tuple(one.id for one in self.programme.dimensions))
        return Collected(board, (*self._told_of_registers(), *told), f"collection/{self.where}")

    # ---- files

    def _taken(self, intake: Intake) -> dict[str, Taken]:
        """Every file once by its content: those of the folder, then those kept from earlier runs."""
        stored = {row["sha256"]: row for row in read_csv_rows(self.before / "submissions.csv")
                  if row["period"] == str(self.period)}  # fmt: skip
        seen = max((int(row["seen"]) for row in stored.values()), default=0)
        taken: dict[str, Taken] = {}
        for path in sorted(self.source.forms, key=lambda path: (path.lstat().st_mtime_ns, path.name)):
            self.progress(path.name)
            new = Receipt(path.name, self.source.received_on(path), seen + 1)
            one = intake.take(path, partial(_receipt, stored, new))
            seen = max(seen, one.seen)
            taken.setdefault(one.sha256 or path.name, one)
        for digest, row in stored.items():
            if digest not in taken and row["original"]:
                known = _receipt(stored, None, digest)
                taken[digest] = intake.take(self.before / row["original"], partial(_receipt, stored, known))
        return taken

    def _write_tables(self, intake: Intake, groups: Mapping[tuple[str, str], Sequence[Taken]]) -> None:
        self.tables.organisations(self.source.organisations, self.registers)
        own = self.tables.sources(self.programme.forms, self.registers)
        self.tables.facts(intake, [came[-1] for _, came in sorted(groups.items())], own)
        self.tables.registers(self.registers)
        for file in self.registers.files:
            if file.keeps_original and file.sha256:
                path = self.source.path / "registers" / file.name
                target = (
                    self.aside / "originals" / self.where / "_registers" / f"{file.sha256[:12]}{path.suffix.lower()}"
                )
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)

    # ---- what the numbers say

    def _checked(self) -> tuple[Package, tuple[Issue, ...], tuple[str, ...]]:
        """The package as the report will read it, its issues, and what no check could get past."""
        write_description(self.aside, self._about(), tuple(one.id for one in self.programme.dimensions))
        data = read_package(self.aside, self.programme)
        facts = data.facts + counted_facts(data, self.programme)
        periods = report_periods(self.programme, self.period)
        programme = measured_programme(self.programme, facts)
        values: tuple[Value, ...] = ()
        told: tuple[str, ...] = ()
        try:
            values = values_of(self.engine, data, facts, programme, known_periods(facts, periods))
        except PackageError as error:
            told = tuple(map(str, error.faults))
        return data, run_checks(Subject(data, programme, facts, periods, values), self.engine), told

    def _board(
        self,
        taken: Mapping[str, Taken],
        groups: Mapping[tuple[str, str], Sequence[Taken]],
        data: Package,
        issues: Sequence[Issue],
    ) -> Board:
        # Where a form and a register disagree, the coordinator decides; a school answers for its form alone.
        own = {source_id(form.id, where) for form in self.programme.forms for where in self._years(data)}
        facts = {fact.id: fact.organisation for fact in data.facts if fact.source in own}
        by_place = issues_by_organisation(issues, facts, str(self.period))
        rows = [
            row_of(place, form, deadline_of(form, self.period), groups.get((place.id, form.id), ()),
                   by_place.get(place.id, ()))
            for form in self.programme.forms
            for place in addressees(form, data.organisations, self.period)
        ]  # fmt: skip
        refused = [(one.file, one.refusal) for one in taken.values() if one.refusal]
        refused += [(one.name, f"{one.fault.what} {one.fault.cure}".strip()) for one in self.registers.refused]
        return Board(tuple(rows), tuple(sorted(refused)))

    def _years(self, data: Package) -> set[str]:
        return {str(fact.period).replace("/", "-") for fact in data.facts}

    # ---- papers

    def _write_submissions(self, taken: Mapping[str, Taken], groups: Mapping[tuple[str, str], Sequence[Taken]]) -> None:
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
            "sha256": one.sha256 or "-",
            "original": one.original,
            "state": state,
            "asked": one.asked,
            "answered": one.answered,
            "remarks": len(one.remarks),
            "note": one.refusal,
        }

    def _write_papers(self, board: Board, changes: Sequence[Change]) -> None:
        folder = self.aside / "collection" / self.where
        folder.mkdir(parents=True)
        by_place: dict[str, list[Change]] = {}
        for change in changes:
            by_place.setdefault(change.organisation, []).append(change)
        title = next(place.title for place in self.source.organisations if place.id == self.source.territory)
        Papers(folder, title, self.period, self.source.synthetic).write(board, by_place)
        if changes:
            write_table(folder / "history.csv", COLUMNS, map(asdict, changes))

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


def _receipt(stored: Mapping[str, Mapping[str, str]], new: Receipt | None, digest: str) -> Receipt:
    """As the file was first seen, whatever happens to it later; a new one as it is now."""
    row = stored.get(digest)
    if row is None:
        assert new is not None
        return new
    return Receipt(row["file"], date.fromisoformat(row["received"]), int(row["seen"]))
