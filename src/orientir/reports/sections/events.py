"""The register of events, with what is wrong with each."""

from __future__ import annotations

from collections.abc import Iterator

from orientir.model.package import Event
from orientir.presentation import day
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Cell, Column, Heading, Link, Paragraph, Row, Table, Text
from orientir.reports.words import LEVEL


def events(context: Context, title: str) -> Iterator[Block]:
    """The register with repaired dates and links; what is wrong with each stands beside it."""
    yield Heading(1, title, "h-events")
    register = context.cycle.package.events
    if not register:
        yield Paragraph(("В данных реестра мероприятий нет.",), "callout")
        return
    yield Paragraph(context.text("events_intro", made=len(register)))
    columns = (
        Column("№", width=0.5, align="center"),
        Column("Мероприятие", width=5),
        Column("Дата", width=1.4),
        Column("Уровень", width=1.6),
        Column("Участников", width=1.2, align="right"),
        Column("Подтверждение", width=1.9),
        Column("Замечания", width=2.6),
    )
    rows = tuple(_event_row(context, one) for one in register)
    yield Table("t-events", "Реестр мероприятий", columns, rows)


_EVENT_REMARKS = {
    "date_malformed": "дата исправлена",
    "date_missing": "нет даты",
    "event_year_mismatch": "год спорит с датой",
    "event_outside_period": "вне периода",
    "event_duplicate": "похоже на повтор",
    "not_an_event": "не мероприятие",
    "link_malformed": "ссылка исправлена",
    "link_not_evidence": "главная страница",
    "public_link": "открытая папка",
}


def _event_row(context: Context, event: Event) -> Row:
    mine = f"Мероприятие {event.no}. "
    remarks = [
        _EVENT_REMARKS[one.rule]
        for one in context.cycle.issues
        if one.where.startswith(mine) and one.rule in _EVENT_REMARKS
    ]
    dates = "–".join(day(end) for end in dict.fromkeys((event.date_from, event.date_to)) if end)
    return Row(
        (
            cells.words(str(event.no)),
            cells.words(event.title),
            cells.words(dates or "не указана"),
            cells.words(LEVEL.get(event.level, event.level) or "не указан"),
            _participants(context, event),
            Cell(_link(context, event)),
            cells.words("; ".join(dict.fromkeys(remarks)) or "нет"),
        )
    )


def _participants(context: Context, event: Event) -> Cell:
    if event.participants is None:
        return cells.words("—")
    return cells.whole(context.book.event(event), event.participants)


def _link(context: Context, event: Event) -> Text:
    """Links to open folders that may show children are not repeated in public."""
    if not event.link:
        return ("нет",)
    folder = any(
        one.rule == "public_link" and one.where.startswith(f"Мероприятие {event.no}. ") for one in context.cycle.issues
    )
    if folder and context.public:
        return ("ссылка скрыта",)
    return (Link("папка" if folder else "страница", event.link),)
