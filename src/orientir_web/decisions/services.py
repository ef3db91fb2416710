"""Verbs: texts edited, decisions recorded and proved. Recommendations are sent in advising.py, and what organisations
say of a decision is taken in assignments.py."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir_web.campaigns.models import Campaign
from orientir_web.decisions.edits import edits_of
from orientir_web.decisions.models import Decision, TextEdit
from orientir_web.decisions.owners import assign
from orientir_web.decisions.texts import Reviewed, lost, review, seen_in
from orientir_web.decisions.tokens import stored_parts, to_store
from orientir_web.decisions.year import Year
from orientir_web.evidence.models import EvidenceFile
from orientir_web.evidence.services import attach, detach
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can
from orientir_web.people.models import Organisation, Person
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused

# ---- texts


@transaction.atomic
def edit_text(campaign: Campaign, year: Year, key: str, typed: str, by: Person) -> TextEdit:
    """The numbers stay live. Raises ActionRefused for digits that were typed in."""
    check_can(by, Action.DECIDE, campaign.district)
    now = _reviewed(campaign, year, key)
    if now.paragraph is None:
        raise ActionRefused(_("Данные больше не дают этого вывода: править его нечего."))
    text = to_store(typed, now.known, now.paragraph.parts)
    parts = [part if isinstance(part, str) else year.numbers.live(part.ref) for part in stored_parts(text)]
    if lost(parts):
        raise ActionRefused(_("В тексте осталось число, которого в данных больше нет. Уберите его."))
    return _put(campaign, key, text, seen_in(now, parts), by)


@transaction.atomic
def confirm_text(campaign: Campaign, year: Year, key: str, by: Person) -> TextEdit:
    """The data have changed, somebody has looked, and the words still hold."""
    check_can(by, Action.DECIDE, campaign.district)
    now = _reviewed(campaign, year, key)
    if now.edit is None or now.paragraph is None or lost(now.parts):
        raise ActionRefused(_("Этот текст не подтвердить: его число или вывод пропали. Исправьте его."))
    return _put(campaign, key, now.edit.text, seen_in(now, now.parts), by)


@transaction.atomic
def take_back(campaign: Campaign, key: str, by: Person) -> None:
    """The generated text counts again; what was written stays in the history."""
    check_can(by, Action.DECIDE, campaign.district)
    if key not in edits_of(campaign):
        raise ActionRefused(_("Этот текст не правили."))
    _put(campaign, key, "", {}, by)


def _reviewed(campaign: Campaign, year: Year, key: str) -> Reviewed:
    edit = edits_of(campaign).get(key)
    if edit is None and key not in year.paragraphs:
        raise ActionRefused(_("Такого текста нет: данные посчитаны заново. Откройте список ещё раз."))
    return review(key, year, edit)


def _put(campaign: Campaign, key: str, text: str, seen: dict[str, str], by: Person) -> TextEdit:
    made = TextEdit.objects.create(campaign=campaign, key=key, text=text, seen=seen, by=by, at=timezone.now())
    record(Event.TEXT_EDITED, by, campaign.district, made, key=key, text=text)
    return made


# ---- decisions


@transaction.atomic
def decide(district: Organisation, told: dict[str, Any], by: Person) -> Decision:
    """`told` are the cleaned fields of the form."""
    check_can(by, Action.DECIDE, district)
    organisations = told.pop("organisations")
    made = Decision.objects.create(district=district, changed_by=by, changed_at=timezone.now(), **told)
    made.organisations.set(organisations)
    assign(made)
    record(Event.DECISION_MADE, by, district, made, title=made.title, status=made.status)
    return made


@transaction.atomic
def change(decision: Decision, version: int, told: dict[str, Any], by: Person) -> None:
    """Raises ActionRefused where somebody else has changed it since it was shown."""
    check_can(by, Action.DECIDE, decision.district)
    organisations = told.pop("organisations")
    held = Decision.objects.filter(pk=decision.pk, version=version)
    if not held.update(version=version + 1, changed_by=by, changed_at=timezone.now(), **told):
        raise ActionRefused(_("Пока вы правили запись, её изменили. Откройте её ещё раз."))
    decision.organisations.set(organisations)
    decision.refresh_from_db()
    assign(decision)
    record(Event.DECISION_CHANGED, by, decision.district, decision, status=told["status"], version=version + 1)


@transaction.atomic
def prove(decision: Decision, upload: UploadedFile | None, by: Person) -> EvidenceFile:
    check_can(by, Action.DECIDE, decision.district)
    return attach(decision, decision.district, upload, by)


@transaction.atomic
def unprove(decision: Decision, file: EvidenceFile, by: Person) -> None:
    check_can(by, Action.DECIDE, decision.district)
    detach(decision, decision.district, file, by)
