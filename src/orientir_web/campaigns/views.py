"""Pages of a campaign: opened, its status board, bulk actions, files. Its settings stand in settings_views.py."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orientir.errors import UserError
from orientir_web.campaigns.board import Board, Filter, board_of
from orientir_web.campaigns.board_files import csv_of, xlsx_of
from orientir_web.campaigns.bulk import Told, accept_each, remind_each, return_each
from orientir_web.campaigns.choices import offered
from orientir_web.campaigns.forms import CampaignForm, ProgrammeForm
from orientir_web.campaigns.gate import deadline_words
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_now
from orientir_web.campaigns.services import open_campaign
from orientir_web.letters.reminders import texts_of
from orientir_web.letters.sending import address_of, is_configured
from orientir_web.people.access import can, can_anywhere, person_of, visible
from orientir_web.people.models import Organisation, Person
from orientir_web.people.organisations import zone_of
from orientir_web.people.roles import Action
from orientir_web.refusals import missing_unless
from orientir_web.submissions.models import Submission
from orientir_web.submissions.services import ask
from orientir_web.submissions.states import SEVERAL, State

PAGE = 50
_FILES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


# ---- a new one


def new_campaign(request: HttpRequest) -> HttpResponse:
    """First where and by which programme, then the rest, which depends on both."""
    missing_unless(can_anywhere(request.user, Action.RUN_CAMPAIGN))
    first = ProgrammeForm(request.GET if "programme" in request.GET else None, districts=_districts(request))
    if not first.is_valid():
        return render(request, "campaigns/new.html", {"form": first}, status=422 if first.is_bound else 200)
    return _second_step(request, first.cleaned_data["district"], first.cleaned_data["programme"])


def _districts(request: HttpRequest) -> QuerySet[Organisation]:
    """What has organisations under it."""
    own = visible(request.user, Organisation.objects.all(), Action.RUN_CAMPAIGN)
    return own.filter(pk__in=Organisation.objects.exclude(parent=None).values("parent"))


def _second_step(request: HttpRequest, district: Organisation, name: str) -> HttpResponse:
    folder, zone = str(offered()[name]), zone_of(district)
    context: dict[str, Any] = {"district": district, "name": name}
    try:
        programme = programme_now(folder)
    except UserError as error:
        return render(request, "campaigns/new_rest.html", context | {"faults": error.faults}, status=422)
    places = Organisation.objects.filter(path__startswith=district.path)
    form = CampaignForm(request.POST or None, zone=zone, programme=programme, places=places)
    if form.is_valid():
        try:
            return redirect("campaign", _opened(person_of(request), district, folder, form).pk)
        except UserError as error:
            for fault in error.faults:
                form.add_error(None, f"{fault.what} {fault.cure}".strip())
    told = {"form": form, "programme": programme}
    return render(request, "campaigns/new_rest.html", context | told, status=422 if form.is_bound else 200)


@transaction.atomic
def _opened(by: Person, district: Organisation, folder: str, form: CampaignForm) -> Campaign:
    told = form.cleaned_data
    campaign = open_campaign(district, folder, told["period"], form.closes_at, by, form.opens_at, told["title"])
    ask(campaign, told["organisations"], by, told["forms_asked"])
    return campaign


# ---- the board


@require_GET
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    one = campaign_for(request, campaign_id, Action.SEE)
    wanted = Filter.of(request.GET)
    board = board_of(one, wanted)
    page = Paginator(board.lines, PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": one,
        "board": board,
        "page": page,
        "wanted": wanted,
        "states": State.choices,
        "tally": [(SEVERAL[state], board.totals[state]) for state in State],
        "deadline": deadline_words(one.closes_at, one.zone),
        "can_run": can(request.user, Action.RUN_CAMPAIGN, one.district),
        "can_review": can(request.user, Action.REVIEW, one.district),
        "has_mail": is_configured(),
    }
    return render(request, "campaigns/board.html", context)


@require_GET
def campaign_file(request: HttpRequest, campaign_id: int, kind: str) -> HttpResponse:
    """The board as it is filtered, all pages of it."""
    one = campaign_for(request, campaign_id, Action.SEE)
    wanted = Filter.of(request.GET)
    board = board_of(one, wanted)
    content = csv_of(one, board) if kind == "csv" else xlsx_of(one, board, _shown(wanted, board))
    name = quote(f"{one.title} {one.period}.{kind}".replace("/", "-"))
    heads = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(content, content_type=_FILES[kind], headers=heads)


def _shown(wanted: Filter, board: Board) -> str:
    """The filter in words."""
    forms = dict(board.columns)
    parts = [
        wanted.title and _("название: %(title)s") % {"title": wanted.title},
        wanted.state and str(State(wanted.state).label),
        wanted.form and forms.get(wanted.form, ""),
        _("просроченные") if wanted.is_late else "",
        _("с ошибками") if wanted.has_errors else "",
    ]
    told = "; ".join(part for part in parts if part)
    return _("Отбор: %(told)s") % {"told": told} if told else ""


@require_POST
def campaign_bulk(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """What became of each form is shown at once."""
    one = campaign_for(request, campaign_id, Action.RUN_CAMPAIGN)
    told = _acted(request, one, request.POST.get("action", ""))
    done = sum(line.is_done for line in told)
    return render(request, "campaigns/told.html", {"campaign": one, "told": told, "done": done})


def _acted(request: HttpRequest, one: Campaign, action: str) -> list[Told]:
    chosen, by = _chosen(request, one), person_of(request)
    if action == "remind":
        return remind_each(one, chosen, by)
    if action == "accept":
        return accept_each(chosen, by)
    if action == "return":
        return return_each(chosen, request.POST.get("remark", ""), by)
    raise BadRequest("no such action")


def _chosen(request: HttpRequest, one: Campaign) -> list[Submission]:
    """What is ticked, or everything that the filter of the page shows."""
    boxes = board_of(one, Filter.of(request.GET)).boxes
    ticked = {key for key in request.POST.getlist("submission") if key.isdecimal()}
    everything = "all" in request.POST
    return [box.submission for box in boxes if everything or str(box.submission.pk) in ticked]


# ---- letters


@require_GET
def campaign_letters(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Who was written; without a mail server, the texts to be sent by hand."""
    one = campaign_for(request, campaign_id, Action.RUN_CAMPAIGN)
    written = Paginator(one.letters.select_related("person", "asked_by"), PAGE).get_page(request.GET.get("page"))
    texts = [] if is_configured() else texts_of(one, address_of("home"))
    context = {"campaign": one, "page": written, "texts": texts, "has_mail": is_configured()}
    return render(request, "campaigns/letters.html", context)


# ---- what they share


def campaign_for(request: HttpRequest, key: int, action: Action) -> Campaign:
    rows = Campaign.objects.select_related("district", "snapshot").prefetch_related("exceptions__organisation")
    return get_object_or_404(visible(request.user, rows, action), pk=key)
