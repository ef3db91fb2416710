"""The page of a form: what it shows, what is saved with and without scripts, history, workbooks, what is refused."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from lxml import html
from openpyxl import load_workbook

from orientir.model.collection import Known
from orientir.model.forms import AnswerKind
from orientir.model.status import CellState as CoreState
from orientir.sources.forms.layout import LISTS
from orientir_web.journal.models import Entry
from orientir_web.people.roles import Role
from orientir_web.submissions.filling import Typed, filling_of, spots_of
from orientir_web.submissions.form_workbooks import LARGEST, workbook_of
from orientir_web.submissions.grid import grid
from orientir_web.submissions.grid_shape import Purpose
from orientir_web.submissions.models import Cell, CellChange, Submission
from orientir_web.submissions.saving import Edit, save_cells
from orientir_web.submissions.services import remember, return_submission, submit
from orientir_web.submissions.sheets import sheet_of
from web.world import World, client_of, fill

GRADUATES, COLLEGE, PSYCHOLOGIST = "graduates_9", "admitted_college_9", "schools_with_psychologist"
FIRST_GRADE, SECOND_GRADE = "pupils_grade|grade=1", "pupils_grade|grade=2"


@pytest.fixture
def form(world: World) -> Submission:
    return world.own.submissions[0]


@pytest.fixture
def officer(world: World) -> Client:
    return world.client(Role.SCHOOL_OFFICER)


def _page(client: Client, form: Submission, name: str = "form", **query: str) -> str:
    response = client.get(reverse(name, args=[form.pk]), query)
    assert response.status_code == 200
    return response.content.decode()


def _send(client: Client, form: Submission, person: int, *cells: dict[str, Any]) -> Any:
    body = json.dumps({"person": person, "cells": cells})
    return client.post(reverse("save_batch", args=[form.pk]), body, content_type="application/json")


def _cell(code: str, text: str, version: int = 0, **more: Any) -> dict[str, Any]:
    return {"code": code, "text": text, "version": version} | more


def _field(page: str, code: str) -> str:
    [field] = re.findall(rf'<(?:input|select) [^>]*name="cell:{re.escape(code)}"[^>]*>', page)
    return field


# ---- what the page shows


def test_every_cell_has_its_field_and_a_name_that_is_read_out(officer: Client, form: Submission) -> None:
    page = _page(officer, form)
    spots = spots_of(sheet_of(form))
    ids = set(re.findall(r' id="([^"]+)"', page))
    for code in spots:
        labels = re.search(r'aria-labelledby="([^"]+)"', _field(page, code))
        described = re.search(r'aria-describedby="([^"]+)"', _field(page, code))
        assert labels and described
        assert set(labels[1].split()) | set(described[1].split()) <= ids
    assert len(re.findall(r' id="', page)) == len(ids)
    assert 'inputmode="numeric"' in _field(page, GRADUATES)
    assert _field(page, PSYCHOLOGIST).startswith("<select")


def test_last_years_value_stands_beside(officer: Client, world: World, form: Submission) -> None:
    school = world.own.schools[0]
    known = {(GRADUATES, ()): Known(Decimal(20), CoreState.VALUE, "ОО-1 за 2020/21")}
    remember({school.code: known}, "2020/21", {school.code: school})
    number = spots_of(sheet_of(form))[GRADUATES].number
    assert f'<small id="b{number}">2020/21: 20</small>' in _page(officer, form)
    assert "ОО-1 за 2020/21" in _page(officer, form, "form_cell", code=GRADUATES)


def test_the_states_of_a_cell_are_told_apart(officer: Client, world: World, form: Submission) -> None:
    texts = {GRADUATES: "0", COLLEGE: "нет данных", FIRST_GRADE: "не применимо", SECOND_GRADE: "17", PSYCHOLOGIST: "да"}
    save_cells(form, [Edit(code, text, 0) for code, text in texts.items()], world.own.people[Role.SCHOOL_OFFICER])
    page = _page(officer, form)
    states = {GRADUATES: "zero", COLLEGE: "not_reported", FIRST_GRADE: "not_applicable", SECOND_GRADE: "value"}
    for code, state in states.items():
        assert f'data-state="{state}"' in _field(page, code)
        assert f'value="{texts[code]}"' in _field(page, code)
    assert '<option value="да" selected>' in page
    assert 'data-state="empty"' in _field(page, "graduates_11")


def test_what_is_typed_is_never_markup(world: World, form: Submission) -> None:
    nasty = '"><script>alert(1)</script>'
    save_cells(form, [Edit(GRADUATES, "40", 0, nasty)], world.own.people[Role.SCHOOL_OFFICER])
    submitted = world.client(Role.COORDINATOR)
    page = _page(submitted, form)
    assert "<script>alert" not in page and escape(nasty) in page
    assert "<script>alert" not in _page(submitted, form, "form_cell", code=GRADUATES)


def test_totals_are_those_of_the_core(officer: Client, world: World, form: Submission) -> None:
    person = world.own.people[Role.SCHOOL_OFFICER]
    codes = [code for code in sheet_of(form).places if code.startswith("pupils_grade|")]
    save_cells(form, [Edit(code, "100", 0) for code in codes[:-1]], person)
    assert 'id="t0">—</output>' in _page(officer, form)
    answer = _send(officer, form, person.pk, _cell(codes[-1], "100")).json()
    assert answer["sums"][0] == f"{len(codes)}00".replace("1100", "1\u00a0100")
    assert f'id="t0">{answer["sums"][0]}</output>' in _page(officer, form)


def test_a_form_that_is_not_filled_now_has_no_fields_and_says_why(world: World, form: Submission) -> None:
    for role in (Role.HEAD, Role.PSYCHOLOGIST, Role.REGIONAL_OPERATOR):
        page = _page(world.client(role), form)
        assert 'name="cell:' not in page and "заполняет её организация" in page
    officer = world.own.people[Role.SCHOOL_OFFICER]
    fill(form, officer)
    submit(form, officer)
    page = _page(client_of(officer), form)
    assert 'name="cell:' not in page and "«Сдана»" in page


def test_a_remark_of_the_coordinator_stands_at_its_cell(officer: Client, world: World, form: Submission) -> None:
    person = world.own.people[Role.SCHOOL_OFFICER]
    fill(form, person)
    submit(form, person)
    said = {GRADUATES: "Сверьте с аттестатами", "": "Проверьте раздел 4"}
    return_submission(form, said, world.own.people[Role.COORDINATOR])
    page = _page(officer, form)
    row = spots_of(sheet_of(form))[GRADUATES].row
    at = page.index("Сверьте с аттестатами")
    assert page.rindex(f'id="r{row}"', 0, at) > page.rindex("<tr", 0, at)
    assert page.index("Проверьте раздел 4") < page.index("<table")


def test_a_page_shows_what_is_in_its_form_and_nothing_of_another(world: World, form: Submission) -> None:
    """What all pages of a form share holds nothing of any, and what is typed is text wherever it is put."""
    fill(form, world.own.people[Role.SCHOOL_OFFICER])
    filled, other = filling_of(form), filling_of(world.own.submissions[1])
    hostile = filled.with_typed({GRADUATES: Typed('"><b>%s', "100 % & <i>", "'")})
    empty, pages = grid(other, Purpose.FILL), [grid(one, Purpose.FILL) for one in (filled, hostile, other)]
    assert pages[2] == empty != pages[0]
    assert f"/forms/{form.pk}/cell/?code=" in pages[0] and f"/forms/{form.pk}/" not in empty
    assert (
        "100 % &amp; &lt;i&gt;" in pages[1] and 'value="&quot;&gt;&lt;b&gt;%s"' in pages[1] and "<b>%s" not in pages[1]
    )


def test_an_english_page_says_our_words_in_english(officer: Client, form: Submission) -> None:
    officer.post(reverse("set_language"), {"language": "en"})
    page = _page(officer, form)
    for told in ("Reason for the change", "Submit the form…", '<option value="нет данных">no data</option>', ">yes<"):
        assert told in page
    assert "Причина изменения" not in page


def test_an_english_page_says_what_on_it_is_russian(officer: Client, form: Submission, world: World) -> None:
    save_cells(form, [Edit(GRADUATES, "10", 0), Edit(COLLEGE, "11", 0)], world.own.people[Role.SCHOOL_OFFICER])
    officer.post(reverse("set_language"), {"language": "en"})
    page = html.fromstring(_page(officer, form))
    for part in page.xpath("//main//*[@lang='ru'] | //script | //select"):
        part.drop_tree()
    told = " ".join(page.xpath("//main//text()"))
    assert set(re.findall("[А-Яа-яё]+", told)) == {"Школа"}  # the organisation's name


# ---- one batch


def test_a_batch_is_answered_cell_by_cell(officer: Client, world: World, form: Submission) -> None:
    person = world.own.people[Role.SCHOOL_OFFICER]
    save_cells(form, [Edit(COLLEGE, "7", 0)], person)
    cells = (_cell(GRADUATES, "1 234"), _cell(COLLEGE, "8"), _cell("graduates_11", "много"), _cell(PSYCHOLOGIST, "Да"))
    answer = _send(officer, form, person.pk, *cells).json()
    assert [one["outcome"] for one in answer["cells"]] == ["saved", "conflict", "bad", "saved"]
    assert [one["text"] for one in answer["cells"]] == ["1234", "7", "", "да"]
    assert [one["version"] for one in answer["cells"]] == [1, 1, 0, 1]
    assert (answer["filled"], answer["asked"]) == (3, form.asked)


def test_remarks_of_the_checks_come_with_the_answer(officer: Client, world: World, form: Submission) -> None:
    cells = (_cell(GRADUATES, "10"), _cell(COLLEGE, "11"))
    answer = _send(officer, form, world.own.people[Role.SCHOOL_OFFICER].pk, *cells).json()
    spots = spots_of(sheet_of(form))
    rows = {f"i{spots[code].row}" for code in (GRADUATES, COLLEGE)}
    assert rows <= set(answer["issues"])
    assert all("11 больше, чем 10" in answer["issues"][row] for row in rows)
    assert {f"c{spots[code].number}" for code in (GRADUATES, COLLEGE)} <= set(answer["wrong"])
    assert "2021/22 учебный год" not in answer["summary"]
    fine = _send(officer, form, world.own.people[Role.SCHOOL_OFFICER].pk, _cell(COLLEGE, "9", 1)).json()
    assert not fine["issues"] and not fine["wrong"] and fine["errors"] == 0


def test_the_reason_of_a_row_holds_for_all_its_cells(world: World, form: Submission) -> None:
    """A reason stands at the first cell, also while that cell is empty."""
    school, person = world.own.schools[0], world.own.people[Role.SCHOOL_OFFICER]
    known = {("pupils_grade", (("grade", "2"),)): Known(Decimal(20), CoreState.VALUE, "")}
    remember({school.code: known}, "2020/21", {school.code: school})
    assert save_cells(form, [Edit(SECOND_GRADE, "60", 0)], person).issues
    assert not save_cells(form, [Edit(FIRST_GRADE, "", 0, "новый корпус")], person).issues
    assert Submission.objects.get(pk=form.pk).filled == 1


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"cells": []}', '{"cells": [{"code": "a"}], "person": 1}', "[" * 100_000,
     '{"person": 1, "cells": [{"code": "a", "text": 5, "version": 0}]}',
     '{"person": 1, "cells": [{"code": "a", "text": "5", "version": -1}]}',
     '{"person": 1, "cells": [{"code": "a", "text": "5", "version": true}]}',
     '{"person": 1, "cells": [{"code": "a", "text": "", "version": 0}, {"code": "a", "text": "", "version": 0}]}'],
)  # fmt: skip
def test_what_is_no_batch_is_refused(officer: Client, form: Submission, body: str) -> None:
    response = officer.post(reverse("save_batch", args=[form.pk]), body, content_type="application/json")
    assert response.status_code == 400
    assert not Cell.objects.filter(submission=form).exists()


def test_what_one_typed_is_not_saved_in_the_name_of_another(world: World, form: Submission) -> None:
    """The session ended, and somebody else logged in in the same browser."""
    officer, coordinator = world.own.people[Role.SCHOOL_OFFICER], world.client(Role.COORDINATOR)
    assert _send(coordinator, form, officer.pk, _cell(GRADUATES, "5")).status_code == 403
    assert not Cell.objects.filter(submission=form).exists()


def test_a_form_that_is_closed_answers_with_the_reason(officer: Client, world: World, form: Submission) -> None:
    person = world.own.people[Role.SCHOOL_OFFICER]
    fill(form, person)
    submit(form, person)
    response = _send(officer, form, person.pk, _cell(GRADUATES, "5", 1))
    assert response.status_code == 409 and "«Сдана»" in response.json()["refused"]


# ---- without scripts


def _posted(page: str, **changes: str) -> dict[str, str]:
    """Everything a browser would send."""
    fields = {name: value for name, value in re.findall(r'<input [^>]*name="([^"]+)"[^>]*? value="([^"]*)"', page)
              if ":" in name or name == "seen"}  # fmt: skip
    for name, inner in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page):
        fields[name] = "".join(re.findall(r'value="([^"]*)" selected', inner))
    return fields | changes


def test_without_scripts_the_whole_form_is_posted(officer: Client, world: World, form: Submission) -> None:
    save_cells(form, [Edit(GRADUATES, "35", 0)], world.own.people[Role.SCHOOL_OFFICER])
    changes = {f"cell:{COLLEGE}": "12", f"reason:{COLLEGE}": "набор", f"mark:{FIRST_GRADE}": "не применимо"}
    told = _posted(_page(officer, form), **changes, **{f"cell:{SECOND_GRADE}": "20"})
    assert len(told) < 500
    assert officer.post(reverse("save_form", args=[form.pk]), told).status_code == 302
    cells = {cell.code: cell for cell in Cell.objects.filter(submission=form)}
    assert cells[GRADUATES].version == 1
    assert (cells[COLLEGE].value, cells[COLLEGE].reason) == (12, "набор")
    assert cells[FIRST_GRADE].state == "not_applicable" and cells[SECOND_GRADE].value == 20
    assert len(cells) == 2 + len([code for code in sheet_of(form).places if code.startswith("pupils_grade")])


def test_without_scripts_only_what_both_changed_is_a_conflict(officer: Client, world: World, form: Submission) -> None:
    person = world.own.people[Role.COORDINATOR]
    page = _page(officer, form)
    save_cells(form, [Edit(GRADUATES, "35", 0), Edit(COLLEGE, "20", 0)], person)
    told = _posted(page, **{f"cell:{GRADUATES}": "40", "cell:graduates_11": "9"})
    response = officer.post(reverse("save_form", args=[form.pk]), told)
    assert response.status_code == 422
    values = dict(Cell.objects.filter(submission=form).values_list("code", "value"))
    assert values == {GRADUATES: 35, COLLEGE: 20, "graduates_11": 9}
    shown = response.content.decode()
    assert 'value="40"' in _field(shown, GRADUATES) and "изменил другой человек" in shown


def test_without_scripts_bad_text_is_shown_again(officer: Client, form: Submission) -> None:
    told = {"seen": "0", f"cell:{GRADUATES}": "много", f"reason:{GRADUATES}": "новая школа"}
    response = officer.post(reverse("save_form", args=[form.pk]), told)
    assert response.status_code == 422
    field = _field(response.content.decode(), GRADUATES)
    assert 'value="много"' in field and 'aria-invalid="true"' in field
    assert 'value="новая школа"' in response.content.decode()


# ---- the history of a cell


def test_the_history_of_a_cell_says_who_when_from_and_to(officer: Client, world: World, form: Submission) -> None:
    save_cells(form, [Edit(GRADUATES, "35", 0)], world.own.people[Role.SCHOOL_OFFICER])
    save_cells(form, [Edit(GRADUATES, "нд", 1, "потеряны")], world.own.people[Role.COORDINATOR])
    page = _page(officer, form, "form_cell", code=GRADUATES)
    for told in ("<td>35</td>", "<b>нет данных</b>", "потеряны", "school_officer.a", "coordinator.a"):
        assert told in page
    address = reverse("form_cell", args=[form.pk])
    panel = officer.get(address, {"code": GRADUATES}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in panel and "<b>35</b>" in panel
    assert officer.get(address, {"code": "no_such"}).status_code == 404


# ---- workbooks


def _book(form: Submission) -> Any:
    return load_workbook(BytesIO(workbook_of(filling_of(form))))


def _upload(client: Client, form: Submission, data: bytes, name: str = "Школа.xlsx", **more: str) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("upload_workbook", args=[form.pk]), {"workbook": file} | more)


def _bytes(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _at(form: Submission, code: str) -> dict[str, int]:
    place = sheet_of(form).places[code]
    assert place.sheet == LISTS
    return {"row": place.row + 1, "column": place.column + 1}


def test_the_workbook_carries_what_is_filled(officer: Client, world: World, form: Submission) -> None:
    texts = {GRADUATES: "35", COLLEGE: "нет данных", PSYCHOLOGIST: "да"}
    save_cells(form, [Edit(code, text, 0) for code, text in texts.items()], world.own.people[Role.SCHOOL_OFFICER])
    response = officer.get(reverse("form_workbook", args=[form.pk]))
    assert "attachment" in response.headers["Content-Disposition"]
    sheet = load_workbook(BytesIO(response.content))[LISTS]
    assert [sheet.cell(**_at(form, code)).value for code in texts] == [35, None, "да"]
    row, column = sheet_of(form).places[COLLEGE].mark
    assert sheet.cell(row + 1, column + 1).value == "нет данных"


def test_a_workbook_goes_out_and_comes_back(officer: Client, world: World, form: Submission) -> None:
    person = world.own.people[Role.SCHOOL_OFFICER]
    save_cells(form, [Edit(GRADUATES, "35", 0)], person)
    book = _book(form)
    for code, value in ((GRADUATES, 40), (COLLEGE, 12), (PSYCHOLOGIST, "нет"), ("graduates_11", "много")):
        book[LISTS].cell(**_at(form, code)).value = value
    response = _upload(officer, form, _bytes(book))
    assert response.status_code == 200
    values = dict(Cell.objects.filter(submission=form).values_list("code", "value"))
    assert values == {GRADUATES: 35, COLLEGE: 12, PSYCHOLOGIST: 0}
    shown = response.content.decode()
    assert "В книге: 40." in shown and "много" in shown
    assert Entry.objects.order_by("-number")[0].event == "workbook_taken"
    assert _upload(officer, form, _bytes(book), replace="1").status_code == 200
    assert Cell.objects.get(submission=form, code=GRADUATES).value == 40
    assert CellChange.objects.filter(submission=form, code=COLLEGE).count() == 1


def test_the_whole_form_comes_back_as_it_was_filled(officer: Client, world: World, form: Submission) -> None:
    person = world.own.people[Role.SCHOOL_OFFICER]
    numbers = {code: str(place) for place, code in enumerate(sheet_of(form).places)
               if sheet_of(form).places[code].answer is AnswerKind.NUMBER}  # fmt: skip
    fill(form, person, **numbers)
    data = workbook_of(filling_of(form))
    save_cells(form, [Edit(code, "", 1) for code in sheet_of(form).places], person)
    assert _upload(officer, form, data).status_code == 200
    values = dict(Cell.objects.filter(submission=form).values_list("code", "value"))
    assert {code: values[code] for code in numbers} == {code: int(text) for code, text in numbers.items()}
    assert len(values) == form.asked


def test_marks_of_a_matrix_stay_at_their_cells(officer: Client, world: World, form: Submission) -> None:
    """The mark of a row in the workbook holds for all its empty cells; one cell is not the row."""
    person = world.own.people[Role.SCHOOL_OFFICER]
    save_cells(form, [Edit(FIRST_GRADE, "нет данных", 0), Edit(SECOND_GRADE, "не применимо", 0)], person)
    data = workbook_of(filling_of(form))
    save_cells(form, [Edit(FIRST_GRADE, "", 1), Edit(SECOND_GRADE, "", 1)], person)
    assert _upload(officer, form, data).status_code == 200
    states = dict(Cell.objects.filter(submission=form).values_list("code", "state"))
    assert states == {FIRST_GRADE: "not_reported", SECOND_GRADE: "not_applicable"}


HOSTILE = {
    "text": b"hello",
    "empty": b"",
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "exe": b"MZ" + b"\0" * 100,
    "pdf": b"%PDF-1.7",
    "html": b"<html><table><tr><td>1</td></tr></table></html>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_form_is_refused_plainly(officer: Client, form: Submission, kind: str) -> None:
    response = _upload(officer, form, HOSTILE[kind])
    assert response.status_code == 409
    assert "Traceback" not in response.content.decode()
    assert not Cell.objects.filter(submission=form).exists()


def test_a_file_that_is_too_large_is_refused(officer: Client, form: Submission) -> None:
    response = _upload(officer, form, b"\0" * (LARGEST + 1))
    assert response.status_code == 409 and "МБ" in response.content.decode()


def test_the_form_of_another_organisation_is_refused(officer: Client, world: World, form: Submission) -> None:
    response = _upload(officer, form, workbook_of(filling_of(world.own.submissions[1])))
    assert response.status_code == 409 and "другой организации" in response.content.decode()
    response = _upload(officer, form, workbook_of(filling_of(world.own.submissions[0])), "без имени")
    assert response.status_code == 200


# ---- paper


def test_the_print_view_is_the_form_without_fields(officer: Client, world: World, form: Submission) -> None:
    save_cells(form, [Edit(GRADUATES, "35", 0)], world.own.people[Role.SCHOOL_OFFICER])
    page = _page(officer, form, "print_form")
    assert 'name="cell:' not in page and ">35</span>" in page
    assert "Руководитель" in page and world.own.schools[0].title in page
