"""Districts beside each other, for who sees several: the page, its picture and its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from orientir.reports.document import Chart, Table
from orientir_web.campaigns.models import Campaign
from orientir_web.panels.access import subject_for
from orientir_web.panels.districts import Beside, beside, blocks, filters
from orientir_web.panels.files import About, file_of, picture
from orientir_web.panels.links import PICTURE, OfDistricts
from orientir_web.panels.showing import Showing
from orientir_web.panels.subject import Subject
from orientir_web.people.access import can_anywhere, visible
from orientir_web.people.roles import Action
from orientir_web.refusals import missing_unless


def districts(request: HttpRequest) -> HttpResponse:
    """One indicator in one year in each of them."""
    subjects = _subjects(request)
    shown = beside(subjects, request.GET.dict())
    told: dict[str, Any] = {}
    if shown:
        stamp = "; ".join(f"{name}, {state}" for name, state in shown.stamps)
        told = {"filters": filters(subjects, shown), "chosen": shown.words, "stamp": stamp}
        told["blocks"] = Showing(OfDistricts(shown.query)).blocks(blocks(shown))
    return render(request, "panels/districts.html", told)


def districts_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Of the numbers as they are now: what the page shows."""
    shown = beside(_subjects(request), request.GET.dict())
    made = blocks(shown) if shown else ()
    block = next((one for one in made if isinstance(one, Chart | Table) and one.key == key), None)
    if shown is None or block is None:
        raise Http404
    if kind == PICTURE and isinstance(block, Chart):
        return HttpResponse(picture(block), content_type="image/svg+xml")
    try:
        content, content_type = file_of(block, kind, _about(shown))
    except KeyError:
        raise Http404 from None
    name = f"{shown.indicator.id}_{key}_{str(shown.period).replace('/', '-')}.{kind}"
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _subjects(request: HttpRequest) -> Sequence[Subject]:
    missing_unless(can_anywhere(request.user, Action.SEE))
    campaigns = visible(request.user, Campaign.objects.select_related("district", "snapshot"))
    return [subject for one in campaigns if (subject := subject_for(one))]


def _about(shown: Beside) -> About:
    told = "; ".join((shown.words, *(f"{name}, {state}" for name, state in shown.stamps)))
    whole = shown.districts[0].computed.document
    passport = (("Показано", shown.words), *shown.stamps)
    return About(told, replace(whole, subtitle="", passport=passport, territory="", origins={}))
