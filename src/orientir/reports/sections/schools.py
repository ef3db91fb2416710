"""Organisations beside each other: a shaded map, limits for small numbers, groups of those that are alike.

No league tables: a place is judged against what chance does to an organisation of its size, never by rank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from orientir.limits import Standing, limits, standing
from orientir.model.indicators import Better, Indicator
from orientir.model.package import Organisation
from orientir.model.results import Value
from orientir.model.status import Status
from orientir.presentation import bare_share, number, period_name
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Cell, Chart, Column, Heading, Paragraph, Row, Series, Table
from orientir.reports.words import sources_in_words
from orientir.similar import Similar, similar_organisations

ENOUGH = 5  # organisations without which a map says nothing
ACROSS = 7  # indicators side by side on a landscape page
_OWN = "Организация"
Tone = Literal["", "good", "bad", "plain"]

_MARKS = {
    Standing.ABOVE: "▲",
    Standing.BELOW: "▼",
    Standing.WITHIN: "",
    Standing.TOO_SMALL: "мало",
    Standing.UNKNOWN: "—",
}


def schools(context: Context, title: str) -> Iterator[Block]:
    """Nothing at all where the data do not come by organisation."""
    shown = compared_indicators(context)
    if not shown:
        return
    yield Heading(1, title, "h-schools")
    yield Paragraph(context.text("schools_intro", period=period_name(context.periods[-1])))
    for start in range(0, len(shown), ACROSS):
        yield _map(context, shown[start : start + ACROSS], start // ACROSS + 1)
    yield from _funnels(context, shown)
    yield from _similar(context)


def compared_indicators(context: Context) -> list[Indicator]:
    """Shares of persons that enough organisations have in the last year."""
    return [
        one
        for one in context.indicators_in_order()
        if context.value(one.id, context.periods[-1]).is_proportion and len(own_values(context, one)) >= ENOUGH
    ]


def own_values(context: Context, indicator: Indicator) -> dict[str, Value]:
    """Values of the organisations that report, by organisation, in the package's order."""
    last = context.periods[-1]
    values = {place.id: context.value(indicator.id, last, organisation=place.id) for place in reporting(context)}
    return {key: value for key, value in values.items() if cells.is_shown(value)}


def reporting(context: Context) -> list[Organisation]:
    kinds = context.cycle.programme.reporting_kinds
    return [place for place in context.cycle.package.organisations if place.kind in kinds]


# ---- the map


def _map(context: Context, shown: Sequence[Indicator], part: int) -> Table:
    columns = (Column("Организация", width=2.4), *(Column(one.short, align="center") for one in shown))
    rows = [
        Row((cells.words(place.title), *(_shaded(context, one, place.id) for one in shown)))
        for place in reporting(context)
    ]
    own = [context.value(one.id, context.periods[-1]) for one in shown]
    rows.append(Row((cells.words(context.territory.title), *(cells.amount(context, value) for value in own)), "total"))
    caption = f"Показатели по организациям, {period_name(context.periods[-1])}, %"
    sources = sources_in_words(context.cycle, own)
    note = (*context.text("map_note"), *([f" {sources}."] if sources else []))
    return Table(f"t-map-{part}", caption, columns, tuple(rows), note, landscape=True)


def _shaded(context: Context, indicator: Indicator, place: str) -> Cell:
    value = context.value(indicator.id, context.periods[-1], organisation=place)
    if not cells.is_shown(value):
        return cells.words("не применимо" if value.status is Status.NOT_APPLICABLE else "—")
    where = standing(context.value(indicator.id, context.periods[-1]), value)
    mark = _MARKS[where] if value.status is Status.MEASURED else ""
    told = cells.amount(context, value)
    text = (*told.text, f"\u00a0{mark}") if mark else told.text
    return Cell(text, told.value, told.decimals, told.percent, None, tone_of(indicator, where))


def tone_of(indicator: Indicator, where: Standing) -> Tone:
    """Good and bad only where the programme says which way is better; else outside the limits is merely told."""
    if where not in (Standing.ABOVE, Standing.BELOW):
        return ""
    if indicator.better is Better.NEITHER:
        return "plain"
    return "good" if (where is Standing.ABOVE) == (indicator.better is Better.HIGHER) else "bad"


# ---- limits


