"""Pages of panels: each takes a computed cycle and shows blocks of it; nothing is computed in a request."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from orientir.reports.document import Chart, Heading, Table
from orientir_web.campaigns.models import Campaign
from orientir_web.cycles import services
from orientir_web.panels import blocks
from orientir_web.panels.access import (
    any_computation,
    campaign_for,
    check_trace,
    computation_for,
    own_places,
    subject_for,
)
from orientir_web.panels.files import about, file_of, picture, stamp
from orientir_web.panels.links import OfComputation
from orientir_web.panels.numbers import trace
from orientir_web.panels.school import passport_of, school_page
from orientir_web.panels.showing import Showing
from orientir_web.panels.subject import Chosen, Subject, choices
from orientir_web.people.access import can, can_anywhere, person_of, visible
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Action
from orientir_web.refusals import missing_unless
from orientir_web.submissions.models import Submission
from orientir_web.submissions.states import SEVERAL, State

_FOR_GOOD = "private, max-age=604800, immutable"  # of a computation that never changes


def panels(request: HttpRequest) -> HttpResponse:
    """The districts that one sees, else one's own schools."""
    missing_unless(can_anywhere(request.user, Action.SEE))
    districts = visible(request.user, Campaign.objects.select_related("district"))
    asked = visible(request.user, Submission.objects.exclude(campaign__in=districts))
    schools = {(one.campaign, one.organisation) for one in asked.select_related("campaign", "organisation")[:100]}
    told = [(one, services.latest(one)) for one in districts]
    ordered = sorted(schools, key=lambda one: (one[1].path, -one[0].pk))
    return render(request, "panels/panels.html", {"districts": told, "schools": ordered})


# ---- the district


