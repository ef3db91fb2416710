"""How findings about events are made and worded; what years of the report they are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from orientir.audit.finding import Finding, Severity
from orientir.audit.report import Event, Report, ReportTable
from orientir.presentation import quoted

_NBSP = "\u00a0"


def named(event: Event) -> str:
    """«мероприятие № 5 «Мир открытий» (16.03.2022)»."""
    number = f"№{_NBSP}{event.number.rstrip('.')} " if event.number else ""
    title = event.title if len(event.title) <= 90 else f"{event.title[:87]}…"
    when = f" ({' '.join(event.date_printed.split())})" if event.date_printed else ""
    return f"мероприятие {number}{quoted(title.strip(' .'))}{when}"


def about(
    event: Event,
    code: str,
    message: str,
    severity: Severity = Severity.WARNING,
    reported: str | None = None,
    expected: str | None = None,
    others: Iterable[Event] = (),
) -> Finding:
    """A finding at the row of an event; the message is opened with its name."""
    told = named(event)
    evidence = tuple(map(named, (event, *others)))
    text = f"{told[0].upper()}{told[1:]}: {message}"
    return Finding(code, severity, event.place, text, event.table.number, None, reported, expected, evidence)


def registers(report: Report) -> Iterator[tuple[ReportTable, list[Event]]]:
    """Events of each register, in the order of its rows."""
    for _, events in groupby(report.events, key=lambda event: id(event.table)):
        listed = list(events)
        yield listed[0].table, listed


def calendar_bounds(report: Report) -> tuple[date, date] | None:
    """1 January of the year in which the first period begins, 31 December of that in which the last ends.

    Where some labels are school years, bare years are school years as well. None where no period is known.
    """
    if not report.years:
        return None
    in_school_years = any(year.is_school_year for year in report.years)
    first = min(year.ends for year in report.years) - in_school_years
    return date(first, 1, 1), date(max(year.ends for year in report.years), 12, 31)


def day(value: date) -> str:
    return f"{value:%d.%m.%Y}"


def days(event: Event) -> str:
    """«21.11.2022–22.11.2022», or how it is printed where no day was understood."""
    if event.first is None or event.last is None:
        return " ".join(event.date_printed.split())
    return "–".join(dict.fromkeys((day(event.first), day(event.last))))
