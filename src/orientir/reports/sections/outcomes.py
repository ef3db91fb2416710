"""Effectiveness: decisions against the year that answers them, and what follows for the goals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from orientir.model.results import Effect
from orientir.presentation import day, in_period
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Cell, Column, Heading, Paragraph, Row, Table, Text
from orientir.reports.words import OUTCOME, PROPOSAL, capital, sentence


def effectiveness(context: Context, title: str) -> Iterator[Block]:
    """Decisions against the year that answers them; then what follows for the goals."""
    yield Heading(1, title, "h-effectiveness")
    effects = context.cycle.effects
    if not effects:
        yield Paragraph(("В данных нет ни мер, ни решений: судить не о чем.",), "callout")
    else:
        judged = [one for one in effects if one.comparison is not None]
        yield Paragraph(context.text("effectiveness_intro", made=len(effects), judged=len(judged)))
        yield from _effects(context, effects)
    yield Heading(2, "Что следует для целей", "h-goal-proposals")
    yield _proposal_table(context)


def _effects(context: Context, effects: Sequence[Effect]) -> Iterator[Block]:
    """Records that name an indicator one by one; those that do not even say what they aim at, together."""
    aimed = [one for one in effects if one.indicator]
    if aimed:
        yield _effect_table(context, aimed)
    for reason, count in Counter(one.reason for one in effects if not one.indicator).items():
        yield Paragraph(context.text("aimless", count=count, reason=reason), "callout")


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
    return Table("t-effects", "Решения и то, что за ними последовало", columns, rows)


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
