"""Pages on which a district's coordinator brings its own data package: sent, looked at, kept or not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orientir.errors import UserError
from orientir_web.cycles import packages
from orientir_web.cycles.archive import MOST_BYTES
from orientir_web.cycles.models import DistrictPackage, PackageDraft
from orientir_web.people.access import person_of, visible
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Action

_FAULTS = 200  # shown; all of them are counted


def district_package(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """What is kept, and where another one is sent."""
    rows = Organisation.objects.filter(campaigns__isnull=False).distinct()
    place = get_object_or_404(visible(request.user, rows, Action.RUN_CAMPAIGN), pk=organisation_id)
    told: dict[str, Any] = {
        "place": place,
        "campaign": packages.basis_of(place),
        "kept": DistrictPackage.objects.filter(district=place).select_related("by").first(),
        "megabytes": MOST_BYTES // 10**6,
    }
    if request.method != "POST":
        return render(request, "cycles/package.html", told)
    try:
        draft = packages.read_draft(place, request.FILES.get("package"), person_of(request))
    except UserError as error:
        told |= {"faults": error.faults[:_FAULTS], "count": len(error.faults)}
        return render(request, "cycles/package.html", told, status=422)
    return redirect("package_draft", draft.pk)


def package_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    kept = DistrictPackage.objects.filter(district=draft.district).first()
    return render(request, "cycles/package_draft.html", {"draft": draft, "told": draft.content, "kept": kept})


@require_POST
def package_confirm(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    packages.confirm(draft, person_of(request))
    messages.success(request, _("Пакет принят. Показатели будут посчитаны заново."))
    return redirect("district_package", draft.district_id)


@require_POST
def package_cancel(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    packages.cancel(draft, person_of(request))
    messages.success(request, _("Пакет не принят."))
    return redirect("district_package", draft.district_id)


def _draft(request: HttpRequest, key: int) -> PackageDraft:
    drafts = PackageDraft.objects.filter(closed_at__isnull=True).select_related("district", "campaign")
    return get_object_or_404(visible(request.user, drafts, Action.RUN_CAMPAIGN), pk=key)
