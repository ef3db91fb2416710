"""Когда сравнений много, какое-нибудь покажется значимым случайно. Поэтому вероятности поправляются по числу сравнений
отчёта способом Бенджамини — Хохберга (1995)."""

from dataclasses import replace
from decimal import Decimal

from orientir.comparisons import corrected
from orientir.model.periods import Period, PeriodKind
from orientir.model.results import Base, Comparison, Place, Value, Verdict
from orientir.model.status import Status
from orientir.presentation import number
from orientir.reports.words import VERDICT

title = "Поправка на число сравнений"


def _comparisons(levels):
    place = Place("shown", "округ", Period(PeriodKind.SCHOOL_YEAR, 2021))
    now = Value(place, Decimal(6), Decimal(10), Status.MEASURED)
    one = Comparison(now, now, Base.LAST, Decimal("0.1"), None, None, Verdict.WITHIN_CHANCE)
    return corrected([replace(one, p_value=level) for level in levels])


def _levels(row):
    return [float(level.replace(",", ".")) for level in row["chances"].split("; ")]


def _adjusted(row):
    return "; ".join(number(Decimal(str(one.adjusted)), 4) for one in _comparisons(_levels(row)))


def test_benjamini_hochberg(spec):
    """Вероятность умножается на число сравнений и делится на своё место по порядку; порядок при этом не меняется.

    0,005 × 4 : 1 = 0,02; 0,03 × 4 : 2 = 0,06, но следующая даёт 0,04 × 4 : 3 = 0,0533, и берётся меньшая.
    """
    spec.examples(
        """
        chances                 | adjusted
        0,03                    | 0,0300
        0,01; 0,02; 0,03; 0,04  | 0,0400; 0,0400; 0,0400; 0,0400
        0,005; 0,03; 0,04; 0,5  | 0,0200; 0,0533; 0,0533; 0,5000
        """,
        adjusted=_adjusted,
    )


def test_same_change_among_many(spec):
    """Одно и то же изменение значимо само по себе и в пределах случайного среди многих."""
    spec.examples(
        """
        chances                | told
        0,03                   | рост, больше случайных колебаний
        0,03; 0,6; 0,7; 0,8    | в пределах случайных колебаний
        """,
        told=lambda row: VERDICT[_comparisons(_levels(row))[0].verdict],
    )
