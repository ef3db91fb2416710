"""Organisations by whatever a person writes."""

import pytest
from registers_world import SCHOOLS

from orientir.sources.registers.places import Places, UnknownPlace

PLACES = Places(SCHOOLS)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("school_1", "school_1"),
        ("МБОУ «Средняя общеобразовательная школа № 1»", "school_1"),
        ("СОШ № 1", "school_1"),
        ('МБОУ "СОШ №1"', "school_1"),
        ("школа 1", "school_1"),
        ("1", "school_1"),
        ("МБОУ СОШ №1 г. Дальнего", "school_1"),
        ("Гимназия №2", "gymnasium_2"),
        ("СОШ 2", "school_2"),
    ],
)
def test_title_is_resolved(written, key):
    assert PLACES.id_of(written) == key


def test_number_that_fits_two_is_refused_with_both():
    with pytest.raises(UnknownPlace) as stop:
        PLACES.id_of("№ 2")
    assert [told.rpartition(" ")[2] for told in stop.value.candidates] == ["(school_2)", "(gymnasium_2)"]


@pytest.mark.parametrize("written", ["СОШ № 9", "Детский сад № 1", "Лицей № 2", "Школа искусств № 1"])
def test_another_organisation_is_not_taken_for_ours(written):
    with pytest.raises(UnknownPlace):
        PLACES.id_of(written)


def test_profile_explains_a_title():
    assert PLACES.explained({"Головная": "school_2"}).id_of("головная") == "school_2"
