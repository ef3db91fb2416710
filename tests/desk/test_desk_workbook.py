"""Forty conflicts at once: out to a workbook with lists, filled in Excel, and back, all or nothing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desk.desk_world import FACTS, SOURCES, cycle, desk, read
from small_world import spoil, write_package

BY = ("--author", "координатор", "--date", "2022-10-12")
CHOICE, REASON = "I", "J"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """With two conflicts."""
    more = FACTS + "admitted,school_b,2021/22,9,26,,oo1,\n"
    return write_package(tmp_path / "package", sources=SOURCES, facts=more)


@pytest.fixture
def book(run, package, programme, tmp_path):
    path = tmp_path / "conflicts.xlsx"
    done = run("conflicts", package, "--export", path, "--programme", programme, "--date", "2022-10-12")
    assert done.code == 0
    return path


def fill(book, answers):
    """Type these into the cells, as a person does."""
    opened = openpyxl.load_workbook(book)
    for cell, text in answers.items():
        opened["Расхождения"][cell] = text
    opened.save(book)


def take_back(run, package, programme, book):
    return run("conflicts", package, "--import", book, *BY, "--programme", programme)


def test_each_row_offers_its_own_sides(book):
    sheet = openpyxl.load_workbook(book)["Расхождения"]
    offered = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert offered == {f"{CHOICE}2": "$E$2:$F$2", f"{CHOICE}3": "$E$3:$F$3"}
    assert [cell.value for cell in sheet[3]][1:6] == [
        "«Выпускники» (9 класс)", "Школа А", "2021/22\u00a0уч.\u00a0г.", "22 — Форма школы [form]",
        "24 — раздел 2.1 [oo1]",
    ]  # fmt: skip


def test_only_the_answers_can_be_typed(book):
    sheet = openpyxl.load_workbook(book)["Расхождения"]
    assert sheet.protection.sheet
    assert [cell.column_letter for cell in sheet[2] if not cell.protection.locked] == [CHOICE, REASON]


def test_same_conflicts_give_the_same_bytes(run, package, programme, book, tmp_path):
    again = tmp_path / "again.xlsx"
    run("conflicts", package, "--export", again, "--programme", programme, "--date", "2022-10-12")
    assert again.read_bytes() == book.read_bytes()


def test_filled_workbook_settles_its_rows(run, package, programme, book):
    fill(book, {"I2": "26 — раздел 2.1 [oo1]", "J2": "по спискам", "I3": "form", "J3": "по журналу"})
    done = take_back(run, package, programme, book)
    assert (done.code, done.out) == (0, "Recorded: 2. Open: 0.\n")
    made = read(package, programme)[0].choices
    assert [(one.element, one.source, one.reason, one.author) for one in made] == [
        ("admitted", "oo1", "по спискам", "координатор"),
        ("graduates", "form", "по журналу", "координатор"),
    ]
    assert not any(value.conflicting for value in cycle(package, programme).values)


def test_empty_rows_stay_open(run, package, programme, book):
    fill(book, {"I2": "26 — раздел 2.1 [oo1]", "J2": "по спискам"})
    assert take_back(run, package, programme, book).out == "Recorded: 1. Open: 1.\n"


def test_every_mistake_is_told_by_its_cell_and_nothing_is_written(run, package, programme, book):
    before = {path.name: path.read_bytes() for path in package.iterdir()}
    fill(book, {"I2": "26 — раздел 2.1 [oo1]", "I3": "акт", "J3": "по журналу"})
    done = take_back(run, package, programme, book)
    assert done.code == 2
    assert done.err.splitlines() == [
        "conflicts.xlsx, лист «Расхождения», ячейка I3: «акт» — не сторона этого расхождения. Выберите из списка в "
        "ячейке.",
        "conflicts.xlsx, лист «Расхождения», ячейка J2: пусто. Напишите, почему выбран этот источник.",
    ]
    assert {path.name: path.read_bytes() for path in package.iterdir()} == before


def test_numbers_that_changed_since_are_told(run, package, programme, book):
    fill(book, {"I3": "form", "J3": "по журналу"})
    spoil(package / "facts.csv", "9,22,,form", "9,23,,form")
    done = take_back(run, package, programme, book)
    assert done.code == 2
    assert "ячейка K3: числа изменились с тех пор, как составлена таблица: теперь form (23); oo1 (24)." in done.err


def test_reason_without_a_choice_and_unknown_number_are_told(run, package, programme, book):
    fill(book, {"J2": "по журналу", "A3": "zzzz", "I3": "form", "J3": "по журналу"})
    done = take_back(run, package, programme, book)
    assert "ячейка I2: причина есть, а источник не выбран." in done.err
    assert "ячейка A3: расхождения «zzzz» нет." in done.err


def test_the_same_conflict_in_two_rows_is_told(run, package, programme, book):
    sheet = openpyxl.load_workbook(book)["Расхождения"]
    fill(book, {**{f"{cell.column_letter}3": cell.value for cell in sheet[2]}, "I2": "form", "J2": "а", "I3": "oo1",
                "J3": "б"})  # fmt: skip
    assert "это же расхождение уже решено выше: лист «Расхождения», ячейка A2." in (
        take_back(run, package, programme, book).err
    )


def test_workbook_without_answers_or_of_another_kind_is_told(run, package, programme, book, tmp_path):
    assert "ни в одной строке источник не выбран." in take_back(run, package, programme, book).err
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    assert take_back(run, package, programme, other).code == 2
    text = tmp_path / "not.xlsx"
    text.write_bytes(b"PK\x03\x04")
    assert take_back(run, package, programme, text).code == 2


def test_invented_data_are_marked(run, package, programme, tmp_path):
    spoil(package / "datapackage.json", '"territory": "district"', '"territory": "district", "synthetic": true')
    path = tmp_path / "marked.xlsx"
    run("conflicts", package, "--export", path, "--programme", programme)
    how = openpyxl.load_workbook(path)["Как заполнить"]
    assert how["A1"].value.startswith("СИНТЕТИЧЕСКИЕ ДАННЫЕ")
    assert run("conflicts", package, "--programme", programme).out.startswith("СИНТЕТИЧЕСКИЕ ДАННЫЕ")
    assert len(desk(package, programme).desk.open) == 2
