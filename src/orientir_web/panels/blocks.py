"""The pages of panels as blocks of the core's document: its values, its words, its charts, its numbers.

Nothing is computed or rounded here; what a page shows beyond the report is put together from the same parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.urls import reverse

from orientir.model.indicators import Indicator
from orientir.model.results import Base, Value
from orientir.model.status import Status
from orientir.presentation import NBSP, period_name
from orientir.reports import cells
from orientir.reports.document import Block, Cell, Column, Heading, Link, Row, Table
from orientir.reports.numbers import terms_in_words
from orientir.reports.words import KINDS, OBSERVATION, STATUS, VERDICT, capital, sentence
from orientir_web.panels.places import interval_cell, places_of
from orientir_web.panels.subject import Chosen, Subject

Blocks = tuple[Block, ...]


# ---- the district


def overview(subject: Subject) -> Table:
    """Every measured indicator: three years, its interval, its change and what that amounts to."""
    context = subject.context
    columns = (
        Column("Показатель", width=3),
        *(Column(period_name(period), align="right") for period in context.periods),
        Column(f"Интервал 95{NBSP}%", align="right"),
        Column("За год", align="right"),
        Column("Вывод", width=2),
        Column("Организации", align="right"),
    )
    rows = tuple(_line(subject, one) for one in subject.indicators)
    note = "«Организации» — сколько из ожидаемых дали сведения за последний год."
    return Table("t-panel", "Показатели округа", columns, rows, note=(note,))


def _line(subject: Subject, indicator: Indicator) -> Row:
    context = subject.context
    values = [context.value(indicator.id, period) for period in context.periods]
    last = values[-1]
    return Row(
        (
            Cell((_to_indicator(subject, indicator),)),
            *(
                Cell((context.book.amount(value),), value.amount, indicator.decimals, value.is_share)
                for value in values
            ),
            interval_cell(subject, last),
            *_change(subject, last),
            cells.words(f"{last.reporting} из{NBSP}{last.expected}" if last.expected else "—"),
        )
    )


def _to_indicator(subject: Subject, indicator: Indicator) -> Link:
    campaign = subject.computation.campaign_id
    return Link(capital(indicator.short), reverse("panel_indicator", args=[campaign, indicator.id]))


def _change(subject: Subject, value: Value) -> tuple[Cell, Cell]:
    comparison = subject.context.comparison(value, Base.LAST)
    if comparison is None:
        return cells.words("—"), cells.words(_why_not(value))
    return Cell((subject.context.book.change(comparison),)), cells.words(VERDICT[comparison.verdict])


def _why_not(value: Value) -> str:
    return "сравнить не с чем" if value.status is Status.MEASURED else STATUS[value.status]


# ---- an indicator


def indicator_page(subject: Subject, chosen: Chosen) -> Blocks:
    """What the report says of it, then its organisations in the chosen year, then the limits of chance."""
    assert chosen.indicator is not None
    found = [*subject.under(f"h-{chosen.indicator.id}")]
    places = list(places_of(subject, chosen, level=3))
    if places:
        found += [Heading(2, "По организациям", "h-places"), *places]
    return tuple(found)


def definition(subject: Subject, indicator: Indicator) -> list[tuple[str, str]]:
    """What it is: pairs of a name and words."""
    cycle = subject.computed.cycle
    programme = cycle.programme
    titles = {one.id: one.title for one in programme.sources}
    told = [("Показатель", indicator.title), ("Вид", KINDS[indicator.kind])]
    told.append(("Числитель", terms_in_words(cycle, indicator.numerator)))
    whole = terms_in_words(cycle, indicator.denominator) if indicator.is_share else "число, без знаменателя"
    told.append(("Знаменатель", whole))
    told.append(("Наблюдение", OBSERVATION[indicator.observation]))
    told.append(("Источники", "; ".join(titles[key] for key in indicator.sources)))
    if indicator.note:
        told.append(("Примечание", sentence(indicator.note)))
    return [(name, text) for name, text in told if text]


def absence(subject: Subject, indicator: Indicator) -> str:
    """Why an indicator has no value."""
    context = subject.context
    values = [context.value(indicator.id, period) for period in context.periods]
    told = dict.fromkeys(sentence(value.reason or STATUS[value.status]) for value in values)
    return " ".join(told)


# ---- comparison of schools


def comparison(subject: Subject, chosen: Chosen) -> Blocks:
    """One indicator, one year, all organisations or those that are alike."""
    return tuple(places_of(subject, chosen)) if chosen.indicator else ()


PAGES: Mapping[str, Callable[[Subject, Chosen], Blocks]] = {
    "district": lambda subject, _: (overview(subject),),
    "indicator": indicator_page,
    "comparison": comparison,
}
