"""The form behind a submission: its layout and checks from the core, its cells from the database.

Nothing about a form is defined here. A cell is known by its code, which the core gives (`layout.code_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol

from orientir.collecting.form_check import FormCheck
from orientir.model.collection import Answer, CellKey, Known
from orientir.model.periods import Period
from orientir.model.results import Issue
from orientir.model.status import CellState as CoreState
from orientir.model.status import Severity
from orientir.sources.forms.answering import sum_of
from orientir.sources.forms.layout import CellPlace, Layout, code_of, layout_of
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.submissions.models import Cell, KnownCell, Submission
from orientir_web.submissions.states import CellState

_KEPT = 16


class Content(Protocol):
    """A cell, a change of one, a known one: whatever says something of a code."""

    @property
    def code(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def reason(self) -> str: ...


class Stored(NamedTuple):
    """What a cell says now, and how often it was changed. A form has a hundred: as models they cost twice as much."""

    code: str
    state: str
    value: Decimal | None
    reason: str
    version: int


@dataclass
class ToldCell:
    """A cell as a snapshot, or a correction over what was saved, tells it."""

    code: str
    state: str
    value: Decimal | None
    reason: str


@dataclass(frozen=True, eq=False)
class Sheet:
    """One form of one campaign, worked out once and shared by all its submissions."""

    layout: Layout
    period: Period
    places: Mapping[str, CellPlace]
    check: FormCheck

    def issues(self, cells: Iterable[Content], previous: Mapping[CellKey, Known]) -> tuple[Issue, ...]:
        """What the core says of these cells; `facts` of an issue are codes."""
        return self.check.issues(self.answers(cells), previous)

    def answers(self, cells: Iterable[Content]) -> list[Answer]:
        """In the order of the layout; an empty cell is not reported."""
        by_code = {cell.code: cell for cell in cells}
        return [_answer(place, by_code.get(code)) for code, place in self.places.items()]

    def sums(self, answers: Sequence[Answer], place: int | None = None) -> list[Answer]:
        """What follows from the answers; with a place, what follows from the answer there."""
        return [
            sum_of(one.key, [answers[part] for part in parts])
            for one, parts in self.layout.sums
            if one.key and (place is None or place in parts)
        ]

    def missing(self, cells: Iterable[Content]) -> list[str]:
        """Codes of cells that nobody has answered."""
        answered = {cell.code for cell in cells if cell.state != CellState.EMPTY}
        return [code for code in self.places if code not in answered]


def _answer(place: CellPlace, cell: Content | None) -> Answer:
    if cell is None or cell.state == CellState.EMPTY:
        # A reason stands at a row's first cell and holds for the whole row, also while that cell is still empty.
        return Answer(*place.key, None, CoreState.NOT_REPORTED, place.place, cell.reason if cell else "")
    return Answer(*place.key, cell.value, CoreState(cell.state), place.place, cell.reason)


def corrected_cells(cells: Iterable[Content], corrections: Iterable[Content]) -> list[Content]:
    """What counts for each: its last correction over what was saved. A reason that explains the row stays."""
    last = {one.code: one for one in corrections}
    return [
        ToldCell(one.code, last[one.code].state, last[one.code].value, one.reason) if one.code in last else one
        for one in cells
    ]


def sheet_of(submission: Submission) -> Sheet:
    campaign = submission.campaign
    return sheet(campaign.snapshot_id, submission.form, campaign.period)


@lru_cache(maxsize=_KEPT)
def sheet(snapshot: str, form_id: str, period_label: str) -> Sheet:
    programme = programme_of(snapshot)
    form = next(form for form in programme.forms if form.id == form_id)
    layout = layout_of(form, programme)
    period = Period.parse(period_label, programme.period)
    places = {code_of(*place.key): place for place in layout.cells}
    return Sheet(layout, period, places, FormCheck(layout, period))


def cells_of(submission: Submission) -> list[Stored]:
    return [Stored(*row) for row in Cell.objects.filter(submission=submission).values_list(*Stored._fields)]


def period_before(campaign: Campaign) -> str:
    return str(Period.parse(campaign.period, programme_of(campaign.snapshot_id).period).shifted(-1))


def known_cells(submission: Submission, period: str) -> dict[str, KnownCell]:
    """What is known of the organisation in that period, by code."""
    return {one.code: one for one in KnownCell.objects.filter(organisation=submission.organisation_id, period=period)}


def previous_of(submission: Submission) -> dict[CellKey, Known]:
    """Last year's numbers, as the core compares with them."""
    return as_known(sheet_of(submission), known_cells(submission, period_before(submission.campaign)))


def as_known(sheet: Sheet, known: Mapping[str, KnownCell]) -> dict[CellKey, Known]:
    places = sheet.places
    return {
        places[code].key: Known(one.value, CoreState(one.state), one.source)
        for code, one in known.items()
        if code in places
    }


def errors_in(issues: Iterable[Issue]) -> int:
    return sum(issue.severity is Severity.ERROR for issue in issues)
