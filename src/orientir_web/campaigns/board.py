"""The status board of a campaign: organisations by forms, who is late on top.

What is shown, exported and acted upon in bulk is one list, taken through one filter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from orientir_web.campaigns.gate import Gate, deadline_words
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.campaigns.services import gate_of
from orientir_web.people.models import Organisation
from orientir_web.submissions.models import Submission
from orientir_web.submissions.states import EDITABLE, State


@dataclass(frozen=True)
class Filter:
    """Empty shows everything."""

    state: str = ""
    form: str = ""
    title: str = ""
    is_late: bool = False
    has_errors: bool = False

    @classmethod
    def of(cls, told: Mapping[str, str]) -> Filter:
        """As the address of a page tells it; what no state or form is called by is left out by `takes`."""
        state = told.get("state", "")
        return cls(state if state in State.values else "", told.get("form", ""), told.get("q", "").strip(),
                   bool(told.get("late")), bool(told.get("errors")))  # fmt: skip

    def takes(self, box: Box) -> bool:
        one = box.submission
        return (
            (not self.state or one.state == self.state)
            and (not self.form or one.form == self.form)
            and (not self.is_late or box.is_late)
            and (not self.has_errors or one.errors > 0)
            and self.title.casefold() in one.organisation.title.casefold()
        )


@dataclass(frozen=True)
class Box:
    """One form of one organisation, where it stands and until when it is waited for."""

    submission: Submission
    form: str
    deadline: str
    is_late: bool
    has_own_deadline: bool
    changed_at: datetime | None


@dataclass(frozen=True)
class Line:
    """An organisation; `boxes` follow the columns, None where nothing is asked or the filter leaves it out."""

    organisation: Organisation
    boxes: tuple[Box | None, ...]

    @property
    def is_late(self) -> bool:
        return any(box is not None and box.is_late for box in self.boxes)


@dataclass(frozen=True)
class Board:
    columns: tuple[tuple[str, str], ...]  # the id and the title of each form that is asked
    lines: tuple[Line, ...]
    totals: Mapping[str, int] = field(default_factory=dict)  # by state, of the whole campaign

    @property
    def boxes(self) -> list[Box]:
        return [box for line in self.lines for box in line.boxes if box is not None]


def board_of(campaign: Campaign, wanted: Filter, now: datetime | None = None) -> Board:
    boxes = _boxes(campaign, now or timezone.now())
    asked = {box.submission.form: box.form for box in boxes}
    shown: dict[Organisation, dict[str, Box]] = {}
    for box in filter(wanted.takes, boxes):
        shown.setdefault(box.submission.organisation, {})[box.submission.form] = box
    lines = [Line(place, tuple(own.get(form) for form in asked)) for place, own in shown.items()]
    lines.sort(key=lambda line: not line.is_late)
    totals = {state.value: sum(box.submission.state == state for box in boxes) for state in State}
    totals["late"] = sum(box.is_late for box in boxes)
    return Board(tuple(asked.items()), tuple(lines), totals)


def _boxes(campaign: Campaign, now: datetime) -> list[Box]:
    titles = {form.id: form.title for form in programme_of(campaign.snapshot_id).forms}
    rows = Submission.objects.filter(campaign=campaign).select_related("organisation")
    # What is grouped has no order of its own: it is told again.
    rows = rows.annotate(cells_at=Max("cells__changed_at")).order_by("organisation__path", "form")
    gate = gate_of(campaign)
    return [_box(one, titles.get(one.form, one.form), campaign, gate, now) for one in rows]


def _box(one: Submission, title: str, campaign: Campaign, gate: Gate, now: datetime) -> Box:
    ends = gate.deadline(one.organisation_id)
    moments = [at for at in (one.cells_at, one.submitted_at, one.decided_at) if at]  # type: ignore[attr-defined]
    return Box(
        submission=one,
        form=title,
        deadline=deadline_words(ends, campaign.zone),
        is_late=State(one.state) in EDITABLE and ends <= now,
        has_own_deadline=one.organisation_id in gate.exceptions,
        changed_at=max(moments, default=None),
    )
