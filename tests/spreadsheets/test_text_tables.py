"""Text tables: encoding and delimiter are found out, broken quotes are told by their line."""

from __future__ import annotations

import pytest

from orientir.spreadsheets.delimited import read_delimited
from orientir.spreadsheets.guard import Refusal

ROWS = [["школа", "всего"], ["Школа № 1", "6,5"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_unicode_is_found_out(encoding, delimiter):
    text = "\r\n".join(delimiter.join(row) for row in ROWS)
    rows, _, found = read_delimited(text.encode(encoding))
    assert (rows, found) == (ROWS, delimiter)


def test_windows_1251_is_found_out():
    assert read_delimited("школа;всего\nШкола № 1;6,5\n".encode("cp1251")) == (ROWS, "windows-1251", ";")


def test_comma_is_found_out():
    assert read_delimited("школа,всего\nШкола № 1,6\n".encode())[2] == ","


def test_quoted_cell_keeps_delimiters_and_lines():
    assert read_delimited('а;б\n"1;2\n3";4\n'.encode())[0] == [["а", "б"], ["1;2\n3", "4"]]


def test_delimiter_declared_for_excel_is_obeyed():
    assert read_delimited("sep=,\r\nа;б,в\r\n".encode())[0] == [["а;б", "в"]]


def test_one_column_is_a_table():
    assert read_delimited("школа\nПервая, средняя\nВторая\n".encode())[0] == [
        ["школа"],
        ["Первая, средняя"],
        ["Вторая"],
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ('а;б\n"1;2\n', "не закрыта"),
        ('а;б\n"1"2;3\n', "неверно"),
        ("школа;всего\nСредняя школа;двенадцать\n".encode("cp866"), "кодировка"),
        ("школа;всего\nСредняя школа;двенадцать\n".encode("koi8-r"), "кодировка"),
        (b"\x00\x01\x02\x03" * 100, "не таблица"),
        (";;\n;;\n", "ни одной заполненной"),
        ("а;б\n" + "x" * 40_000, "знаков"),
    ],
)
def test_what_is_no_table_is_refused(data, told):
    with pytest.raises(Refusal, match=told):
        read_delimited(data if isinstance(data, bytes) else data.encode())


def test_broken_quote_is_told_with_its_line():
    with pytest.raises(Refusal) as caught:
        read_delimited('а;б\n1;2\n"1"2;3\n'.encode())
    assert caught.value.where == "строка 3"
