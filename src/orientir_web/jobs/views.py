"""The documents of a district: asked for, watched while they are made, downloaded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.models import Progress
from orientir_web.cycles.services import is_fresh, latest
from orientir_web.decisions.texts import flagged
from orientir_web.decisions.year import year_of
from orientir_web.jobs import services
from orientir_web.jobs.forms import DocumentForm
from orientir_web.jobs.models import Job, Kind
from orientir_web.panels.access import campaign_for
from orientir_web.people.access import can, person_of, visible
from orientir_web.people.roles import Action
from orientir_web.publication.services import obstacles

SHOWN = 30
_OFFERED = (Kind.REPORT, Kind.PASSPORTS, Kind.PAPERS, Kind.SITE)


def documents(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = campaign_for(request.user, campaign_id)
    computation = latest(campaign)
    jobs = Job.objects.filter(campaign=campaign).select_related("computation", "asked_by")[:SHOWN]
    told = {
        "campaign": campaign,
        "computation": computation,
        "is_fresh": computation is not None and is_fresh(computation),
        "offered": [(kind, DocumentForm(kind)) for kind in _OFFERED],
        "jobs": list(map(_told, jobs)),
        "may_publish": can(request.user, Action.APPROVE, campaign.district),
        "obstacles": obstacles(campaign),
        "releases": campaign.releases.all(),
        "unprinted": _unprinted(campaign),
        "may_decide": can(request.user, Action.DECIDE, campaign.district),
    }
    return render(request, "jobs/documents.html", told)


def _unprinted(campaign: Campaign) -> int:
    """How many edited texts documents leave out until somebody has looked at them again."""
    year = year_of(campaign)
    return len(flagged(campaign, year)) if year else 0


def _told(job: Job) -> dict[str, Any]:
    return {
        "job": job,
        "is_interrupted": services.is_interrupted(job),
        "may_be_asked_again": services.may_be_asked_again(job),
        "is_moving": job.state in (Progress.WAITING, Progress.RUNNING),  # an interrupted one is taken up again
    }


@require_POST
def ask(request: HttpRequest, campaign_id: int, kind: str) -> HttpResponse:
    campaign = campaign_for(request.user, campaign_id)
    if kind not in _OFFERED:
        raise Http404
    form = DocumentForm(Kind(kind), request.POST)
    if not form.is_valid():
        messages.error(request, _("Выберите хотя бы один формат."))
    else:
        told = form.cleaned_data
        public = told.get("audience") == "public"
        services.ask_for(campaign, Kind(kind), person_of(request), told.get("formats", ()), public)
    return redirect("documents", campaign.pk)


def state(request: HttpRequest, job_id: int) -> HttpResponse:
    """The row alone, asked again while the job moves; a release that is ready stands in the table below as well."""
    job = _job(request, job_id)
    response = render(request, "jobs/job.html", {"one": _told(job)})
    if job.kind == Kind.RELEASE and job.state == Progress.READY:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def again(request: HttpRequest, job_id: int) -> HttpResponse:
    job = _job(request, job_id)
    services.ask_again(job, person_of(request))
    return redirect("documents", job.campaign_id)


def download(request: HttpRequest, job_id: int) -> FileResponse:
    job = _job(request, job_id)
    path = services.file_of(job)
    if job.state != Progress.READY or not path.is_file():
        raise Http404
    name = f"{job.kind}_{job.campaign.period.replace('/', '-')}_{job.computation.short_checksum}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


def _job(request: HttpRequest, key: int) -> Job:
    rows = Job.objects.select_related("campaign__district", "computation", "asked_by")
    return get_object_or_404(visible(request.user, rows), pk=key)
