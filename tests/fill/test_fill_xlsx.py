"""A workbook is filled in place: numbers where they belong, and nothing else is touched."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from fill_world import ministry_form, parts
from filling_forms import Fill, change, listed
from lxml import etree

Confirmed = Callable[..., Path]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return ministry_form(tmp_path / "form.xlsx")


@pytest.fixture
def filled(form: Path, fill: Fill, confirmed: Confirmed) -> Path:
    out = form.with_name("out.xlsx")
    assert fill(form, out, mapping=confirmed(form)).code == 0
    return out


def test_without_a_mapping_the_form_is_not_filled(form: Path, fill: Fill) -> None:
    out = form.with_name("out.xlsx")
    done = fill(form, out)
    assert done.code == 0
    assert not out.exists()
    assert out.with_name("out.mapping.xlsx").exists()


def test_numbers_stand_in_their_cells(filled: Path) -> None:
    sheet = openpyxl.load_workbook(filled)["Форма П-1"]
    rows = [[cell.value for cell in row] for row in sheet["C6:E10"]]
    assert rows[0] == [420, 426, 419]
    assert rows[1] == [283, 303, 282]
    assert rows[3:] == [[94, 77, 80], [48, 44, 46]]


def test_cell_in_per_cent_holds_the_fraction_unrounded(filled: Path) -> None:
    value = openpyxl.load_workbook(filled)["Форма П-1"]["E8"].value
    assert abs(Decimal(str(value)) - Decimal(282) / 419) < Decimal("1e-11")


def test_cell_without_per_cent_holds_the_rounded_per_cent(form: Path, fill: Fill, confirmed: Confirmed) -> None:
    mapping, out = confirmed(form), form.with_name("out.xlsx")
    change(mapping, "E6", target="college_9.доля")
    fill(form, out, mapping=mapping)
    assert openpyxl.load_workbook(out)["Форма П-1"]["E6"].value == 67.3


def test_other_parts_stay_byte_for_byte(form: Path, filled: Path) -> None:
    before, after = parts(form), parts(filled)
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}


def test_sheet_differs_in_values_only(form: Path, filled: Path) -> None:
    def without_values(path: Path) -> bytes:
        root = etree.fromstring(parts(path)["xl/worksheets/sheet1.xml"])
        for value in list(root.iter("{*}v")):
            value.getparent().remove(value)
        return bytes(etree.tostring(root, method="c14n"))

    assert without_values(form) == without_values(filled)


def test_formulas_stay_and_forget_what_they_gave(filled: Path) -> None:
    content = parts(filled)
    sheet = content["xl/worksheets/sheet1.xml"].decode()
    assert re.search(r'<c r="E12" s="\d+"><f>E6\+E9</f></c>', sheet)
    assert b'fullCalcOnLoad="1"' in content["xl/workbook.xml"]


@pytest.mark.slow
def test_libreoffice_computes_the_formulas_anew(filled: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "lo"), str(filled)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = openpyxl.load_workbook(tmp_path / "lo" / "out.xlsx", data_only=True)
    assert [cell.value for cell in book["Форма П-1"]["C12:E12"][0]] == [514, 503, 499]
    assert book["Свод"]["B1"].value == 499


def test_same_input_gives_same_bytes(form: Path, fill: Fill, confirmed: Confirmed) -> None:
    mapping = confirmed(form)
    outs = [form.with_name(f"{name}.xlsx") for name in "ab"]
    for out in outs:
        fill(form, out, mapping=mapping)
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert form.with_name("a.listing.xlsx").read_bytes() == form.with_name("b.listing.xlsx").read_bytes()


def test_what_is_not_confirmed_stays_empty_and_is_listed(form: Path, fill: Fill, confirmed: Confirmed) -> None:
    mapping, out = confirmed(form), form.with_name("out.xlsx")
    change(mapping, "E6", state="предложено")
    fill(form, out, mapping=mapping)
    assert openpyxl.load_workbook(out)["Форма П-1"]["E6"].value is None
    [row] = [row for row in listed(out.with_name("out.listing.xlsx"), "Не заполнено") if row[1] == "E6"]
    assert row[-1] == "не подтверждено: предложено"


def test_list_says_where_a_number_comes_from(filled: Path) -> None:
    [row] = [row for row in listed(filled.with_name("out.listing.xlsx"), "Заполнено") if row[1] == "E6"]
    assert row[6] == "419"
    assert "выпускник" in row[7].lower()


def test_locked_cells_of_a_protected_sheet_are_not_asked_for(tmp_path: Path, fill: Fill) -> None:
    path = tmp_path / "locked.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Лист")
        sheet.write_row(0, 0, ["Показатель", "2020/21", "2021/22"])
        sheet.write(1, 0, "Выпускники 9 классов")
        sheet.write_blank(1, 1, None, book.add_format({"border": 1}))
        sheet.write_blank(1, 2, None, book.add_format({"border": 1, "locked": False}))
        sheet.protect()
    fill(path, tmp_path / "out.xlsx")
    assert [row[2] for row in listed(tmp_path / "out.mapping.xlsx", "Соответствие")[1:]] == ["C2"]


def test_crossed_cells_and_columns_for_remarks_are_not_asked_for(tmp_path: Path, fill: Fill) -> None:
    path = tmp_path / "crossed.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, frame = book.add_worksheet("Лист"), book.add_format({"border": 1})
        sheet.write_row(0, 0, ["Показатель", "2020/21", "2021/22", "Примечание"])
        sheet.write_row(1, 0, ["Выпускники 9 классов", "х"], frame)
        sheet.write_blank(1, 2, None, frame)
        sheet.write_blank(1, 3, None, frame)
    fill(path, tmp_path / "out.xlsx")
    assert [row[2] for row in listed(tmp_path / "out.mapping.xlsx", "Соответствие")[1:]] == ["C2"]
