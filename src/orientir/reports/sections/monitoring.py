"""Monitoring: each measured indicator over the years, in words, in a table and in a chart; the rest by its reason."""

from __future__ import annotations

from collections.abc import Iterator

from orientir.comparisons import interval
from orientir.model.indicators import Indicator, IndicatorKind, Unit
from orientir.model.periods import Period
from orientir.model.results import Base, Value
from orientir.model.rules import FindingRule
from orientir.model.status import Status
from orientir.presentation import HIDDEN, NBSP, number, period_name, share
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Chart, Column, Heading, Paragraph, Row, Series, Table
from orientir.reports.numbers import terms_in_words
from orientir.reports.words import STATUS, capital, sentence, sources_in_words

UNIT_COLUMN = {
    Unit.PERSON: "чел.",
    Unit.ORGANISATION: "орг.",
    Unit.PLACE: "мест",
    Unit.EVENT: "мероприятий",
    Unit.WORK: "работ",
    Unit.VISIT: "посещений",
    Unit.AGREEMENT: "договоров",
    Unit.CHOICE: "выборов",
    Unit.KILOMETRE: "км",
    Unit.HOUR: "часов",
    Unit.CLASS: "классов",
}


def monitoring(context: Context, title: str) -> Iterator[Block]:
    """Every measured indicator, then the table of what has no value and why."""
    yield Heading(1, title, "h-monitoring")
    yield Paragraph(context.text("monitoring_intro"))
    for indicator in context.indicators_in_order():
        if context.latest(indicator.id) is not None:
            yield from _measured(context, indicator)
    if any(context.latest(indicator.id) is None for indicator in context.indicators_in_order()):
        yield Heading(2, "Чего не удалось измерить", "h-absent")
        yield Paragraph(context.text("absent_intro", **measured_counts(context)))
        yield _absent_table(context)


def measured_counts(context: Context) -> dict[str, int]:
    """How many declared indicators there are, are measured as defined, and are measured in another way."""
    declared = [one for one in context.cycle.programme.indicators if one.kind is IndicatorKind.DECLARED]
    broken = {one.indicator for one in context.findings(FindingRule.SERIES_BROKEN, FindingRule.IN_CONFLICT)}
    direct = {one.id for one in declared if context.latest(one.id)}
    stands = {one.declared for one in context.cycle.programme.indicators if one.declared and context.latest(one.id)}
    clean = direct - broken
    return {"declared": len(declared), "measured": len(clean), "otherwise": len((direct | stands) - clean)}


def _measured(context: Context, indicator: Indicator) -> Iterator[Block]:
    latest = context.latest(indicator.id)
    assert latest is not None
    yield Heading(2, capital(indicator.short), f"h-{indicator.id}")
    yield Paragraph(
        context.text(
            "indicator",
            indicator=indicator,
            value=latest,
            last=context.comparison(latest, Base.LAST),
            first=context.comparison(latest, Base.FIRST),
            absent=_absences(context, indicator),
            cuts=[context.value(indicator.id, latest.place.period, cut) for cut in context.breakdowns(indicator)],
            unit=unit_of(context, indicator),
        )
    )
    yield from _caveats(context, indicator)
    yield _table(context, indicator)
    chart = _chart(context, indicator)
    if chart is not None:
        yield chart


def _absences(context: Context, indicator: Indicator) -> list[tuple[str, list[Period]]]:
    """The years without a value by reason."""
    found: dict[str, list[Period]] = {}
    for period in context.periods:
        value = context.value(indicator.id, period)
        if not cells.is_shown(value):
            found.setdefault(value.reason or STATUS[value.status], []).append(period)
    return list(found.items())


def unit_of(context: Context, indicator: Indicator) -> Unit:
    return context.cycle.programme.element(indicator.numerator[0].element).unit


def _caveats(context: Context, indicator: Indicator) -> Iterator[Block]:
    """What a reader must know before using the number."""
    if indicator.kind is IndicatorKind.AS_MEASURED:
        declared = context.cycle.programme.indicator(indicator.declared)
        what = f"Объявлен показатель №{NBSP}{declared.number}, но измерено другое: {indicator.differs}"
        yield Paragraph((sentence(what),), "callout")
    series = [context.value(indicator.id, period) for period in context.periods]
    if any(value.conflicting for value in series):
        years = ", ".join(period_name(value.place.period) for value in series if value.conflicting)
        yield Paragraph(context.text("disputed", years=years), "callout")
    for value in series:
        if indicator.part_of_whole and value.numerator and value.denominator and value.numerator > value.denominator:
            yield Paragraph(context.text("impossible", value=value), "callout")
        if value.expected and value.reporting < value.expected:
            text = f"{period_name(value.place.period)}: данные {value.reporting} из {value.expected} организаций."
            yield Paragraph((text,), "callout")


# ---- the table


def _table(context: Context, indicator: Indicator) -> Table:
    make = _share_row if indicator.is_share else _count_row
    rows = [make(context, indicator, cut) for cut in context.breakdowns(indicator)]
    rows.append(make(context, indicator, "", "total" if rows else "body"))
    return Table(
        f"t-{indicator.id}",
        indicator.title,
        _share_columns(context, indicator) if indicator.is_share else _count_columns(context, indicator),
        tuple(rows),
        note=(_note(context, indicator),),
    )


def _share_columns(context: Context, indicator: Indicator) -> tuple[Column, ...]:
    unit = UNIT_COLUMN[unit_of(context, indicator)]
    leaves = (
        Column(f"Всего, {unit}", align="right"),
        Column(f"Из них, {unit}", align="right"),
        Column("Доля, %", align="right"),
    )
    years = tuple(Column(period_name(period), leaves) for period in context.periods)
    return (Column("Совокупность", width=1.9), *years)


