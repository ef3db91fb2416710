"""The journal, read by an auditor."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from orientir_web.journal.events import Event
from orientir_web.journal.models import Entry
from orientir_web.people.access import can_anywhere, visible
from orientir_web.people.roles import Action
from orientir_web.refusals import missing_unless

PAGE = 100


def journal(request: HttpRequest) -> HttpResponse:
    missing_unless(can_anywhere(request.user, Action.SEE_LOG))
    rows = visible(request.user, Entry.objects.all(), Action.SEE_LOG)
    event = request.GET.get("event", "")
    if event in Event.values:
        rows = rows.filter(event=event)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "journal/journal.html", {"page": page, "events": Event.choices, "event": event})
