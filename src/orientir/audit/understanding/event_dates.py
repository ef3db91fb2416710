"""When an event took place, as it is written in a register: a day, days, a month, or words that name no day.

Digits torn by a space or a line break are put together for reading, and told as a fault of writing.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from orientir.model.periods import Period, PeriodKind
from orientir.sources.registers.dates import read_days

_NO_PERIOD = Period(PeriodKind.CALENDAR_YEAR, 2000)  # what has no year of its own is not read at all
_YEARS = range(1990, 2100)
_DAY = r"(?:[0-2]?\d|3[01])[./](?:0?\d|1[0-2])[./](?:20\d\d|\d\d)(?!\d)"
_FULL = re.compile(rf"(?<!\d){_DAY}")
_IN_WORDS = re.compile(
    r"(?<!\d)\d{1,2}\s+(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*\s+20\d\d"
)
_ONLY_DIGITS = re.compile(r"^[\dOОоo\s.,/\-–—]+(?:г\.?|год[ау]?)?$")
# A period or a day without its year: not a date of a day, and nothing is wrong with it.
_VAGUE = re.compile(
    r"^(?:\d{4}|\d{4}\s*[-–—/]\s*\d{2,4}|\d{1,2}[./]\d{4}|\d{1,2}\.\d{1,2}\.?(?:\s*[-–—]\s*\d{1,2}\.\d{1,2}\.?)?)$"
)
_DIGIT = re.compile(r"\d")
_TORN = re.compile(r"\d\s+\d")
_LOOSE = re.compile(r"\d[ \u00a0\t]+[.,]|[.,][ \u00a0\t]+(?!\d{4}(?!\d))\d|[.]{2,}|\d,\d")


class When(NamedTuple):
    """First and last day, None where no day is named; `fault` says in Russian what is wrong with the writing."""

    first: date | None = None
    last: date | None = None
    fault: str = ""


@lru_cache(maxsize=5_000)
def read_when(printed: str) -> When:
    """What is written in a cell of dates; never raises."""
    text = " ".join(printed.lower().split()).strip(" ;")
    if not _DIGIT.search(text) or _VAGUE.match(text.strip(" .")):
        return When()
    looks_numeric = bool(_ONLY_DIGITS.match(text))
    if listed := _list_of_days(text):
        return When(*listed)
    found = _read(text) or _read(_mended(text)) or (None if looks_numeric else _dates_inside(text))
    if found is None:
        return When(fault=_unreadable(text, looks_numeric))
    if found[0].year not in _YEARS or found[1].year not in _YEARS:
        return When(fault=f"нет такого года: {found[0].year}")
    return When(*found, fault=_slip(printed) if looks_numeric else "")


def _read(text: str) -> tuple[date, date] | None:
    if not re.search(r"\d{4}|\d[./]\d+[./]\d\d", text):
        return None
    try:
        days = read_days(text, _NO_PERIOD)
    except (ValueError, OverflowError):
        return None
    return None if days is None or days.repaired.startswith("год не указан") else (days.first, days.last)


def _list_of_days(text: str) -> tuple[date, date] | None:
    """«25.11.2022, 27.11.2022», «24, 25.11.2022»: several days, none of them torn."""
    if not re.fullmatch(rf"(?:{_DAY}(?:\s*[,;]\s*|\s+(?:и\s+)?)|\d{{1,2}}(?:\s*[,;]\s*|\s+и\s+))+{_DAY}", text):
        return None
    days = [day[0] for piece in _FULL.findall(text) if (day := _read(piece))]
    bare = re.match(r"(\d{1,2})\s*(?:[,;]|и\s)", text)
    try:
        first = days[0].replace(day=int(bare[1])) if bare else days[0]
    except (ValueError, IndexError):
        return None
    return min(first, *days), max(days)


def _mended(text: str) -> str:
    """«16.12.202 2», «21-22.11. 2022», «12.O3.2022»: without spaces, with digits for letters."""
    if not _ONLY_DIGITS.match(text):
        return text
    digits = re.sub(r"[oо]", "0", re.sub(r"\s*(?:г\.?|год[ау]?)$", "", text))
    return re.sub(r"[.,]+", ".", re.sub(r"\s+", "", digits))


def _dates_inside(text: str) -> tuple[date, date] | None:
    """Days among other words: «28.04.2022, 10:00», «25.11.2022 и 27.11.2022», «до 5 марта 2022 г.»."""
    pieces = _FULL.findall(text) + _IN_WORDS.findall(text)
    days = [day for piece in pieces if (day := _read(piece))]
    return (min(day[0] for day in days), max(day[1] for day in days)) if days else None


def _unreadable(text: str, looks_numeric: bool) -> str:
    if looks_numeric and len(re.findall(r"\d", text)) > 3 and re.search(r"[.,/]|\d\s+\d", text):
        return "такой даты нет или она записана не полностью"
    return "такого дня нет" if _IN_WORDS.fullmatch(text.removesuffix(" г.").removesuffix(" года")) else ""


def _slip(printed: str) -> str:
    text = printed.strip()
    if _TORN.search(text) and not re.search(r"\d{4}\s+\d{1,2}[./]", text):
        return "цифры даты разорваны пробелом или переносом"
    if re.search("[oOоО]", text):
        return "буква вместо цифры"
    return "лишние пробелы или знаки в дате" if _LOOSE.search(text) and ", " not in text else ""
