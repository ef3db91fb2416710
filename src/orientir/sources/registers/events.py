"""The register of events: planned and held, visits and persons apart. Duplicates and links are judged by checks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Register
from orientir.sources.registers.common import ORGANISATION
from orientir.sources.registers.situation import Situation

STATES = {
    "cancelled": ("отмен", "перенес", "не состоял"),
    "planned": ("заплан", "не провед", "предстоит", "ожида", "=план", "=нет"),
    "held": ("провед", "состоял", "выполн", "факт", "=да", "=+", "отчет", "реализован"),
}
LEVELS = {
    "school": ("школьн", "внутри", "уровень оо"),
    "intermunicipal": ("межмуниц", "межрайон"),
    "municipal": ("муницип", "район", "окружн", "городск"),
    "regional": ("регион", "област", "краев", "республик"),
    "national": ("федерал", "всеросс", "национ", "международ"),
}
FORMATS = {
    "mixed": ("смешан", "гибрид", "очно-дист", "очно-заоч", "очно/дист", "очно и онлайн"),
    "remote": ("дистанц", "онлайн", "on-line", "online", "заочн", "вкс", "удален"),
    "in_person": ("очн", "офлайн", "оффлайн"),
}
KINDS = {
    "tour": ("экскурс",),
    "open_day": ("открытых двер",),
    "championship": ("чемпионат",),
    "contest": ("конкурс", "олимпиад", "викторин", "турнир"),
    "class": ("мастер-класс", "мастер класс", "проба", "практик"),
    "meeting": ("встреч", "собрани", "круглый стол", "семинар"),
    "lesson": ("классн", "урок", "заняти", "час"),
    "festival": ("фестивал", "недел", "ярмарк", "форум", "акци", "дней", "день"),
    "test": ("тестиров", "диагност", "анкет"),
}


def rows(record: Record, situation: Situation) -> Iterator[dict[str, Any]]:
    """One event. A number of participants of a register that does not speak of visits is a number of persons."""
    held = record.get("held")
    dates, plan = held or record.get("dates"), record.get("planned")
    state = record.get("state") or _state(record, held is not None)
    dates = dates or plan
    link = "".join((record.get("link") or "").split())
    yield {
        "title": record["title"],
        "date_from": dates.first if dates else None,
        "date_to": dates.last if dates else None,
        "date_printed": next((situation.printed[key] for key in ("held", "dates", "planned") if record.get(key)), ""),
        "link_printed": record.get("link") or "",
        "link": link,
        "kind": record.get("kind") or _kind(record["title"]),
        "level": record.get("level") or "",
        "format": record.get("format") or "",
        "industry": record.get("industry") or "",
        "participants": record.get("persons"),
        "organisation": record.get("organisation") or "",
        "state": state,
        "classes": record.get("classes") or "",
        "persons": record.get("persons"),
        "visits": record.get("visits"),
    }


def _state(record: Record, was_held: bool) -> str:
    """What the dates say: planned where only a plan has one; without a word of plans it took place."""
    if was_held:
        return "held"
    told = record.get("persons") is not None or record.get("visits") is not None
    if record.get("planned") is not None:
        return "held" if told else "planned"
    return "held" if told or record.get("dates") is not None else ""


def _kind(title: str) -> str:
    low = title.lower()
    return next((kind for kind, stems in KINDS.items() if any(stem in low for stem in stems)), "")


REGISTER = Register(
    id="events",
    title="Мероприятия: план и проведённые",
    row_means="одно мероприятие",
    table="events",
    day="date_from",
    words=("мероприят", "план работ", "событи", "events"),
    columns=(
        Column(
            "title",
            "Мероприятие",
            cells.text,
            ("Название мероприятия", "Наименование мероприятия", "Наименование", "Название", "Тема", "Содержание"),
            required=True,
        ),
        Column(
            "dates",
            "Дата",
            cells.days,
            ("Дата проведения", "Сроки проведения", "Срок", "Сроки", "Период проведения", "Когда"),
        ),
        Column("planned", "Дата по плану", cells.days, ("Плановая дата", "Срок по плану", "Запланировано на", "План")),
        Column("held", "Фактическая дата", cells.days, ("Дата факт", "Дата фактического проведения", "Проведено")),
        Column(
            "state",
            "Отметка о проведении",
            cells.Choice("state", STATES),
            ("Статус", "Состояние", "Выполнение", "Отметка о выполнении", "Проведено (да/нет)"),
        ),
        ORGANISATION,
        Column("kind", "Вид мероприятия", cells.Choice("kind", KINDS), ("Вид", "Тип мероприятия", "Форма мероприятия")),
        Column("level", "Уровень", cells.Choice("level", LEVELS), ("Уровень мероприятия",)),
        Column(
            "format",
            "Формат",
            cells.Choice("format", FORMATS),
            ("Формат проведения", "Форма проведения", "Очно/онлайн"),
        ),
        Column(
            "industry", "Отрасль", cells.text, ("Отрасль экономики", "Сфера деятельности", "Профессиональная сфера")
        ),
        Column("classes", "Классы", cells.text, ("Класс", "Категория участников", "Целевая аудитория", "Параллели")),
        Column(
            "persons",
            "Участников, человек",
            cells.count,
            (
                "Количество участников",
                "Число участников",
                "Кол-во участников",
                "Охват",
                "Охват, чел",
                "Количество обучающихся",
                "Уникальных участников",
                "Участники, чел",
            ),
        ),
        Column("visits", "Посещений", cells.count, ("Количество посещений", "Число посещений", "Посещения")),
        Column(
            "link",
            "Ссылка",
            cells.text,
            (
                "Ссылка на подтверждение",
                "Подтверждение",
                "Ссылка на публикацию",
                "Адрес публикации",
                "Ссылка на новость",
            ),
        ),
    ),
    needs=(("dates", "planned", "held"),),
    rows=rows,
)
