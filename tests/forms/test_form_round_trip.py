"""A form filled by a school comes back with the same answers, whatever program saved it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from form_copies import asked, changed, numbers, read, saved_by_libreoffice

from invented import LAST, World
from orientir.model.collection import Known
from orientir.model.status import CellState
from orientir.sources.forms.layout import CHECKS, LISTS, MATRICES
from orientir.sources.forms.writing import Addressee, Filled, write_form
from orientir.spreadsheets.refusals import Refusal
from orientir.synth.district import cell


@pytest.mark.parametrize("number", [0, 18], ids=["with seniors", "without seniors"])
def test_answers_come_back(world: World, tmp_path: Path, number: int) -> None:
    reading = read(world, world.form(tmp_path / "a.xlsx", number))
    assert asked(world, numbers(reading)) == asked(world, world.years[LAST][number])
    assert [one for one in reading.remarks if one.is_error] == []


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_answers_survive_libreoffice(world: World, tmp_path: Path, kind: str) -> None:
    path = saved_by_libreoffice(world.form(tmp_path / "a.xlsx", 18), kind, tmp_path / kind)
    reading = read(world, path)
    assert asked(world, numbers(reading)) == asked(world, world.years[LAST][18])
    assert reading.organisation == world.schools[18].organisation.id


def test_sums_follow_from_the_answers(world: World, tmp_path: Path) -> None:
    given = numbers(read(world, world.form(tmp_path / "a.xlsx")))
    grades = [given[cell("pupils_grade", grade=str(grade))] for grade in range(5, 10)]
    assert given[cell("pupils", level="5-9")] == sum(grades)


def test_sum_with_an_unknown_part_is_unknown(world: World, tmp_path: Path) -> None:
    given = numbers(read(world, world.form(tmp_path / "a.xlsx", 0, {cell("pupils_grade", grade="5"): None})))
    assert given[cell("pupils", level="5-9")] == "нет данных"
    assert given[cell("pupils", level="10-11")] != "нет данных"


def test_same_form_has_the_same_bytes(world: World, tmp_path: Path) -> None:
    one, other = world.form(tmp_path / "a.xlsx"), world.form(tmp_path / "b.xlsx")
    assert one.read_bytes() == other.read_bytes()


# ---- what changed on the way


def test_renamed_sheet_is_found_and_told(world: World, tmp_path: Path) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book[LISTS].title = "Лист1"

    reading = changed(world, tmp_path, rename)
    assert asked(world, numbers(reading)) == asked(world, world.years[LAST][0])
    assert [one.what for one in reading.remarks] == ["лист переименован: был «Сведения». Он прочитан."]


def test_inserted_rows_and_columns_are_followed_by_their_codes(world: World, tmp_path: Path) -> None:
    def insert(book: openpyxl.Workbook) -> None:
        book[LISTS].insert_rows(5)
        book[MATRICES].insert_cols(9)

    reading = changed(world, tmp_path, insert)
    assert asked(world, numbers(reading)) == asked(world, world.years[LAST][0])
    assert not any(one.is_error for one in reading.remarks)


def test_deleted_column_is_an_error_and_the_rest_is_read(world: World, tmp_path: Path) -> None:
    reading = changed(world, tmp_path, lambda book: book[MATRICES].delete_cols(8))
    given = numbers(reading)
    assert given[cell("pupils_grade", grade="2")] == "нет данных"
    assert given[cell("pupils_grade", grade="3")] == world.years[LAST][0][cell("pupils_grade", grade="3")]
    assert any("2\u00a0класс" in one.what for one in reading.remarks if one.is_error)


def test_lost_sheet_leaves_the_other(world: World, tmp_path: Path) -> None:
    reading = changed(world, tmp_path, lambda book: book.remove(book[MATRICES]))
    given = numbers(reading)
    assert given[cell("graduates_9")] == world.years[LAST][0][cell("graduates_9")]
    assert given[cell("pupils_grade", grade="5")] == "нет данных"


def test_workbook_without_its_passport_is_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="нет её паспорта"):
        changed(world, tmp_path, lambda book: book.remove(book["Паспорт"]))


# ---- what a school sees


def test_jump_needs_a_reason(world: World, tmp_path: Path) -> None:
    key = cell("parents_8_11")
    now = world.years[LAST][0][key]
    known = {key: Known(Decimal(now * 3), CellState.VALUE, "")}
    for reason, told in (("", 1), ("укрупнили школу", 0)):
        path = tmp_path / "a.xlsx"
        addressee = Addressee(world.schools[0].organisation, LAST, "Округ", previous=known)
        filled = Filled(world.years[LAST][0], {key: reason} if reason else {})
        write_form(path, world.layout, addressee, filled)
        assert sum("причины нет" in one.what for one in read(world, path).remarks) == told


def test_only_answers_can_be_typed(world: World, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(world.form(tmp_path / "a.xlsx"))
    sheet = book[LISTS]
    assert sheet.protection.sheet
    open_cells = {name.coordinate for row in sheet.iter_rows() for name in row if not name.protection.locked}
    assert "D15" in open_cells and "C15" not in open_cells and "F15" not in open_cells
    rules = sheet.data_validations.dataValidation
    (whole,) = [rule for rule in rules if "D15" in rule.sqref]
    assert (whole.type, whole.operator, whole.formula1) == ("whole", "greaterThanOrEqual", "0")


def test_prefilled_numbers_name_their_source(world: World, tmp_path: Path) -> None:
    known = {cell("graduates_9"): Known(Decimal(40), CellState.VALUE, "Форма № ОО-1")}
    path = tmp_path / "a.xlsx"
    addressee = Addressee(world.schools[0].organisation, LAST, "Округ", prefilled=known)
    write_form(path, world.layout, addressee)
    row = openpyxl.load_workbook(path)[LISTS][15]
    assert (row[3].value, row[6].value) == (40, "Форма № ОО-1")


def test_checks_of_the_form_are_live(world: World, tmp_path: Path) -> None:
    """A number is changed after the form was made; LibreOffice computes the sheet anew."""
    book = openpyxl.load_workbook(world.form(tmp_path / "a.xlsx"))
    sheet = book[LISTS]
    row = next(row for row in range(1, 60) if sheet.cell(row, 1).value == "recommended_9")
    sheet.cell(row, 4).value = 10_000
    book.save(tmp_path / "a.xlsx")
    path = saved_by_libreoffice(tmp_path / "a.xlsx", "xlsx", tmp_path / "lo")
    verdicts = {str(row[0].value): row[4].value for row in openpyxl.load_workbook(path, data_only=True)[CHECKS].rows}
    wrong = [title for title, verdict in verdicts.items() if verdict == "исправьте"]
    assert wrong == ["Рекомендации выпускникам 9\u00a0классов: часть не больше целого."]


def test_need_of_a_reason_appears_while_the_form_is_filled(world: World, tmp_path: Path) -> None:
    """LibreOffice computes it from what was typed after the form was made."""
    known = {cell(name): Known(Decimal(40), CellState.VALUE, "") for name in ("parents_8_11", "graduates_9")}
    write_form(
        tmp_path / "a.xlsx", world.layout, Addressee(world.schools[0].organisation, LAST, "Округ", previous=known)
    )
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book[LISTS]
    rows = {str(sheet.cell(row, 1).value): row for row in range(1, 60)}
    for name, reason in (("parents_8_11", ""), ("graduates_9", "укрупнили школу")):
        sheet.cell(rows[name], 4).value = 90
        sheet.cell(rows[name], 8).value = reason
    book.save(tmp_path / "a.xlsx")
    path = saved_by_libreoffice(tmp_path / "a.xlsx", "xlsx", tmp_path / "lo")
    sheet = openpyxl.load_workbook(path, data_only=True)[LISTS]
    assert [sheet.cell(rows[name], 9).value or "" for name in ("parents_8_11", "graduates_9")] == ["нужна причина", ""]
