"""Two spellings of one person are one text, and two persons are two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orientir.pseudonyms.identity import Identity, birth_of, name_parts, shared_snils, valid_snils


@pytest.mark.parametrize(
    ("full", "surname", "first", "patronymic"),
    [
        ("Тёмин-Рёв Лёва Мировёнович", "", "", ""),
        ("ТЕМИН - РЕВ  лева   мировенович", "", "", ""),
        ("", "Тёмин Рёв", "Лёва", "Мировёнович"),
        ("", "тёмин-рёв ", " ЛЁВА", "мировенович"),
        ("Tёмин-Рёв Лёвa Мирoвёнович", "", "", ""),  # a Latin T, a Latin a, a Latin o
    ],
)
def test_spellings_of_a_name_are_one(full: str, surname: str, first: str, patronymic: str) -> None:
    parts = name_parts(full, surname, first, patronymic)
    assert Identity(*parts, birth="2006-05-04").key == "person:теминревлевамировенович:2006-05-04"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("112-233-445 95", "11223344595"),
        ("11223344595", "11223344595"),
        ("112-233-445 96", ""),  # its checksum is 95
        ("087-654-303 00", "08765430300"),
        ("8765430300", "08765430300"),  # a spreadsheet has eaten the zero
        ("000-000-000 00", ""),  # a placeholder with a right checksum
        ("нет", ""),
        ("", ""),
    ],
)
def test_snils_counts_only_with_its_checksum(written: str, digits: str) -> None:
    assert valid_snils(written) == digits


def test_snils_decides_before_the_name() -> None:
    assert Identity("темин", "лева", "", "2006-05-04", snils="11223344595").key == "snils:11223344595"
    assert Identity("темин", "лева", "", "").key == ""


def test_birth_of_no_pupil_is_no_birth() -> None:
    assert birth_of("2006-05-04", 2000, 2016) == "2006-05-04"
    assert birth_of("1976-05-04", 2000, 2016) == ""
    assert birth_of("май", 2000, 2016) == ""


def test_snils_of_several_people_is_found() -> None:
    one = Identity("темин", "лева", "", "2006-05-04", snils="11223344595")
    same = Identity("темин", "лева", "", "2006-05-05", snils="11223344595")
    slip = replace(one, name="лква")
    child = Identity("темин", "рома", "", "2009-01-02", snils="11223344595")
    assert shared_snils([one, same]) == shared_snils([one, slip]) == frozenset()
    twin = replace(one, name="рома")
    assert shared_snils([one, child]) == {"11223344595"}
    assert shared_snils([one, twin]) == {"11223344595"}
