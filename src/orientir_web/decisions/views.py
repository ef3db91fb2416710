"""Pages of decisions: the list, one of them with its parts and its outcome, what followed in a year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orientir.reports.wording import spoken
from orientir_web.campaigns.models import Campaign
from orientir_web.decisions import services
from orientir_web.decisions.actions import to_csv
from orientir_web.decisions.asking import decision_led, decision_shown, district_asked
from orientir_web.decisions.edits import edits_of
from orientir_web.decisions.forms import FORMS, KINDS, REPORTED, STATUSES, DecisionForm, initial
from orientir_web.decisions.models import Assignment, Decision
from orientir_web.decisions.outcomes import latest_outcomes, outcomes
from orientir_web.decisions.own import OVER, SHOWN, own_advice, shown_decisions
from orientir_web.decisions.owners import owner_title, programme_at
from orientir_web.decisions.texts import review
from orientir_web.decisions.year import year_of
from orientir_web.evidence.kinds import ALLOWED
from orientir_web.evidence.models import EvidenceFile
from orientir_web.people.access import can, can_anywhere, person_of, visible
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Action
from orientir_web.refusals import missing_unless

PAGE = 50


def decisions(request: HttpRequest) -> HttpResponse:
    """What is to be acknowledged, what was decided, and the campaigns whose texts one may review."""
    missing_unless(can_anywhere(request.user, Action.SEE))
    status = request.GET.get("status", "")
    rows = _listed(request)
    if status in dict(STATUSES):
        rows = rows.filter(status=status)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    campaigns = visible(request.user, Campaign.objects.select_related("district"), Action.DECIDE)
    context = {
        "page": page,
        "lines": [(one, owner_title(one), dict(STATUSES).get(one.status, one.status)) for one in page],
        "status": status,
        "statuses": STATUSES,
        "addressed": own_advice(request.user).order_by("-advice__pk")[:SHOWN],
        "campaigns": campaigns,
        "districts": list(dict.fromkeys(one.district for one in campaigns)),
    }
    return render(request, "decisions/decisions.html", context)


def _listed(request: HttpRequest) -> QuerySet[Any]:
    rows = shown_decisions(request.user).select_related("district")
    return rows.annotate(proofs=Count("files", distinct=True)).order_by("-decided_on", "-pk")


def decision_add(request: HttpRequest, district_id: int) -> HttpResponse:
    district, programme = district_asked(request, district_id)
    told = {"finding": _basis(request, district), "status": "planned", "kind": "decision"}
    form = DecisionForm(request.POST or None, programme=programme, district=district, initial=told)
    if form.is_valid():
        made = services.decide(district, form.cleaned_data, person_of(request))
        messages.success(request, _("Записано."))
        return redirect("decision", made.pk)
    context = {"form": form, "district": district}
    return render(request, "decisions/add.html", context, status=422 if form.is_bound else 200)


def _basis(request: HttpRequest, district: Organisation) -> str:
    """The text that the decision is taken on, where the page of a text leads here."""
    asked = request.GET.get("campaign", "")
    rows = visible(request.user, Campaign.objects.filter(district=district), Action.DECIDE)
    campaign = rows.filter(pk=int(asked[:18])).first() if asked.isdecimal() else None
    year, key = (year_of(campaign) if campaign else None), request.GET.get("key", "")
    if campaign is None or year is None or key not in year.paragraphs:
        return ""
    return spoken(review(key, year, edits_of(campaign).get(key)).parts)


def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Who leads the district changes it; an organisation that it concerns reads it and answers for its own part."""
    one = decision_shown(request, decision_id)
    form = _form(request, one)
    if form and form.is_valid():
        version = request.POST.get("version", "")
        seen = int(version) if version.isdecimal() and len(version) < 10 else 0
        services.change(one, seen, form.cleaned_data, person_of(request))
        messages.success(request, _("Сохранено."))
        return redirect("decision", one.pk)
    status = 422 if form and form.is_bound else 200
    return render(request, "decisions/decision.html", _told(request, one) | {"form": form}, status=status)


def _form(request: HttpRequest, one: Decision) -> DecisionForm | None:
    programme = programme_at(one.district)
    if programme is None or not can(request.user, Action.DECIDE, one.district):
        return None
    data = request.POST if request.method == "POST" else None
    return DecisionForm(data, programme=programme, district=one.district, initial=initial(one))


def _told(request: HttpRequest, one: Decision) -> dict[str, Any]:
    is_whole = can(request.user, Action.SEE, one.district)
    places = None if is_whole else set(visible(request.user, Organisation.objects.all()).values_list("code", flat=True))
    programme = programme_at(one.district)
    shorts = {each.id: each.short or each.title for each in programme.indicators} if programme else {}
    return {
        "decision": one,
        "is_whole": is_whole,
        "owner": owner_title(one),
        "kind": dict(KINDS).get(one.kind, one.kind),
        "shape": dict(FORMS).get(one.form, "") if one.form else "",
        "indicators": [shorts.get(key, key) for key in one.indicators],
        "status": dict(STATUSES).get(one.status, one.status),
        "parts": _parts(request, one),
        "reported": REPORTED,
        "kinds": ALLOWED,
        "outcomes": latest_outcomes(one, places),
    }


def _parts(request: HttpRequest, one: Decision) -> list[tuple[Assignment, str, bool]]:
    """The assignments that one sees: of the whole district, or of one's own organisation."""
    rows = Assignment.objects.filter(decision=one).select_related("organisation", "by").prefetch_related("files")
    answered = visible(request.user, rows, Action.ANSWER).values_list("pk", flat=True)
    mine = set() if one.status in OVER else set(answered)
    return [(part, str(dict(STATUSES)[part.status]), part.pk in mine) for part in visible(request.user, rows)]


def decision_outcomes(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """What followed the decisions, by this campaign's year."""
    campaign = get_object_or_404(visible(request.user, Campaign.objects.select_related("district")), pk=campaign_id)
    year = year_of(campaign)
    found = outcomes(year, campaign.district) if year else []
    context = {"campaign": campaign, "year": year, "outcomes": found}
    return render(request, "decisions/outcomes.html", context)


@require_POST
def decision_evidence(request: HttpRequest, decision_id: int) -> HttpResponse:
    one = decision_led(request, decision_id)
    services.prove(one, request.FILES.get("file"), person_of(request))
    messages.success(request, _("Файл приложен."))
    return redirect("decision", one.pk)


@require_POST
def decision_evidence_remove(request: HttpRequest, decision_id: int, file_id: int) -> HttpResponse:
    one = decision_led(request, decision_id)
    file = get_object_or_404(EvidenceFile.objects.filter(pk__in=one.files.values("pk")), pk=file_id)
    services.unprove(one, file, person_of(request))
    messages.success(request, _("Файл убран."))
    return redirect("decision", one.pk)


def decisions_export(request: HttpRequest, district_id: int) -> HttpResponse:
    """actions.csv of a data package, by the core's columns."""
    district = get_object_or_404(visible(request.user, Organisation.objects.all(), Action.DECIDE), pk=district_id)
    response = HttpResponse(to_csv(district), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="actions.csv"'
    return response
