"""Годы сравнимы, пока показатель считает одно и то же. Через разрыв ряда сравнения нет, и сказано почему."""

from orientir.model.results import Verdict
from spec.asserting import AGAINST_FIRST
from spec.language import Change, count, definition_break, share

title = "Разрывы ряда"


def test_broken_base(spec):
    """Знаменатель изменился в полтора раза или больше: рост доли — следствие этого, а не работы школ."""
    spec.changes(
        facts="""
            year    | tested | pupils
            2020/21 | 4      | 105
            2021/22 | 3      | 26
        """,
        indicator=share("tested", "pupils"),
        expected={
            "округ": Change(
                Verdict.SERIES_BROKEN,
                "+7,7 п. п.",
                p="",
                reason="знаменатель изменился в 4,0 раза (105 → 26) к 2021/22 уч. г.",
            )
        },
    )


def test_just_below_the_factor(spec):
    """Изменение меньше чем в полтора раза ряда не рвёт."""
    spec.changes(
        facts="""
            year    | tested | pupils
            2020/21 | 10     | 100
            2021/22 | 15     | 149
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": Change(Verdict.WITHIN_CHANCE)},
    )


def test_exactly_the_factor(spec):
    """Ровно в полтора раза — уже разрыв."""
    spec.changes(
        facts="""
            year    | tested | pupils
            2020/21 | 10     | 100
            2021/22 | 15     | 150
        """,
        indicator=share("tested", "pupils"),
        expected={"округ": Change(Verdict.SERIES_BROKEN)},
    )


def test_break_on_the_way_to_the_first_year(spec):
    """Разрыв между первым и вторым годом мешает сравнению с первым, но не с прошлым."""
    spec.changes(
        facts="""
            year    | tested | pupils
            2019/20 | 4      | 105
            2020/21 | 3      | 26
            2021/22 | 4      | 25
        """,
        indicator=share("tested", "pupils"),
        expected={
            "округ": Change(Verdict.WITHIN_CHANCE, "+4,5 п. п."),
            f"округ, {AGAINST_FIRST}": Change(Verdict.SERIES_BROKEN),
        },
    )


def test_new_definition(spec):
    """С этого года показатель определён иначе: прежние годы с ним не сравниваются."""
    spec.changes(
        facts="""
            year    | workplaces
            2019/20 | 14
            2020/21 | 21
            2021/22 | 23
        """,
        indicator=count("workplaces", breaks=(definition_break("2020/21", "раньше считались места другого проекта"),)),
        expected={
            "округ": Change(Verdict.NOT_TESTED, "+2"),
            f"округ, {AGAINST_FIRST}": Change(
                Verdict.SERIES_BROKEN, "+9", reason="раньше считались места другого проекта"
            ),
        },
    )
