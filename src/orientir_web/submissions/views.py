"""The first page: what is to be done, with the way to it. The pages of a form are in entry.py and decisions.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from orientir_web.campaigns.gate import deadline_words
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.campaigns.services import gate_of
from orientir_web.decisions.own import SHOWN, carried_out, own_advice, own_assignments
from orientir_web.people.access import can_anywhere, visible
from orientir_web.people.roles import Action
from orientir_web.submissions.models import Submission
from orientir_web.submissions.states import EDITABLE, State

FORMS_SHOWN = 50


@dataclass(frozen=True)
class FormLine:
    submission: Submission
    title: str
    deadline: str
    is_overdue: bool


def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    campaigns = visible(request.user, _counted(Campaign.objects.select_related("district")))
    rows = Submission.objects.select_related("organisation", "campaign", "campaign__snapshot")
    rows = visible(request.user, rows.prefetch_related("campaign__exceptions"), Action.FILL)
    # Who runs a campaign fills a form now and then, from its own page; here they would be lost among all of them.
    run = visible(request.user, Campaign.objects.order_by(), Action.RUN_CAMPAIGN)
    own = rows.exclude(campaign__in=run)[:FORMS_SHOWN]
    lines = sorted(_lines(own, now), key=lambda line: not line.is_overdue)  # what is late stays on top
    told = [(one, deadline_words(one.closes_at, one.zone), one.closes_at <= now) for one in campaigns]
    context = {"forms": lines, "campaigns": told, "to_review": _to_review(request), "to_approve": _to_approve(request)}
    context |= _to_answer(request)
    context["can_open"] = can_anywhere(request.user, Action.RUN_CAMPAIGN)
    return render(request, "home.html", context)


def _to_answer(request: HttpRequest) -> dict[str, Any]:
    """Recommendations and assignments of one's organisation, and decisions that wait for whoever took them."""
    advice = own_advice(request.user).order_by("advice__due", "pk")
    today, promised = timezone.localdate(), advice.filter(acknowledged_at__isnull=False)
    return {
        "advice": advice.filter(acknowledged_at=None)[:SHOWN],
        "promised": promised.filter(advice__due__gte=today)[:SHOWN],
        "assignments": own_assignments(request.user)[:SHOWN],
        "carried_out": carried_out(request.user)[:SHOWN],
        "today": today,
    }


def _to_review(request: HttpRequest) -> QuerySet[Submission]:
    """What was submitted first comes first."""
    rows = Submission.objects.filter(state=State.SUBMITTED).select_related("organisation", "campaign")
    return visible(request.user, rows, Action.REVIEW).order_by("submitted_at")[:FORMS_SHOWN]


def _to_approve(request: HttpRequest) -> QuerySet[Campaign]:
    return visible(request.user, Campaign.objects.filter(approval=None), Action.APPROVE)[:FORMS_SHOWN]


def _counted(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """How many of the forms asked are in which state."""
    counts = {state.value: Count("submissions", filter=Q(submissions__state=state)) for state in State}
    # What is grouped has no order of its own: it is told again.
    return campaigns.annotate(asked=Count("submissions"), **counts).order_by("-closes_at", "pk")


def _lines(submissions: QuerySet[Submission], now: datetime) -> Iterator[FormLine]:
    for one in submissions:
        deadline = gate_of(one.campaign).deadline(one.organisation_id)
        title = next(form.title for form in programme_of(one.campaign.snapshot_id).forms if form.id == one.form)
        late = State(one.state) in EDITABLE and deadline <= now
        yield FormLine(one, title, deadline_words(deadline, one.campaign.zone), late)
