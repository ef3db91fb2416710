"""Pages of recommendations and decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orientir.model.programme import Programme
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.decisions import services
from orientir_web.decisions.actions import Outcome, of_decision, outcomes, to_csv
from orientir_web.decisions.forms import STATUSES, DecisionForm, initial
from orientir_web.decisions.models import Addressee, Advice, Decision
from orientir_web.decisions.texts import edits_of, review, reviewed, spoken
from orientir_web.decisions.tokens import for_editing
from orientir_web.decisions.year import Year, year_of
from orientir_web.evidence.kinds import ALLOWED
from orientir_web.evidence.models import EvidenceFile
from orientir_web.people.access import can, can_anywhere, person_of, visible
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused, missing_unless

PAGE = 50
_TEXTS = 40


def decisions(request: HttpRequest) -> HttpResponse:
    """What is to be acknowledged, what was decided, and the campaigns whose texts one may review."""
    missing_unless(can_anywhere(request.user, Action.SEE))
    status = request.GET.get("status", "")
    rows = _shown_decisions(request)
    if status in dict(STATUSES):
        rows = rows.filter(status=status)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    open_to = set(visible(request.user, Decision.objects.all()).values_list("pk", flat=True))
    addressed = Addressee.objects.select_related("advice__campaign__snapshot", "organisation", "acknowledged_by")
    campaigns = visible(request.user, Campaign.objects.select_related("district"), Action.DECIDE)
    context = {
        "page": page,
        "lines": [(one, _owner(one), dict(STATUSES).get(one.status, one.status), one.pk in open_to) for one in page],
        "status": status,
        "statuses": STATUSES,
        "addressed": visible(request.user, addressed, Action.FILL).exclude(advice__campaign__in=campaigns)[:PAGE],
        "campaigns": campaigns,
        "districts": list(dict.fromkeys(one.district for one in campaigns)),
    }
    return render(request, "decisions/decisions.html", context)


def _shown_decisions(request: HttpRequest) -> QuerySet[Any]:
    """Those of one's districts, and those that name an organisation of one's own."""
    own = visible(request.user, Decision.objects.all()).values("pk")
    naming = Decision.objects.filter(organisations__in=visible(request.user, Organisation.objects.all())).values("pk")
    rows = Decision.objects.filter(Q(pk__in=own) | Q(pk__in=naming)).select_related("district")
    return rows.annotate(proofs=Count("files", distinct=True)).order_by("-decided_on", "-pk")


def _owner(decision: Decision) -> str:
    programme = _programme(decision.district)
    known = {role.id: role.title for role in programme.roles} if programme else {}
    return known.get(decision.owner, decision.owner)


# ---- texts


def decision_texts(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = _campaign(request, campaign_id)
    year, only = year_of(campaign), request.GET.get("only", "")
    found = reviewed(campaign, year) if year else []
    kinds = {
        "advice": [one for one in found if one.paragraph and one.paragraph.is_advice],
        "findings": [one for one in found if not (one.paragraph and one.paragraph.is_advice)],
        "edited": [one for one in found if one.is_edited],
        "flagged": [one for one in found if one.is_edited and one.is_flagged],
    }
    page = Paginator(kinds.get(only, found), _TEXTS).get_page(request.GET.get("page"))
    sent = {one.key: one for one in _with_answers(Advice.objects.filter(campaign=campaign))}
    context = {
        "campaign": campaign,
        "year": year,
        "page": page,
        "lines": [(one, sent.get(one.key)) for one in page],
        "only": only,
        "counts": {key: len(rows) for key, rows in kinds.items()} | {"all": len(found)},
    }
    return render(request, "decisions/texts.html", context)


def _with_answers(rows: QuerySet[Advice]) -> QuerySet[Any]:
    answered = Count("addressees", filter=Q(addressees__acknowledged_at__isnull=False))
    return rows.annotate(asked=Count("addressees"), answered=answered)


def decision_text(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One paragraph; its key is in the query, for it holds slashes."""
    campaign, key = _campaign(request, campaign_id), request.GET.get("key", "")
    year = _year(campaign)
    if request.method == "POST":
        return _done(request, campaign, year, key)
    edit = edits_of(campaign).get(key)
    missing_unless(edit is not None or key in year.paragraphs)
    return _text_page(request, campaign, year, key)


def _text_page(
    request: HttpRequest, campaign: Campaign, year: Year, key: str, typed: str | None = None, reason: str = ""
) -> HttpResponse:
    now = review(key, year, edits_of(campaign).get(key))
    advice = _with_answers(Advice.objects.filter(campaign=campaign, key=key)).first()
    context = {
        "campaign": campaign,
        "now": now,
        "text": for_editing(now.parts, now.known) if typed is None else typed,
        "reason": reason,
        "history": campaign.text_edits.filter(key=key).select_related("by").order_by("-pk")[:20],
        "advice": advice,
        "addressees": advice.addressees.select_related("organisation", "acknowledged_by") if advice else (),
        "spoken": spoken(now.parts),
    }
    return render(request, "decisions/text.html", context, status=422 if reason else 200)


