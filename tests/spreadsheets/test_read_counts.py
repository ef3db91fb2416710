"""What people type for a number: understood and told, marked, or returned with what to type instead."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orientir.spreadsheets.numbers import EMPTY, Read, read_count


@pytest.mark.parametrize("cell", [12, 12.0, "12"])
def test_plain_number_needs_no_word(cell):
    assert read_count(cell) == Read(Decimal(12))


@pytest.mark.parametrize("cell", [None, "", "  ", "\u200b", "\xa0"])
def test_empty_is_nothing(cell):
    assert read_count(cell) == EMPTY


def test_zero_is_a_number():
    assert read_count(0.0).value == 0


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12 чел.", 12), ("12чел", 12), ("1 234", 1234), ("1\xa0234", 1234), ("1\u2009234", 1234),
        ("1\u202f234,5", "1234.5"), ("6,5", "6.5"), ("12.0", 12), ("12,", 12), ("+12", 12), ("007", 7), ("'12", 12),
        ("１２", 12), ("12\u200b", 12), ("0,125", "0.125"), ("1234,567", "1234.567"), ("12 345 678", 12345678),
    ],
)  # fmt: skip
def test_understood_text_is_read_and_told(cell, value):
    read = read_count(cell)
    assert read.value == Decimal(value)
    assert "прочитано как" in read.repaired
    assert not read.fault


def test_repair_says_what_was_read_as_what():
    assert read_count("12 чел.").repaired == "„12 чел.“ прочитано как 12"


@pytest.mark.parametrize("cell", ["нет данных", "н/д", "Н/Д.", "н.д.", "данные отсутствуют", "Нет сведений"])
def test_no_data_is_a_mark(cell):
    assert (read_count(cell).value, read_count(cell).mark) == (None, "not_reported")


@pytest.mark.parametrize("cell", ["не применимо", "Неприменимо", "н/п", "x", "х", "Х"])
def test_not_applicable_is_a_mark(cell):
    assert (read_count(cell).value, read_count(cell).mark) == (None, "not_applicable")


def test_mark_as_the_form_spells_it_is_no_repair():
    assert not read_count("Нет данных").repaired


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("-", "по-разному"), ("—", "по-разному"), ("нет", "по-разному"), ("…", "по-разному"),
        ("около 10", "приблизительное"), (">10", "приблизительное"), ("10+", "приблизительное"),
        ("12-15", "промежуток"), ("12–15", "промежуток"), ("12/15", "два числа"), ("12 34", "несколько чисел"),
        ("12+3", "вычисление"), ("=12+3", "вычисление"), ("12 %", "проценты"), ("1e3", "степени"),
        ("1О", "похоже на 10"), ("О", "похоже на 0"), ("З", "похоже на 3"), ("1,234", "тысячи"), ("1.234", "тысячи"),
        ("01.09", "дата"), ("01.02.2022", "дата"), ("12 девочек", "кроме числа"), ("12 тыс.", "кроме числа"),
        ("12²", "кроме числа"), ("двенадцать", "не число"), ("٣", "кроме числа"), ("x" * 500, "длинный текст"),
        ("-3", "меньше нуля"), ("− 5", "меньше нуля"), (-3.0, "меньше нуля"), (1e20, "слишком велико"),
        (True, "ИСТИНА"), (False, "ЛОЖЬ"), (float("nan"), "не число"), (float("inf"), "не число"),
        ("#REF!", "формула"), ("#Н/Д", "формула"), ("#ССЫЛКА!", "формула"), ("#DIV/0!", "формула"),
        (date(2022, 2, 1), "«1.2»"), (datetime(2022, 2, 1), "01.02.2022"), (time(1, 2), "время"),
    ],
)  # fmt: skip
def test_unclear_is_a_fault_and_never_a_guess(cell, told):
    read = read_count(cell)
    assert (read.value, read.mark) == (None, "")
    assert told in read.fault
    assert read.fault.endswith(".")


def test_noise_of_binary_fractions_is_dropped():
    assert read_count(0.1 + 0.2).value == Decimal("0.3")


@given(st.text(max_size=60))
def test_any_text_is_one_of_four(text):
    read = read_count(text)
    assert [read.value is not None, bool(read.mark), bool(read.fault), read == EMPTY].count(True) == 1


@given(st.integers(0, 10**9))
def test_written_whole_numbers_come_back(number):
    assert read_count(f"{number:,}".replace(",", "\xa0")).value == number
