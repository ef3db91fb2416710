"""Числитель и знаменатель — суммы слагаемых. У слагаемого есть вес и сдвиг по годам."""

from orientir.model.status import Status
from spec.language import NOT_REPORTED, count, measured, missing, share, term

title = "Формулы: вес и сдвиг"

UNACCOUNTED = share(
    ["graduates_9", term("college", weight=-1), term("grade_10", weight=-1, shift=1)],
    "graduates_9",
)


def test_sum_of_terms(spec):
    """Слагаемые складываются."""
    spec(
        facts="""
            graduates_9 | graduates
            420         | 94
        """,
        indicator=count(["graduates_9", "graduates"]),
        expected={"округ": measured(514)},
    )


def test_weight(spec):
    """Вес умножает слагаемое; отрицательный вес вычитает."""
    spec(
        facts="""
            pupils_10_11 | grade_10
            176          | 99
        """,
        indicator=count(["pupils_10_11", term("grade_10", weight=-1)]),
        expected={"округ": measured(77)},
    )


def test_shift_to_the_next_year(spec):
    """Десятый класс после девятого: выпускники этого года стоят рядом с десятым классом следующего."""
    spec(
        facts="""
            year    | graduates_9 | grade_10
            2019/20 | 420         |
            2020/21 |             | 99
        """,
        indicator=share(term("grade_10", shift=1), "graduates_9"),
        expected={"округ, 2019/20": (99, 420)},
    )


def test_unaccounted_graduates(spec):
    """Неучтённые выпускники: ни в колледже, ни в десятом классе.

    420 − 283 − 99 = 38 человек из 420, то есть 9,0 %.
    """
    spec(
        facts="""
            year    | graduates_9 | college | grade_10
            2019/20 | 420         | 283     |
            2020/21 |             |         | 99
        """,
        indicator=UNACCOUNTED,
        expected={"округ, 2019/20": (38, 420)},
    )


def test_last_year_waits_for_the_next(spec):
    """Для последнего года сведений следующего ещё нет, и значения тоже нет."""
    spec(
        facts="""
            year    | graduates_9 | college | grade_10
            2021/22 | 419         | 282     | 109
        """,
        indicator=UNACCOUNTED,
        expected={"округ": missing(Status.NOT_REPORTED, "в данных нет: «Обучающиеся 10 классов» за 2022/23 уч. г.")},
    )


def test_every_term_must_be_reported(spec):
    """Если нет хотя бы одного слагаемого, нет и суммы: отсутствие — не ноль."""
    spec(
        facts="""
            graduates_9
            420
        """,
        indicator=count(["graduates_9", "graduates"]),
        expected={"округ": NOT_REPORTED},
    )
