"""From a request to what it names, through the rights of who asks. The pages of decisions share it."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from orientir.model.programme import Programme
from orientir_web.campaigns.models import Campaign
from orientir_web.decisions.models import Assignment, Decision
from orientir_web.decisions.own import shown_decisions
from orientir_web.decisions.owners import programme_at
from orientir_web.decisions.year import Year, year_of
from orientir_web.people.access import visible
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused


def campaign_asked(request: HttpRequest, key: int) -> Campaign:
    rows = Campaign.objects.select_related("district", "snapshot")
    return get_object_or_404(visible(request.user, rows, Action.DECIDE), pk=key)


def year_asked(campaign: Campaign) -> Year:
    year = year_of(campaign)
    if year is None:
        raise ActionRefused(_("Сведения этого сбора ещё не посчитаны."))
    return year


def decision_shown(request: HttpRequest, key: int) -> Decision:
    """One of a district of one's own, or one that concerns one's organisation."""
    rows = shown_decisions(request.user).select_related("district", "changed_by")
    return get_object_or_404(rows.prefetch_related("files", "organisations"), pk=key)


def decision_led(request: HttpRequest, key: int) -> Decision:
    rows = Decision.objects.select_related("district")
    return get_object_or_404(visible(request.user, rows, Action.DECIDE), pk=key)


def assignment_asked(request: HttpRequest, key: int) -> Assignment:
    rows = Assignment.objects.select_related("decision__district", "organisation")
    return get_object_or_404(visible(request.user, rows, Action.ANSWER), pk=key)


def district_asked(request: HttpRequest, key: int) -> tuple[Organisation, Programme]:
    district = get_object_or_404(visible(request.user, Organisation.objects.all(), Action.DECIDE), pk=key)
    programme = programme_at(district)
    if programme is None:
        raise ActionRefused(_("В этой территории ещё не открывали сбор: показателей и ролей взять неоткуда."))
    return district, programme
