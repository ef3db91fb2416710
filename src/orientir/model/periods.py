"""Periods: school years and calendar years, and the printed labels that mean them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    SCHOOL_YEAR = "school_year"
    CALENDAR_YEAR = "calendar_year"


_SCHOOL = re.compile(r"^(20\d\d)\s*[/\\–-]\s*(20\d\d|\d\d)(?:\s*(?:уч\.?\s*г\.?|учебный год))?$")
_CALENDAR = re.compile(r"^(20\d\d)(?:\s*(?:г\.?|год))?$")

SEPTEMBER = 9


@dataclass(frozen=True, order=True)
class Period:
    """A year of monitoring; `start` is the calendar year in which it begins."""

    kind: PeriodKind
    start: int

    @classmethod
    def parse(cls, label: str, kind: PeriodKind) -> Period:
        """Read «2021/22», «2021-2022» or, for calendar years, «2022».

        Raises ValueError when the label is not a period of this kind or its years do not follow one another.
        """
        text = label.strip()
        if kind is PeriodKind.CALENDAR_YEAR:
            if not (match := _CALENDAR.match(text)):
                raise ValueError(f"«{label}» — не календарный год; пишется, например, 2022.")
            return cls(kind, int(match[1]))
        match = _SCHOOL.match(text)
        if not match or match[2] not in (f"{int(match[1]) + 1}", f"{(int(match[1]) + 1) % 100:02d}"):
            raise ValueError(f"«{label}» — не учебный год; пишется, например, 2021/22.")
        return cls(kind, int(match[1]))

    @classmethod
    def containing(cls, day: date, kind: PeriodKind) -> Period:
        """The period in which the day lies; a school year begins on the first of September."""
        began_before = kind is PeriodKind.SCHOOL_YEAR and day.month < SEPTEMBER
        return cls(kind, day.year - began_before)

    def __str__(self) -> str:
        if self.kind is PeriodKind.CALENDAR_YEAR:
            return str(self.start)
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @property
    def ends_in(self) -> int:
        """The calendar year in which the period ends."""
        return self.start + (self.kind is PeriodKind.SCHOOL_YEAR)

    @property
    def first_day(self) -> date:
        return date(self.start, SEPTEMBER if self.kind is PeriodKind.SCHOOL_YEAR else 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.ends_in, 8, 31) if self.kind is PeriodKind.SCHOOL_YEAR else date(self.start, 12, 31)

    def shifted(self, years: int) -> Period:
        return Period(self.kind, self.start + years)
