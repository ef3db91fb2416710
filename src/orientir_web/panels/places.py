"""Organisations beside each other: one indicator in one year as a table, a chart with intervals, limits of chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from django.urls import reverse

from orientir.comparisons import interval
from orientir.limits import Standing, standing
from orientir.model.indicators import Indicator
from orientir.model.results import Value
from orientir.model.status import Status
from orientir.presentation import HIDDEN, NBSP, number, share
from orientir.reports import cells
from orientir.reports.document import Block, Cell, Chart, Column, Heading, Link, Paragraph, Row, Series, Table
from orientir.reports.sections.monitoring import UNIT_COLUMN, unit_of
from orientir.reports.sections.schools import funnel, tone_of
from orientir.reports.words import STATUS, capital, sources_in_words
from orientir_web.panels.corrected import corrections_of_indicator
from orientir_web.panels.subject import Chosen, Subject

IN_A_CHART = 30  # organisations; more columns than these cannot be read
_STANDING = {
    Standing.ABOVE: "▲ выше случайного",
    Standing.BELOW: "▼ ниже случайного",
    Standing.WITHIN: "в пределах случайного",
    Standing.TOO_SMALL: "слишком мало детей",
    Standing.UNKNOWN: "—",
}


def interval_cell(subject: Subject, value: Value) -> Cell:
    ends = interval(value)
    return Cell((subject.context.book.interval(value, ends),)) if ends else cells.words("—")


def places_of(subject: Subject, chosen: Chosen, level: Literal[2, 3] = 2) -> Iterator[Block]:
    """`level` is that of the headings within."""
    indicator, values = chosen.indicator, _values(subject, chosen)
    assert indicator is not None
    if not any(cells.is_shown(one) for one in values):
        return
    yield _place_table(subject, chosen, values)
    shown = [one for one in values if one.amount is not None]
    if 1 < len(shown) <= IN_A_CHART:
        yield _place_chart(subject, chosen, shown)
    yield from corrections_of_indicator(subject, chosen, [one.place.organisation for one in values])
    is_last = chosen.period == subject.context.periods[-1]
    district = subject.context.value(indicator.id, chosen.period)
    if is_last and not chosen.cut and not chosen.group and district.is_proportion and len(shown) > 1:
        yield Heading(level, "Пределы случайного", "h-funnel")
        yield Paragraph(subject.context.text("funnel_intro"))
        yield funnel(subject.context, indicator)


def _values(subject: Subject, chosen: Chosen) -> list[Value]:
    """Of the organisations that report, in the order of the package."""
    assert chosen.indicator is not None
    wanted = subject.groups.get(chosen.group) or [place.id for place in subject.places]
    return [
        subject.context.value(chosen.indicator.id, chosen.period, chosen.cut, place.id)
        for place in subject.places
        if place.id in wanted
    ]


def _place_table(subject: Subject, chosen: Chosen, values: Sequence[Value]) -> Table:
    indicator, context = chosen.indicator, subject.context
    assert indicator is not None
    own = context.value(indicator.id, chosen.period, chosen.cut)
    rows = [_place_row(subject, indicator, value, own) for value in values]
    if cells.is_shown(own):
        rows.append(Row(_place_row(subject, indicator, own, None).cells, "total"))
    caption = f"{indicator.title}: по организациям, {chosen.words(subject)}"
    source = sources_in_words(context.cycle, values)
    return Table("t-places", caption, _place_columns(subject, indicator), tuple(rows), note=(source,) if source else ())


def _place_columns(subject: Subject, indicator: Indicator) -> tuple[Column, ...]:
    unit = UNIT_COLUMN[unit_of(subject.context, indicator)]
    if not indicator.is_share:
        return (Column("Организация", width=3), Column(capital(unit), align="right"), Column("Состояние", width=2))
    return (
        Column("Организация", width=3),
        Column(f"Всего, {unit}", align="right"),
        Column(f"Из них, {unit}", align="right"),
        Column("Доля, %", align="right"),
        Column(f"Интервал 95{NBSP}%", align="right"),
        Column("Против округа", width=2),
    )


def _place_row(subject: Subject, indicator: Indicator, value: Value, district: Value | None) -> Row:
    context = subject.context
    title = cells.words((_to_place(subject, value.place.organisation),))
    if not indicator.is_share:
        state = "" if value.status is Status.MEASURED else STATUS[value.status]
        return Row((title, cells.amount(context, value), cells.words(state)))
    where = standing(district, value) if district else Standing.UNKNOWN
    told = _STANDING[where] if value.status is Status.MEASURED else STATUS[value.status]
    return Row(
        (
            title,
            cells.denominator(context, value),
            cells.numerator(context, value),
            cells.amount(context, value, (2, 1)),
            interval_cell(subject, value),
            Cell((told,), tone=tone_of(indicator, where)),
        )
    )


def _to_place(subject: Subject, code: str) -> Link | str:
    title = subject.computed.cycle.package.organisation(code).title
    if code not in {place.id for place in subject.places}:
        return title
    return Link(title, reverse("panel_school_by_code", args=[subject.computation.campaign_id, code]))


def _place_chart(subject: Subject, chosen: Chosen, values: Sequence[Value]) -> Chart:
    indicator = chosen.indicator
    assert indicator is not None
    titles = [subject.computed.cycle.package.organisation(one.place.organisation).title for one in values]
    return columns_chart("c-places", f"{capital(indicator.short)}: {chosen.words(subject)}", indicator, titles, values,
                         UNIT_COLUMN[unit_of(subject.context, indicator)])  # fmt: skip


def columns_chart(
    key: str, caption: str, indicator: Indicator, titles: Sequence[str], values: Sequence[Value], unit: str
) -> Chart:
    """A column with its interval for each; the words beside it say the same."""
    labels = tuple(_label(value, indicator) for value in values)
    ends = [interval(value) for value in values]
    low = tuple(end.low if end else None for end in ends) if any(ends) else ()
    high = tuple(end.high if end else None for end in ends) if any(ends) else ()
    series = Series(capital(indicator.short), tuple(value.amount for value in values), labels, low, high)
    told = "; ".join(f"{title} — {label or 'нет данных'}" for title, label in zip(titles, labels, strict=True))
    whiskers = f" Отрезки показывают 95{NBSP}% интервал." if low else ""
    axis = "Доля, %" if indicator.is_share else capital(unit)
    alt = f"Столбчатая диаграмма. {told}.{whiskers}"
    return Chart(key, caption, "columns", tuple(titles), (series,), indicator.is_share, alt, axis)


def _label(value: Value, indicator: Indicator) -> str:
    if value.amount is None:
        return HIDDEN if value.status is Status.SUPPRESSED else ""
    return share(value.amount, indicator.decimals) if value.is_share else number(value.amount)
