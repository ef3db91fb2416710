"""Years that labels name, told from the year of the report: so that next year's form is the same form.

«2021/22 уч. г.» in a report for 2021/22 is the reporting year (0), «2020-2021» the one before (-1). Which cell takes
which year is decided in proposals.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from orientir.model.periods import Period, PeriodKind
from orientir.presentation import MINUS

_DATE = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b")
_SCHOOL = re.compile(r"\b(20\d\d)\s*[/\\–—−-]\s*(20\d\d|\d\d)\b(?:\s*(?:уч\w*\.?\s*г\w*\.?))?")
_CALENDAR = re.compile(r"\b(20\d\d)\b(?:\s*(?:год\w*|г\.))?")
_MONTH = re.compile(
    r"(?:январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*\s*$", re.IGNORECASE
)
_WORDS = ((re.compile(r"\b(?:предыдущ|прошл|прошедш)\w*\s+(?:учебн\w+\s+)?(?:год|период)", re.IGNORECASE), -1),
          (re.compile(r"\b(?:отч[её]тн|текущ)\w*\s+(?:учебн\w+\s+)?(?:год|период)", re.IGNORECASE), 0))  # fmt: skip


@dataclass(frozen=True)
class NamedYear:
    """`shift` from the year of the report; `is_sure` is False for «2022 год» where years are school years."""

    shift: int
    printed: str
    is_sure: bool = True


def named_year(text: str, report: Period) -> NamedYear | None:
    """The first year the text names; None where it names none. A date and a month's year are no period."""
    for pattern, shift in _WORDS:
        if found := pattern.search(text):
            return NamedYear(shift, found[0])
    bare = _DATE.sub(" ", text)
    if school := _school(bare):
        return NamedYear(int(school[1]) - report.start, school[0].strip(), report.kind is PeriodKind.SCHOOL_YEAR)
    calendar = _CALENDAR.search(bare)
    if calendar and not _MONTH.search(bare[: calendar.start()]):
        sure = report.kind is PeriodKind.CALENDAR_YEAR
        return NamedYear(int(calendar[1]) - report.ends_in, calendar[0].strip(), sure)
    return None


def _school(text: str) -> re.Match[str] | None:
    return next((found for found in _SCHOOL.finditer(text) if _follow(found)), None)


def _follow(found: re.Match[str]) -> bool:
    start, end = int(found[1]), int(found[2])
    return end in (start + 1, (start + 1) % 100)


def without_years(text: str, report: Period) -> str:
    """The text with each year told from the report's: equal for the forms of two years that differ in years alone."""
    text = _DATE.sub(_dated(report), text)
    text = _SCHOOL.sub(lambda found: f"⟨{int(found[1]) - report.start:+d}⟩" if _follow(found) else found[0], text)
    return _CALENDAR.sub(lambda found: f"⟨г{int(found[1]) - report.ends_in:+d}⟩", text)


def _dated(report: Period) -> Callable[[re.Match[str]], str]:
    def told(found: re.Match[str]) -> str:
        try:
            day = date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return found[0]
        return f"⟨дата{Period.containing(day, report.kind).start - report.start:+d}⟩"

    return told


REPORTED, BEFORE = "отчётный", "предыдущий"


def shift_in_words(shift: int) -> str:
    """«отчётный», «предыдущий», «отчётный−2», «отчётный+1»."""
    sign = "+" if shift > 0 else MINUS
    return {0: REPORTED, -1: BEFORE}.get(shift) or f"{REPORTED}{sign}{abs(shift)}"


def period_meant(text: str, report: Period) -> Period:
    """A relative period, or one written out («2021/22»). Raises ValueError for what is neither."""
    plain = text.strip().lower().replace("отчетный", REPORTED).replace(MINUS, "-").replace("–", "-").replace(" ", "")
    if plain in ("", REPORTED, BEFORE):
        return report.shifted(-1 if plain == BEFORE else 0)
    if relative := re.fullmatch(rf"{REPORTED}([+-]\d{{1,2}})", plain):
        return report.shifted(int(relative[1]))
    return Period.parse(text, report.kind)


def unyeared(text: str) -> str:
    """The text without dates, years and the words for them."""
    text = _SCHOOL.sub(lambda found: " " if _follow(found) else found[0], _DATE.sub(" ", text))
    return _CALENDAR.sub(" ", text)
