"""Advice by audience: what caused it, who answers for it and by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orientir.model.results import Finding, Recommendation
from orientir.presentation import day
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Cell, Column, Heading, Paragraph, Row, Table, Text
from orientir.reports.words import capital, sentence

CAUSES = 5  # causes told in full; all of them stand among the findings


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
    return Row((cells.words(str(number)), cells.words(text), Cell(causes_told(context, one.causes)), cells.words(due)))


def causes_told(context: Context, causes: Sequence[Finding]) -> Text:
    """What the advice follows from, in one sentence, its numbers live."""
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
    if len(unique) > CAUSES:
        unique = [*unique[: CAUSES - 1], (f"и ещё {len(unique) - CAUSES + 1}",)]
    joined: Text = ()
    for place, text in enumerate(unique):
        joined += (*text, "; ") if place < len(unique) - 1 else text
    return joined if str(joined[-1]).endswith(".") else (*joined, ".")
