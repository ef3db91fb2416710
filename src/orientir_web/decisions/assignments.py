"""Verbs about assignments: an organisation tells how far it is, and proves it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir_web.decisions.models import Assignment
from orientir_web.decisions.own import OVER
from orientir_web.evidence.models import EvidenceFile
from orientir_web.evidence.services import attach, detach
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can
from orientir_web.people.models import Person
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused


@transaction.atomic
def report(assignment: Assignment, version: int, status: str, told: str, by: Person) -> None:
    """Raises ActionRefused where it is over, where nothing says what was done, and where a colleague was quicker."""
    _check_open(assignment, by)
    if status == "done" and not told.strip():
        raise ActionRefused(_("Напишите, что сделано: без этого поручение не считается исполненным."))
    change = {"status": status, "told": told.strip(), "by": by, "at": timezone.now(), "version": version + 1}
    if not Assignment.objects.filter(pk=assignment.pk, version=version).update(**change):
        raise ActionRefused(_("Пока вы писали, ответ изменили. Откройте решение ещё раз."))
    told_now = {"decision": assignment.decision_id, "status": status, "told": told.strip()}
    record(Event.ASSIGNMENT_REPORTED, by, assignment.organisation, assignment, **told_now)


@transaction.atomic
def prove(assignment: Assignment, upload: UploadedFile | None, by: Person) -> EvidenceFile:
    _check_open(assignment, by)
    return attach(assignment, assignment.organisation, upload, by)


@transaction.atomic
def unprove(assignment: Assignment, file: EvidenceFile, by: Person) -> None:
    _check_open(assignment, by)
    detach(assignment, assignment.organisation, file, by)


def _check_open(assignment: Assignment, by: Person) -> None:
    check_can(by, Action.ANSWER, assignment.organisation)
    if assignment.decision.status in OVER:
        raise ActionRefused(_("Решение уже исполнено или отменено: дополнить его может тот, кто его принял."))
