"""«Проверка отчёта»: uploaded, audited in a process of its own, shown beside its findings, private, forgotten."""

from __future__ import annotations

import io
import json
import re
import stat
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from orientir_web.evidence.bounded import MOST_BYTES
from orientir_web.journal.models import Entry
from orientir_web.people.models import Membership
from orientir_web.people.roles import Role
from orientir_web.report_check import files, services
from orientir_web.report_check.models import CheckState, ReportCheck
from orientir_web.report_check.outputs import DOCX, HTML, REPORT
from web.kept import report_check
from web.world import World, client_of, make_person


def report_docx() -> bytes:
    """A table whose shares are 46 of 80 printed as 75 (57.5), and 60 of 80 printed rightly; a sentence beside it."""
    made, out = Document(), io.BytesIO()
    made.add_heading("Отчёт о мониторинге <b>округа</b>", 1)
    made.add_paragraph("Таблица 3. Доля выпускников 9 классов, поступивших в колледжи")
    rows = [("Учебный год", "Всего выпускников, чел.", "Поступили, чел.", "Поступили, %"),
            ("2020/21", "80", "46", "75"), ("2021/22", "80", "60", "75")]  # fmt: skip
    table = made.add_table(0, 4)
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    made.add_paragraph("В 2021/22 учебном году в колледжи поступили 70 % выпускников (таблица 3).")
    made.save(out)
    return out.getvalue()


def _uploaded(world: World, data: bytes, name: str = "Отчёт округа.docx", role: Role = Role.COORDINATOR) -> ReportCheck:
    answer = world.client(role).post(reverse("report_checks"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return ReportCheck.objects.get()


def test_the_document_stands_beside_its_findings(world: World) -> None:
    checked = _uploaded(world, report_docx())
    client, url = world.client(Role.COORDINATOR), reverse("report_check", args=[checked.pk])
    waiting = client.get(url).content.decode()
    assert "Ждёт очереди" in waiting and "hx-trigger" in waiting
    services.run(checked.pk)
    checked.refresh_from_db()
    assert (checked.state, checked.format) == (CheckState.DONE, "docx") and checked.errors >= 1
    page = client.get(url).content.decode()
    assert re.search(r'<td class="at error">75 \s*<a class="mark error" id="m1" href="#f1"', page)  # at its very cell
    assert 'id="f1"' in page and "57,5" in page
    assert "&lt;b&gt;округа" in page and "<b>округа" not in page
    assert page.count('<td class="at error">') == 1  # the right share has no mark


def test_the_filter_hides_findings_and_their_marks(world: World) -> None:
    checked = _uploaded(world, report_docx())
    services.run(checked.pk)
    url = reverse("report_check", args=[checked.pk])
    page = world.client(Role.COORDINATOR).get(url, {"severity": "info"}).content.decode()
    assert 'class="mark error"' not in page and 'class="finding error"' not in page
    assert world.client(Role.COORDINATOR).get(url, {"severity": "чепуха", "rule": "нет"}).status_code == 200


def test_what_can_be_taken_back(world: World) -> None:
    checked = _uploaded(world, report_docx())
    services.run(checked.pk)
    client = world.client(Role.COORDINATOR)

    def given(kind: str) -> bytes:
        answer = client.get(reverse("report_check_file", args=[checked.pk, kind]))
        assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
        data: bytes = answer.getvalue()
        return data

    assert given("report") == report_docx() or given("report")[:2] == b"PK"
    with zipfile.ZipFile(io.BytesIO(given("comments"))) as made:
        assert "57,5" in made.read("word/comments.xml").decode()
    assert given("docx")[:2] == b"PK" and b"<!doctype html>" in given("html")
    told = json.loads(given("json"))
    assert told["document"]["name"] == "Отчёт округа.docx" and told["findings"]
    assert client.get(reverse("report_check_file", args=[checked.pk, "page.json"])).status_code == 404


def test_outputs_are_their_owners_alone(world: World) -> None:
    checked = _uploaded(world, report_docx())
    services.run(checked.pk)
    home = files.place(checked.stored)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {stat.S_IMODE((home / name).stat().st_mode) for name in (REPORT, HTML)} == {0o600}
    assert not [one for one in home.iterdir() if one.name.startswith(".")]  # nothing half-done stays


def test_other_formats_and_those_without_comments(world: World) -> None:
    text = "Отчёт.\nВ 2022 году поступили 46 из 80 выпускников (75 %).\n".encode()
    checked = _uploaded(world, text, "отчёт.txt")
    services.run(checked.pk)
    page = world.client(Role.COORDINATOR).get(reverse("report_check", args=[checked.pk])).content.decode()
    assert "Замечания (DOCX)" in page and "с примечаниями" not in page


@pytest.mark.parametrize("data", [b"", b"MZ\x90 program", b"PK\x05\x06" + b"\0" * 18, b"SQLite format 3\0"])
def test_what_is_no_document_is_not_taken(world: World, data: bytes) -> None:
    upload = SimpleUploadedFile("отчёт.docx", data)
    answer = world.client(Role.COORDINATOR).post(reverse("report_checks"), {"file": upload})
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert not ReportCheck.objects.exists()


def test_a_flood_is_refused_before_it_is_read(world: World) -> None:
    told = {"file": SimpleUploadedFile("отчёт.docx", b"PK")}
    answer = world.client(Role.COORDINATOR).post(reverse("report_checks"), told, CONTENT_LENGTH=str(MOST_BYTES + 1))
    assert answer.status_code == 400 and not ReportCheck.objects.exists()


def test_a_damaged_document_is_refused_in_words(world: World) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<w:document><w:body>")
    checked = _uploaded(world, out.getvalue())
    services.run(checked.pk)
    checked.refresh_from_db()
    assert checked.state == CheckState.REFUSED and "Отчёт округа.docx" in checked.refusal
    page = world.client(Role.COORDINATOR).get(reverse("report_check", args=[checked.pk])).content.decode()
    assert "Traceback" not in page and "поврежд" in page


def test_a_document_that_kills_its_reader_leaves_the_worker_alive(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    checked = _uploaded(world, report_docx())
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], -9))
    services.run(checked.pk)
    checked.refresh_from_db()
    assert checked.state == CheckState.REFUSED and "слишком сложно" in checked.refusal