def district(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = campaign_for(request.user, campaign_id)
    subject = subject_for(campaign)
    told = _about(request, campaign, subject) | {"progress": _progress(campaign)}
    if subject:
        showing = Showing(OfComputation(subject, "district", Chosen.of(subject, {})))
        told["summary"] = showing.blocks(subject.under("h-summary"))
        told["panel"] = showing.blocks([blocks.overview(subject)])
        told["worse"] = showing.blocks(subject.under("h-findings-1"))
        told["advice"] = _advice(subject)
        told["absent"] = [(one, blocks.absence(subject, one)) for one in subject.context.indicators_in_order()
                          if one not in subject.indicators]  # fmt: skip
    return render(request, "panels/district.html", told)


def _progress(campaign: Campaign) -> list[tuple[str, str, int]]:
    states = list(Submission.objects.filter(campaign=campaign).values_list("state", flat=True))
    return [(state.value, str(SEVERAL[state]), states.count(state)) for state in State]


def _advice(subject: Subject) -> list[tuple[str, Any]]:
    """Recommendations by audience, with who acts and by when, as the report has them."""
    showing = Showing(OfComputation(subject))
    audiences = subject.computed.cycle.programme.audiences
    found = [(one.title, showing.blocks(subject.under(f"h-audience-{one.id}"))) for one in audiences]
    return [(title, made) for title, made in found if made]


def _about(request: HttpRequest, campaign: Campaign, subject: Subject | None) -> dict[str, Any]:
    """What every page of a district says: whose, how fresh, and what one may do."""
    return {
        "campaign": campaign,
        "computation": subject.computation if subject else None,
        "stamp": stamp(subject) if subject else "",
        "may_compute": can(request.user, Action.RUN_CAMPAIGN, campaign.district),
        **_freshness(campaign, subject),
    }


def _freshness(campaign: Campaign, subject: Subject | None) -> dict[str, Any]:
    under_way = services.is_under_way(campaign)
    return {
        "under_way": under_way,
        "is_fresh": subject is not None and services.is_fresh(subject.computation),
        "failure": "" if under_way else services.failure(campaign),
    }


def freshness(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The line about it alone, asked again while a computation runs; then the page is loaded anew."""
    campaign = campaign_for(request.user, campaign_id)
    subject = subject_for(campaign)
    response = render(request, "panels/freshness.html", _about(request, campaign, subject))
    if not services.is_under_way(campaign):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def refresh(request: HttpRequest, campaign_id: int) -> HttpResponseRedirect:
    campaign = campaign_for(request.user, campaign_id)
    services.ask_again(campaign, person_of(request))
    return redirect("panel", campaign.pk)


# ---- an indicator, a comparison, a school


def indicator(request: HttpRequest, campaign_id: int, key: str) -> HttpResponse:
    campaign = campaign_for(request.user, campaign_id)
    subject = subject_for(campaign)
    if subject is None:
        return redirect("panel", campaign.pk)
    found = next((one for one in subject.context.cycle.programme.indicators if one.id == key), None)
    if found is None:
        raise Http404
    told = _about(request, campaign, subject) | {"indicator": found, "definition": blocks.definition(subject, found)}
    if found in subject.indicators:
        told |= _filtered(request, subject, "indicator", {"indicator": key}, ("period", "cut", "group"))
    else:
        told["absence"] = blocks.absence(subject, found)
    return render(request, "panels/indicator.html", told)


def _filtered(
    request: HttpRequest, subject: Subject, page: str, fixed: dict[str, str], asked: tuple[str, ...]
) -> dict[str, Any]:
    chosen = Chosen.of(subject, request.GET.dict() | fixed)
    return {
        "filters": choices(subject, chosen, asked),
        "chosen": chosen.words(subject),
        "blocks": Showing(OfComputation(subject, page, chosen)).blocks(blocks.PAGES[page](subject, chosen)),
    }


def comparison(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = campaign_for(request.user, campaign_id)
    subject = subject_for(campaign)
    if subject is None:
        return redirect("panel", campaign.pk)
    told = _about(request, campaign, subject)
    told |= _filtered(request, subject, "comparison", {}, ("indicator", "period", "cut", "group"))
    told["maps"] = Showing(OfComputation(subject)).blocks(
        [one for one in subject.under("h-schools") if isinstance(one, Table) or not isinstance(one, Heading | Chart)]
    )
    return render(request, "panels/comparison.html", told)


def school_by_code(request: HttpRequest, campaign_id: int, code: str) -> HttpResponseRedirect:
    campaign = campaign_for(request.user, campaign_id)
    place = get_object_or_404(own_places(request.user, campaign), code=code)
    return redirect("panel_school", campaign.pk, place.pk)


def school(request: HttpRequest, campaign_id: int, organisation_id: int) -> HttpResponse:
    """Of a school that one sees; its own people see it without the rest of the district."""
    campaign = get_object_or_404(Campaign.objects.select_related("district", "snapshot"), pk=campaign_id)
    place: Organisation = get_object_or_404(own_places(request.user, campaign), pk=organisation_id)
    subject = subject_for(campaign)
    told = _about(request, campaign, subject) | {"place": place}
    told["sees_district"] = can(request.user, Action.SEE, campaign.district)
    if subject:
        passport = passport_of(subject, place.code)
        told["passport"] = passport
        told["blocks"] = Showing(OfComputation(subject)).blocks(school_page(subject, place.code, passport))
    return render(request, "panels/school.html", told)


# ---- a number, a picture, a file


def number(request: HttpRequest, computation_id: int, number_id: str) -> HttpResponse:
    computation, sees_all = any_computation(request.user, computation_id)
    computed = services.cycle_of(computation)
    found = trace(computed, number_id)
    if found is None:
        raise Http404
    if not sees_all:
        check_trace(request.user, computation.campaign, found)
    told = {"trace": found, "computation": computation, "campaign": computation.campaign, "sees_all": sees_all}
    if found.value is not None and sees_all:
        args = [computation.campaign_id, found.value.place.indicator]
        told["back"] = reverse("panel_indicator", args=args)
    return render(request, "panels/number.html", told)


def chart_picture(request: HttpRequest, computation_id: int, page: str, key: str) -> HttpResponse:
    block, _, _ = _found(request, computation_id, page, key)
    if not isinstance(block, Chart):
        raise Http404
    return _lasting(HttpResponse(picture(block), content_type="image/svg+xml"))


def chart_file(request: HttpRequest, computation_id: int, page: str, key: str, kind: str) -> HttpResponse:
    block, subject, chosen = _found(request, computation_id, page, key)
    try:
        content, content_type = file_of(block, kind, about(subject, chosen))
    except KeyError:
        raise Http404 from None
    response = HttpResponse(content, content_type=content_type)
    year = str(chosen.period).replace("/", "-")
    parts = [chosen.indicator.id if chosen.indicator else "", key, year, subject.computation.short_checksum]
    response["Content-Disposition"] = f'attachment; filename="{"_".join(part for part in parts if part)}.{kind}"'
    return _lasting(response)


def _found(request: HttpRequest, computation_id: int, page: str, key: str) -> tuple[Any, Subject, Chosen]:
    computation = computation_for(request.user, computation_id)
    subject = Subject(computation, services.cycle_of(computation))
    chosen = Chosen.of(subject, request.GET.dict())
    made = blocks.PAGES[page](subject, chosen) if page in blocks.PAGES else ()
    block = next((one for one in made if isinstance(one, Chart | Table) and one.key == key), None)
    if block is None:
        raise Http404
    return block, subject, chosen


def _lasting(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = _FOR_GOOD
    return response
