"""The pages of texts: reviewed, edited over live numbers; a recommendation is sent from here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from orientir.reports.wording import spoken
from orientir_web.campaigns.models import Campaign
from orientir_web.decisions import services
from orientir_web.decisions.advising import addressed, send
from orientir_web.decisions.asking import campaign_asked, year_asked
from orientir_web.decisions.edits import edits_of
from orientir_web.decisions.models import Advice
from orientir_web.decisions.texts import review, reviewed
from orientir_web.decisions.tokens import for_editing
from orientir_web.decisions.year import Year, year_of
from orientir_web.people.access import person_of
from orientir_web.refusals import ActionRefused, missing_unless

_TEXTS = 40


def decision_texts(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = campaign_asked(request, campaign_id)
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
    campaign, key = campaign_asked(request, campaign_id), request.GET.get("key", "")
    year = year_asked(campaign)
    if request.method == "POST":
        return _done(request, campaign, year, key)
    missing_unless(key in year.paragraphs or key in edits_of(campaign))
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
        "asked": () if advice else addressed(campaign, year, key),
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
        messages.success(request, _("Текст сохранён; числа в нём живые. В документах он будет после расчёта."))
    elif do == "confirm":
        services.confirm_text(campaign, year, key, by)
        messages.success(request, _("Отмечено: текст верен и с новыми данными."))
    elif do == "take_back":
        services.take_back(campaign, key, by)
        messages.success(request, _("Возвращён составленный программой текст."))
    elif do == "send":
        send(campaign, year, key, by)
        messages.success(request, _("Рекомендация направлена."))
    else:
        raise ActionRefused(_("Такого действия нет."))
    return redirect(f"{reverse('decision_text', args=[campaign.pk])}?{urlencode({'key': key})}")