def test_a_killed_worker_is_noticed_and_the_check_repeated(world: World) -> None:
    checked = report_check(world.own, Role.COORDINATOR, state=CheckState.RUNNING)
    client = world.client(Role.COORDINATOR)
    assert "Проверка прервалась" in client.get(reverse("report_check", args=[checked.pk])).content.decode()
    home = files.place(checked.stored)
    (home / DOCX).write_bytes(b"PK of an audit that did not end")
    (home / ".left").mkdir()
    assert client.get(reverse("report_check_file", args=[checked.pk, "docx"])).status_code == 404
    assert client.get(reverse("report_check_file", args=[checked.pk, "report"])).getvalue()
    assert client.post(reverse("report_check_again", args=[checked.pk])).status_code == 302
    services.run(checked.pk)
    checked.refresh_from_db()
    assert checked.state == CheckState.DONE and not (home / ".left").exists()
    services.run(checked.pk)  # whoever comes second finds nothing to do


def test_a_report_is_private_to_its_organisation(world: World) -> None:
    checked = report_check(world.own, Role.SCHOOL_OFFICER)
    url = reverse("report_check", args=[checked.pk])
    assert world.client(Role.SCHOOL_OFFICER).get(url).status_code == 200
    colleague = make_person("colleague", world.own.schools[0], Role.SCHOOL_OFFICER)
    assert client_of(colleague).get(url).status_code == 200
    assert client_of(colleague).post(reverse("report_check_delete", args=[checked.pk])).status_code == 403
    for role in (Role.COORDINATOR, Role.REGIONAL_OPERATOR, Role.AUDITOR, Role.OPERATOR):
        assert world.client(role).get(url).status_code == 404
    Membership.objects.filter(person=colleague).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert client_of(colleague).get(url).status_code == 404


def test_its_owner_deletes_it(world: World) -> None:
    checked = report_check(world.own, Role.COORDINATOR)
    assert world.client(Role.COORDINATOR).post(reverse("report_check_delete", args=[checked.pk])).status_code == 302
    assert not ReportCheck.objects.exists()
    entry = Entry.objects.first()
    assert entry is not None and entry.event == "report_check_deleted"


def test_time_is_up(world: World) -> None:
    old = report_check(world.own, Role.COORDINATOR, kept_until=timezone.localdate() - timedelta(days=1))
    kept = report_check(world.own, Role.COORDINATOR)
    services.forget_expired()
    assert list(ReportCheck.objects.values_list("pk", flat=True)) == [kept.pk]
    files.drop(old.stored)
    assert not files.place(old.stored).exists() and (files.place(kept.stored) / REPORT).exists()


def test_the_process_of_the_audit_knows_no_django() -> None:
    code = "import sys, orientir_web.report_check.auditing; sys.exit('django' in sys.modules)"
    source = Path(services.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=source, check=False).returncode == 0
