"""Dates as people write them: «28.04.2022», «21-22.11.2022», «с 1 по 5 марта 2022 г.», slips repaired.

A date is never guessed: without a year only the period may give it, and what was read is told.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import NamedTuple

from orientir.model.periods import Period

_MONTHS = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split()
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIAL = range(20_000, 80_000)  # 1954 to 2119: what a number in a column of dates can be

_DASH = r"\s*[-–—‒−]\s*"
_DMY = r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})"
_SINGLE = re.compile(rf"^{_DMY}$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}.*)?$")
_DAYS = re.compile(rf"^(\d{{1,2}}){_DASH}{_DMY}$")  # 21-22.11.2022
_MONTHS_RANGE = re.compile(rf"^(\d{{1,2}})[./](\d{{1,2}})[./]?{_DASH}{_DMY}$")  # 28.02-05.03.2022
_FULL_RANGE = re.compile(rf"^{_DMY}{_DASH}{_DMY}$")
_FROM_TO = re.compile(r"^(?:с|со)\s+(.+?)\s+(?:по|до)\s+(.+)$")
_WORDS = re.compile(r"^(\d{1,2})\s+([а-я]+)(?:\s+(\d{4}))?$")  # 5 марта 2022
_WORD_DAYS = re.compile(
    rf"^(\d{{1,2}})(?:{_DASH}|(?:\s*,\s*\d{{1,2}})*\s*(?:,|и)\s*)(\d{{1,2}})\s+([а-я]+)(?:\s+(\d{{4}}))?$"
)
_WHOLE_MONTHS = re.compile(rf"^(?:в течение\s+)?([а-я]+)(?:{_DASH}([а-я]+))?\s+(\d{{4}})$")  # апрель — май 2022
_YEARLESS = re.compile(r"^(\d{1,2})[./](\d{1,2})\.?$")


class Days(NamedTuple):
    """The first and the last day; `repaired` says how the text was understood where it was not plain."""

    first: date
    last: date
    repaired: str = ""


def read_days(cell: object, period: Period, month_first: bool = False) -> Days | None:
    """A day or a range; None for an empty cell. Raises ValueError for what is no date."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return _one(cell.date())
    if isinstance(cell, date):
        return _one(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(cell)
    text = str(cell)
    plain = _plain(text)
    if not plain:
        return None
    found = _range(plain, period, month_first)
    if found is None:
        mended = _mended(plain)
        found = _range(mended, period, month_first) if mended != plain else None
        if found is None:
            raise ValueError(text)
        found = found._replace(repaired=f"прочитано как {_told(found)}")
    return found


def _one(day: date) -> Days:
    return Days(day, day)


def _serial(number: float) -> Days:
    if int(number) not in _SERIAL:
        raise ValueError(str(number))
    return _one(_EXCEL_EPOCH + timedelta(days=int(number)))


def _plain(text: str) -> str:
    plain = " ".join(text.lower().replace("ё", "е").replace("\u00a0", " ").split())
    plain = re.sub(r"(?<=\d)\s*(?:г\.?|год[ау]?)(?=\s|$|[-–—,.])", "", plain)
    return plain.strip(" .,;")


def _mended(plain: str) -> str:
    """Stray spaces and doubled points: «16.12.202 2», «01. 03.2022», «05,03,2022»."""
    return re.sub(r"[.,]+", ".", re.sub(r"(?<=[\d.,])\s+(?=[\d.,])", "", plain))


def _range(text: str, period: Period, month_first: bool) -> Days | None:
    if match := _FROM_TO.match(text):
        return _from_to(match[1], match[2], period, month_first)
    if match := _FULL_RANGE.match(text):
        return _ordered(
            _day(match[1], match[2], match[3], month_first), _day(match[4], match[5], match[6], month_first)
        )
    if match := _MONTHS_RANGE.match(text):
        last = _day(match[3], match[4], match[5], month_first)
        first = _day(match[1], match[2], match[5], month_first)
        return _ordered(first if first <= last else first.replace(year=first.year - 1), last)
    if match := _DAYS.match(text):
        last = _day(match[2], match[3], match[4], month_first)
        return _ordered(last.replace(day=int(match[1])), last)
    return _range_in_words(text, period) or _single(text, period, month_first)


def _range_in_words(text: str, period: Period) -> Days | None:
    if match := _WORD_DAYS.match(text):
        last = _in_words(match[2], match[3], match[4], period)
        return _ordered(last.replace(day=int(match[1])), last) if last else None
    if match := _WHOLE_MONTHS.match(text):
        begin, end, year = _month(match[1]), _month(match[2] or match[1]), int(match[3])
        if begin and end:
            return _ordered(date(year, begin, 1), date(year, end, monthrange(year, end)[1]))
    return None


def _from_to(first: str, last: str, period: Period, month_first: bool) -> Days | None:
    """The end tells what the beginning leaves out: «с 1 по 5 марта 2022», «с 28 февраля по 5 марта 2022»."""
    end = _single(last, period, month_first)
    if end is None:
        return None
    if first.isdigit():
        return _ordered(end.last.replace(day=int(first)), end.last, end.repaired)
    begin = _single(first, period, month_first)
    if begin is None:
        return None
    start = begin.first
    if begin.repaired:  # its year was taken from the period, but the end has one
        start = start.replace(year=end.last.year)
        start = start if start <= end.last else start.replace(year=start.year - 1)
    return _ordered(start, end.last, end.repaired)


def _single(text: str, period: Period, month_first: bool) -> Days | None:
    if match := _SINGLE.match(text):
        return _one(_day(match[1], match[2], match[3], month_first))
    if match := _ISO.match(text):
        return _one(date(int(match[1]), int(match[2]), int(match[3])))
    if match := _WORDS.match(text):
        day = _in_words(match[1], match[2], match[3], period)
        return None if day is None else Days(day, day, "" if match[3] else _from_period(day))
    if match := _YEARLESS.match(text):
        day = _of_period(int(match[1]), int(match[2]), period)
        return Days(day, day, _from_period(day))
    return None


def _from_period(day: date) -> str:
    return f"год не указан, прочитано как {day:%d.%m.%Y}"


def _day(day: str, month: str, year: str, month_first: bool) -> date:
    if month_first:
        day, month = month, day
    return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))


def _in_words(day: str, word: str, year: str | None, period: Period) -> date | None:
    month = _month(word)
    if month is None:
        return None
    return date(int(year), month, int(day)) if year else _of_period(int(day), month, period)


def _month(word: str) -> int | None:
    if word in ("май", "мая", "мае"):
        return 5
    return next((at for at, stem in enumerate(_MONTHS, 1) if word.startswith(stem) and at != 5), None)


def _of_period(day: int, month: int, period: Period) -> date:
    """The day of that date in the period: a school year has each but once."""
    found = date(period.start, month, day)
    return found if found >= period.first_day else date(period.ends_in, month, day)


def _ordered(first: date, last: date, repaired: str = "") -> Days:
    if first > last:
        raise ValueError(f"{first:%d.%m.%Y} позже, чем {last:%d.%m.%Y}")
    return Days(first, last, repaired)


def _told(days: Days) -> str:
    return "–".join(dict.fromkeys((f"{days.first:%d.%m.%Y}", f"{days.last:%d.%m.%Y}")))
