"""Who sees which panel: a district by the right to see it, a school also by its own people."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.models import Computation, Progress
from orientir_web.cycles.services import cycle_of, latest
from orientir_web.panels.numbers import Trace
from orientir_web.panels.subject import Subject
from orientir_web.people.access import visible
from orientir_web.people.models import Organisation


def campaign_for(person: Any, key: int) -> Campaign:
    """One of a district that the person sees as a whole."""
    rows = Campaign.objects.select_related("district", "snapshot")
    return get_object_or_404(visible(person, rows), pk=key)


def subject_for(campaign: Campaign) -> Subject | None:
    """Its last computation; None where nothing is computed yet."""
    found = latest(campaign)
    return Subject(found, cycle_of(found)) if found else None


def computation_for(person: Any, key: int) -> Computation:
    """A ready one of a district that the person sees as a whole."""
    rows = Computation.objects.filter(state=Progress.READY).select_related("campaign__district", "campaign__snapshot")
    return get_object_or_404(visible(person, rows), pk=key)


def any_computation(person: Any, key: int) -> tuple[Computation, bool]:
    """The computation, and whether the person sees the whole district; who sees nothing in it gets 404."""
    rows = Computation.objects.filter(state=Progress.READY).select_related("campaign__district", "campaign__snapshot")
    found = get_object_or_404(rows, pk=key)
    if visible(person, rows).filter(pk=key).exists():
        return found, True
    if not own_places(person, found.campaign).exists():
        raise Http404
    return found, False


def own_places(person: Any, campaign: Campaign) -> Any:
    """Organisations of the campaign's district that the person sees."""
    return visible(person, Organisation.objects.filter(path__startswith=campaign.district.path))


def check_trace(person: Any, campaign: Campaign, found: Trace) -> None:
    """A school's people see the numbers of their own school: those of others do not exist for them."""
    if not own_places(person, campaign).filter(code=found.organisation).exists():
        raise Http404
