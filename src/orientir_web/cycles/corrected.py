"""Corrections made after acceptance, as rows of corrections.csv: the cell, then every sum of the form that follows.

Each is written against what the one before it left, so that none of them is stale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from orientir.facts.recording import correction_row
from orientir.model.collection import Answer, CorrectionKind
from orientir.model.collection import Correction as CoreCorrection
from orientir.model.status import CellState as CoreState
from orientir.presentation import quoted
from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.accepted import Accepted, accepted_forms
from orientir_web.submissions.filling import spots_of
from orientir_web.submissions.models import Correction


def correction_rows(campaign: Campaign, sources: Mapping[str, str]) -> list[dict[str, str]]:
    """`sources` are those of the forms."""
    made = Correction.objects.filter(submission__campaign=campaign).select_related("by").order_by("pk")
    forms = {one.snapshot.submission_id: one for one in accepted_forms(campaign)} if made else {}
    counting = {key: _Counting(form, sources[form.snapshot.submission.form]) for key, form in forms.items()}
    return [correction_row(row) for one in made for row in counting[one.submission_id].take(one)]


class _Counting:
    """An accepted form while its corrections are gone through: what counts for each of its cells so far."""

    def __init__(self, form: Accepted, source: str) -> None:
        self._form = form
        self._source = source
        self._answers = form.answers()
        self._places = {code: place for place, code in enumerate(form.sheet.places)}

    def take(self, one: Correction) -> Iterator[CoreCorrection]:
        place = self._places[one.code]
        cell, sums = self._answers[place], self._sums_with(place)
        self._answers[place] = cell._replace(value=_number(one.value), state=CoreState(one.state))
        yield self._record(one, f"w{one.pk}", cell, self._answers[place], one.reason)
        reason = f"Пересчитано за ячейкой {quoted(spots_of(self._form.sheet)[one.code].title)}: {one.reason}"
        for number, (was, now) in enumerate(zip(sums, self._sums_with(place), strict=True), 1):
            if (was.value, was.state) != (now.value, now.state):
                yield self._record(one, f"w{one.pk}s{number}", was, now, reason)

    def _sums_with(self, place: int) -> list[Answer]:
        return self._form.sheet.sums(self._answers, place)

    def _record(self, one: Correction, key: str, was: Answer, now: Answer, reason: str) -> CoreCorrection:
        return CoreCorrection(
            id=key,
            kind=CorrectionKind.OVERRIDE,
            element=was.element,
            organisation=self._form.organisation,
            period=self._form.sheet.period,
            breakdown=was.breakdown,
            source=self._source,
            expected=was.value,
            expected_state=was.state if was.value is None else None,
            value=now.value,
            state=now.state if now.value is None else None,
            author=str(one.by),
            decided_on=one.at.astimezone(self._form.snapshot.submission.campaign.zone).date(),
            reason=reason,
        )


def _number(value: Decimal | None) -> Decimal | None:
    """Without the noughts that the database adds."""
    return None if value is None else Decimal(f"{value.normalize():f}")
