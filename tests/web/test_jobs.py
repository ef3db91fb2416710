"""Documents made in the background: whole or not there, failures told plainly, killed work done again."""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from orientir.errors import Fault, UserError
from orientir_web.cycles.folders import folder, is_locked, locked
from orientir_web.cycles.models import Computation, Progress
from orientir_web.cycles.tasks import compute
from orientir_web.jobs import making, services
from orientir_web.jobs.models import Job, Kind
from orientir_web.jobs.tasks import make_document
from orientir_web.journal.models import Entry
from orientir_web.operation.unfinished import TRIES, put_back
from orientir_web.people.roles import Role
from orientir_web.refusals import ActionRefused
from web.computed import computation_of, job_of
from web.world import World


def _names(job: Job) -> set[str]:
    with zipfile.ZipFile(services.file_of(job)) as archive:
        assert archive.testzip() is None
        return set(archive.namelist())


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.REPORT, {"report.docx", "report.pdf", "report.html", "report.xlsx", "numbers.json", "values.csv"}),
        (Kind.PASSPORTS, {"school_1.docx", "school_1.pdf", "school_2.docx", "passports.csv"}),
        (Kind.PAPERS, {"order.docx", "letter.docx", "results.docx", "page.docx", "slides.pptx", "before_signing.txt"}),
        (Kind.SITE, {"index.html", "01-goals.html"}),
    ],
)
def test_a_document_is_made_and_handed_out(world: World, kind: Kind, expected: set[str]) -> None:
    job = job_of(world.own, kind)
    assert (job.state, job.message) == (Progress.READY, "")
    assert job.done == job.total > 0
    assert expected <= _names(job)
    response = world.client(Role.HEAD).get(reverse("document_file", args=[job.pk]))
    content = response.getvalue()
    assert hashlib.sha256(content).hexdigest() == job.sha256
    assert len(content) == job.size
    assert job.computation.short_checksum in response["Content-Disposition"]


def test_the_report_is_that_of_the_core(world: World) -> None:
    """The values beside the report are those on the pages."""
    from orientir.tabular import VALUE_COLUMNS, csv_text, value_rows
    from orientir_web.cycles.services import cycle_of

    job = _asked(world, formats=["html"])
    services.run(job.pk)
    with zipfile.ZipFile(services.file_of(job)) as archive:
        told = archive.read("values.csv").decode()
    assert told == csv_text(VALUE_COLUMNS, value_rows(cycle_of(job.computation).cycle.values))


def _asked(world: World, formats: list[str] | None = None, public: bool = False) -> Job:
    computation_of(world.own)
    by = world.own.people[Role.COORDINATOR]
    return services.ask_for(world.own.campaign, Kind.REPORT, by, formats or [], public)


def test_only_the_formats_asked_for_are_made(world: World) -> None:
    job = _asked(world, formats=["html"])
    services.run(job.pk)
    assert {name for name in _names(job) if name.startswith("report.")} == {"report.html"}


def test_a_public_report_holds_no_snapshot(world: World) -> None:
    job = _asked(world, formats=["html"], public=True)
    services.run(job.pk)
    assert not any(name.startswith("snapshot/") for name in _names(job))
    assert "скрыты" in _report(job)


def _report(job: Job) -> str:
    with zipfile.ZipFile(services.file_of(job)) as archive:
        return archive.read("report.html").decode()


def test_asking_is_written_down_and_the_worker_is_told(world: World) -> None:
    job = _asked(world)
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.event, entry.subject) == ("document_asked", f"jobs.job:{job.pk}")
    text = world.client(Role.COORDINATOR).get(reverse("documents", args=[world.own.campaign.pk])).content.decode()
    assert "В очереди" in text


def test_without_a_computation_there_is_nothing_to_make(world: World) -> None:
    with pytest.raises(ActionRefused, match="не из чего"):
        services.ask_for(world.own.campaign, Kind.REPORT, world.own.people[Role.HEAD])


def test_no_format_is_refused(world: World) -> None:
    computation_of(world.own)
    client = world.client(Role.HEAD)
    response = client.post(reverse("document_ask", args=[world.own.campaign.pk, "report"]), {}, follow=True)
    assert "Выберите хотя бы один формат." in response.content.decode()
    assert not Job.objects.exists()


# ---- failures


def test_a_failure_is_told_plainly_and_the_job_can_be_run_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    job = _asked(world)
    with monkeypatch.context() as patched:
        patched.setitem(making.MAKERS, Kind.REPORT, _no_room)
        services.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (Progress.FAILED, "папка: на диске нет места. Освободите место.")
    assert not services.file_of(job).exists()
    text = world.client(Role.HEAD).get(reverse("document_state", args=[job.pk])).content.decode()
    assert "на диске нет места" in text
    services.ask_again(job, world.own.people[Role.HEAD])
    services.run(job.pk)
    job.refresh_from_db()
    assert job.state == Progress.READY


def _no_room(*_: object) -> None:
    raise UserError(Fault("папка", "на диске нет места.", "Освободите место."))


