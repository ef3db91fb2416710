"""The one door through which evidence leaves."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from orientir_web.evidence.models import EvidenceFile
from orientir_web.evidence.services import given
from orientir_web.people.access import visible


def evidence(request: HttpRequest, file_id: int) -> FileResponse:
    file = get_object_or_404(visible(request.user, EvidenceFile.objects.all()), pk=file_id)
    return given(file)
