"""Districts beside each other: the last computed cycle of each, one indicator, one year, as blocks like any panel's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from orientir.model.indicators import Indicator
from orientir.model.periods import Period
from orientir.model.results import Base, Value
from orientir.presentation import NBSP, day_in_words, period_name
from orientir.reports import cells
from orientir.reports.document import Block, Cell, Chart, Column, Link, Num, Row, Table
from orientir.reports.sections.monitoring import UNIT_COLUMN, unit_of
from orientir.reports.words import STATUS, VERDICT, capital
from orientir_web.panels.places import IN_A_CHART, columns_chart, interval_cell
from orientir_web.panels.subject import Subject


@dataclass(frozen=True)
class Beside:
    """What the reader has chosen, and the districts that know it; none where nothing is computed."""

    indicator: Indicator
    period: Period
    districts: tuple[Subject, ...]

    @property
    def query(self) -> str:
        return urlencode({"indicator": self.indicator.id, "period": str(self.period)})

    @property
    def stamps(self) -> tuple[tuple[str, str], ...]:
        """Each district and the state of its data."""
        return tuple((one.context.territory.title, _state(one)) for one in self.districts)

    @property
    def words(self) -> str:
        return period_name(self.period)


def beside(subjects: Sequence[Subject], query: Mapping[str, str]) -> Beside | None:
    """What is not there is not chosen: a link may be older than the data."""
    indicators, periods = _indicators(subjects), _periods(subjects)
    if not indicators or not periods:
        return None
    indicator = indicators.get(query.get("indicator", "")) or next(iter(indicators.values()))
    period = periods.get(query.get("period", "")) or next(iter(periods.values()))
    known: dict[int, Subject] = {}
    for one in subjects:  # of several campaigns of a district the last that tells of the year
        if period in one.context.periods and indicator.id in {own.id for own in one.indicators}:
            known.setdefault(one.computation.campaign.district_id, one)
    return Beside(indicator, period, tuple(known.values()))


def filters(subjects: Sequence[Subject], shown: Beside) -> list[dict[str, Any]]:
    """The fields of the filter as name, value and options."""
    indicators = [(one.id, capital(one.short)) for one in _indicators(subjects).values()]
    periods = [(label, period_name(one)) for label, one in _periods(subjects).items()]
    return [
        {"name": "indicator", "value": shown.indicator.id, "options": indicators},
        {"name": "period", "value": str(shown.period), "options": periods},
    ]


def _indicators(subjects: Sequence[Subject]) -> dict[str, Indicator]:
    return {one.id: one for subject in subjects for one in subject.indicators}


def _periods(subjects: Sequence[Subject]) -> dict[str, Period]:
    """By label, the last first."""
    found = {str(one): one for subject in subjects for one in subject.context.periods}
    return dict(sorted(found.items(), reverse=True))


def _state(one: Subject) -> str:
    return f"данные на {day_in_words(one.computed.cycle.as_of)}, версия {one.computation.short_checksum}"


# ---- blocks


def blocks(shown: Beside) -> tuple[Block, ...]:
    """The table, and the chart where there is a number to draw."""
    return (_table(shown), *_chart(shown))


def _value(shown: Beside, one: Subject) -> Value:
    return one.context.value(shown.indicator.id, shown.period)


def _table(shown: Beside) -> Table:
    rows = tuple(_row(shown, one) for one in shown.districts)
    caption = f"{shown.indicator.title}: по округам, {shown.words}"
    note = "«Организации» — сколько из ожидаемых дали сведения."
    return Table("t-districts", caption, tuple(_columns(shown)), rows, note=(note,))


def _columns(shown: Beside) -> Iterator[Column]:
    unit = UNIT_COLUMN[unit_of(shown.districts[0].context, shown.indicator)]
    yield Column("Округ", width=3)
    if shown.indicator.is_share:
        yield Column(f"Всего, {unit}", align="right")
        yield Column(f"Из них, {unit}", align="right")
        yield Column("Доля, %", align="right")
        yield Column(f"Интервал 95{NBSP}%", align="right")
    else:
        yield Column(capital(unit), align="right")
    yield from (Column("За год", align="right"), Column("Вывод", width=2))
    yield from (Column("Организации", align="right"), Column("Данные", width=2))


def _row(shown: Beside, one: Subject) -> Row:
    context, value = one.context, _value(shown, one)
    change = context.comparison(value, Base.LAST)
    title = Link(context.territory.title, reverse("panel", args=[one.computation.campaign_id]))
    made = (
        cells.words((title,)),
        *_counts(one, value),
        Cell((context.book.change(change),)) if change else cells.words("—"),
        cells.words(VERDICT[change.verdict] if change else STATUS[value.status]),
        cells.words(f"{value.reporting} из{NBSP}{value.expected}" if value.expected else "—"),
        cells.words(_state(one)),
    )
    return Row(tuple(_numbered(cell, one) for cell in made))


def _counts(one: Subject, value: Value) -> Iterator[Cell]:
    if value.is_share:
        yield cells.denominator(one.context, value)
        yield cells.numerator(one.context, value)
        yield cells.amount(one.context, value, (2, 1))
        yield interval_cell(one, value)
    else:
        yield cells.amount(one.context, value)


def _numbered(cell: Cell, one: Subject) -> Cell:
    """Each district counts its numbers anew: they are told apart by the computation (`links.OfDistricts`)."""
    text = tuple(
        Num(f"{one.computation.pk}.{part.id}", part.text) if isinstance(part, Num) else part for part in cell.text
    )
    return replace(cell, text=text)


def _chart(shown: Beside) -> Iterator[Chart]:
    values = [(one, value) for one in shown.districts if (value := _value(shown, one)).amount is not None]
    if 0 < len(values) <= IN_A_CHART:
        unit = UNIT_COLUMN[unit_of(shown.districts[0].context, shown.indicator)]
        titles = [one.context.territory.title for one, _ in values]
        caption = f"{capital(shown.indicator.short)}: {shown.words}"
        yield columns_chart("c-districts", caption, shown.indicator, titles, [value for _, value in values], unit)
