"""Pages on which a form is submitted, reviewed, returned, accepted, corrected, and a campaign approved."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orientir_web.campaigns.models import Campaign
from orientir_web.people.access import can, person_of, visible
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused
from orientir_web.submissions import approving, services
from orientir_web.submissions.entry import about, corrected, own, shown
from orientir_web.submissions.filling import filling_of
from orientir_web.submissions.grid import grid
from orientir_web.submissions.grid_shape import Purpose
from orientir_web.submissions.saving import check_editable
from orientir_web.submissions.sheets import sheet_of
from orientir_web.submissions.states import State, can_move

_REMARK = "remark:"


def submit_form(request: HttpRequest, submission_id: int) -> HttpResponse:
    """First what is in the way, or a confirmation; then it is submitted."""
    submission = own(request, submission_id, Action.FILL)
    if request.method == "POST":
        services.submit(submission, person_of(request))
        messages.success(request, _("Форма сдана. Координатор проверит её и примет или вернёт с замечаниями."))
        return redirect("form", submission_id)
    filling = filling_of(submission)
    closed = ""
    try:
        check_editable(submission, timezone.now())
    except ActionRefused as refused:
        closed = str(refused)
    is_ready = not (closed or filling.missing or filling.errors)
    told = {"missing": filling.missing, "closed": closed, "is_ready": is_ready}
    return shown(request, submission.campaign, "submit.html", about(request, filling) | told)


def review(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The form beside what the checks say, with room for a remark at every cell."""
    submission = own(request, submission_id, Action.REVIEW)
    filling = filling_of(submission)
    is_waiting = can_move(submission.state, State.ACCEPTED)
    told = {
        "is_waiting": is_waiting,
        "is_own": submission.submitted_by_id == request.user.pk,
        "grid": grid(filling, Purpose.REVIEW if is_waiting else Purpose.READ),
    }
    return shown(request, submission.campaign, "review.html", about(request, filling) | told)


@require_POST
def return_form(request: HttpRequest, submission_id: int) -> HttpResponse:
    submission = own(request, submission_id, Action.REVIEW)
    remarks = {
        name.removeprefix(_REMARK): text for name, text in request.POST.dict().items() if name.startswith(_REMARK)
    }
    services.return_submission(submission, remarks, person_of(request))
    messages.success(request, _("Форма возвращена с замечаниями."))
    return redirect("review", submission_id)


@require_POST
def accept_form(request: HttpRequest, submission_id: int) -> HttpResponse:
    submission = own(request, submission_id, Action.REVIEW)
    snapshot = services.accept(submission, person_of(request))
    messages.success(request, _("Форма принята. Контрольная сумма: %(sum)s.") % {"sum": snapshot.sha256[:12]})
    return redirect("review", submission_id)


@require_POST
def correct_cell(request: HttpRequest, submission_id: int) -> HttpResponse:
    """After acceptance: recorded beside the snapshot, which stays as it is."""
    submission = own(request, submission_id, Action.REVIEW)
    told = request.POST
    services.correct(submission, told.get("code", ""), told.get("text", ""), told.get("reason", ""), person_of(request))
    messages.success(request, _("Исправление записано; принятое сохранено как было."))
    return redirect("form", submission_id)


def approval(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """What the campaign has collected, form by form, and whether it is approved."""
    campaign = _campaign(request, campaign_id, Action.SEE)
    forms = campaign.submissions.select_related("organisation", "snapshot", "campaign").prefetch_related("corrections")
    made, waiting = approving.approval_of(campaign), approving.not_accepted(campaign).count()
    late = []
    for one in forms:
        for correction in one.corrections.all():
            if made and correction.at > made.at:
                late.append((one, correction, *corrected(sheet_of(one), correction)))
    told = {
        "campaign": campaign,
        "forms": forms,
        "approval": made,
        "waiting": waiting,
        "late": late,
        "can_approve": not made and not waiting and can(request.user, Action.APPROVE, campaign.district),
    }
    return shown(request, campaign, "approval.html", told)


@require_POST
def approve_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = _campaign(request, campaign_id, Action.APPROVE)
    made = approving.approve(campaign, person_of(request))
    messages.success(request, _("Сведения утверждены. Контрольная сумма: %(sum)s.") % {"sum": made.sha256[:12]})
    return redirect("campaign_approval", campaign_id)


def _campaign(request: HttpRequest, key: int, action: Action) -> Campaign:
    rows = Campaign.objects.select_related("district")
    return get_object_or_404(visible(request.user, rows, action), pk=key)
