"""Числа одного года обязаны быть в согласии между собой. Соотношения записаны в программе и проверяются во всех
местах."""

from orientir.model.rules import Relation
from spec.language import term

title = "Соотношения между числами"


def test_sum_of_two_groups(spec):
    """Объединение двух групп без общих членов равно их сумме: 493 — это не 420 и 94 вместе."""
    spec.relation(
        facts="""
            graduates_9_11 | graduates_9 | graduates
            493            | 420         | 94
        """,
        left="graduates_9_11",
        relation=Relation.EQUAL,
        right=["graduates_9", "graduates"],
        issues=["493 не равно 420 + 94 = 514."],
    )


def test_right_numbers_are_left_alone(spec):
    """Верные числа замечаний не получают: 419 и 80 дают 499."""
    spec.relation(
        facts="""
            graduates_9_11 | graduates_9 | graduates
            499            | 419         | 80
        """,
        left="graduates_9_11",
        relation=Relation.EQUAL,
        right=["graduates_9", "graduates"],
        issues=[],
    )


def test_whole_is_not_below_its_parts(spec):
    """Целое не меньше суммы своих частей."""
    spec.relation(
        facts="""
            pupils_9_11 | graduates_9 | pupils_10_11
            493         | 420         | 195
        """,
        left="pupils_9_11",
        relation=Relation.AT_LEAST,
        right=["graduates_9", "pupils_10_11"],
        issues=["493 меньше, чем 420 + 195 = 615."],
    )


def test_part_is_not_above_the_whole(spec):
    """Часть не больше целого; равны они быть могут."""
    spec.relation(
        facts="""
            place | graduates | pupils_10_11
            А     | 30        | 29
            Б     | 30        | 30
        """,
        left="graduates",
        relation=Relation.AT_MOST,
        right="pupils_10_11",
        issues=["30 больше, чем 29."],
    )


def test_some_choice_of_sources_may_mend_it(spec):
    """Источники спорят, но при одном из чисел соотношение выполнено: замечания нет, спор отмечен другой проверкой."""
    spec.relation(
        facts="""
            source    | pupils_9_11 | tested
            таблица 4 | 417         |
            таблица 9 | 505         | 450
        """,
        left="tested",
        relation=Relation.AT_MOST,
        right="pupils_9_11",
        issues=[],
    )


def test_no_choice_of_sources_mends_it(spec):
    """Источники спорят, но соотношение нарушено при любом выборе: названы оба числа."""
    spec.relation(
        facts="""
            source    | pupils_9_11 | graduates_9 | pupils_10_11
            таблица 4 | 417         |             |
            таблица 9 | 505         | 426         | 176
        """,
        left="pupils_9_11",
        relation=Relation.AT_LEAST,
        right=["graduates_9", "pupils_10_11"],
        issues=["417 или 505 меньше, чем 426 + 176 = 602."],
    )


def test_missing_numbers_are_not_checked(spec):
    """Если одного из чисел нет, проверять нечего."""
    spec.relation(
        facts="""
            pupils_9_11 | graduates_9
            417         | 426
        """,
        left="pupils_9_11",
        relation=Relation.AT_LEAST,
        right=["graduates_9", "pupils_10_11"],
        issues=[],
    )


def test_difference_is_not_below_zero(spec):
    """Разность, которая считает людей, не бывает отрицательной."""
    spec.relation(
        facts="""
            pupils_10_11 | grade_10 | graduates
            90           | 99       | 0
        """,
        left=["pupils_10_11", term("grade_10", weight=-1)],
        relation=Relation.AT_LEAST,
        right="graduates",
        issues=["90 − 99 = −9: меньше нуля."],
    )
