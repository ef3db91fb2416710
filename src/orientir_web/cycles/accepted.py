"""What a computation is made of: the accepted forms as they were frozen, and what was corrected since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from orientir.facts.corrections import STATES
from orientir.facts.recording import correction_row
from orientir.model.collection import Correction as CoreCorrection
from orientir.model.collection import CorrectionKind, FormReading
from orientir.model.status import CellState as CoreState
from orientir.sources.forms.answering import sum_of
from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.registered import rows_of
from orientir_web.decisions.models import Decision, TextEdit
from orientir_web.submissions.models import Correction, Snapshot
from orientir_web.submissions.sheets import Sheet, sheet_of
from orientir_web.submissions.states import CellState


@dataclass
class FrozenCell:
    """A cell as the text of a snapshot tells it."""

    code: str
    state: str
    value: Decimal | None
    reason: str


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

    def reading(self) -> FormReading:
        """As a workbook of the form would be read: what was asked, then the sums that follow from it."""
        layout = self.sheet.layout
        answers = self.sheet.answers(_cells(self.snapshot.content))
        sums = [sum_of(one.key, [answers[place] for place in parts]) for one, parts in layout.sums if one.key]
        return FormReading(
            self.snapshot.submission.form, layout.form.version, self.organisation, self.sheet.period,
            (*answers, *sums), (),
        )  # fmt: skip

    def answered(self) -> int:
        return sum(cell.state != CellState.EMPTY for cell in _cells(self.snapshot.content))


def _cells(content: str) -> list[FrozenCell]:
    return [
        FrozenCell(one["code"], one["state"], None if one["value"] is None else Decimal(one["value"]), one["reason"])
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
        list(forms.values_list("submission", "sha256")),
        list(corrections.values_list("pk", flat=True)),
        list(rows_of(campaign).values_list("pk", "version")),
        list(Decision.objects.filter(district=campaign.district_id).order_by("pk").values_list("pk", "version")),
        TextEdit.objects.filter(campaign=campaign).count(),  # append-only
        base,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


# ---- corrections


def correction_rows(campaign: Campaign, sources: dict[str, str]) -> list[dict[str, str]]:
    """Rows of corrections.csv; `sources` are those of the forms."""
    related = ("submission__organisation", "submission__campaign", "by")
    made = Correction.objects.filter(submission__campaign=campaign).select_related(*related).order_by("pk")
    return [correction_row(one) for one in _corrections(made, sources)]


def _corrections(made: Iterable[Correction], sources: dict[str, str]) -> Iterator[CoreCorrection]:
    for one in made:
        sheet = sheet_of(one.submission)
        element, breakdown = sheet.places[one.code].key
        yield CoreCorrection(
            id=f"w{one.pk}",
            kind=CorrectionKind.EXCLUDE if one.value is None else CorrectionKind.OVERRIDE,
            element=element,
            organisation=one.submission.organisation.code,
            period=sheet.period,
            breakdown=breakdown,
            source=sources[one.submission.form],
            expected=_number(one.expected),
            value=_number(one.value),
            author=str(one.by),
            decided_on=one.at.astimezone(one.submission.campaign.zone).date(),
            reason=_reason(one),
            expected_state=_expected(one),
        )


def _expected(one: Correction) -> CoreState | None:
    """A number taken out by an earlier correction is not reported, whatever the cell was marked with."""
    if one.expected is not None:
        return None
    earlier = Correction.objects.filter(submission=one.submission_id, code=one.code, pk__lt=one.pk).exists()
    if earlier or one.expected_state == CellState.EMPTY:
        return CoreState.NOT_REPORTED
    return CoreState(one.expected_state)


def _number(value: Decimal | None) -> Decimal | None:
    """Without the noughts that the database adds."""
    return None if value is None else Decimal(f"{value.normalize():f}")


def _reason(one: Correction) -> str:
    return one.reason if one.value is not None else f"{STATES[CoreState(one.state)]}: {one.reason}"
