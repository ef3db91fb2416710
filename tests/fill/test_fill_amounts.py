"""Why a cell stays empty: no data, not all reported, sources disagree, hidden; never a zero for a missing number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from filling_forms import Fill, change

from small_world import TABLES, write_package, write_programme

Confirmed = Callable[..., Path]
HEAD = "element,organisation,period,grade,value,status,source,note\n"
SOURCES = TABLES["sources"] + "table,Таблица,Отчёт,таблица 4,2,form,\n"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, frame = book.add_worksheet("Лист"), book.add_format({"border": 1})
        sheet.write_row(0, 0, ["Показатель", "2021/22"], frame)
        sheet.write(1, 0, "Выпускники", frame)
        sheet.write_blank(1, 1, None, frame)
    return path


@pytest.fixture
def told(tmp_path: Path, form: Path, fill: Fill, confirmed: Confirmed) -> Callable[..., tuple[object, str]]:
    """The value of the cell and what the screen tells, for these facts."""

    def make(facts: str, *more: str, organisation: str = "", old: float | None = None) -> tuple[object, str]:
        programme = write_programme(tmp_path / "programme")
        package = write_package(tmp_path / "package", facts=HEAD + facts, sources=SOURCES)
        options = {"package": package, "programme": programme}
        mapping, out = confirmed(form, **options), tmp_path / "out.xlsx"
        change(mapping, "B2", organisation=organisation)
        if old is not None:
            book = openpyxl.load_workbook(form)
            book["Лист"]["B2"].value = old
            book.save(form)
        done = fill(form, out, *more, mapping=mapping, **options)
        assert done.code == 0, done.err
        return openpyxl.load_workbook(out)["Лист"]["B2"].value, done.out

    return make


BOTH = "graduates,school_a,2021/22,9,22,,forms,\ngraduates,school_b,2021/22,9,33,,forms,\n"
ONE = "graduates,school_a,2021/22,9,22,,forms,\ngraduates,school_b,2020/21,9,30,,forms,\n"


def test_sum_of_all_schools_is_written(told: Callable[..., tuple[object, str]]) -> None:
    assert told(BOTH)[0] == 55


def test_zero_is_written_as_a_zero(told: Callable[..., tuple[object, str]]) -> None:
    facts = "graduates,school_a,2021/22,9,0,zero,forms,\ngraduates,school_b,2021/22,9,0,zero,forms,\n"
    assert told(facts)[0] == 0


def test_sum_that_not_all_gave_is_not_written(told: Callable[..., tuple[object, str]]) -> None:
    value, screen = told(ONE)
    assert value is None
    assert "1 из 2" in screen
    assert "22" in screen


def test_sum_that_not_all_gave_is_written_where_one_asks_for_it(told: Callable[..., tuple[object, str]]) -> None:
    assert told(ONE, "--partial")[0] == 22


def test_what_nobody_reported_is_not_a_zero(told: Callable[..., tuple[object, str]]) -> None:
    value, screen = told("graduates,school_a,2020/21,9,22,,forms,\n")
    assert value is None
    assert "В данных нет: «Выпускники»" in screen


def test_what_a_school_did_not_report_is_told(told: Callable[..., tuple[object, str]]) -> None:
    facts = BOTH.replace("9,22,,", "9,,not_reported,")
    value, screen = told(facts, organisation="school_a")
    assert value is None
    assert "Нет данных" in screen


def test_hidden_number_is_told_as_hidden(told: Callable[..., tuple[object, str]]) -> None:
    value, screen = told(BOTH.replace("9,22,,", "9,,suppressed,"), organisation="school_a")
    assert value is None
    assert "Скрыто" in screen


def test_number_on_which_sources_disagree_is_not_written_and_both_are_told(
    told: Callable[..., tuple[object, str]],
) -> None:
    value, screen = told(BOTH + "graduates,school_a,2021/22,9,25,,table,\n", organisation="school_a")
    assert value is None
    assert "22" in screen
    assert "25 (таблица 4)" in screen


def test_disagreement_of_a_school_keeps_the_sum_of_the_district_empty(told: Callable[..., tuple[object, str]]) -> None:
    value, screen = told(BOTH + "graduates,school_a,2021/22,9,25,,table,\n")
    assert value is None
    assert "Школа А" in screen


def test_old_number_does_not_pass_for_this_years(told: Callable[..., tuple[object, str]]) -> None:
    value, screen = told(ONE, old=77)
    assert value is None
    assert "Прежнее число 77 стёрто" in screen
