"""Verbs about submissions: asked, submitted, returned, accepted, corrected. Cells are saved in saving.py.

Each checks the right, changes the row if it is still in the state it was seen in, and writes the journal, in one
transaction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir.collecting.known import KnownCells
from orientir.collecting.sending import addressees
from orientir.model.package import Organisation as Place
from orientir.sources.forms.answering import understand
from orientir.sources.forms.layout import code_of
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.campaigns.services import check_open
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can
from orientir_web.people.models import Organisation, Person
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.models import Approval, Cell, Correction, KnownCell, Remark, Snapshot, Submission
from orientir_web.submissions.sheets import Content, Stored, cells_of, errors_in, previous_of, sheet, sheet_of
from orientir_web.submissions.states import MOVES, CellState, State, check_can_move

_SOURCE = 300  # letters that a source may have


@transaction.atomic
def ask(
    campaign: Campaign, organisations: Iterable[Organisation], by: Person, forms: Collection[str] = ()
) -> list[Submission]:
    """These forms, or all of the programme, for those of the organisations that each is meant for.

    Asking again adds the new. Raises ActionRefused after the approval, which is of the whole.
    """
    check_can(by, Action.RUN_CAMPAIGN, campaign.district)
    if Approval.objects.filter(campaign=campaign).exists():
        raise ActionRefused(_("Сведения этого сбора утверждены: новых форм в нём не спрашивают."))
    programme = programme_of(campaign.snapshot_id)
    places = {one.code: one for one in organisations if campaign.district.holds(one)}
    told = [Place(one.code, one.title, one.kind, valid_from=one.valid_from, valid_to=one.valid_to)
            for one in places.values()]  # fmt: skip
    asked = []
    for form in (one for one in programme.forms if not forms or one.id in forms):
        own = sheet(campaign.snapshot_id, form.id, campaign.period)
        for place in addressees(form, told, own.period):
            key = {"campaign": campaign, "organisation": places[place.id], "form": form.id}
            asked.append(Submission.objects.get_or_create(**key, defaults={"asked": len(own.places)})[0])
    record(Event.ASKED, by, campaign.district, campaign, forms=len(asked))
    return asked


@transaction.atomic
def remember(cells: KnownCells, period: str, organisations: Mapping[str, Organisation]) -> None:
    """What a package knows of a period, by the codes of its organisations (`orientir.collecting.known.known_of`)."""
    _keep_known(
        KnownCell(organisation=organisations[place], period=period, code=code_of(*key), state=str(one.state),
                  value=one.value, source=one.source[:_SOURCE])
        for place, own in cells.items() if place in organisations for key, one in own.items()
    )  # fmt: skip


def _remember_accepted(submission: Submission, cells: Iterable[Content]) -> None:
    """What the year after is compared with."""
    title, told = sheet_of(submission).layout.form.title, {"period": submission.campaign.period}
    _keep_known(
        KnownCell(organisation=submission.organisation, code=one.code, state=one.state, value=one.value,
                  source=title[:_SOURCE], **told)
        for one in cells
    )  # fmt: skip


def _keep_known(known: Iterable[KnownCell]) -> None:
    KnownCell.objects.bulk_create(
        known,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["organisation", "period", "code"],
        update_fields=["state", "value", "source"],
    )


@transaction.atomic
def submit(submission: Submission, by: Person, now: datetime | None = None) -> None:
    """Only complete and without errors. Raises ActionRefused with what is in the way."""
    now = now or timezone.now()
    _hold(submission, State.SUBMITTED, by)
    check_open(submission.campaign, submission.organisation, now)
    cells = cells_of(submission)
    missing = sheet_of(submission).missing(cells)
    if missing:
        told_count = {"count": len(missing)}
        raise ActionRefused(_("Не заполнено ячеек: %(count)s. Впишите число, 0 или отметку.") % told_count)
    errors = errors_in(sheet_of(submission).issues(cells, previous_of(submission)))
    if errors:
        raise ActionRefused(_("В форме остались ошибки: %(count)s. Исправьте их.") % {"count": errors})
    submission.remarks.filter(resolved_at__isnull=True).update(resolved_at=now)
    _move(submission, State.SUBMITTED, by, {}, submitted_by=by, submitted_at=now)


@transaction.atomic
def return_submission(submission: Submission, remarks: Mapping[str, str], by: Person) -> None:
    """With remarks by the code of their cell; the one about the whole form has an empty code."""
    places, now = sheet_of(submission).places, timezone.now()
    said = {code: text.strip() for code, text in remarks.items() if text.strip() and (not code or code in places)}
    if not said:
        raise ActionRefused(_("Напишите, что исправить: без замечаний форму не возвращают."))
    _hold(submission, State.RETURNED, by)
    Remark.objects.bulk_create(
        Remark(submission=submission, code=code, text=text, by=by, at=now) for code, text in said.items()
    )
    _move(submission, State.RETURNED, by, {"remarks": len(said)}, decided_by=by, decided_at=now)


@transaction.atomic
def accept(submission: Submission, by: Person) -> Snapshot:
    """What is accepted is frozen. Who has submitted a form does not accept it."""
    _hold(submission, State.ACCEPTED, by)
    if submission.submitted_by_id == by.pk:
        raise ActionRefused(_("Форму принимает не тот, кто её сдал."))
    cells = cells_of(submission)
    content = frozen(cells)
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    now = timezone.now()
    snapshot = Snapshot.objects.create(submission=submission, content=content, sha256=sha256, by=by, at=now)
    _remember_accepted(submission, cells)
    _move(submission, State.ACCEPTED, by, {"sha256": sha256}, decided_by=by, decided_at=now)
    return snapshot


@transaction.atomic
def correct(submission: Submission, code: str, text: str, reason: str, by: Person) -> Correction:
    """A change after acceptance, recorded beside what was accepted. Raises ActionRefused for what is no answer."""
    check_can(by, Action.REVIEW, submission.organisation)
    place = sheet_of(submission).places.get(code)
    if submission.state != State.ACCEPTED or place is None or not reason.strip():
        raise ActionRefused(_("Исправляют ячейку принятой формы, с причиной."))
    read = understand(place.answer, text)
    if read.what and read.is_error:
        raise ActionRefused(f"{read.what} {read.cure}".strip())
    state, value = standing(submission, code)
    if (state, value) == (read.state, read.value):
        raise ActionRefused(_("В ячейке уже стоит это: исправлять нечего."))
    made = Correction.objects.create(
        submission=submission, code=code, state=CellState(read.state), value=read.value, reason=reason.strip(),
        expected_state=state, expected=value, by=by, at=timezone.now(),
    )  # fmt: skip
    _remember_accepted(submission, [made])
    record(Event.CORRECTED, by, submission.organisation, made, code=code, reason=reason.strip())
    return made


def standing(submission: Submission, code: str) -> tuple[str, Decimal | None]:
    """What counts for a cell now: the last correction, else what was accepted."""
    last = submission.corrections.filter(code=code).order_by("-pk").first()
    told: Any = last or Cell.objects.filter(submission=submission, code=code).first()
    return (told.state, told.value) if told else (CellState.EMPTY, None)


def frozen(cells: Iterable[Stored]) -> str:
    """The cells as text; the same cells give the same bytes."""
    told = [
        {"code": cell.code, "state": cell.state, "reason": cell.reason, "version": cell.version,
         "value": None if cell.value is None else f"{cell.value.normalize():f}"}
        for cell in sorted(cells, key=lambda cell: cell.code)
    ]  # fmt: skip
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _hold(submission: Submission, to: State, by: Person) -> None:
    """The row is held until the transaction ends and must be as it was seen: whoever comes second is told so."""
    check_can(by, MOVES[to].action, submission.organisation)
    stored = Submission.objects.select_for_update().get(pk=submission.pk)
    if stored.state != submission.state:
        raise ActionRefused(_("Пока вы смотрели, состояние формы изменилось. Откройте её ещё раз."))
    check_can_move(submission.state, to)


def _move(submission: Submission, to: State, by: Person, details: dict[str, Any], **changes: Any) -> None:
    """After `_hold`."""
    Submission.objects.filter(pk=submission.pk).update(state=to, **changes)
    submission.refresh_from_db()
    record(MOVES[to].event, by, submission.organisation, submission, **details)
