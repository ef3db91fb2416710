"""Две доли сравниваются точным двусторонним критерием Фишера: он верен и для самых малых чисел, когда приближённые
способы ошибаются. Значение p — вероятность такого же или большего различия, если на деле ничего не изменилось."""

from decimal import Decimal

from orientir.comparisons import p_value
from orientir.model.periods import Period, PeriodKind
from orientir.model.results import Place, Value
from orientir.model.status import Status
from orientir.presentation import number

title = "Точный критерий Фишера"


def _value(part, whole):
    place = Place("shown", "округ", Period(PeriodKind.SCHOOL_YEAR, 2021))
    return Value(place, Decimal(part), Decimal(whole), Status.MEASURED)


def _p(row):
    now, then = _value(row["part_now"], row["whole_now"]), _value(row["part_then"], row["whole_then"])
    return number(Decimal(str(p_value(now, then))), int(row["decimals"]))


def test_textbook_tables(spec):
    """Известные таблицы из учебников.

    Первая — опыт с дегустацией чая (Fisher, 1935), вторая — пример 1 из 10 и 11 из 14, который приводят в курсах
    статистики; третья — одинаковые доли: различия нет, и p равно единице.
    """
    spec.examples(
        """
        part_now | whole_now | part_then | whole_then | decimals | p
        3        | 4         | 1         | 4          | 4        | 0,4857
        1        | 10        | 11        | 14         | 5        | 0,00276
        5        | 10        | 10        | 20         | 3        | 1,000
        """,
        p=_p,
    )


def test_small_schools_show_nothing(spec):
    """В классе из пяти человек и двукратный рост может быть случайным; в десяти таких классах — уже нет."""
    spec.examples(
        """
        part_now | whole_now | part_then | whole_then | decimals | p
        4        | 5         | 2         | 5          | 3        | 0,524
        40       | 50        | 20        | 50         | 5        | 0,00008
        """,
        p=_p,
    )
