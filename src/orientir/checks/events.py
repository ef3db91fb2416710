"""The register of events: dates, years, duplicates, links, participants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from urllib.parse import urlsplit

from orientir.checks.subject import Subject, issue
from orientir.facts.relation import ancestors
from orientir.model.package import Event
from orientir.model.results import Issue
from orientir.model.status import Severity
from orientir.presentation import counted, day

NOT_EVENTS = frozenset({"announcement", "resource"})
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)")
_WORD = re.compile(r"[а-яёa-z]{4,}")
_STAGE = re.compile(r"\b(?:финал|полуфинал|отбор|заочн|очн)")
# Words that name the kind or the rank of an occasion, not the occasion itself.
_COMMON = tuple(
    "област конкур регион всерос район муници меропр участи школьн обучаю округ посвящ летию этап финал чемпио "
    "фестив проект".split()
)
_PRINTED_DATE = re.compile(r"^\d\d([-–]\d\d)?\.\d\d\.\d{4}$")
_CLOUDS = ("drive.google.", "disk.yandex.", "cloud.mail.", "yadi.sk")


def _named(event: Event) -> str:
    return f"Мероприятие {event.no}. {event.title}"


def _issue(rule: str, severity: Severity, event: Event, message: str, reason: str, advice: str) -> Issue:
    return issue(rule, severity, _named(event), message, reason, advice)


def dates_are_written_well(subject: Subject) -> Iterator[Issue]:
    """Дата записана так, что читается без догадок."""
    for event in subject.package.events:
        if event.date_printed and not _PRINTED_DATE.match(event.date_printed):
            repaired = "–".join(day(end) for end in dict.fromkeys((event.date_from, event.date_to)) if end)
            repaired = repaired or "не восстановлена"
            message = f"Напечатано «{event.date_printed}», прочитано: {repaired}."
            yield _issue(
                "date_malformed", Severity.INFO, event, message, "дата записана с ошибкой", "Исправьте запись."
            )
        if event.date_from is None:
            yield _issue("date_missing", Severity.WARNING, event, "Дата не указана.", "нет даты", "Укажите дату.")


def years_agree(subject: Subject) -> Iterator[Issue]:
    """Год в названии и в ссылке не спорит с датой."""
    for event in subject.package.events:
        if event.date_from is None:
            continue
        dates = {event.date_from.year, (event.date_to or event.date_from).year}
        for place, text in (("названии", event.title), ("ссылке", urlsplit(event.link_printed or event.link).path)):
            years = {int(year) for year in _YEAR.findall(text)} - dates
            if years and not dates & {int(year) for year in _YEAR.findall(text)}:
                told = ", ".join(map(str, sorted(years)))
                message = f"Год в {place}: {told}; дата: {day(event.date_from)}."
                cure = "Проверьте, когда мероприятие прошло на самом деле."
                yield _issue("event_year_mismatch", Severity.WARNING, event, message, "годы противоречат", cure)


def events_are_in_order(subject: Subject) -> Iterator[Issue]:
    """Реестр идёт по времени: по возрастанию или по убыванию дат."""
    dated = [(event, event.date_from) for event in subject.package.events if event.date_from]
    ups = [(before, after) for before, after in pairwise(dated) if after[1] > before[1]]
    downs = [(before, after) for before, after in pairwise(dated) if after[1] < before[1]]
    wrong = min(ups, downs, key=len)
    if wrong:
        told = "; ".join(
            f"после № {before[0].no} ({day(before[1])}) — № {after[0].no} ({day(after[1])})" for before, after in wrong
        )
        yield issue(
            "event_order",
            Severity.INFO,
            "Реестр мероприятий",
            f"Порядок дат нарушен: {told}.".replace("№ ", "№\u00a0"),
            "записи стоят не по времени",
            "Отсортируйте реестр по дате.",
        )


def events_are_in_period(subject: Subject) -> Iterator[Issue]:
    """Мероприятие прошло в календарные годы, которых касается отчёт."""
    first, last = date(subject.periods[0].start, 1, 1), date(subject.periods[-1].ends_in, 12, 31)
    for event in subject.package.events:
        if event.date_from and not first <= event.date_from <= last:
            message = f"Дата {day(event.date_from)} вне периода {day(first)}–{day(last)}."
            yield _issue("event_outside_period", Severity.WARNING, event, message, "дата вне отчёта", "Проверьте дату.")


def events_are_listed_once(subject: Subject) -> Iterator[Issue]:
    """Одно мероприятие записано один раз."""
    ignored = _COMMON + _place_names(subject)
    for one, other in combinations(subject.package.events, 2):
        if _is_same(one, other, ignored):
            dates = " и ".join(day(event.date_from) if event.date_from else "без даты" for event in (one, other))
            message = f"Совпадает с записью №\u00a0{one.no}; даты: {dates}."
            cure = "Если это одно мероприятие — оставьте одну запись, если разные — назовите их по-разному."
            yield _issue("event_duplicate", Severity.WARNING, other, message, "одно мероприятие записано дважды", cure)


def _place_names(subject: Subject) -> tuple[str, ...]:
    """The territory and what it lies in: half of the titles in a register name them."""
    parents = {place.id: place.parent for place in subject.package.organisations}
    near = (subject.package.territory, *ancestors(subject.package.territory, parents))
    titles = (subject.package.organisation(key).title.lower() for key in near)
    return tuple(word[:6] for title in titles for word in _WORD.findall(title))


def _is_same(one: Event, other: Event, ignored: tuple[str, ...]) -> bool:
    """Mostly the same telling words, the same ordinal or year, and stage."""
    first, second = _words(one.title, ignored), _words(other.title, ignored)
    if min(len(first), len(second)) < 3 or _told_apart(one) != _told_apart(other):
        return False
    return len(first & second) / min(len(first), len(second)) >= 0.75


def _told_apart(event: Event) -> tuple[str, frozenset[str], frozenset[str]]:
    """What tells two occasions of one contest apart: its ordinal (else the year of its date), years and stage."""
    ordinal, title = re.match(r"^([IVXLC]+)\b", event.title), event.title.lower()
    year = str(event.date_from.year) if event.date_from else ""
    return ordinal[1] if ordinal else year, frozenset(_YEAR.findall(title)), frozenset(_STAGE.findall(title))


def _words(title: str, ignored: tuple[str, ...]) -> frozenset[str]:
    """The words of a title without endings, so that cases and a slip of one letter do not matter."""
    words = _WORD.findall(title.lower().replace("бб", "б").replace("лл", "л"))
    return frozenset(word[:6] for word in words if not word.startswith(ignored))


def events_are_events(subject: Subject) -> Iterator[Issue]:
    """В реестре мероприятия, а не объявления и ресурсы."""
    for event in subject.package.events:
        if event.kind in NOT_EVENTS:
            what = "объявление" if event.kind == "announcement" else "ресурс"
            yield _issue(
                "not_an_event",
                Severity.WARNING,
                event,
                f"Это {what}, а не мероприятие.",
                "не мероприятие",
                "Уберите из реестра.",
            )


def events_have_participants(subject: Subject) -> Iterator[Issue]:
    """У мероприятия указано, сколько людей в нём участвовало."""
    took_place = (event for event in subject.package.events if event.state not in ("planned", "cancelled"))
    events = [event for event in took_place if event.kind not in NOT_EVENTS]
    without = [event for event in events if event.participants is None]
    if without:
        yield issue(
            "event_without_participants",
            Severity.WARNING,
            "Реестр мероприятий",
            f"Без числа участников: {counted(len(without), 'мероприятие')} из {len(events)}.",
            "охват по реестру посчитать нельзя",
            "Указывайте число людей, а не посещений.",
        )


def links_are_evidence(subject: Subject) -> Iterator[Issue]:
    """Ссылка открывается и ведёт к подтверждению, а не на главную страницу и не в открытую папку с детьми."""
    for event in subject.package.events:
        if re.search(r"\s", event.link_printed):
            message = "В ссылке пробелы: в таком виде она не открывается."
            yield _issue(
                "link_malformed", Severity.INFO, event, message, "ссылка записана с ошибкой", "Проверьте исправленную."
            )
        parts = urlsplit(event.link)
        if event.link and not parts.path.strip("/"):
            message = f"Ссылка ведёт на главную страницу сайта {parts.netloc}."
            yield _issue(
                "link_not_evidence",
                Severity.WARNING,
                event,
                message,
                "ссылка ничего не подтверждает",
                "Укажите страницу новости.",
            )
        if any(cloud in parts.netloc for cloud in _CLOUDS):
            message = f"Ссылка на общедоступную папку ({parts.netloc})."
            cure = "Храните подтверждения у себя; проверьте, нет ли в папке сведений о людях."
            reason = "папка может открывать персональные данные участников"
            yield _issue("public_link", Severity.WARNING, event, message, reason, cure)