def test_a_defect_of_ours_shows_no_traceback(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    job = _asked(world)

    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setitem(making.MAKERS, Kind.REPORT, broken)
    with pytest.raises(ZeroDivisionError):
        services.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (Progress.FAILED, "Ошибка программы; она записана в журнал сервера.")


def test_whoever_comes_second_does_nothing(world: World) -> None:
    job = _asked(world, formats=["html"])
    with locked(f"document-{job.pk}"):
        services.run(job.pk)
    job.refresh_from_db()
    assert job.state == Progress.WAITING
    services.run(job.pk)
    first = services.file_of(job).stat().st_mtime_ns
    services.run(job.pk)  # the queue may tell of it twice
    assert services.file_of(job).stat().st_mtime_ns == first


def test_what_is_ready_is_not_made_again(world: World) -> None:
    job = job_of(world.own)
    with pytest.raises(ActionRefused, match="уже готов"):
        services.ask_again(job, world.own.people[Role.HEAD])


def test_an_unfinished_document_is_not_handed_out(world: World) -> None:
    job = _asked(world)
    services.file_of(job).write_bytes(b"half")  # a run that was killed before its row was written
    assert world.client(Role.HEAD).get(reverse("document_file", args=[job.pk])).status_code == 404
    services.file_of(job).unlink()


def test_what_a_killed_worker_has_left_is_seen_and_taken_up(world: World) -> None:
    """Killed for real it is in test_crashes.py; here it has left its rows and half a document."""
    job = _asked(world, formats=["html"])
    Job.objects.filter(pk=job.pk).update(state=Progress.RUNNING)
    _claimed(1)
    half = folder("documents") / f".{job.pk}-half"
    half.mkdir()
    text = world.client(Role.HEAD).get(reverse("documents", args=[world.own.campaign.pk])).content.decode()
    assert "Работа прервалась" in text and "Составить снова" in text
    put_back()
    assert DBTaskResult.objects.ready().count() == 1
    services.run(job.pk)
    job.refresh_from_db()
    assert job.state == Progress.READY and "report.html" in _names(job)
    assert not half.exists()


def _claimed(times: int) -> None:
    DBTaskResult.objects.all().delete()
    make_document.enqueue(Job.objects.get().pk)
    workers = [f"worker-{number}" for number in range(times)]
    DBTaskResult.objects.update(status="RUNNING", worker_ids=workers)


def test_a_job_that_kills_its_worker_is_given_up_and_may_be_asked_for_by_hand(world: World) -> None:
    job = _asked(world, formats=["html"])
    Job.objects.filter(pk=job.pk).update(state=Progress.RUNNING)
    _claimed(TRIES)
    put_back()
    assert not DBTaskResult.objects.ready().exists() and not DBTaskResult.objects.running().exists()
    job.refresh_from_db()
    assert job.state == Progress.FAILED and "несколько раз подряд" in job.message
    services.ask_again(job, world.own.people[Role.HEAD])
    assert DBTaskResult.objects.ready().count() == 1


def test_what_another_worker_runs_is_not_asked_for_again(world: World) -> None:
    job = _asked(world)
    Job.objects.filter(pk=job.pk).update(state=Progress.RUNNING)
    job.refresh_from_db()
    with locked(f"document-{job.pk}"):
        assert not services.is_interrupted(job)
        with pytest.raises(ActionRefused):
            services.ask_again(job, world.own.people[Role.HEAD])


def test_a_computation_that_kills_its_worker_is_given_up(world: World) -> None:
    computation = computation_of(world.own)
    Computation.objects.filter(pk=computation.pk).update(state=Progress.RUNNING)
    DBTaskResult.objects.all().delete()
    compute.enqueue(computation.pk)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["a", "b", "c"])
    put_back()
    computation.refresh_from_db()
    assert computation.state == Progress.FAILED and "несколько раз подряд" in computation.message


def test_who_looks_at_a_lock_does_not_keep_the_worker_from_it(world: World) -> None:
    with ThreadPoolExecutor() as others, locked("looked-at") as ours:
        assert ours and others.submit(is_locked, "looked-at").result()
    handle = os.open(folder("locks") / "looked-at", os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_SH)  # somebody looks
    assert not is_locked("looked-at")
    with ThreadPoolExecutor() as others:
        others.submit(lambda: (time.sleep(0.1), os.close(handle)))
        with locked("looked-at") as ours:
            assert ours


def test_an_archive_is_the_same_every_time(tmp_path: Path) -> None:
    from datetime import date

    source = tmp_path / "source"
    (source / "inner").mkdir(parents=True)
    (source / "inner" / "б.txt").write_text("б", encoding="utf-8")
    (source / "a.txt").write_text("a", encoding="utf-8")
    first = making.archive(source, tmp_path / "1.zip", date(2026, 11, 27))
    time.sleep(0.01)
    os.utime(source / "a.txt")
    assert making.archive(source, tmp_path / "2.zip", date(2026, 11, 27)) == first
    assert zipfile.ZipFile(io.BytesIO((tmp_path / "1.zip").read_bytes())).namelist() == ["a.txt", "inner/б.txt"]
    assert not list(tmp_path.glob(".*"))
