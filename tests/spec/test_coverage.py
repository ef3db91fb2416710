"""Рядом со значением стоит охват: сколько организаций сообщили обе части показателя и от скольких их ждали."""

from spec.language import ABSENT, measured, share

title = "Охват: сколько организаций сообщили"


def test_value_says_how_many_reported(spec):
    """Школа без сведений не входит ни в числитель, ни в знаменатель, и это видно по охвату."""
    spec(
        facts="""
            place | admitted   | graduates
            А     | 1          | 2
            Б     | 30         | 78
            В     | нет данных | нет данных
        """,
        indicator=share("admitted", "graduates"),
        expected={"В": ABSENT, "округ": measured(31, 80, coverage="2 из 3")},
    )


def test_silent_schools_are_expected_too(spec):
    """Ждут сведений от всех школ территории, включая те, что не прислали ничего."""
    spec(
        facts="""
            place | admitted | graduates
            А     | 40       | 100
        """,
        places="""
            place | kind
            А     | школа
            Б     | школа
            В     | школа
        """,
        indicator=share("admitted", "graduates"),
        expected={"округ": measured(40, 100, coverage="1 из 3")},
    )


def test_both_parts_come_from_the_same_schools(spec):
    """Числитель и знаменатель складываются по одним и тем же школам.

    Школа Б назвала выпускников, но не поступивших. Если бы её 78 человек остались в знаменателе, доля упала бы
    до 1,3 % без всякой причины.
    """
    spec(
        facts="""
            place | admitted | graduates
            А     | 1        | 2
            Б     |          | 78
        """,
        indicator=share("admitted", "graduates"),
        expected={"Б": ABSENT, "округ": measured(1, 2, coverage="1 из 2")},
    )


def test_only_schools_of_that_year_are_expected(spec):
    """Закрытая школа и школа, которая ещё не открыта, в число ожидаемых не входят."""
    spec(
        facts="""
            place | admitted | graduates
            А     | 5        | 10
        """,
        places="""
            place | since      | until
            А     |            |
            Б     |            | 2020-08-31
            В     | 2023-09-01 |
        """,
        indicator=share("admitted", "graduates"),
        expected={"округ": measured(5, 10, coverage="1 из 1")},
    )


def test_other_organisations_are_not_expected(spec):
    """Сведений ждут только от организаций тех видов, которые отчитываются; центр дополнительного образования — нет."""
    spec(
        facts="""
            place | admitted | graduates
            А     | 5        | 10
        """,
        places="""
            place | kind
            А     | школа
            Центр | дополнительное образование
        """,
        indicator=share("admitted", "graduates"),
        expected={"округ": measured(5, 10, coverage="1 из 1")},
    )
