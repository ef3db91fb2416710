"""A form as it stands, read in a fixed number of queries: cells, last year's, what the checks and the coordinator say.

What a page of the form shows comes from here; nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from orientir.model.collection import Answer
from orientir.model.forms import AnswerKind
from orientir.model.results import Issue
from orientir.model.status import Severity
from orientir.sources.forms.answering import sum_of
from orientir_web.submissions.models import Correction, KnownCell, Remark, Submission
from orientir_web.submissions.sheets import (
    Sheet,
    Stored,
    as_known,
    cells_of,
    corrected_cells,
    known_cells,
    period_before,
    sheet_of,
)
from orientir_web.submissions.states import State
from orientir_web.submissions.words import cell_text, sum_text


@dataclass(frozen=True)
class Spot:
    """Where a cell stands on a page: its number, that of its row, the code that its row's reason belongs to."""

    number: int
    row: int
    head: str
    row_title: str
    column_title: str

    @property
    def title(self) -> str:
        return f"{self.row_title}, {self.column_title}" if self.column_title else self.row_title


@dataclass(frozen=True)
class Typed:
    """What somebody sent that could not be saved, and why: it is shown again, never dropped."""

    text: str
    message: str
    reason: str


@dataclass(frozen=True)
class Filling:
    submission: Submission
    sheet: Sheet
    cells: Mapping[str, Stored]
    known: Mapping[str, KnownCell]
    period_before: str
    answers: Sequence[Answer]
    issues: tuple[Issue, ...]
    remarks: Sequence[Remark]
    corrections: Sequence[Correction] = ()
    typed: Mapping[str, Typed] = field(default_factory=dict)

    @property
    def errors(self) -> list[Issue]:
        return [one for one in self.issues if one.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Issue]:
        return [one for one in self.issues if one.severity is Severity.WARNING]

    @property
    def missing(self) -> list[Spot]:
        return [spots_of(self.sheet)[code] for code in self.sheet.missing(self.cells.values())]

    def text(self, code: str, kind: AnswerKind) -> str:
        """What counts for the cell now: the last correction, else what stands in it."""
        if code in self.typed:
            return self.typed[code].text
        for one in reversed(self.corrections):
            if one.code == code:
                return cell_text(kind, one.state, one.value)
        cell = self.cells.get(code)
        return cell_text(kind, cell.state, cell.value) if cell else ""

    def reason(self, codes: Sequence[str]) -> str:
        """Of a row: workbooks and the pages put it at the first cell, others may put it elsewhere."""
        typed = next((self.typed[code].reason for code in codes if code in self.typed), "")
        return typed or next((cell.reason for code in codes if (cell := self.cells.get(code)) and cell.reason), "")

    def with_typed(self, typed: Mapping[str, Typed]) -> Filling:
        return replace(self, typed=typed)


def filling_of(submission: Submission) -> Filling:
    sheet, before = sheet_of(submission), period_before(submission.campaign)
    cells, known = {cell.code: cell for cell in cells_of(submission)}, known_cells(submission, before)
    # Only a returned form has remarks that wait, and only an accepted one is corrected.
    corrections = list(submission.corrections.select_related("by")) if submission.state == State.ACCEPTED else []
    remarks = list(submission.remarks.filter(resolved_at__isnull=True)) if submission.state == State.RETURNED else []
    answers = sheet.answers(corrected_cells(cells.values(), corrections))
    return Filling(
        submission=submission,
        sheet=sheet,
        cells=cells,
        known=known,
        period_before=before,
        answers=answers,
        issues=sheet.check.issues(answers, as_known(sheet, known)),
        remarks=remarks,
        corrections=corrections,
    )


@lru_cache(maxsize=16)
def spots_of(sheet: Sheet) -> dict[str, Spot]:
    """By code; numbers count through the whole form, so that a page and what is sent to it agree."""
    codes, found, row_number = iter(sheet.places), dict[str, Spot](), 0
    for section in sheet.layout.sections:
        titles = [title for _, title in section.columns] or [""]
        for row in section.rows:
            row_number += 1
            own = [next(codes) for _ in row.cells]
            for code, title in zip(own, titles, strict=True):
                found[code] = Spot(len(found) + 1, row_number, own[0], row.asked.title, title)
    return found


def sums_of(sheet: Sheet, answers: Sequence[Answer]) -> list[str]:
    """The sums that the form shows, in the order of its layout."""
    return [
        sum_text(sum_of(one.key or ("", ()), [answers[place] for place in parts]))
        for one, parts in sheet.layout.shown_sums
    ]
