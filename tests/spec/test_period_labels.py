"""Период — учебный или календарный год, смотря по программе. Подпись источника сохраняется как есть, а в данных
записывается период, который она значит."""

from orientir.model.periods import Period, PeriodKind
from orientir.presentation import day, in_period, period_name
from spec.language import count, measured

title = "Подписи периодов"


def _told(row, kind):
    try:
        return str(Period.parse(row["label"], kind))
    except ValueError as error:
        return str(error)


def test_school_years(spec):
    """Учебный год пишут по-разному; значит он одно и то же."""
    spec.examples(
        """
        label             | means
        2019/20           | 2019/20
        2019-2020         | 2019/20
        2019–2020         | 2019/20
        2019/2020 уч. г.  | 2019/20
        2019-20 учебный год | 2019/20
        """,
        means=lambda row: _told(row, PeriodKind.SCHOOL_YEAR),
    )


def test_one_year_is_no_school_year(spec):
    """Подпись «2020» может значить и 2019/20, и 2020/21. Решает тот, кто переносит данные; сама она не читается."""
    spec.examples(
        """
        label     | told
        2020      | «2020» — не учебный год; пишется, например, 2021/22.
        2019-2021 | «2019-2021» — не учебный год; пишется, например, 2021/22.
        """,
        told=lambda row: _told(row, PeriodKind.SCHOOL_YEAR),
    )


def test_calendar_years(spec):
    """Календарный год — одно число."""
    spec.examples(
        """
        label   | told
        2022    | 2022
        2022 г. | 2022
        2021/22 | «2021/22» — не календарный год; пишется, например, 2022.
        """,
        told=lambda row: _told(row, PeriodKind.CALENDAR_YEAR),
    )


def test_calendar_years_are_summed_alike(spec):
    """Программа по календарным годам считается так же, как по учебным."""
    spec(
        facts="""
            year | workplaces
            2021 | 14
            2022 | 23
        """,
        kind=PeriodKind.CALENDAR_YEAR,
        indicator=count("workplaces"),
        expected={"округ, 2021": measured(14), "округ, 2022": measured(23)},
    )


def test_neighbours_and_ends(spec):
    """Учебный год заканчивается 31 августа, календарный — 31 декабря."""
    kinds = {"/": PeriodKind.SCHOOL_YEAR, "": PeriodKind.CALENDAR_YEAR}

    def period(row):
        return Period.parse(row["label"], kinds["/" if "/" in row["label"] else ""])

    spec.examples(
        """
        label   | last_day   | next    | printed
        2021/22 | 31.08.2022 | 2022/23 | 2021/22 уч. г.
        2099/00 | 31.08.2100 | 2100/01 | 2099/00 уч. г.
        2022    | 31.12.2022 | 2023    | 2022 г.
        """,
        last_day=lambda row: day(period(row).last_day),
        next=lambda row: str(period(row).shifted(1)),
        printed=lambda row: period_name(period(row)),
    )


def test_in_a_sentence(spec):
    """В предложении год назван полностью."""
    spec.examples(
        """
        label   | printed
        2021/22 | в 2021/22 учебном году
        """,
        printed=lambda row: in_period(Period.parse(row["label"], PeriodKind.SCHOOL_YEAR)),
    )
