"""Registers: rows as the core reads them, imports with their preview, evidence, exports, and who may do what."""

from __future__ import annotations

import io
import stat

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from orientir_web.evidence.kinds import kind_of
from orientir_web.evidence.names import name_with, plain_name
from orientir_web.evidence.storage import path_of
from orientir_web.journal.models import Entry
from orientir_web.people.roles import Role
from orientir_web.refusals import ActionRefused
from orientir_web.registers.frame import frame_of, territory
from orientir_web.registers.kinds import KEPT, codes, columns, kept, registers
from orientir_web.registers.models import ColumnMapping, ImportDraft, RegisterRow
from orientir_web.registers.reading import read_typed
from orientir_web.registers.services import add_evidence, add_row, change_row, read_draft, remove_evidence
from web.kept import EVENT, PDF, register_row
from web.world import World, client_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _book(rows: list[list[object]]) -> SimpleUploadedFile:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(out)
    return SimpleUploadedFile("реестр.xlsx", out.getvalue(), _XLSX)


def _import(world: World, name: str, rows: list[list[object]], role: Role = Role.COORDINATOR, **more: object):
    client = world.client(role)
    return client, client.post(reverse("register_import", args=[name]), {"file": _book(rows), **more})


# ---- definitions


def test_every_code_has_its_word() -> None:
    for register in registers():
        for column in columns(register):
            assert all(str(word) != code for code, word in codes(column)), column.id


def test_nothing_personal_is_kept() -> None:
    register = kept("consultations")
    assert register is not None
    assert {"name", "child", "snils"}.isdisjoint(column.id for column in columns(register))
    assert kept("diagnostics") is None and len(KEPT) == 5


# ---- one row


def test_a_typed_row_is_read_by_the_core(world: World) -> None:
    row = register_row(world.own, dates="21-22.11.2021")
    assert row.cells["date_from"] == "2021-11-21" and row.cells["date_to"] == "2021-11-22"
    assert row.cells["kind"] == "tour" and row.cells["state"] == "held"  # what the core makes of words and dates
    assert row.organisation == world.own.schools[0] and row.cells["organisation"] == "school_1"


