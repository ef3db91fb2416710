"""Releases of a district: published, listed, handed out after their checksum was compared."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from orientir_web.panels.access import campaign_for
from orientir_web.people.access import person_of, visible
from orientir_web.publication.models import Release
from orientir_web.publication.services import archive_name, ask_to_publish, intact_archive


@require_POST
def publish(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = campaign_for(request.user, campaign_id)
    ask_to_publish(campaign, person_of(request))
    return redirect("documents", campaign.pk)


def release_file(request: HttpRequest, release_id: int) -> FileResponse:
    rows = Release.objects.select_related("campaign__district")
    release = get_object_or_404(visible(request.user, rows), pk=release_id)
    content = intact_archive(release).open("rb")
    return FileResponse(content, as_attachment=True, filename=archive_name(release), content_type="application/zip")
