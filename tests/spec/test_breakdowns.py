"""Показатель можно показать в разрезе: по классам, уровням образования, этапам. Доля разреза считается из его же
частей."""

from orientir.model.status import Status
from spec.language import ABSENT, measured, missing, share

title = "Разрезы"


def test_each_member_has_its_own_share(spec):
    """У каждого члена разреза свои числитель и знаменатель, а итог — их суммы."""
    spec(
        facts="""
            level | participants | pupils
            5-9   | 575          | 2035
            10-11 | 75           | 185
        """,
        indicator=share("participants", "pupils", breakdowns=("level",)),
        expected={
            "округ, level=5-9": (575, 2035),
            "округ, level=10-11": (75, 185),
            "округ": (650, 2220),
        },
    )


def test_breakdown_is_summed_over_schools(spec):
    """Разрез территории — сумма разрезов школ; охват у каждого разреза свой."""
    spec(
        facts="""
            place | grade | tested       | pupils
            А     | 9     | 10           | 20
            А     | 11    | 5            | 10
            Б     | 9     | 4            | 20
            Б     | 11    | не относится | не относится
        """,
        indicator=share("tested", "pupils", breakdowns=("grade",)),
        expected={
            "округ, grade=9": measured(14, 40, coverage="2 из 2"),
            "округ, grade=11": measured(5, 10, coverage="1 из 1"),
            "Б, grade=11": missing(Status.NOT_APPLICABLE, "к организации не относится"),
        },
    )


def test_no_breakdown_without_parts(spec):
    """Если дан только итог, разреза нет: доли классов из него не выводятся."""
    spec(
        facts="""
            tested | pupils
            15     | 30
        """,
        indicator=share("tested", "pupils", breakdowns=("grade",)),
        expected={"округ": (15, 30), "округ, grade=9": ABSENT},
    )
