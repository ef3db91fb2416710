"""The settings of a campaign: locked, unlocked, another deadline, an exception for one, more organisations asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orientir_web.campaigns import services
from orientir_web.campaigns.forms import AskForm, DeadlineForm, ExceptionForm, ReasonForm
from orientir_web.campaigns.gate import deadline_words
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.campaigns.views import campaign_for
from orientir_web.people.access import person_of
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Action
from orientir_web.submissions.services import ask


@require_GET
def campaign_settings(request: HttpRequest, campaign_id: int) -> HttpResponse:
    return _page(request, _own(request, campaign_id))


@require_POST
def campaign_lock(request: HttpRequest, campaign_id: int) -> HttpResponse:
    one = _own(request, campaign_id)
    form = ReasonForm(request.POST, prefix="lock")
    if not form.is_valid():
        return _page(request, one, lock=form)
    services.lock(one, form.cleaned_data["reason"], person_of(request))
    return _back(request, one, _("Сбор закрыт."))


@require_POST
def campaign_unlock(request: HttpRequest, campaign_id: int) -> HttpResponse:
    one = _own(request, campaign_id)
    services.unlock(one, person_of(request))
    return _back(request, one, _("Сбор снова открыт."))


@require_POST
def campaign_reschedule(request: HttpRequest, campaign_id: int) -> HttpResponse:
    one = _own(request, campaign_id)
    form = DeadlineForm(request.POST, prefix="all", zone=one.zone)
    if not form.is_valid():
        return _page(request, one, reschedule=form)
    services.reschedule(one, form.closes_at, form.cleaned_data["reason"], person_of(request))
    return _back(request, one, _("Срок изменён для всех."))


@require_POST
def campaign_exception(request: HttpRequest, campaign_id: int) -> HttpResponse:
    one = _own(request, campaign_id)
    form = _exception_form(one, request)
    if not form.is_valid():
        return _page(request, one, exception=form)
    told = form.cleaned_data
    services.move_deadline(one, told["organisation"], form.closes_at, told["reason"], person_of(request))
    return _back(request, one, _("Срок изменён: %(organisation)s.") % {"organisation": told["organisation"]})


@require_POST
def campaign_ask(request: HttpRequest, campaign_id: int) -> HttpResponse:
    one = _own(request, campaign_id)
    form = _ask_form(one, request)
    if not form.is_valid():
        return _page(request, one, ask=form)
    before = one.submissions.count()
    ask(one, form.cleaned_data["organisations"], person_of(request), form.cleaned_data["forms_asked"])
    return _back(request, one, _("Добавлено форм: %(count)s.") % {"count": one.submissions.count() - before})


def _page(request: HttpRequest, one: Campaign, **bound: Any) -> HttpResponse:
    """With the form that was sent and is wrong, the others empty."""
    forms: dict[str, Any] = {
        "lock": ReasonForm(prefix="lock"),
        "reschedule": DeadlineForm(prefix="all", zone=one.zone),
        "exception": _exception_form(one),
        "ask": _ask_form(one),
    }
    exceptions = [(other, deadline_words(other.closes_at, one.zone)) for other in one.exceptions.all()]
    context = {"campaign": one, "deadline": deadline_words(one.closes_at, one.zone), "exceptions": exceptions}
    return render(request, "campaigns/settings.html", context | forms | bound, status=422 if bound else 200)


def _exception_form(one: Campaign, request: HttpRequest | None = None) -> ExceptionForm:
    asked = Organisation.objects.filter(submissions__campaign=one).distinct()
    return ExceptionForm(request.POST if request else None, prefix="one", zone=one.zone, asked=asked)


def _ask_form(one: Campaign, request: HttpRequest | None = None) -> AskForm:
    """Offers those that are not asked yet."""
    programme = programme_of(one.snapshot_id)
    places = Organisation.objects.filter(path__startswith=one.district.path).exclude(submissions__campaign=one)
    return AskForm(request.POST if request else None, prefix="more", programme=programme, places=places)


def _own(request: HttpRequest, key: int) -> Campaign:
    return campaign_for(request, key, Action.RUN_CAMPAIGN)


def _back(request: HttpRequest, one: Campaign, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("campaign_settings", one.pk)