def _funnels(context: Context, shown: Sequence[Indicator]) -> Iterator[Block]:
    """A chart for each indicator by which some organisation stands outside the limits of its size."""
    last = context.periods[-1]
    outside = [
        one
        for one in shown
        if any(
            standing(context.value(one.id, last), value) in (Standing.ABOVE, Standing.BELOW)
            for value in own_values(context, one).values()
        )
    ]
    if not outside:
        yield Paragraph(context.text("funnel_none"))
        return
    yield Heading(2, "Пределы для малых чисел", "h-funnels")
    yield Paragraph(context.text("funnel_intro"))
    yield from (funnel(context, one) for one in outside)


def funnel(context: Context, indicator: Indicator) -> Chart:
    """From the smallest organisation to the largest: the limits close in as numbers grow."""
    district = context.value(indicator.id, context.periods[-1])
    values = [one for one in own_values(context, indicator).values()
              if one.amount is not None and one.denominator and one.status is not Status.SUPPRESSED]  # fmt: skip
    values.sort(key=lambda one: (one.denominator or Decimal(0), one.place.organisation))
    ends = [limits(district, int(one.denominator or 0)) for one in values]
    lines = (
        (_OWN, [one.amount for one in values]),
        ("Верхний предел", [end.high if end else None for end in ends]),
        ("Нижний предел", [end.low if end else None for end in ends]),
        ("Округ", [district.amount for _ in values]),
    )
    return Chart(
        key=f"c-funnel-{indicator.id}",
        caption=f"{indicator.title}: организации по возрастанию численности и пределы случайного",
        kind="line",
        categories=tuple(f"{place}. {number(one.denominator or 0)}" for place, one in enumerate(values, 1)),
        series=tuple(Series(name, tuple(own), _labels(name, values, district, indicator)) for name, own in lines),
        percent=True,
        alt=_alt(context, indicator, values, district),
        axis="Доля, %",
    )


def _labels(name: str, values: Sequence[Value], district: Value, indicator: Indicator) -> tuple[str, ...]:
    """Only who stands outside is labelled: nineteen labels on four lines say nothing."""
    outside = (Standing.ABOVE, Standing.BELOW)
    return tuple(
        bare_share(one.amount, indicator.decimals)
        if name == _OWN and one.amount is not None and standing(district, one) in outside
        else ""
        for one in values
    )


def _alt(context: Context, indicator: Indicator, values: Sequence[Value], district: Value) -> str:
    """What a reader of the picture would see: who stands outside."""
    outside = [
        f"{context.cycle.package.organisation(one.place.organisation).title} — "
        f"{'выше' if standing(district, one) is Standing.ABOVE else 'ниже'}"
        for one in values
        if standing(district, one) in (Standing.ABOVE, Standing.BELOW)
    ]
    return f"{indicator.title}. За пределами случайного: {'; '.join(outside) or 'никто'}."


# ---- organisations that are alike


def similar_of(context: Context) -> Similar:
    cycle = context.cycle
    return similar_organisations(cycle.programme, cycle.package, cycle.facts, cycle.periods[-1])


def _similar(context: Context) -> Iterator[Block]:
    found = similar_of(context)
    if not found.groups:
        return
    yield Heading(2, "Похожие организации", "h-similar")
    titles = {feature.id: feature.title for feature in context.cycle.programme.similarity}
    yield Paragraph(context.text("similar_intro", features=", ".join(titles.values())))
    names = {place.id: place.title for place in reporting(context)}
    rows = [
        Row((cells.words(number(group.number)), cells.words("; ".join(names[one] for one in group.organisations)),
             cells.words("; ".join(f"{titles[key]}: {_range(*ends)}" for key, ends in group.ranges.items()))))
        for group in found.groups
    ]  # fmt: skip
    if found.alone:
        told = "не похожи ни на одну группу из трёх и более"
        rows.append(
            Row((cells.words("—"), cells.words("; ".join(names[one] for one in found.alone)), cells.words(told)))
        )
    columns = (
        Column("Группа", width=0.5, align="center"),
        Column("Организации", width=2.5),
        Column("Чем похожи", width=2.5),
    )
    yield Table("t-similar", "Группы похожих организаций", columns, tuple(rows))


def _range(low: Decimal, high: Decimal) -> str:
    """«120–340», or a share as per cent."""
    if high <= 1 and (low, high) not in ((Decimal(0), Decimal(0)), (Decimal(1), Decimal(1))):
        return f"{bare_share(low, 0)}–{bare_share(high, 0)}\u00a0%"
    return number(low) if low == high else f"{number(low)}–{number(high)}"
