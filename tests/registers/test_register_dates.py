"""Dates as people write them."""

from datetime import date, datetime

import pytest

from orientir.model.periods import Period, PeriodKind
from orientir.sources.registers.dates import read_days

YEAR = Period(PeriodKind.SCHOOL_YEAR, 2021)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("28.04.2022", "2022-04-28", "2022-04-28"),
        ("28.04.22 г.", "2022-04-28", "2022-04-28"),
        ("2022-04-28", "2022-04-28", "2022-04-28"),
        (44679.0, "2022-04-28", "2022-04-28"),
        (datetime(2022, 4, 28, 12), "2022-04-28", "2022-04-28"),
        ("21-22.11.2022", "2022-11-21", "2022-11-22"),
        ("28.02–05.03.2022", "2022-02-28", "2022-03-05"),
        ("28.12-05.01.2022", "2021-12-28", "2022-01-05"),
        ("21.11.2021 - 25.11.2021", "2021-11-21", "2021-11-25"),
        ("с 1 по 5 марта 2022 г.", "2022-03-01", "2022-03-05"),
        ("с 28 февраля по 5 марта 2022 года", "2022-02-28", "2022-03-05"),
        ("1, 3 и 5 марта 2022", "2022-03-01", "2022-03-05"),
        ("апрель — май 2022", "2022-04-01", "2022-05-31"),
    ],
)
def test_date_or_range(cell, first, last):
    days = read_days(cell, YEAR)
    assert (days.first.isoformat(), days.last.isoformat(), days.repaired) == (first, last, "")


@pytest.mark.parametrize(("text", "day"), [("16.12.202 2", date(2022, 12, 16)), ("05,03,2022", date(2022, 3, 5))])
def test_slip_is_repaired_and_told(text, day):
    days = read_days(text, YEAR)
    assert (days.first, days.repaired) == (day, f"прочитано как {day:%d.%m.%Y}")


def test_year_that_is_not_written_is_that_of_the_period():
    assert [read_days(text, YEAR).first.year for text in ("15 октября", "15 марта")] == [2021, 2022]
    assert "год не указан" in read_days("15 марта", YEAR).repaired


@pytest.mark.parametrize("cell", ["не проводилось", "31.02.2022", "45.13.2022", 12, "с 05.03.2022 по 01.03.2022"])
def test_what_is_no_date(cell):
    with pytest.raises(ValueError):
        read_days(cell, YEAR)


def test_month_comes_first_where_the_profile_says_so():
    assert read_days("03/04/2022", YEAR, month_first=True).first == date(2022, 3, 4)
