"""What may be opened is told by content; how many cells a sheet takes is never underrated."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostile.hostile_files import csv_as_xlsx, honest_xlsx, ods_formatted_to_last_row, xls_honest
from hostile.ole_files import book, compound, shared_cell, shared_strings
from hostile.workbook_parts import sheet_xml, with_rows
from orientir.spreadsheets import guard, sheets
from orientir.spreadsheets.guard import Refusal, check_bytes, check_container, ignorable, read_file
from orientir.spreadsheets.loads import Load
from orientir.spreadsheets.ooxml import _loose_grid
from orientir.spreadsheets.ooxml_cells import weigh


@pytest.mark.parametrize(
    ("content", "kind"),
    [(honest_xlsx, "xlsx"), (xls_honest, "xls"), (ods_formatted_to_last_row, "ods"), (csv_as_xlsx, "csv")],
)
def test_kind_is_told_by_content(content, kind, tmp_path):
    path = tmp_path / "form.pdf"
    path.write_bytes(content())
    assert check_container(path) == kind


@pytest.mark.parametrize("name", ["~$форма.xlsx", ".~lock.форма.ods#", ".DS_Store", "Thumbs.db", "._форма.xlsx"])
def test_traces_of_programs_are_ignorable(name):
    assert ignorable(name)


@pytest.mark.parametrize("name", ["форма.xlsx", "~форма.xlsx", "форма (1).xlsx", "скачивается.xlsx.part"])
def test_answers_are_not_ignorable(name):
    assert not ignorable(name)


def test_file_that_grows_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "form.xlsx"
    path.write_bytes(honest_xlsx())
    whole = os.fstat

    def grown(handle):
        status = whole(handle)
        with path.open("ab") as file:
            file.write(b"x")
        return status

    monkeypatch.setattr(guard.os, "fstat", grown)
    with pytest.raises(Refusal, match="меняется прямо сейчас"):
        read_file(path)


def test_file_without_permission_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "form.xlsx"
    path.write_bytes(honest_xlsx())

    def forbidden(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(guard.os, "open", forbidden)  # a superuser may read whatever the rights say
    with pytest.raises(Refusal, match="нет прав на чтение"):
        read_file(path)


def test_checked_bytes_are_not_checked_twice(monkeypatch):
    kind = check_bytes(honest_xlsx())
    monkeypatch.setattr(sheets, "check_bytes", None)
    assert sheets.read_workbook(honest_xlsx(), kind)


def test_long_register_of_xls_with_many_strings_is_not_refused():
    cells = b"".join(shared_cell(number, 0, number % 2) for number in range(20_000))
    assert check_bytes(compound({"Workbook": book(cells, strings=shared_strings(["я" * 1500, "да"]))})) == "xls"


# ---- the count of cells against what the reader makes of them

cells = st.tuples(
    st.sampled_from(["", ' r="{}"', " r='{}'", '\n r = "{}"']),
    st.sampled_from(["A", "b", "Z", "AB", "CA"]),
    st.sampled_from(["/>", "></c>", "><v>1</v></c>", "><f>1/2</f><v>1</v></c>"]),
)
rows = st.lists(st.tuples(st.none() | st.integers(1, 300), st.lists(cells, max_size=5)), min_size=1, max_size=6)


def xml_of(drawn):
    text = ""
    number = 0
    for given_number, row in drawn:
        number = given_number or number + 1
        text += "<row" + (f' r="{given_number}"' if given_number else "") + ">"
        text += "".join("<c" + form.format(f"{letters}{number}") + rest for form, letters, rest in row) + "</row>"
    return text


@settings(max_examples=150, deadline=None)
@given(rows)
def test_cells_are_never_underrated(drawn):
    text = xml_of(drawn)
    rows_read = sheets.read_workbook(with_rows(text))[0].rows
    grid = len(rows_read) * len(rows_read[0]) if rows_read else 0
    xml = sheet_xml(text)
    load = Load()
    weigh(xml, (), load)
    assert load.grid >= grid
    assert (_loose_grid(xml, xml.count(b"/")) or grid) >= grid


def test_every_refusal_is_a_sentence_in_russian():
    """What and cure begin as a continuation of «файл: …» and end with a stop."""
    for source in Path(guard.__file__).parent.glob("*.py"):
        for what in re.findall(r'Refusal\(\s*f?"([^"]+)"', source.read_text()):
            assert not what[0].isupper() and what.rstrip().endswith((".", ":", "через", "таблица", ","))
