"""What programs send and get. Numbers travel as text: a decimal is not a float, and nothing is rounded on the way."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from orientir.model.results import Issue
from orientir.model.status import Severity
from orientir_web.api.paging import Wanted
from orientir_web.people.roles import Action
from orientir_web.submissions.models import Submission
from orientir_web.submissions.saving import Outcome
from orientir_web.submissions.states import CellState, State

MOST_CELLS = 2_000  # in one request; a form has about a hundred
MOST_REMARKS = 500
LARGEST_KEY = 2**63 - 1

# PostgreSQL keeps no zero byte in a text.
_TEXT = r"^[^\x00]*$"
Key = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
Code = Annotated[str, StringConstraints(max_length=300, pattern=_TEXT)]
Typed = Annotated[str, StringConstraints(max_length=100, pattern=_TEXT)]
Said = Annotated[str, StringConstraints(max_length=500, pattern=_TEXT)]
Remarked = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=_TEXT)]


class TokenInfo(Schema):
    """What a key is for."""

    title: str
    organisation: int
    organisation_title: str
    rights: list[Action]
    expires_at: datetime


class Line(Schema):
    """A form of an organisation, without its cells."""

    id: int
    campaign: int
    period: str
    organisation: int
    organisation_code: str
    organisation_title: str
    form: str
    state: State
    asked: int
    filled: int
    errors: int
    submitted_at: datetime | None
    decided_at: datetime | None


class Lines(Schema):
    """A page of a list: `total` is how many there are in all."""

    total: int
    items: list[Line]


class LinesWanted(Wanted):
    campaign: Key | None = None
    organisation: Key | None = None
    state: State | None = None


class CellOut(Schema):
    """A cell as it stands; one that nobody has answered is empty and has version 0."""

    code: str
    state: CellState
    value: str | None
    version: int
    reason: str


class RemarkOut(Schema):
    """What the coordinator wants mended; without a code it is about the whole form."""

    code: str
    text: str


class CorrectionOut(Schema):
    """What counts for a cell of an accepted form instead of what was accepted; of several the last holds."""

    code: str
    state: CellState
    value: str | None
    reason: str
    at: datetime


class IssueOut(Schema):
    """What the checks say of the form. Errors stop its submission, the others do not."""

    severity: Severity
    where: str
    message: str
    advice: str
    cells: list[str]


class Sheet(Line):
    """A form with everything in it. Its cells are as they were filled; corrections stand beside them."""

    cells: list[CellOut]
    remarks: list[RemarkOut]
    corrections: list[CorrectionOut]
    issues: list[IssueOut]


class EditIn(Schema):
    """What shall stand in a cell, as a person would type it: 35, 0, «нет данных», «не применимо»; empty clears it.

    `version` is that of the cell as it was read; 0 where it was empty and never changed.
    """

    code: Code
    text: Typed
    version: int = Field(ge=0, le=LARGEST_KEY)
    reason: Said = ""


class EditsIn(Schema):
    cells: list[EditIn] = Field(min_length=1, max_length=MOST_CELLS)


class ResultOut(CellOut):
    """What became of an edit. After a conflict the cell is what somebody else has saved."""

    outcome: Outcome
    message: str


class SavedOut(Schema):
    cells: list[ResultOut]
    issues: list[IssueOut]
    filled: int


class RemarkIn(Schema):
    code: Code = ""
    text: Remarked


class RemarksIn(Schema):
    remarks: list[RemarkIn] = Field(min_length=1, max_length=MOST_REMARKS)


class AcceptedOut(Line):
    """`sha256` is of the cells as they were accepted and frozen."""

    sha256: str


def line_of(one: Submission) -> dict[str, object]:
    place = one.organisation
    return {
        "id": one.pk, "campaign": one.campaign_id, "period": one.campaign.period, "organisation": place.pk,
        "organisation_code": place.code, "organisation_title": place.title, "form": one.form, "state": one.state,
        "asked": one.asked, "filled": one.filled, "errors": one.errors, "submitted_at": one.submitted_at,
        "decided_at": one.decided_at,
    }  # fmt: skip


def issue_out(issue: Issue) -> IssueOut:
    return IssueOut(
        severity=issue.severity, where=issue.where, message=issue.message, advice=issue.advice,
        cells=list(issue.facts),
    )  # fmt: skip


def number(value: Decimal | None) -> str | None:
    """Without zeros at the end and without an exponent."""
    return None if value is None else f"{value.normalize():f}"
