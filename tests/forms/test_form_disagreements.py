"""A form whose cells were moved apart from their codes: what cannot be trusted is not read, and the rest is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from form_copies import asked, changed, numbers
from openpyxl.worksheet.worksheet import Worksheet

from invented import LAST, World
from orientir.model.collection import Remark
from orientir.sources.forms.layout import LISTS, MATRICES
from orientir.synth.district import cell


def row_of(sheet: Worksheet, code: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == code)


def told(remarks: tuple[Remark, ...], is_error: bool) -> list[str]:
    return [one.what for one in remarks if one.is_error is is_error]


def test_reworded_question_is_told_and_its_answer_is_read(world: World, tmp_path: Path) -> None:
    def reword(book: openpyxl.Workbook) -> None:
        sheet = book[LISTS]
        sheet.cell(row_of(sheet, "recommended_9"), 3).value = "Получили совет"

    reading = changed(world, tmp_path, reword)
    assert asked(world, numbers(reading)) == asked(world, world.years[LAST][0])
    assert told(reading.remarks, is_error=True) == []
    assert ["стало «Получили совет»" in one for one in told(reading.remarks, is_error=False)] == [True]


def test_rows_that_left_their_codes_are_not_read(world: World, tmp_path: Path) -> None:
    """Everything but the codes is moved up by one row."""
    first, second, third = "admitted_by_profile_9", "college_9_near_exam", "recommended_9"

    def shift(book: openpyxl.Workbook) -> None:
        sheet = book[LISTS]
        top = row_of(sheet, first)
        for column in range(3, 9):
            for row in (top, top + 1):
                sheet.cell(row, column).value = sheet.cell(row + 1, column).value

    reading = changed(world, tmp_path, shift)
    given = numbers(reading)
    assert (given[cell(first)], given[cell(second)]) == ("нет данных", "нет данных")
    assert given[cell(third)] == world.years[LAST][0][cell(third)]
    assert sum("Строка не прочитана" in one for one in told(reading.remarks, is_error=True)) == 2


def test_columns_that_left_their_codes_are_not_read(world: World, tmp_path: Path) -> None:
    def swap(book: openpyxl.Workbook) -> None:
        sheet = book[MATRICES]
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, 1).value == "columns:profiles":
                head = row + 1
                titles = sheet.cell(head, 7), sheet.cell(head, 8)
                titles[0].value, titles[1].value = titles[1].value, titles[0].value

    reading = changed(world, tmp_path, swap)
    given = numbers(reading)
    assert {given[key] for key in given if key[0] == "profile_pupils"} == {"нет данных"}
    assert given[cell("pupils_grade", grade="9")] == world.years[LAST][0][cell("pupils_grade", grade="9")]
    assert ["столбцы перепутаны" in one for one in told(reading.remarks, is_error=True)] == [True]


@pytest.mark.parametrize("sheet_name", [LISTS, MATRICES])
def test_sheet_with_pushed_cells_is_not_read_and_the_other_is(world: World, tmp_path: Path, sheet_name: str) -> None:
    """A cell inserted into one column or one row pushes a number to where none belongs."""

    def push(book: openpyxl.Workbook) -> None:
        sheet = book[sheet_name]
        if sheet_name == LISTS:
            sheet.cell(row_of(sheet, "recommended_9") + 2, 4).value = 31
        else:
            row = row_of(sheet, "ticket_grade")
            last = max(column for column in range(7, 30) if sheet.cell(row, column).value is not None)
            sheet.cell(row, last + 1).value = 12

    reading = changed(world, tmp_path, push)
    given, truth = numbers(reading), world.years[LAST][0]
    lists, matrices = cell("graduates_9"), cell("pupils_grade", grade="5")
    lost, kept = (lists, matrices) if sheet_name == LISTS else (matrices, lists)
    assert (given[lost], given[kept]) == ("нет данных", truth[kept])
    assert ["ячейки сдвинуты" in one for one in told(reading.remarks, is_error=True)] == [True]


def test_column_inserted_into_lists_is_followed_by_its_codes(world: World, tmp_path: Path) -> None:
    def insert(book: openpyxl.Workbook) -> None:
        sheet = book[LISTS]
        for block in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(block))
        sheet.insert_cols(4)

    reading = changed(world, tmp_path, insert)
    assert asked(world, numbers(reading)) == asked(world, world.years[LAST][0])
    assert told(reading.remarks, is_error=True) == []
    assert told(reading.remarks, is_error=False) == ["столбцы сдвинуты; найдены по кодам."]


def test_marks_are_followed_into_a_moved_column(world: World, tmp_path: Path) -> None:
    """The eighteenth school has no seniors and says so by marks."""

    def insert(book: openpyxl.Workbook) -> None:
        sheet = book[MATRICES]
        for block in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(block))
        sheet.insert_cols(5)

    reading = changed(world, tmp_path, insert, number=18)
    assert asked(world, numbers(reading)) == asked(world, world.years[LAST][18])


def test_total_typed_over_its_formula_is_told_and_not_taken(world: World, tmp_path: Path) -> None:
    def overwrite(book: openpyxl.Workbook) -> None:
        sheet = book[MATRICES]
        sheet.cell(row_of(sheet, "pupils_grade"), 4).value = 9_999

    reading = changed(world, tmp_path, overwrite)
    truth = world.years[LAST][0]
    assert numbers(reading)[cell("pupils_all")] == sum(
        truth[cell("pupils_grade", grade=str(grade))] for grade in range(1, 12)
    )
    (remark,) = reading.remarks
    assert (remark.is_error, remark.place) == (False, "лист «По классам», ячейка D7")
    assert remark.what.startswith("итог «9999»")
