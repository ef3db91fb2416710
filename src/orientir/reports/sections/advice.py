"""Advice by audience: what caused it, who answers for it and by when."""

from __future__ import annotations

from collections.abc import Iterator

from orientir.model.results import Recommendation
from orientir.presentation import day
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Cell, Column, Heading, Paragraph, Row, Table
from orientir.reports.wording import advice_told, causes_told, continued, not_printed
from orientir.reports.words import capital


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
    yield from unprinted(context, of_advice=True)


def unprinted(context: Context, of_advice: bool) -> Iterator[Block]:
    """Told to those who can look again. The public is not told: it would learn where numbers are hidden."""
    subjects = () if context.public else not_printed(context, of_advice)
    if subjects:
        yield Paragraph(context.text("texts_unprinted", subjects=subjects), "callout")


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
    text = continued(advice_told(context, one), f"Кому: {roles}." if roles else "", one.initiative_note)
    owner = programme.title_of("roles", one.owner)
    due = f"{capital(owner)}, до {day(one.due)}"
    return Row((cells.words(str(number)), Cell(text), Cell(causes_told(context, one.causes)), cells.words(due)))