def _done(request: HttpRequest, campaign: Campaign, year: Year, key: str) -> HttpResponse:
    do, by = request.POST.get("do", ""), person_of(request)
    if do == "save":
        typed = request.POST.get("text", "")
        try:
            services.edit_text(campaign, year, key, typed, by)
        except ActionRefused as refused:  # what was typed must not be lost
            if key not in year.paragraphs:
                raise
            return _text_page(request, campaign, year, key, typed, str(refused))
        messages.success(request, _("Текст сохранён; числа в нём живые."))
    elif do == "confirm":
        services.confirm_text(campaign, year, key, by)
        messages.success(request, _("Отмечено: текст верен и с новыми данными."))
    elif do == "take_back":
        services.take_back(campaign, key, by)
        messages.success(request, _("Возвращён составленный программой текст."))
    elif do == "send":
        services.send(campaign, year, key, by)
        messages.success(request, _("Рекомендация направлена."))
    else:
        raise ActionRefused(_("Такого действия нет."))
    return redirect(f"{reverse('decision_text', args=[campaign.pk])}?{urlencode({'key': key})}")


@require_POST
def advice_acknowledge(request: HttpRequest, addressee_id: int) -> HttpResponse:
    rows = Addressee.objects.select_related("organisation", "advice")
    addressee = get_object_or_404(visible(request.user, rows, Action.FILL), pk=addressee_id)
    services.acknowledge(addressee, request.POST.get("answer", ""), person_of(request))
    messages.success(request, _("Рекомендация принята к сведению."))
    return redirect("decisions")


# ---- decisions


def decision_add(request: HttpRequest, district_id: int) -> HttpResponse:
    district, programme = _district(request, district_id)
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
    one = _decision(request, decision_id)
    programme = _programme(one.district)
    form = None
    if programme and can(request.user, Action.DECIDE, one.district):
        data = request.POST if request.method == "POST" else None
        form = DecisionForm(data, programme=programme, district=one.district, initial=initial(one))
        if form.is_valid():
            version = request.POST.get("version", "")
            seen = int(version) if version.isdecimal() and len(version) < 10 else 0
            services.change(one, seen, form.cleaned_data, person_of(request))
            messages.success(request, _("Сохранено."))
            return redirect("decision", one.pk)
    context = {
        "decision": one,
        "owner": _owner(one),
        "form": form,
        "kinds": ALLOWED,
        "outcomes": of_decision(_outcomes(one.district), one),
        "programme": programme,
        "status": dict(STATUSES).get(one.status, one.status),
    }
    return render(
        request, "decisions/decision.html", context, status=422 if form is not None and form.is_bound else 200
    )


def decision_outcomes(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """What followed the decisions, by this campaign's year."""
    campaign = get_object_or_404(visible(request.user, Campaign.objects.select_related("district")), pk=campaign_id)
    year = year_of(campaign)
    found = outcomes(year.numbers, campaign.district) if year else []
    context = {"campaign": campaign, "year": year, "outcomes": found}
    return render(request, "decisions/outcomes.html", context)


def _outcomes(district: Organisation) -> list[Outcome]:
    """By the latest computed year of the district."""
    for campaign in Campaign.objects.filter(district=district).order_by("-period", "-pk"):
        if year := year_of(campaign):
            return outcomes(year.numbers, district)
    return []


@require_POST
def decision_evidence(request: HttpRequest, decision_id: int) -> HttpResponse:
    one = _decision(request, decision_id, Action.DECIDE)
    services.prove(one, request.FILES.get("file"), person_of(request))
    messages.success(request, _("Файл приложен."))
    return redirect("decision", one.pk)


@require_POST
def decision_evidence_remove(request: HttpRequest, decision_id: int, file_id: int) -> HttpResponse:
    one = _decision(request, decision_id, Action.DECIDE)
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


# ---- what they share


def _campaign(request: HttpRequest, key: int) -> Campaign:
    rows = Campaign.objects.select_related("district", "snapshot")
    return get_object_or_404(visible(request.user, rows, Action.DECIDE), pk=key)


def _year(campaign: Campaign) -> Year:
    year = year_of(campaign)
    if year is None:
        raise ActionRefused(_("Сведения этого сбора ещё не посчитаны."))
    return year


def _decision(request: HttpRequest, key: int, action: Action = Action.SEE) -> Decision:
    rows = Decision.objects.select_related("district", "changed_by").prefetch_related("files", "organisations")
    return get_object_or_404(visible(request.user, rows, action), pk=key)


def _district(request: HttpRequest, key: int) -> tuple[Organisation, Programme]:
    district = get_object_or_404(visible(request.user, Organisation.objects.all(), Action.DECIDE), pk=key)
    programme = _programme(district)
    if programme is None:
        raise ActionRefused(_("В этой территории ещё не открывали сбор: показателей и ролей взять неоткуда."))
    return district, programme


def _programme(district: Organisation) -> Programme | None:
    """That of the latest collection: its indicators and roles are what a decision names."""
    campaign = Campaign.objects.filter(district=district).order_by("-period", "-pk").first()
    return programme_of(campaign.snapshot_id) if campaign else None
