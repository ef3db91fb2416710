"""What a computation is made of: the accepted forms as they were frozen; what was corrected since is corrected.py."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from orientir.model.collection import Answer, FormReading
from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.registered import rows_of
from orientir_web.decisions.models import Decision, TextEdit
from orientir_web.submissions.models import Correction, Snapshot
from orientir_web.submissions.sheets import Sheet, ToldCell, sheet_of
from orientir_web.submissions.states import CellState

_MAKING = 2  # raised when the same rows make another package: what was computed before is then behind


@dataclass(frozen=True)
class Accepted:
    """An accepted form; `seen` counts them in the order of their acceptance."""

    snapshot: Snapshot
    seen: int

    @property
    def organisation(self) -> str:
        return self.snapshot.submission.organisation.code

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_of(self.snapshot.submission)

    @property
    def original(self) -> str:
        """Where its frozen text stands in the package."""
        where = str(self.sheet.period).replace("/", "-")
        form = self.snapshot.submission.form
        return f"originals/{where}/{self.organisation}/{form}-{self.snapshot.sha256[:12]}.json"

    def answers(self) -> list[Answer]:
        """What was asked, as it was accepted."""
        return self.sheet.answers(_cells(self.snapshot.content))

    def reading(self) -> FormReading:
        """As a workbook of the form would be read: what was asked, then the sums that follow from it."""
        answers = self.answers()
        return FormReading(
            self.snapshot.submission.form, self.sheet.layout.form.version, self.organisation, self.sheet.period,
            (*answers, *self.sheet.sums(answers)), (),
        )  # fmt: skip

    def answered(self) -> int:
        return sum(cell.state != CellState.EMPTY for cell in _cells(self.snapshot.content))


def _cells(content: str) -> list[ToldCell]:
    return [
        ToldCell(one["code"], one["state"], None if one["value"] is None else Decimal(one["value"]), one["reason"])
        for one in json.loads(content)
    ]


def accepted_forms(campaign: Campaign) -> list[Accepted]:
    rows = Snapshot.objects.filter(submission__campaign=campaign).order_by("at", "pk")
    related = rows.select_related("submission__organisation", "submission__campaign")
    return [Accepted(one, number) for number, one in enumerate(related, 1)]


def data_of(campaign: Campaign, base: str) -> str:
    """A checksum that changes with every accepted form, correction, register's row, decision, text and package."""
    forms = Snapshot.objects.filter(submission__campaign=campaign).order_by("submission")
    corrections = Correction.objects.filter(submission__campaign=campaign).order_by("pk")
    told = [
        _MAKING,
        list(forms.values_list("submission", "sha256")),
        list(corrections.values_list("pk", flat=True)),
        list(rows_of(campaign).values_list("pk", "version")),
        list(Decision.objects.filter(district=campaign.district_id).order_by("pk").values_list("pk", "version")),
        TextEdit.objects.filter(campaign=campaign).count(),  # append-only
        base,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
