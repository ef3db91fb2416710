"""The head of department approves what a campaign has collected, as a whole. Single forms are accepted before, by the
coordinator (services.py).
"""

from __future__ import annotations

import hashlib
import json

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir_web.campaigns.models import Campaign
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can
from orientir_web.people.models import Person
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.models import Approval, Submission
from orientir_web.submissions.states import State


def not_accepted(campaign: Campaign) -> QuerySet[Submission]:
    """What stands between the campaign and its approval."""
    return campaign.submissions.exclude(state=State.ACCEPTED).select_related("organisation")


def approval_of(campaign: Campaign) -> Approval | None:
    return Approval.objects.filter(campaign=campaign).defer("content").first()


@transaction.atomic
def approve(campaign: Campaign, by: Person) -> Approval:
    """Once, and only when every form is accepted. Raises ActionRefused with what is in the way."""
    check_can(by, Action.APPROVE, campaign.district)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    if approval_of(campaign):
        raise ActionRefused(_("Сведения уже утверждены."))
    waiting = not_accepted(campaign).count()
    if waiting:
        raise ActionRefused(_("Приняты не все формы; осталось: %(count)s.") % {"count": waiting})
    content = _content(campaign)
    if content == "[]":
        raise ActionRefused(_("В этом сборе нет ни одной формы: утверждать нечего."))
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    made = Approval.objects.create(campaign=campaign, content=content, sha256=sha256, by=by, at=timezone.now())
    record(Event.APPROVED, by, campaign.district, made, sha256=sha256, campaign=campaign.pk)
    return made


def _content(campaign: Campaign) -> str:
    """Each form with the checksum of its snapshot and the corrections that stood beside it."""
    forms = campaign.submissions.select_related("organisation", "snapshot").prefetch_related("corrections")
    told = [
        {"organisation": one.organisation.code, "form": one.form, "sha256": one.snapshot.sha256,
         "corrections": [correction.pk for correction in one.corrections.all()]}
        for one in forms.order_by("organisation__path", "form")
    ]  # fmt: skip
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
