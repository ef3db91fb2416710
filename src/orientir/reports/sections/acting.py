"""What to do and what was done: recommendations, measures, events, decisions, effectiveness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orientir.model.package import Action, Event
from orientir.model.results import Effect, Finding, Recommendation
from orientir.presentation import day, in_period, period_name
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Cell, Column, Heading, Link, Paragraph, Row, Table, Text
from orientir.reports.words import ACTION_STATUS, FORM, LEVEL, OUTCOME, PROPOSAL, capital, sentence


def recommendations(context: Context, title: str) -> Iterator[Block]:
    """Advice by audience; each with what caused it, who answers for it and by when."""
    yield Heading(1, title, "h-recommendations")
    made = context.cycle.recommendations
    yield Paragraph(context.text("recommendations_intro", made=len(made), day=day(context.cycle.as_of)))
    for audience in context.cycle.programme.audiences:
        own = [one for one in made if one.audience == audience.id]
        yield Heading(2, audience.title, f"h-audience-{audience.id}")
        if own:
            yield _recommendation_table(context, audience.id, audience.title, own)
        else:
            yield Paragraph(("Выводов, из которых следовали бы рекомендации этому адресату, нет.",))


def _recommendation_table(context: Context, key: str, title: str, own: list[Recommendation]) -> Table:
    columns = (
        Column("№", width=0.45, align="center"),
        Column("Рекомендация", width=4.4),
        Column("Основание", width=4),
        Column("Ответственный, срок", width=1.9),
    )
    rows = tuple(_recommendation_row(context, number, one) for number, one in enumerate(own, 1))
    return Table(f"t-advice-{key}", f"Адресные рекомендации: {title[:1].lower()}{title[1:]}", columns, rows)


def _recommendation_row(context: Context, number: int, one: Recommendation) -> Row:
    programme = context.cycle.programme
    roles = ", ".join(programme.title_of("roles", role).lower() for role in one.roles)
    text = sentence(one.text) + (f" Кому: {roles}." if roles else "")
    if one.initiative_note:
        text = f"{text} {one.initiative_note}"
    owner = programme.title_of("roles", one.owner)
    due = f"{capital(owner)}, до {day(one.due)}"
    return Row((cells.words(str(number)), cells.words(text), Cell(_causes(context, one.causes)), cells.words(due)))


def _causes(context: Context, causes: Sequence[Finding]) -> Text:
    told: list[Text] = []
    for cause in causes:
        told.append(
            context.text(
                "cause",
                rule=cause.rule,
                indicator=context.cycle.programme.indicator(cause.indicator),
                value=cause.value,
                comparison=cause.comparison,
                where="" if cause.value.place.organisation == context.territory.id
                else context.cycle.package.organisation(cause.value.place.organisation).title,
            )
        )  # fmt: skip
    unique = list(dict.fromkeys(told))
    joined: Text = ()
    for place, text in enumerate(unique):
        joined += (*text, "; ") if place < len(unique) - 1 else text
    return joined if str(joined[-1]).endswith(".") else (*joined, ".")


# ---- measures and decisions


def measures(context: Context, title: str) -> Iterator[Block]:
    """Measures taken, the activities of the year and visits to open days."""
    yield Heading(1, title, "h-measures")
    yield from _actions(context, "measure", "t-measures", "Меры")
    activities = [one for one in context.cycle.package.activities if one.value is not None]
    if activities:
        yield Heading(2, "Что проведено: числа без показателя", "h-activities")
        rows = []
        for one in activities:
            more = "более\u00a0" if one.qualifier == "more_than" else ""
            count = Cell((more, context.book.activity(one)) if more else (context.book.activity(one),), one.value)
            source = context.cycle.package.source(one.source)
            rows.append(
                Row((cells.words(one.title), cells.words(period_name(one.period)), count, cells.words(source.place)))
            )
        columns = (
            Column("Что", width=5),
            Column("Период", width=1.6),
            Column("Сколько", align="right"),
            Column("Источник", width=2.4),
        )
        yield Table("t-activities", "Проведённая работа", columns, tuple(rows))
    yield from _open_days(context)


def _open_days(context: Context) -> Iterator[Block]:
    days = context.cycle.package.open_days
    if days:
        yield Heading(2, "Дни открытых дверей", "h-open-days")
        rows = tuple(
            Row(
                (
                    cells.words(one.title),
                    cells.words(period_name(one.period)),
                    cells.whole(context.book.open_day(one), one.visits),
                )
            )
            for one in days
        )
        columns = (Column("Организация", width=5), Column("Период", width=1.6), Column("Посещений", align="right"))
        note = ("Посещения — не люди: один человек мог прийти в несколько организаций.",)
        yield Table("t-open-days", "Посещения дней открытых дверей", columns, rows, note=note)


def decisions(context: Context, title: str) -> Iterator[Block]:
    yield Heading(1, title, "h-decisions")
    yield from _actions(context, "decision", "t-decisions", "Управленческие решения")


def _actions(context: Context, kind: str, key: str, caption: str) -> Iterator[Block]:
    own = [one for one in context.cycle.package.actions if one.kind == kind]
    if not own:
        yield Paragraph(("В данных записей нет.",), "callout")
        return
    incomplete = sum(not (one.owner and one.due and one.decided_on and one.indicators) for one in own)
    yield Paragraph(context.text("actions_intro", made=len(own), incomplete=incomplete, what=caption))
    columns = (
        Column("№", width=0.45, align="center"),
        Column("Содержание", width=4),
        Column("Вид, акт", width=2),
        Column("Ответственный, срок", width=1.8),
        Column("Показатели", width=2.2),
        Column("Состояние", width=1.4),
    )
    rows = tuple(_action_row(context, number, one) for number, one in enumerate(own, 1))
    yield Table(key, caption, columns, rows, landscape=bool(incomplete < len(own)))


def _action_row(context: Context, number: int, one: Action) -> Row:
    programme = context.cycle.programme
    act = " ".join(part for part in (one.act, f"№\u00a0{one.number}" if one.number else "") if part)
    dated = f"{act} от {day(one.decided_on)}" if one.decided_on else act
    owner = programme.title_of("roles", one.owner) if one.owner else "не назначен"
    due = f"до {day(one.due)}" if one.due else "срок не указан"
    shorts = "; ".join(programme.indicator(key).short for key in one.indicators)
    return Row(
        (
            cells.words(str(number)),
            cells.words(one.title),
            cells.words("; ".join(part for part in (FORM.get(one.form, one.form), dated) if part) or "не указаны"),
            cells.words(f"{capital(owner)}, {due}"),
            cells.words(shorts or "не указаны"),
            cells.words(ACTION_STATUS.get(one.status, one.status) or "не указано"),
        )
    )


# ---- events


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
    yield Table("t-events", "Реестр мероприятий", columns, rows, landscape=True)


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


# ---- effectiveness


def effectiveness(context: Context, title: str) -> Iterator[Block]:
    """Decisions against the year that answers them; then what follows for the goals."""
    yield Heading(1, title, "h-effectiveness")
    effects = context.cycle.effects
    if not effects:
        yield Paragraph(("В данных нет ни мер, ни решений: судить не о чем.",), "callout")
    else:
        judged = [one for one in effects if one.comparison is not None]
        yield Paragraph(context.text("effectiveness_intro", made=len(effects), judged=len(judged)))
        yield _effect_table(context, effects)
    yield Heading(2, "Что следует для целей", "h-goal-proposals")
    yield _proposal_table(context)


def _effect_table(context: Context, effects: Sequence[Effect]) -> Table:
    columns = (
        Column("Решение или мера", width=4),
        Column("Показатель, место", width=3),
        Column("До", width=1.4, align="right"),
        Column("После", width=1.4, align="right"),
        Column("Изменение", width=1.4, align="right"),
        Column("Вывод", width=3.4),
    )
    rows = tuple(_effect_row(context, one) for one in effects)
    return Table("t-effects", "Решения и то, что за ними последовало", columns, rows, landscape=True)


def _effect_row(context: Context, one: Effect) -> Row:
    when = f", {day(one.action.decided_on)}" if one.action.decided_on else ""
    indicator = context.cycle.programme.indicator(one.indicator).short if one.indicator else "не указан"
    where = (
        ""
        if one.organisation == context.territory.id
        else f"; {context.cycle.package.organisation(one.organisation).title}"
    )
    change = (context.book.change(one.comparison),) if one.comparison else ("—",)
    return Row(
        (
            cells.words(f"{one.action.title}{when}"),
            cells.words(f"{indicator}{where}"),
            Cell(_then(context, one, "before")),
            Cell(_then(context, one, "after")),
            Cell(change),
            Cell(_verdict(context, one)),
        )
    )


def _verdict(context: Context, one: Effect) -> Text:
    """«Показатель сдвинулся в нужную сторону (p < 0,001).»"""
    told = capital(OUTCOME[one.outcome])
    if one.comparison is not None and one.comparison.adjusted is not None:
        return (f"{told} (", context.book.chance(one.comparison), ").")
    return (sentence(told + (f": {one.reason}" if one.reason else "")),)


def _then(context: Context, one: Effect, side: str) -> Text:
    value = getattr(one, side)
    if value is None:
        return ("—",)
    return (context.book.amount(value), f" ({value.place.period})")


def _proposal_table(context: Context) -> Table:
    goals = {goal.id: goal for goal in context.cycle.programme.goals}
    columns = (Column("Цель", width=4), Column("Предложение", width=1.4), Column("Почему", width=4))
    rows = tuple(
        Row(
            (
                cells.words(goals[one.goal].title),
                cells.words(capital(PROPOSAL[one.proposal])),
                cells.words(sentence(one.reason)),
            )
        )
        for one in context.cycle.proposals
    )
    return Table(
        "t-goal-proposals", f"Предложения по целям по итогам работы {in_period(context.periods[-1])}", columns, rows
    )
