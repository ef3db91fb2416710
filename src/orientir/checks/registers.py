"""Registers: what was planned and not held, tests without consent, records kept too long, industries nobody demands.

Events as such (dates, links, duplicates) are judged in events.py; the numbers that registers give, with all others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from orientir.checks.subject import Subject, issue
from orientir.model.package import Event
from orientir.model.periods import Period
from orientir.model.results import Issue
from orientir.model.status import Severity
from orientir.presentation import counted, day, period_name

_JOURNAL = "Журнал диагностики"


def planned_is_held(subject: Subject) -> Iterator[Issue]:
    """Запланированное мероприятие проведено или отменено."""
    for event in subject.package.events:
        if event.state == "planned" and event.period in subject.periods:
            yield _not_held(subject, event)


def _not_held(subject: Subject, event: Event) -> Issue:
    when = f" на {day(event.date_from)}" if event.date_from else ""
    return issue(
        "planned_not_held",
        Severity.WARNING,
        f"Мероприятие {event.no}. {event.title}",
        f"Запланировано{when}, не проведено{subject.of(event.organisation) if event.organisation else ''}.",
        "план не выполнен, или отметка о проведении не сделана",
        "Отметьте, что мероприятие проведено, с датой и числом участников, или что оно отменено, с причиной.",
        period=event.period or "",
    )


def consent_is_given(subject: Subject) -> Iterator[Issue]:
    """У каждой диагностики ребёнка есть согласие законного представителя, а при отказе её нет."""
    tested = [row for row in subject.package.diagnostics if row.who == "child" and row.period in subject.periods]
    without = [row for row in tested if not row.consent]
    for period, place, rows in _grouped(without):
        yield issue(
            "consent_missing",
            Severity.WARNING,
            _where(subject, period, place),
            f"Без отметки о согласии: {counted(len(rows), 'запись')} ({_lines(rows)}).",
            "диагностика ребёнка возможна только с согласия законного представителя",
            "Внесите согласие или отказ; если согласия нет, запись удалите.",
            period=period,
        )
    for period, place, rows in _grouped([row for row in tested if row.consent == "refused"]):
        yield issue(
            "tested_despite_refusal",
            Severity.ERROR,
            _where(subject, period, place),
            f"Отказ от диагностики, а запись о ней есть: {counted(len(rows), 'запись')} ({_lines(rows)}).",
            "при отказе диагностика не проводится, а её запись не хранится",
            "Проверьте отметку; если отказ верен, удалите записи из журнала и уничтожьте результаты.",
            period=period,
        )


def records_are_not_kept_too_long(subject: Subject) -> Iterator[Issue]:
    """Запись диагностики не хранится дольше срока: он прошёл к последнему дню отчётного года."""
    last = subject.periods[-1].last_day
    past = [row for row in subject.package.diagnostics if row.kept_until is not None and row.kept_until <= last]
    for period, place, rows in _grouped(past):
        yield issue(
            "kept_past_retention",
            Severity.WARNING,
            _where(subject, period, place),
            f"Срок хранения истёк на {day(last)}: {counted(len(rows), 'запись')} ({_lines(rows)}).",
            "сведения о диагностике хранятся не дольше срока, на который дано согласие",
            "Уничтожьте записи в исходном журнале и отметьте это актом; в пакете имён нет.",
            period=period,
        )


def industries_are_known(subject: Subject) -> Iterator[Issue]:
    """Отрасль мероприятия названа так же, как в перечне востребованных."""
    known = {one.industry.casefold() for one in subject.package.industries}
    events = [one for one in subject.package.events if one.industry and one.period in subject.periods]
    if known and events and not any(one.industry.casefold() in known for one in events):
        yield issue(
            "industries_unmatched",
            Severity.INFO,
            "Реестр мероприятий",
            f"Мероприятий с отраслью: {len(events)}; в перечне востребованных нет ни одной из названных.",
            "доля мероприятий по востребованным отраслям будет нулевой из-за разных названий",
            "Называйте отрасли одинаково в обоих реестрах.",
        )


def _grouped(rows: Sequence[Any]) -> Iterator[tuple[Period, str, list[Any]]]:
    groups: dict[tuple[Period, str], list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.period, row.organisation].append(row)
    for (period, place), members in sorted(groups.items(), key=lambda group: group[0]):
        yield period, place, members


def _where(subject: Subject, period: Period, place: str) -> str:
    return f"{_JOURNAL}, {period_name(period)}{subject.of(place) if place else ''}"


def _lines(rows: Sequence[Any]) -> str:
    """The first rows of the file of the package, and that there are more."""
    lines = [str(row.row) for row in rows]
    told = ", ".join(lines[:10]) + (" и\u00a0др." if len(lines) > 10 else "")
    return f"{'строка' if len(lines) == 1 else 'строки'} {told} diagnostics.csv"