def _count_columns(context: Context, indicator: Indicator) -> tuple[Column, ...]:
    unit = UNIT_COLUMN[unit_of(context, indicator)]
    years = tuple(Column(f"{period_name(period)}, {unit}", align="right") for period in context.periods)
    return (Column("Величина", width=1.9), *years)


def _label(context: Context, indicator: Indicator, cut: str) -> str:
    if cut:
        return capital(context.book.cut(cut))
    return "Всего" if context.breakdowns(indicator) else indicator.short


def _share_row(context: Context, indicator: Indicator, cut: str, kind: str = "body") -> Row:
    made = [cells.words(_label(context, indicator, cut))]
    for period in context.periods:
        value, left = context.value(indicator.id, period, cut), len(made)
        made.append(cells.denominator(context, value))
        made.append(cells.numerator(context, value))
        made.append(cells.amount(context, value, ratio=(left + 1, left)))
    return Row(tuple(made), "total" if kind == "total" else "body")


def _count_row(context: Context, indicator: Indicator, cut: str, kind: str = "body") -> Row:
    values = [context.value(indicator.id, period, cut) for period in context.periods]
    made = (cells.words(_label(context, indicator, cut)), *(cells.amount(context, value) for value in values))
    return Row(made, "total" if kind == "total" else "body")


def _note(context: Context, indicator: Indicator) -> str:
    """What is the whole, what is the part, and where the numbers were read."""
    parts = []
    if indicator.is_share:
        parts.append(f"Всего: {terms_in_words(context.cycle, indicator.denominator)}")
        parts.append(f"Из них: {terms_in_words(context.cycle, indicator.numerator)}")
    values = [context.value(indicator.id, period) for period in context.periods]
    lacking = [
        f"{period_name(value.place.period)} — {STATUS[value.status]}" for value in values if not cells.is_shown(value)
    ]
    if lacking:
        parts.append(f"«—»: {'; '.join(lacking)}")
    if sources := sources_in_words(context.cycle, values):
        parts.append(sources)
    return " ".join(f"{part}." for part in parts)


# ---- the chart


def _chart(context: Context, indicator: Indicator) -> Chart | None:
    cuts = context.breakdowns(indicator) or [""]
    series = [_series(context, indicator, cut) for cut in cuts]
    if sum(value is not None for one in series for value in one.values) < 2:
        return None
    unit = UNIT_COLUMN[unit_of(context, indicator)]
    return Chart(
        f"c-{indicator.id}",
        capital(indicator.short),
        "columns",
        tuple(str(period) for period in context.periods),
        tuple(series),
        indicator.is_share,
        _alt(indicator, series, context),
        "Доля, %" if indicator.is_share else capital(unit),
    )


def _series(context: Context, indicator: Indicator, cut: str) -> Series:
    values = [context.value(indicator.id, period, cut) for period in context.periods]
    ends = [interval(value) for value in values]
    labels = tuple(_bar_label(value, indicator) for value in values)
    low = tuple(end.low if end else None for end in ends) if any(ends) else ()
    high = tuple(end.high if end else None for end in ends) if any(ends) else ()
    return Series(_label(context, indicator, cut), tuple(value.amount for value in values), labels, low, high)


def _bar_label(value: Value, indicator: Indicator) -> str:
    if value.amount is None:
        return HIDDEN if value.status is Status.SUPPRESSED else ""
    return share(value.amount, indicator.decimals) if value.is_share else number(value.amount)


def _alt(indicator: Indicator, series: list[Series], context: Context) -> str:
    years = [str(period) for period in context.periods]
    told = [
        f"{one.name}: "
        + ", ".join(f"{year} — {label or 'нет данных'}" for year, label in zip(years, one.labels, strict=True))
        for one in series
    ]
    whiskers = " Отрезки показывают 95\u00a0% интервал." if any(one.low for one in series) else ""
    return f"Столбчатая диаграмма. {'; '.join(told)}.{whiskers}"


# ---- what has no value


def _absent_table(context: Context) -> Table:
    rows = [
        _absent_row(context, indicator)
        for indicator in context.indicators_in_order()
        if context.latest(indicator.id) is None
    ]
    columns = (
        Column("№", width=0.5, align="center"),
        Column("Показатель", width=4),
        Column("Состояние", width=1.6),
        Column("Почему нет значения", width=4),
    )
    return Table("t-absent", "Показатели, которые не удалось измерить", columns, tuple(rows))


def _absent_row(context: Context, indicator: Indicator) -> Row:
    values = [context.value(indicator.id, period) for period in context.periods]
    states = list(dict.fromkeys(value.status for value in values))
    stands = [
        one for one in context.cycle.programme.indicators if one.declared == indicator.id and context.latest(one.id)
    ]
    reasons = [f"{_when(values, value)}{value.reason}" for value in _first_of_each(values)]
    if stands:
        reasons.append(f"измерено по другой совокупности: {stands[0].differs}")
    return Row(
        (
            cells.words(str(indicator.number) if indicator.number else ""),
            cells.words(indicator.title),
            cells.words(sentence(", ".join(STATUS[state] for state in states)).rstrip(".")),
            cells.words(" ".join(sentence(reason) for reason in reasons if reason)),
        )
    )


def _first_of_each(values: list[Value]) -> list[Value]:
    return list({value.reason: value for value in reversed(values)}.values())[::-1]


def _when(values: list[Value], value: Value) -> str:
    """The years a reason belongs to, where not all years share it."""
    same = [one for one in values if one.reason == value.reason]
    if len(same) == len(values):
        return ""
    return ", ".join(period_name(one.place.period) for one in same) + ": "
