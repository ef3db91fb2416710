"""Иногда числа есть, а показателя нет: экзамен отменили, определение не принято. Тогда вместо значения стоит
причина."""

from orientir.model.indicators import IndicatorKind
from orientir.model.status import Status
from spec.language import missing, not_calculable, share

title = "Когда показатель не рассчитывается"


def test_year_without_meaning(spec):
    """За годы, названные в определении, показатель не рассчитывается, даже если числа присланы."""
    spec(
        facts="""
            year    | tested | graduates_9
            2019/20 | 10     | 420
            2021/22 | 200    | 419
        """,
        indicator=share(
            "tested",
            "graduates_9",
            not_calculable=(not_calculable("2019/20", "2020/21", reason="экзамены по выбору не проводились"),),
        ),
        expected={
            "округ, 2019/20": missing(Status.NOT_CALCULABLE, "экзамены по выбору не проводились"),
            "округ, 2021/22": (200, 419),
        },
    )


def test_named_but_not_defined(spec):
    """Показатель назван, но не определён: предложенная формула значения не даёт."""
    spec(
        facts="""
            tested | graduates
            10     | 80
        """,
        indicator=share("tested", "graduates", kind=IndicatorKind.UNDEFINED, note="определение не утверждено"),
        expected={"округ": missing(Status.NOT_DEFINED, "определение не утверждено")},
    )
