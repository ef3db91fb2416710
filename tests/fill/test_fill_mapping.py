"""The mapping: confirmed once, good for next year, refused whole where it does not fit the form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from fill_world import YEARS, ministry_form
from filling_forms import Fill, change, listed

Confirmed = Callable[..., Path]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return ministry_form(tmp_path / "form.xlsx")


def test_mapping_of_last_year_fills_the_form_of_this_year(tmp_path: Path, fill: Fill, confirmed: Confirmed) -> None:
    old = ministry_form(tmp_path / "old.xlsx", ("2018/19 уч. г.", "2019/20 уч. г.", "2020/21 уч. г."))
    mapping = confirmed(old, period="2020/21")
    new, out = ministry_form(tmp_path / "new.xlsx"), tmp_path / "out.xlsx"
    assert fill(new, out, mapping=mapping).code == 0
    assert [cell.value for cell in openpyxl.load_workbook(out)["Форма П-1"]["C6:E6"][0]] == [420, 426, 419]


def test_form_of_another_year_is_told_by_its_cells_and_not_filled(form: Path, fill: Fill, confirmed: Confirmed) -> None:
    mapping, out = confirmed(form), form.with_name("out.xlsx")
    done = fill(form, out, mapping=mapping, period="2020/21")
    assert done.code == 2
    assert "Форма П-1, E6" in done.err
    assert "форма изменилась" in done.err
    assert not out.exists()


def test_moved_cells_are_told_with_where_they_are_now(tmp_path: Path, fill: Fill, confirmed: Confirmed) -> None:
    mapping = confirmed(ministry_form(tmp_path / "form.xlsx"))
    moved, out = ministry_form(tmp_path / "moved.xlsx", inserted=1), tmp_path / "out.xlsx"
    done = fill(moved, out, mapping=mapping)
    assert done.code == 2
    assert "Прежняя надпись теперь у ячейки: Форма П-1, E7." in done.err
    assert not out.exists()


def test_changed_form_gets_a_new_mapping_with_what_was_confirmed(
    tmp_path: Path, fill: Fill, confirmed: Confirmed
) -> None:
    mapping = confirmed(ministry_form(tmp_path / "form.xlsx"))
    change(mapping, "C6", target="graduates_9_11")
    fill(ministry_form(tmp_path / "moved.xlsx", inserted=1), tmp_path / "out.xlsx", mapping=mapping)
    rows = {row[2]: row for row in listed(tmp_path / "out.mapping.xlsx", "Соответствие")}
    assert rows["C7"][4] == "graduates_9_11"
    assert rows["C7"][0] == "предложено"
    assert "C6" in rows["C7"][10]


def test_new_cells_are_told_and_the_others_filled(tmp_path: Path, fill: Fill, confirmed: Confirmed) -> None:
    mapping = confirmed(ministry_form(tmp_path / "form.xlsx", YEARS[1:]))
    wider, out = ministry_form(tmp_path / "wider.xlsx", (*YEARS[1:], "2022/23 уч. г.")), tmp_path / "out.xlsx"
    done = fill(wider, out, mapping=mapping)
    assert done.code == 0
    assert "Форма П-1, E6" in done.out
    assert openpyxl.load_workbook(out)["Форма П-1"]["C6"].value == 426


def test_every_mistake_is_told_at_once(form: Path, fill: Fill, confirmed: Confirmed) -> None:
    mapping, out = confirmed(form), form.with_name("out.xlsx")
    change(mapping, "C6", target="graduates_99")
    change(mapping, "C7", organisation="Школа № 100")
    change(mapping, "C8", breakdown="level=5-9")
    change(mapping, "C9", period="когда-нибудь")
    change(mapping, "C10", state="наверное")
    change(mapping, "C11", target="")
    done = fill(form, out, mapping=mapping)
    assert done.code == 2
    for told in ("graduates_99", "Школа № 100", "level=5-9", "когда-нибудь", "наверное", "не сказано, что записать"):
        assert told in done.err
    assert not out.exists()


def test_formula_is_never_overwritten(form: Path, fill: Fill, confirmed: Confirmed) -> None:
    mapping, out = confirmed(form), form.with_name("out.xlsx")
    book = openpyxl.load_workbook(mapping)
    book.worksheets[0].append(["да", "Форма П-1", "E12", "", "graduates_9", "", "", "отчётный"])
    book.save(mapping)
    done = fill(form, out, mapping=mapping)
    assert done.code == 2
    assert "формула" in done.err


def test_marks_of_a_person_are_never_overwritten(form: Path, fill: Fill) -> None:
    out = form.with_name("out.xlsx")
    fill(form, out)
    before = form.with_name("out.mapping.xlsx").read_bytes()
    done = fill(form, out)
    assert done.code == 2
    assert "out.mapping.xlsx" in done.err
    assert form.with_name("out.mapping.xlsx").read_bytes() == before


def test_mapping_without_a_confirmed_row_fills_nothing(form: Path, fill: Fill) -> None:
    out = form.with_name("out.xlsx")
    fill(form, out)
    done = fill(form, out, mapping=form.with_name("out.mapping.xlsx"))
    assert done.code == 2
    assert not out.exists()


def test_form_that_was_filled_before_is_filled_anew(form: Path, fill: Fill, confirmed: Confirmed) -> None:
    mapping, out, again = confirmed(form), form.with_name("out.xlsx"), form.with_name("again.xlsx")
    fill(form, out, mapping=mapping)
    assert fill(out, again, mapping=mapping).code == 0
    assert openpyxl.load_workbook(again)["Форма П-1"]["E6"].value == 419


def test_mapping_is_the_same_bytes_twice(form: Path, fill: Fill) -> None:
    for name in "ab":
        fill(form, form.with_name(f"{name}.xlsx"))
    assert form.with_name("a.mapping.xlsx").read_bytes() == form.with_name("b.mapping.xlsx").read_bytes()


def test_what_is_no_mapping_is_told(form: Path, fill: Fill) -> None:
    done = fill(form, form.with_name("out.xlsx"), mapping=form)
    assert done.code == 2
    assert "не файл соответствия" in done.err
