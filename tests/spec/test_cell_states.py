"""У клетки пять состояний: число, ноль, нет данных, не относится, скрыто. Пустая клетка никогда не становится нулём."""

from orientir.model.status import Status
from spec.language import ABSENT, NOT_APPLICABLE, NOT_REPORTED, count, measured, missing, share

title = "Пять состояний клетки"


def test_value(spec):
    """Число."""
    spec(
        facts="""
            place | admitted | graduates
            А     | 3        | 10
        """,
        indicator=share("admitted", "graduates"),
        expected={"А": (3, 10)},
    )


def test_zero_is_a_number(spec):
    """Ноль — тоже число: никто не поступил, и об этом сообщили."""
    spec(
        facts="""
            place | admitted | graduates
            А     | 0        | 10
        """,
        indicator=share("admitted", "graduates"),
        expected={"А": (0, 10), "округ": measured(0, 10, coverage="1 из 1")},
    )


def test_not_reported_is_not_zero(spec):
    """Нет данных — не ноль: значения нет, и оно ничего не прибавляет."""
    spec(
        facts="""
            place | admitted   | graduates
            А     | нет данных | 10
            Б     | 4          | 10
        """,
        indicator=share("admitted", "graduates"),
        expected={"А": ABSENT, "округ": measured(4, 10, coverage="1 из 2")},
    )


def test_missing_row_is_not_zero(spec):
    """Пустая клетка примера — строки нет вовсе. Это то же, что «нет данных»."""
    spec(
        facts="""
            place | admitted | graduates
            А     |          | 10
            Б     | 4        | 10
        """,
        indicator=share("admitted", "graduates"),
        expected={"А": ABSENT, "округ": measured(4, 10, coverage="1 из 2")},
    )


def test_what_does_not_apply_is_not_expected(spec):
    """Не относится — в школе нет 11 класса. Она ничего не прибавляет, и сведений от неё не ждут."""
    spec(
        facts="""
            place | admitted     | graduates
            А     | не относится | не относится
            Б     | 4            | 10
        """,
        indicator=share("admitted", "graduates"),
        expected={
            "А": missing(Status.NOT_APPLICABLE, "к организации не относится"),
            "округ": measured(4, 10, coverage="1 из 1"),
        },
    )


def test_suppressed_is_not_known(spec):
    """Скрыто — число есть, но оно закрыто. Для расчёта его нет, и охват это показывает."""
    spec(
        facts="""
            place | admitted | graduates
            А     | скрыто   | 10
            Б     | 4        | 10
        """,
        indicator=share("admitted", "graduates"),
        expected={"А": ABSENT, "округ": measured(4, 10, coverage="1 из 2")},
    )


def test_nothing_reported(spec):
    """Если не сообщил никто, у территории нет значения, и сказано почему."""
    spec(
        facts="""
            place | admitted   | graduates
            А     | нет данных | 10
        """,
        indicator=share("admitted", "graduates"),
        expected={"округ": missing(Status.NOT_REPORTED, "в данных нет: «Поступившие в вузы»")},
    )


def test_applies_to_nobody(spec):
    """Если показатель не относится ни к одной школе, он не применим и к территории."""
    spec(
        facts="""
            place | admitted     | graduates
            А     | не относится | не относится
        """,
        indicator=share("admitted", "graduates"),
        expected={"округ": NOT_APPLICABLE},
    )


def test_count_that_applies_to_nobody(spec):
    """Так же и число, которое ни на что не делится: это не ноль."""
    spec(
        facts="""
            place | workplaces
            А     | не относится
        """,
        indicator=count("workplaces"),
        expected={"округ": NOT_APPLICABLE},
    )


def test_what_does_not_apply_says_nothing_of_the_others(spec):
    """Если к одной школе показатель не относится, а другая ничего не сообщила, у территории нет данных, а не ноль."""
    spec(
        facts="""
            place | workplaces
            А     | не относится
            Б     | нет данных
        """,
        indicator=count("workplaces"),
        expected={"округ": NOT_REPORTED},
    )
