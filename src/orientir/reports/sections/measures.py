"""Measures and management decisions as the district recorded them, and the work that no indicator counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from orientir.model.package import Action, Activity
from orientir.presentation import day, period_name
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Cell, Column, Heading, Paragraph, Row, Table
from orientir.reports.words import ACTION_STATUS, FORM, lowered


def measures(context: Context, title: str) -> Iterator[Block]:
    """Measures taken, the activities of the year and visits to open days."""
    yield Heading(1, title, "h-measures")
    yield from _actions(context, "measure", "t-measures", "Меры")
    yield from _activities(context)
    yield from _open_days(context)


def _activities(context: Context) -> Iterator[Block]:
    """Numbers that the source gives about its work and that no indicator uses."""
    own = [one for one in context.cycle.package.activities if one.value is not None]
    if own:
        yield Heading(2, "Что проведено: числа без показателя", "h-activities")
        columns = (Column("Что", width=6), Column("Период", width=1.6), Column("Сколько", width=1.4, align="right"))
        places = dict.fromkeys(context.cycle.package.source(one.source).place for one in own)
        note = (f"Источник: {'; '.join(places)}.",)
        rows = tuple(_activity_row(context, one) for one in own)
        yield Table("t-activities", "Проведённая работа", columns, rows, note=note)


def _activity_row(context: Context, one: Activity) -> Row:
    number = context.book.activity(one)
    told = ("более\u00a0", number) if one.qualifier == "more_than" else (number,)
    return Row((cells.words(one.title), cells.words(period_name(one.period)), Cell(told, one.value)))


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
    columns = [Column("№", width=0.45, align="center"), Column("Содержание", width=4)]
    shown = [column for column in _RECORDED if any(column.told(context, one) for one in own)]
    columns += [Column(column.title, width=column.width) for column in shown]
    rows = tuple(_action_row(context, number, one, shown) for number, one in enumerate(own, 1))
    lacking = [lowered(column.title) for column in _RECORDED if column not in shown]
    note = (f"Ни в одной записи не указаны: {'; '.join(lacking)}.",) if lacking else ()
    yield Table(key, caption, tuple(columns), rows, note=note)


@dataclass(frozen=True)
class _Recorded:
    """A column that is shown where at least one record fills it."""

    title: str
    width: float
    told: Callable[[Context, Action], str]


def _action_row(context: Context, number: int, one: Action, shown: list[_Recorded]) -> Row:
    own = tuple(cells.words(column.told(context, one) or "—") for column in shown)
    return Row((cells.words(str(number)), cells.words(one.title), *own))


def _act(_: Context, one: Action) -> str:
    act = " ".join(part for part in (one.act, f"№\u00a0{one.number}" if one.number else "") if part)
    dated = f"{act} от {day(one.decided_on)}" if one.decided_on else act
    return "; ".join(part for part in (FORM.get(one.form, one.form), dated) if part)


def _owner(context: Context, one: Action) -> str:
    owner = context.cycle.programme.title_of("roles", one.owner) if one.owner else ""
    return ", ".join(part for part in (owner, f"до {day(one.due)}" if one.due else "") if part)


def _shorts(context: Context, one: Action) -> str:
    return "; ".join(context.cycle.programme.indicator(key).short for key in one.indicators)


def _state(_: Context, one: Action) -> str:
    return ACTION_STATUS.get(one.status, one.status)


_RECORDED = (
    _Recorded("Вид, акт", 2, _act),
    _Recorded("Ответственный, срок", 1.8, _owner),
    _Recorded("Показатели", 2, _shorts),
    _Recorded("Состояние", 1.4, _state),
)
