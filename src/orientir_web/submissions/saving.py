"""Saving cells: every edit is saved, bad, or in conflict with what somebody else has saved. Nothing is lost silently.

A save never fails because of errors in the numbers: those stop only the submission of the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir.model.collection import Answer
from orientir.model.results import Issue
from orientir.sources.forms.answering import INCOMPLETE, understand
from orientir_web.campaigns.services import check_open
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can
from orientir_web.people.models import Person
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.models import Cell, CellChange, Submission
from orientir_web.submissions.sheets import Sheet, Stored, cells_of, errors_in, previous_of, sheet_of
from orientir_web.submissions.states import EDITABLE, CellState, State

LONGEST_REASON = 500


@dataclass(frozen=True)
class Edit:
    """What somebody typed into a cell, and the version of the cell they saw; version 0 saw it absent."""

    code: str
    text: str
    version: int
    reason: str = ""


class Outcome(StrEnum):
    SAVED = "saved"
    BAD = "bad"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class CellResult:
    """What became of an edit, and what the cell says now: after a conflict, what the other person saved.

    `message` tells why it is bad, or what was read in what was typed.
    """

    code: str
    outcome: Outcome
    version: int
    state: str
    value: Decimal | None
    reason: str
    message: str = ""


@dataclass(frozen=True)
class Saved:
    """The result of each edit, in their order, and what the form says now: all its answers and what the checks say."""

    cells: tuple[CellResult, ...]
    answers: tuple[Answer, ...]
    issues: tuple[Issue, ...]
    filled: int


@dataclass(frozen=True)
class _Typed:
    state: CellState
    value: Decimal | None
    message: str = ""
    is_bad: bool = False


def save_cells(submission: Submission, edits: Sequence[Edit], by: Person, now: datetime | None = None) -> Saved:
    """In one transaction with its rows of history and of the journal.

    Raises ActionRefused where the form is not being filled or its time is over, PermissionDenied without the right.
    """
    check_can(by, Action.FILL, submission.organisation)
    sheet, previous, now = sheet_of(submission), previous_of(submission), now or timezone.now()
    with transaction.atomic():
        # The row is held: two who save the same form wait for each other, and both see what the other has saved.
        held = Submission.objects.select_for_update(of=("self",)).select_related("campaign", "organisation")
        submission = held.get(pk=submission.pk)
        check_editable(submission, now)
        saving = _Saving(submission, sheet, by, now)
        results = tuple(saving.take(edit) for edit in edits)
        cells = list(saving.cells.values())
        answers = sheet.answers(cells)
        issues = sheet.check.issues(answers, previous)
        filled = len(sheet.places) - len(sheet.missing(cells))
        saving.write(filled, errors_in(issues))
    return Saved(results, tuple(answers), issues, filled)


def check_editable(submission: Submission, now: datetime) -> None:
    """Raises ActionRefused."""
    if State(submission.state) not in EDITABLE:
        state = State(submission.state).label
        raise ActionRefused(_("Форма в состоянии «%(state)s»: она не заполняется.") % {"state": state})
    check_open(submission.campaign, submission.organisation, now)


class _Saving:
    """The cells of a form while edits are taken; written once at the end."""

    def __init__(self, submission: Submission, sheet: Sheet, by: Person, now: datetime) -> None:
        self._submission = submission
        self._sheet = sheet
        self._by = by
        self._now = now
        self._changes: list[Stored] = []
        self.cells = {cell.code: cell for cell in cells_of(submission)}

    def take(self, edit: Edit) -> CellResult:
        if edit.code not in self._sheet.places:
            return CellResult(edit.code, Outcome.BAD, 0, CellState.EMPTY, None, "", _("Такой ячейки в форме нет."))
        typed = _typed(self._sheet, edit)
        cell = self.cells.get(edit.code)
        if typed.is_bad:
            return _result(edit.code, Outcome.BAD, cell, typed.message)
        reason = edit.reason.strip()[:LONGEST_REASON]
        if (typed.state, typed.value, reason) == _content(cell):
            return _result(edit.code, Outcome.SAVED, cell, typed.message)  # sent again, or both typed the same
        if edit.version != (cell.version if cell else 0):
            return _result(edit.code, Outcome.CONFLICT, cell, _("Пока вы печатали, ячейку изменил другой человек."))
        return _result(edit.code, Outcome.SAVED, self._change(edit.code, typed, reason), typed.message)

    def _change(self, code: str, typed: _Typed, reason: str) -> Stored:
        before = self.cells.get(code)
        cell = Stored(code, typed.state, typed.value, reason, before.version + 1 if before else 1)
        self.cells[code] = cell
        self._changes.append(cell)
        return cell

    def write(self, filled: int, errors: int) -> None:
        """A fixed number of statements, however many cells."""
        if not self._changes:
            return
        own, now = {"submission": self._submission}, {"changed_by": self._by, "changed_at": self._now}
        last = {one.code: one for one in self._changes}
        Cell.objects.bulk_create(
            [Cell(**one._asdict(), **own, **now) for one in last.values()],
            update_conflicts=True,
            unique_fields=["submission", "code"],
            update_fields=["state", "value", "reason", "version", *now],
        )
        CellChange.objects.bulk_create(
            [CellChange(**one._asdict(), **own, by=self._by, at=self._now) for one in self._changes]
        )
        Submission.objects.filter(pk=self._submission.pk).update(filled=filled, errors=errors)
        record(Event.CELLS_SAVED, self._by, self._submission.organisation, self._submission, cells=sorted(last))


def _typed(sheet: Sheet, edit: Edit) -> _Typed:
    """By the rules by which a workbook is read."""
    if not edit.text.strip():
        return _Typed(CellState.EMPTY, None)
    read = understand(sheet.places[edit.code].answer, edit.text)
    message = " ".join(part for part in (read.what, read.cure) if part)
    if read.what and read.is_error:
        return _Typed(CellState.EMPTY, None, message, is_bad=read.what != INCOMPLETE)
    return _Typed(CellState(read.state), read.value, message)


def _content(cell: Stored | None) -> tuple[str, Decimal | None, str]:
    return (cell.state, cell.value, cell.reason) if cell else (CellState.EMPTY, None, "")


def _result(code: str, outcome: Outcome, cell: Stored | None, message: str) -> CellResult:
    return CellResult(code, outcome, cell.version if cell else 0, *_content(cell), message)