@pytest.mark.parametrize(
    ("texts", "field"),
    [({"title": ""}, "title"), ({"dates": "вчера"}, "dates"), ({"persons": "много"}, "persons"),
     ({"dates": "28.04.2019"}, "dates")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_at_its_field(world: World, texts: dict[str, str], field: str) -> None:
    register = kept("events")
    assert register is not None
    typed = read_typed(register, EVENT | texts, frame_of(world.own.schools[0]))
    assert typed.row is None and list(typed.errors) == [field]


def test_a_row_is_added_on_the_page(world: World) -> None:
    school = world.own.schools[0]
    told = EVENT | {"home": str(school.pk), "period": "2021/22", "organisation": "school_1"}
    client = world.client(Role.SCHOOL_OFFICER)
    wrong = client.post(reverse("register_add", args=["events"]), told | {"persons": "12,5"})
    assert wrong.status_code == 422 and "считают целыми" in wrong.content.decode()
    assert client.post(reverse("register_add", args=["events"]), told).status_code == 302
    assert RegisterRow.objects.get().cells["persons"] == "25"
    assert Entry.objects.first().event == "register_row_added"  # type: ignore[union-attr]


def test_an_officer_keeps_only_the_own_school(world: World) -> None:
    register, frame = kept("events"), frame_of(world.own.place)
    assert register is not None
    typed = read_typed(register, EVENT | {"organisation": "school_2"}, frame)
    assert typed.row is not None
    with pytest.raises(PermissionDenied):
        add_row(register, typed.row, frame, world.own.people[Role.SCHOOL_OFFICER])


def test_two_who_change_one_row(world: World) -> None:
    row, register = register_row(world.own), kept("events")
    assert register is not None
    frame, officer = territory(frame_of(row.organisation)), world.own.people[Role.SCHOOL_OFFICER]
    for text in ("Экскурсия в депо", "Экскурсия в музей"):
        typed = read_typed(register, EVENT | {"title": text, "organisation": "school_1"}, frame)
        assert typed.row is not None
        if text == "Экскурсия в депо":
            change_row(row, 1, typed.row, frame, register, officer)
        else:
            with pytest.raises(ActionRefused):
                change_row(row, 1, typed.row, frame, register, officer)
    assert RegisterRow.objects.get().title == "Экскурсия в депо"


def test_the_page_of_a_row_saves_what_it_shows(world: World) -> None:
    """The form that is shown, sent back as it is, changes nothing but the version."""
    row, client = register_row(world.own), world.client(Role.SCHOOL_OFFICER)
    form = client.get(reverse("register_row", args=[row.pk])).context["form"]
    told = {key: form.initial.get(key) or "" for key in form.fields}
    assert client.post(reverse("register_row", args=[row.pk]), told | {"version": "1"}).status_code == 302
    again = RegisterRow.objects.get(pk=row.pk)
    assert (again.cells, again.version) == (row.cells, 2)


# ---- lists


def test_filters_order_and_pages(world: World) -> None:
    register_row(world.own, title="Ёлка профессий", dates="20.12.2021", level="municipal")
    register_row(world.own, title="Встреча с инженером", dates="10.03.2022")
    client = world.client(Role.HEAD)

    def titles(**asked: str) -> list[str]:
        return [row.title for row in client.get(reverse("register", args=["events"]), asked).context["page"]]

    assert titles() == ["Встреча с инженером", "Ёлка профессий"]
    assert titles(sort="day") == ["Ёлка профессий", "Встреча с инженером"]
    assert titles(q="ЕЛКА") == ["Ёлка профессий"]
    assert titles(level="municipal") == ["Ёлка профессий"]
    assert titles(period="2020/21") == []
    assert titles(organisation="не число", sort="чепуха", page="9") == titles()


def test_the_neighbour_sees_nothing(world: World) -> None:
    register_row(world.foreign)
    page = world.client(Role.REGIONAL_OPERATOR).get(reverse("register", args=["events"])).context["page"]
    assert list(page) == []


# ---- import

_PLAN: list[list[object]] = [
    ["План мероприятий на 2021-2022 учебный год"],
    ["№", "Название мероприятия", "Дата проведения", "Школа", "Кол-во участников", "Кто отвечает"],
    [1, "Экскурсия в шахту", "28.04.2022", "Школа a1", "12 чел.", "Завуч"],
    [2, "Конкурс профессий", "16.12.202 1", "Школа a2", 30, "Завуч"],
    [3, "Встреча", "12.05.2022", "Школа № 99", 30, "Завуч"],
    [4, "Слёт", "05.10.2024", "Школа a1", 30, "Завуч"],
    ["Итого", None, None, None, 102, None],
]


def test_a_file_is_shown_before_it_counts(world: World) -> None:
    client, response = _import(world, "events", _PLAN)
    draft = ImportDraft.objects.get()
    assert response.status_code == 302 and not RegisterRow.objects.exists()
    page = client.get(response["Location"]).content.decode()
    for told in ("Будет записано строк: 2", "12 чел.", "Школа № 99", "строка с итогом не учтена", "Кто отвечает"):
        assert told in page, told
    assert "organisations.csv" not in page and "в профиле" not in page.lower()  # advice for folders
    assert client.post(reverse("register_confirm", args=[draft.pk])).status_code == 302
    rows = {row.title: row for row in RegisterRow.objects.all()}
    assert rows["Экскурсия в шахту"].organisation == world.own.schools[0]
    assert rows["Экскурсия в шахту"].cells["persons"] == "12"
    assert rows["Конкурс профессий"].cells["date_from"] == "2021-12-16"
    assert "реестр.xlsx" in rows["Конкурс профессий"].origin
    assert client.post(reverse("register_confirm", args=[draft.pk])).status_code == 404  # once


def test_columns_that_were_told_are_remembered(world: World) -> None:
    rows: list[list[object]] = [["Школа", "Через кого", "Сколько их"], ["Школа a1", "центр занятости", 4]]
    client, response = _import(world, "workplaces", rows)
    assert response.status_code == 422 and "Количество учебных мест" in response.content.decode()
    more = {"header": ["Школа", "Через кого", "Сколько их"], "column-organisation": "Школа",
            "column-channel": "Через кого", "column-places": "Сколько их"}  # fmt: skip
    _, response = _import(world, "workplaces", rows, **more)
    client.post(reverse("register_confirm", args=[ImportDraft.objects.get().pk]))
    assert RegisterRow.objects.get().cells["places"] == "4"
    assert ColumnMapping.objects.count() == 1
    _, response = _import(world, "workplaces", rows)  # now it is known
    assert response.status_code == 302


def test_names_are_kept_nowhere(world: World) -> None:
    rows: list[list[object]] = [
        ["Журнал консультаций родителей"],
        ["Школа", "Дата", "ФИО родителя", "Форма консультации"],
        ["Школа a1", "01.02.2022", "Незабудкина Ольга Петровна", "индивидуальная"],
        ["Школа a1", "02.02.2022", "Незабудкина Ольга Петровна", "групповая"],
        ["Школа a1", "ещё не было", "Ландышева Анна Ивановна", "групповая"],
    ]
    client, response = _import(world, "consultations", rows)
    assert "сведения о людях" in client.get(response["Location"]).content.decode()
    draft = ImportDraft.objects.get()
    client.post(reverse("register_confirm", args=[draft.pk]))
    kept_texts = str([list(RegisterRow.objects.values()), list(Entry.objects.values()), draft.content])
    assert "езабудкин" not in kept_texts and "андышев" not in kept_texts
    assert {row.cells["person"] for row in RegisterRow.objects.all()} >= {"p1"}
    assert ImportDraft.objects.get().content == {}


def test_rows_of_others_stop_the_whole_file(world: World) -> None:
    client, _ = _import(world, "events", _PLAN, Role.SCHOOL_OFFICER)
    draft = ImportDraft.objects.get()
    answer = client.post(reverse("register_confirm", args=[draft.pk]))
    assert answer.status_code == 409 and "Школа a2" in answer.content.decode()
    assert not RegisterRow.objects.exists() and ImportDraft.objects.get().closed_at is None


def test_rows_without_a_school_are_of_whoever_sends_them(world: World) -> None:
    rows: list[list[object]] = [["Название мероприятия", "Дата проведения"], ["Экскурсия", "28.04.2022"]]
    client, _ = _import(world, "events", rows, Role.SCHOOL_OFFICER)
    client.post(reverse("register_confirm", args=[ImportDraft.objects.get().pk]))
    assert RegisterRow.objects.get().cells["organisation"] == "school_1"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"MZ\x90 a program", b"%PDF-1.4", b"\x00\xff" * 500])
