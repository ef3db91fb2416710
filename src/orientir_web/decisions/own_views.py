"""The pages of who is asked: a recommendation acknowledged, an assignment answered and proved."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orientir_web.campaigns.programmes import programme_of
from orientir_web.decisions import assignments
from orientir_web.decisions.advising import acknowledge
from orientir_web.decisions.asking import assignment_asked, decision_shown
from orientir_web.decisions.forms import REPORTED
from orientir_web.decisions.models import Addressee
from orientir_web.evidence.models import EvidenceFile
from orientir_web.evidence.services import given
from orientir_web.people.access import can, person_of, visible
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused


def advice(request: HttpRequest, addressee_id: int) -> HttpResponse:
    """What is recommended to an organisation, and what it has answered."""
    rows = Addressee.objects.select_related("organisation", "acknowledged_by", "advice__campaign__district")
    one = get_object_or_404(visible(request.user, rows), pk=addressee_id)
    programme = programme_of(one.advice.campaign.snapshot_id)
    context = {
        "one": one,
        "owner": programme.title_of("roles", one.advice.owner),
        "audience": programme.title_of("audiences", one.advice.audience),
        "may_answer": can(request.user, Action.ANSWER, one.organisation),
    }
    return render(request, "decisions/advice.html", context)


@require_POST
def advice_acknowledge(request: HttpRequest, addressee_id: int) -> HttpResponse:
    rows = Addressee.objects.select_related("organisation", "advice")
    addressee = get_object_or_404(visible(request.user, rows, Action.ANSWER), pk=addressee_id)
    acknowledge(addressee, request.POST.get("answer", ""), person_of(request))
    messages.success(request, _("Рекомендация принята к сведению."))
    return redirect("advice", addressee.pk)


@require_POST
def assignment_report(request: HttpRequest, assignment_id: int) -> HttpResponse:
    one = assignment_asked(request, assignment_id)
    status, version = request.POST.get("status", ""), request.POST.get("version", "")
    if status not in dict(REPORTED):
        raise ActionRefused(_("Выберите, как продвинулось дело."))
    seen = int(version) if version.isdecimal() and len(version) < 10 else 0
    assignments.report(one, seen, status, request.POST.get("told", "")[:1000], person_of(request))
    messages.success(request, _("Ответ записан; его видит тот, кто принял решение."))
    return redirect("decision", one.decision_id)


@require_POST
def assignment_evidence(request: HttpRequest, assignment_id: int) -> HttpResponse:
    one = assignment_asked(request, assignment_id)
    assignments.prove(one, request.FILES.get("file"), person_of(request))
    messages.success(request, _("Файл приложен."))
    return redirect("decision", one.decision_id)


@require_POST
def assignment_evidence_remove(request: HttpRequest, assignment_id: int, file_id: int) -> HttpResponse:
    one = assignment_asked(request, assignment_id)
    file = get_object_or_404(EvidenceFile.objects.filter(pk__in=one.files.values("pk")), pk=file_id)
    assignments.unprove(one, file, person_of(request))
    messages.success(request, _("Файл убран."))
    return redirect("decision", one.decision_id)


def decision_file(request: HttpRequest, decision_id: int, file_id: int) -> FileResponse:
    """What the district has attached, also for the organisations that the decision concerns."""
    one = decision_shown(request, decision_id)
    return given(get_object_or_404(EvidenceFile.objects.filter(pk__in=one.files.values("pk")), pk=file_id))
