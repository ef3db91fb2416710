"""Documents and releases for programs: listed, described, handed out as the archives that their checksums name."""

from __future__ import annotations

import base64
from datetime import date, datetime
from pathlib import Path as File
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema

from orientir_web.api.access import allowed
from orientir_web.api.paging import Wanted, page_of_rows
from orientir_web.api.problems import READ, Problem
from orientir_web.api.schemas import Key
from orientir_web.cycles.models import Progress
from orientir_web.jobs.models import Job, Kind
from orientir_web.jobs.services import file_of
from orientir_web.people.roles import Action
from orientir_web.publication.models import Release
from orientir_web.publication.services import archive_name, intact_archive

router = Router()
_ZIP = "application/zip"
# What ninja does not know of an answer that is a file. The header is that of RFC 9530.
_ZIPPED = {
    "responses": {
        200: {
            "description": "OK",
            "content": {_ZIP: {"schema": {"type": "string", "format": "binary"}}},
            "headers": {
                "Repr-Digest": {
                    "description": "sha-256=:…: — контрольная сумма архива",
                    "schema": {"type": "string"},
                }
            },
        }
    }
}


class ReportOut(Schema):
    """A document that is ready; its file is an archive with this checksum."""

    id: int
    kind: Kind
    campaign: int
    computation: int
    is_public: bool
    finished_at: datetime
    sha256: str
    size: int


class Reports(Schema):
    total: int
    items: list[ReportOut]


class ReportsWanted(Wanted):
    campaign: Key | None = None
    kind: Kind | None = None


class ReleaseOut(Schema):
    """What was published: `sha256` is of its archive, `data` names the package, `programme` is of its programme."""

    id: int
    campaign: int
    computation: int
    number: int
    period: str
    as_of: date
    published_at: datetime
    sha256: str
    size: int
    data: str
    programme: str


class Releases(Schema):
    total: int
    items: list[ReleaseOut]


class ReleasesWanted(Wanted):
    campaign: Key | None = None
    number: Key | None = None


@router.get("/reports", response={200: Reports} | READ, summary="Готовые документы", url_name="api_reports")
def reports(request: HttpRequest, wanted: Query[ReportsWanted]) -> dict[str, Any]:
    return page_of_rows(_reports(request), wanted, _report_out)


@router.get(
    "/reports/{report_id}/file",
    response=READ,
    summary="Архив документа",
    url_name="api_report_file",
    openapi_extra=_ZIPPED,
)
def report_file(request: HttpRequest, report_id: Path[Key]) -> FileResponse:
    job = get_object_or_404(_reports(request), pk=report_id)
    return _archive(file_of(job), f"{job.kind}_{job.pk}.zip", job.sha256)


@router.get("/releases", response={200: Releases} | READ, summary="Опубликованные выпуски", url_name="api_releases")
def releases(request: HttpRequest, wanted: Query[ReleasesWanted]) -> dict[str, Any]:
    return page_of_rows(_releases(request).order_by("campaign", "-number"), wanted, _release_out)


@router.get("/releases/{release_id}", response={200: ReleaseOut} | READ, summary="Один выпуск", url_name="api_release")
def release(request: HttpRequest, release_id: Path[Key]) -> ReleaseOut:
    return _release_out(get_object_or_404(_releases(request), pk=release_id))


@router.get(
    "/releases/{release_id}/file",
    response=READ | {409: Problem},
    summary="Архив выпуска; 409, если он не тот, что был опубликован",
    url_name="api_release_file",
    openapi_extra=_ZIPPED,
)
def release_file(request: HttpRequest, release_id: Path[Key]) -> FileResponse:
    found = get_object_or_404(_releases(request), pk=release_id)
    return _archive(intact_archive(found), archive_name(found), found.sha256)


# ---- what they share


def _reports(request: HttpRequest) -> QuerySet[Job]:
    return allowed(request, Job.objects.filter(state=Progress.READY), Action.SEE)


def _releases(request: HttpRequest) -> QuerySet[Release]:
    return allowed(request, Release.objects.select_related("campaign"), Action.SEE)


def _archive(path: File, name: str, sha256: str) -> FileResponse:
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=_ZIP)
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
    return response


def _report_out(one: Job) -> ReportOut:
    assert one.finished_at is not None
    return ReportOut(
        id=one.pk, kind=Kind(one.kind), campaign=one.campaign_id, computation=one.computation_id,
        is_public=one.is_public, finished_at=one.finished_at, sha256=one.sha256, size=one.size,
    )  # fmt: skip


def _release_out(one: Release) -> ReleaseOut:
    return ReleaseOut(
        id=one.pk, campaign=one.campaign_id, computation=one.computation_id, number=one.number,
        period=one.campaign.period, as_of=one.as_of, published_at=one.at, sha256=one.sha256, size=one.size,
        data=one.data, programme=one.programme,
    )  # fmt: skip
