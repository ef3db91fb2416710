"""Schools as rows, in an invented district: every school's own number, no number for what does not apply."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from fill_world import institute_form, parts, repacked_with, schools_form
from filling_forms import Fill, listed

SCHOOLS = tuple(f"МБОУ «СОШ № {number}»" for number in range(1, 20))
SYNTHETIC = "СИНТЕТИЧЕСКИЕ ДАННЫЕ"


@pytest.fixture
def filled(tmp_path: Path, fill: Fill, confirmed: Callable[..., Path]) -> Path:
    form, out = schools_form(tmp_path / "form.xlsx", SCHOOLS), tmp_path / "out.xlsx"
    mapping = confirmed(form, package="kemerovo_synthetic")
    done = fill(form, out, package="kemerovo_synthetic", mapping=mapping)
    assert SYNTHETIC in done.out
    return out


def test_each_school_has_its_own_numbers(filled: Path) -> None:
    sheet = openpyxl.load_workbook(filled).worksheets[0]
    assert [sheet.cell(4, column).value for column in range(3, 7)] == [229, 292, 31, 45]
    assert [sheet.cell(22, column).value for column in (3, 4, 6)] == [23, 28, 5]


def test_share_of_the_district_is_of_sums_and_not_the_mean_of_shares(filled: Path) -> None:
    sheet = openpyxl.load_workbook(filled).worksheets[0]
    shares = [float(sheet.cell(row, 7).value) for row in range(4, 23)]
    assert round(float(sheet.cell(23, 7).value), 3) == 0.708
    assert abs(sum(shares) / len(shares) - float(sheet.cell(23, 7).value)) > 0.01


def test_what_does_not_apply_stays_empty_and_is_told(filled: Path) -> None:
    assert openpyxl.load_workbook(filled).worksheets[0]["E7"].value is None
    rows = listed(filled.with_name("out.listing.xlsx"), "Не заполнено")
    assert [row[1] for row in rows[1:]] == ["E7", "E12", "E16", "E20", "E21", "E22"]
    assert rows[1][-1].startswith("Не применимо")


def test_synthetic_data_are_told_in_the_title_of_the_file_and_in_the_list(filled: Path) -> None:
    assert openpyxl.load_workbook(filled).properties.title.startswith(SYNTHETIC)
    assert any(SYNTHETIC in row[1] for row in listed(filled.with_name("out.listing.xlsx"), "О файле"))


def test_title_is_made_where_the_document_has_no_properties(
    tmp_path: Path, fill: Fill, confirmed: Callable[..., Path]
) -> None:
    form, out = institute_form(tmp_path / "form.docx"), tmp_path / "out.docx"
    content = parts(form)
    links = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", content["_rels/.rels"])
    repacked_with(form, {"_rels/.rels": links}, ("docProps/core.xml",))
    mapping = confirmed(form, package="kemerovo_synthetic")
    fill(form, out, package="kemerovo_synthetic", mapping=mapping)
    assert SYNTHETIC in parts(out)["docProps/core.xml"].decode()
    assert b"docProps/core.xml" in parts(out)["_rels/.rels"]


def test_school_that_is_not_in_the_data_never_gets_the_number_of_the_district(tmp_path: Path, fill: Fill) -> None:
    form = schools_form(tmp_path / "form.xlsx", ("СОШ № 1", "СОШ № 2", "Школа № 77", "Ясная Поляна"))
    fill(form, tmp_path / "out.xlsx", package="kemerovo_synthetic")
    states = {row[2]: row[0] for row in listed(tmp_path / "out.mapping.xlsx", "Соответствие")[1:]}
    assert {states["C6"], states["F6"], states["C7"], states["F7"]} == {"не понято"}
    assert states["F5"] == "предложено"
