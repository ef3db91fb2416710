"""A release is frozen, named by its checksum, holds no small number, and is published by who approves."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from orientir_web.cycles.models import Computation, Progress
from orientir_web.jobs import services as jobs
from orientir_web.jobs.models import Job, Kind
from orientir_web.journal.models import Entry
from orientir_web.people.roles import Role
from orientir_web.publication.models import Release
from orientir_web.publication.services import archive_of, ask_to_publish, is_intact
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.services import accept, ask
from web.computed import answer, approved, computation_of, release_of
from web.world import World, make_person


def _archive(world: World, release: Release) -> zipfile.ZipFile:
    response = world.client(Role.HEAD).get(reverse("release_file", args=[release.pk]))
    content = response.getvalue()
    assert hashlib.sha256(content).hexdigest() == release.sha256
    return zipfile.ZipFile(io.BytesIO(content))


def test_a_release_holds_the_open_report_and_the_site(world: World) -> None:
    release = release_of(world.own)
    with _archive(world, release) as archive:
        names = set(archive.namelist())
        assert {"report.docx", "report.pdf", "report.html", "report.xlsx", "site/index.html", "values.csv"} <= names
        assert len([name for name in names if name.startswith("site/0") and name.endswith(".html")]) == 9
        assert not any(name.startswith("snapshot/") for name in names)
    assert (release.number, release.data) == (1, release.computation.checksum)
    assert release.programme == world.own.campaign.snapshot_id


def test_a_release_is_told_in_the_journal_and_on_the_page(world: World) -> None:
    release = release_of(world.own)
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.event, entry.person) == ("released", world.own.people[Role.HEAD].pk)
    assert json.loads(entry.details)["sha256"] == release.sha256
    text = world.client(Role.PSYCHOLOGIST).get(reverse("documents", args=[world.own.campaign.pk])).content.decode()
    assert release.sha256 in text


def test_small_numbers_are_in_no_file_of_a_release(world: World) -> None:
    """Three of fifty graduates are nobody's business; a lone hidden school would be found by subtraction."""
    for submission, (whole, part) in zip(world.own.submissions, (("50", "3"), ("30", "21")), strict=True):
        officer = make_person(f"small.{submission.pk}", submission.organisation, Role.SCHOOL_OFFICER, False)
        answer(submission, officer, graduates_9=whole, admitted_college_9=part)
        accept(submission, world.own.people[Role.COORDINATOR])
    release = release_of(world.own)
    with _archive(world, release) as archive:
        rows = [line.split(",") for line in archive.read("values.csv").decode().splitlines()]
    told = {row[1]: (row[4], row[7]) for row in rows if row[0] == "college_9" and row[2] == "2021/22"}
    assert told["school_1"] == ("", "suppressed")
    assert told["school_2"][0] == "" or told["district"][0] == ""


def test_a_release_cannot_be_changed_or_deleted(world: World) -> None:
    release = release_of(world.own)
    for change in (lambda: Release.objects.filter(pk=release.pk).update(number=7), release.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    release.refresh_from_db()
    assert release.number == 1


def test_a_changed_archive_is_not_handed_out(world: World) -> None:
    release = release_of(world.own)
    assert is_intact(release)
    path = archive_of(release.sha256)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"x")
    try:
        assert not is_intact(release)
        response = world.client(Role.HEAD).get(reverse("release_file", args=[release.pk]))
        assert response.status_code == 409
        assert "Восстановите его" in response.content.decode()
    finally:
        path.write_bytes(whole)


def test_nothing_is_published_twice(world: World) -> None:
    release = release_of(world.own)
    again = ask_to_publish(world.own.campaign, world.own.people[Role.HEAD])
    jobs.run(again.pk)
    again.refresh_from_db()
    assert (again.state, Release.objects.filter(campaign=release.campaign).count()) == (Progress.FAILED, 1)
    assert "уже опубликован" in again.message


def test_only_who_approves_publishes(world: World) -> None:
    computation_of(world.own)
    with pytest.raises(PermissionDenied):
        ask_to_publish(world.own.campaign, world.own.people[Role.COORDINATOR])
    with pytest.raises(PermissionDenied):
        jobs.ask_for(world.own.campaign, Kind.RELEASE, world.own.people[Role.COORDINATOR])
    assert not Job.objects.exists()


def test_nothing_is_published_before_it_is_approved(world: World) -> None:
    """The page says it beforehand, the service refuses, and so does a job that was asked for otherwise."""
    campaign, head = world.own.campaign, world.own.people[Role.HEAD]
    url = reverse("documents", args=[campaign.pk])
    client = world.client(Role.HEAD)
    page = client.get(url).content.decode()
    for where in ("campaign", "campaign_approval", "panel"):
        assert f'href="{reverse(where, args=[campaign.pk])}"' in page
    assert "осталось: 2" in page and "Опубликовать выпуск" not in page
    computation_of(world.own)
    with pytest.raises(ActionRefused, match=r"ещё не утвердил сведения\. → Утверждение сведений"):
        ask_to_publish(campaign, head)
    told = client.post(reverse("publish", args=[campaign.pk]), HTTP_REFERER=f"http://testserver{url}", follow=True)
    assert "Утверждение сведений" in told.content.decode()
    job = jobs.ask_for(campaign, Kind.RELEASE, head, public=True)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, Release.objects.count()) == (Progress.FAILED, 0)
    approved(world.own)
    assert "Опубликовать выпуск" in client.get(url).content.decode()


def test_no_form_is_asked_for_after_the_approval(world: World) -> None:
    approved(world.own)
    with pytest.raises(ActionRefused, match="утверждены"):
        ask(world.own.campaign, world.own.schools, world.own.people[Role.COORDINATOR])


def test_stale_numbers_are_not_published(world: World) -> None:
    approved(world.own)
    computation = computation_of(world.own)
    Computation.objects.filter(pk=computation.pk).update(data="earlier")
    with pytest.raises(ActionRefused, match="Дождитесь расчёта"):
        ask_to_publish(world.own.campaign, world.own.people[Role.HEAD])


def test_the_button_publishes(world: World) -> None:
    approved(world.own)
    computation_of(world.own)
    client = world.client(Role.HEAD)
    page = client.get(reverse("documents", args=[world.own.campaign.pk])).content.decode()
    assert "Опубликовать выпуск" in page
    assert client.post(reverse("publish", args=[world.own.campaign.pk])).status_code == 302
    jobs.run(Job.objects.get(kind=Kind.RELEASE).pk)
    assert Release.objects.filter(campaign=world.own.campaign).count() == 1
    other = world.client(Role.COORDINATOR).get(reverse("documents", args=[world.own.campaign.pk])).content.decode()
    assert "Опубликовать выпуск" not in other
