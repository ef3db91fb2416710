"""Registers of events: order, years, periods, what is no event, participants, dates badly written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Event, Report, ReportTable
from orientir.audit.rules.event_words import about, calendar_bounds, day, days, named, registers
from orientir.audit.rules.event_years import years_contradict
from orientir.audit.understanding.event_dates import read_when

_PREVAILS = 0.7  # of the steps between neighbours
_NO_EVENT = re.compile(
    r"(?:[а-яё-]+(?:ая|ое|ый|ий|ой|ые|ие)\s+){0,3}"
    r"(?:информаци[яи]\s+(?:о|об|по|для)\b|объявлени[ея]\b|анонс\w*\b|реестр\w*\b|перечень\b|список\b|баз[аы]\s+(?!отдыха)"
    r"|банк\s+(?:данных|вакансий|заданий|практик)|положение\s+о\b|приказ\w*\s+(?:о|об|от|№)\b|график\b|расписание\b"
    r"|(?:сайт|портал|страниц[аы]|раздел)\b|каталог\b|при[её]м\s+(?:заявок|заявлений|документов)|набор\s+(?:в|на)\b"
    r"|вакансии\b|справочник\b|новост[ьи]\b)",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"\b(?:объявля\w+|объявл[её]н\w*|открыт|ид[её]т|продолжается|начинается)\s+(?:\w+\s+)?(?:набор|при[её]м|конкурс)",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"^(?:[-–—.…?]*|нет данных|н/д|не указано)$", re.IGNORECASE)
_PEOPLE = re.compile(r"\d+\s*(?:чел|участник|школьник|обучающ|учащ|ученик|дет)", re.IGNORECASE)


@rule("event-order")
def events_are_in_order(report: Report) -> Iterator[Finding]:
    """A date that runs against the order of the register; a register without any order is told once."""
    for table, events in registers(report):
        steps = _steps(table, events)
        rising = sum(is_rising for _, _, is_rising in steps)
        wrong = [step for step in steps if step[2] != (rising * 2 >= len(steps))]
        if not wrong:
            continue
        if len(steps) - len(wrong) >= _PREVAILS * len(steps):
            yield from (_out_of_order(before, after, not is_rising) for before, after, is_rising in wrong)
        else:
            yield _without_order(table, events, rising, len(steps) - rising)


def _steps(table: ReportTable, events: Sequence[Event]) -> list[tuple[Event, Event, bool]]:
    """Neighbours whose days are apart, and whether the later row is later; a new part of the register starts anew."""
    dated = [event for event in events if event.first and event.last]
    parts = [row[0].place.line for row in table.table.rows if len(row) > 1 and row[0].columns == len(row)]
    found = []
    for before, after in pairwise(dated):
        if any(before.place.line < line <= after.place.line for line in parts):
            continue
        if before.first and before.last and after.first and after.last:
            if before.last < after.first:
                found.append((before, after, True))
            elif after.last < before.first:
                found.append((before, after, False))
    return found


def _out_of_order(before: Event, after: Event, should_rise: bool) -> Finding:
    order, why = ("возрастанию", "раньше") if should_rise else ("убыванию", "позже")
    message = f"реестр идёт по {order} дат, а эта дата ({days(after)}) {why}, чем в предыдущей строке: {named(before)}."
    return about(after, "event-order", message, reported=days(after), others=(before,))


def _without_order(table: ReportTable, events: Sequence[Event], rising: int, falling: int) -> Finding:
    message = (
        f"Записи реестра мероприятий стоят не по датам: {len(events)} строк, вперёд по времени идут {rising} шагов, "
        f"назад — {falling}. Отсортируйте реестр по дате."
    )
    return Finding("event-order", Severity.INFO, table.place, message, table.number)


@rule("event-year-mismatch")
def event_years_agree(report: Report) -> Iterator[Finding]:
    """A year in the title or in the link that the date contradicts."""
    for event in report.events:
        told = list(years_contradict(event))
        if told:
            expected = str(event.first.year) if event.first else None
            message = f"{'; '.join(told)}, а дата — {days(event)}. Проверьте, когда мероприятие прошло на самом деле."
            yield about(event, "event-year-mismatch", message, reported=days(event), expected=expected)


@rule("event-outside-period")
def events_are_in_period(report: Report) -> Iterator[Finding]:
    """An event of a calendar year of which the report does not tell."""
    bounds = calendar_bounds(report)
    if bounds is None:
        return
    first, last = bounds
    for event in report.events:
        if event.first and event.last and (event.last < first or event.first > last):
            message = f"дата вне периода отчёта ({day(first)}–{day(last)})."
            yield about(
                event, "event-outside-period", message, reported=days(event), expected=f"{day(first)}–{day(last)}"
            )


@rule("not-an-event")
def events_are_events(report: Report) -> Iterator[Finding]:
    """An announcement, a data base, a call for admission: nothing took place."""
    for event in report.events:
        if _is_no_event(event):
            message = "это объявление или информационный ресурс, а не мероприятие."
            yield about(event, "not-an-event", message)


def _is_no_event(event: Event) -> bool:
    return bool(_NO_EVENT.match(event.title.strip()) or _ANNOUNCED.search(event.title))


@rule("event-without-participants")
def events_have_participants(report: Report) -> Iterator[Finding]:
    """How many took part is not said: of an event, or of none in the register."""
    for table, events in registers(report):
        if events[0].has_participants_column:
            empty = (one for one in events if _NOBODY.match(one.participants) and not _is_no_event(one))
            yield from (
                about(one, "event-without-participants", "не указано, сколько человек участвовало.")
                for one in empty
                if not _PEOPLE.search(one.title)
            )
        elif sum(bool(_PEOPLE.search(one.title)) for one in events) * 2 < len(events):
            message = (
                f"В реестре мероприятий ({len(events)} строк) нет сведений о числе участников: охват по нему посчитать "
                "нельзя. Добавьте столбец с числом людей, а не посещений."
            )
            yield Finding("event-without-participants", Severity.WARNING, table.place, message, table.number)


@rule("date-malformed")
def dates_are_written_well(report: Report) -> Iterator[Finding]:
    """A date that is torn, incomplete or impossible; what could be repaired is shown."""
    for event in report.events:
        fault = read_when(event.date_printed).fault
        if fault:
            expected = days(event) if event.first else None
            message = f"дата записана с ошибкой: {fault}" + (f"; прочитано как {expected}." if expected else ".")
            yield about(
                event, "date-malformed", message, reported=" ".join(event.date_printed.split()), expected=expected
            )
