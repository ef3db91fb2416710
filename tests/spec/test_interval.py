"""Доля малой группы известна неточно. Рядом с ней стоит 95-процентный интервал Уилсона (1927): он не выходит за
пределы от 0 до 100 % и годится для малых чисел."""

from decimal import Decimal

from orientir.comparisons import interval
from orientir.model.periods import Period, PeriodKind
from orientir.model.results import Place, Value
from orientir.model.status import Status
from orientir.presentation import share

title = "Интервал Уилсона"


def _interval(row, **about):
    place = Place("shown", "округ", Period(PeriodKind.SCHOOL_YEAR, 2021))
    return interval(
        Value(place, Decimal(row["part"].replace("−", "-")), Decimal(row["whole"]), Status.MEASURED, **about)
    )


def test_published_values(spec):
    """Первые четыре строки — опубликованные значения (Newcombe, 1998)."""
    spec.examples(
        """
        part | whole | low     | high
        81   | 263   | 25,53 % | 36,62 %
        15   | 148   | 6,24 %  | 16,05 %
        0    | 20    | 0,00 %  | 16,11 %
        1    | 29    | 0,61 %  | 17,18 %
        46   | 80    | 46,57 % | 67,74 %
        """,
        low=lambda row: share(_interval(row).low, 2),
        high=lambda row: share(_interval(row).high, 2),
    )


def test_no_interval(spec):
    """Интервала нет, если часть больше целого или меньше нуля."""
    spec.examples(
        """
        part | whole | told
        101  | 100   | интервала нет
        −1   | 100   | интервала нет
        """,
        told=lambda row: "интервал есть" if _interval(row) else "интервала нет",
    )


def test_no_interval_of_a_ratio(spec):
    """Нет его и у отношения двух разных совокупностей: это не доля."""
    spec.examples(
        """
        part | whole | told
        46   | 80    | интервала нет
        """,
        told=lambda row: "интервал есть" if _interval(row, is_proportion=False) else "интервала нет",
    )