def test_a_hostile_file_is_refused_in_words(world: World, data: bytes) -> None:
    upload = SimpleUploadedFile("реестр.xlsx", data)
    answer = world.client(Role.COORDINATOR).post(reverse("register_import", args=["events"]), {"file": upload})
    assert answer.status_code == 422 and not ImportDraft.objects.exists()


# ---- exports


def test_an_export_can_be_imported_again(world: World) -> None:
    row, client = register_row(world.own), world.client(Role.COORDINATOR)
    answer = client.get(reverse("register_export", args=["events", "xlsx"]))
    upload = SimpleUploadedFile("выгрузка.xlsx", answer.content)
    client.post(reverse("register_import", args=["events"]), {"file": upload})
    draft = ImportDraft.objects.get()
    assert [told["cells"] for told in draft.content["rows"]] == [row.cells]
    assert not [one for one in draft.content["remarks"] if one["is_error"]]


def test_an_export_holds_no_formulas(world: World) -> None:
    register_row(world.own, title="=HYPERLINK(1)")
    client = world.client(Role.COORDINATOR)
    csv = client.get(reverse("register_export", args=["events", "csv"])).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in csv
    book = load_workbook(io.BytesIO(client.get(reverse("register_export", args=["events", "xlsx"])).content))
    assert book.active is not None and book.active["A2"].data_type == "s"


# ---- evidence


def test_evidence_is_kept_apart_and_given_as_a_download(world: World) -> None:
    row, officer = register_row(world.own), world.own.people[Role.SCHOOL_OFFICER]
    file = add_evidence(row, SimpleUploadedFile("../../Приказ о слёте.PDF", PDF), officer)
    path = path_of("evidence", file.stored)
    assert settings.DATA.files in path.parents and settings.STATIC_ROOT not in path.parents
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    answer = world.client(Role.COORDINATOR).get(reverse("evidence", args=[file.pk]))
    assert b"".join(answer) == PDF and file.name == "Приказ о слёте.pdf"  # type: ignore[call-overload]
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    remove_evidence(row, file, officer)
    assert row.files.count() == 0


def test_a_file_is_what_its_content_says(world: World) -> None:
    assert kind_of(b"\x89PNG\r\n\x1a\n....").media_type == "image/png"
    assert name_with("photo.JPEG", "jpg") == "photo.jpg"
    assert name_with("\u202egpj.exe", "pdf") == "_gpj.exe.pdf"
    for data in (b"<html><script>1</script></html>", b"MZ\x90", b"", b"PK\x05\x06" + b"\0" * 18, b"just words"):
        with pytest.raises(ActionRefused):
            kind_of(data)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("../../etc/план.xlsx", "план.xlsx"), (r"C:\Users\Анна\план.xlsx", "план.xlsx"), ("a\x00b\u202e.csv", "a_b_.csv"),
     ("", "file"), (None, "file"), (" .. ", "file"), ("Ж" * 300 + ".docx", "Ж" * 117 + ".docx"),
     ("a" * 300 + ".pdf", "a" * 146 + ".pdf"), ("\U0001f600" * 300, "\U0001f600" * 60)],
)  # fmt: skip
def test_one_rule_for_the_names_of_files(sent: str | None, kept: str) -> None:
    assert plain_name(sent) == kept
    assert len(kept) <= 150 and len(kept.encode()) <= 240


def test_a_register_keeps_the_plain_name_of_its_file(world: World) -> None:
    table = SimpleUploadedFile("x", "Название;Дата\nЭкскурсия;28.04.2022\n".encode())
    table.name = "план\u202e\x07.csv"  # as a program may send it
    register, frame = kept("events"), frame_of(world.own.schools[0])
    assert register is not None
    draft = read_draft(register, table, frame, None, world.own.people[Role.SCHOOL_OFFICER])
    assert draft.name == "план__.csv"


def test_evidence_of_a_removed_or_foreign_row(world: World) -> None:
    row = register_row(world.own)
    file = add_evidence(row, SimpleUploadedFile("a.pdf", PDF), world.own.people[Role.SCHOOL_OFFICER])
    stranger = world.foreign.people[Role.COORDINATOR]
    assert client_of(stranger).get(reverse("evidence", args=[file.pk])).status_code == 404
    assert path_of("evidence", file.stored).exists()
