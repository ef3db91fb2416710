"""Slides with charts: shares by year, those that changed beyond chance apart from those that did not.

Also what a speaker is told: the notes of every slide with the origins of its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from orientir.model.results import Finding
from orientir.presentation import period_name, quoted, rounded
from orientir.reports.document import Chart, Num, Series, Text
from orientir.reports.papers.model import Slide
from orientir.reports.papers.page import changes
from orientir.reports.papers.setting import Setting
from orientir.reports.papers.signals import Signals

CHARTED = 5  # indicators side by side that can be read from the last row of a hall


def notes_of(setting: Setting, kind: str, *said: Text) -> tuple[Text, ...]:
    """What the speaker says, then the sources of the numbers on the slide."""
    return (setting.text("paper_slide_notes", kind=kind), *_origins(setting, said))


def _origins(setting: Setting, said: Sequence[Text]) -> Iterator[Text]:
    numbers = dict.fromkeys(part for text in said for part in text if isinstance(part, Num))
    for number in numbers:
        origin = setting.context.book.origins[number.id]
        yield (number, f" — {origin.title}; {origin.formula}; источник: {origin.sources}")


def charts(setting: Setting, signals: Signals) -> Iterator[Slide]:
    moved = _shares(setting, [*signals.worse, *signals.better])
    if moved:
        yield _chart_slide(setting, "moved", "Изменилось больше случайных колебаний", moved)
    unproven = _shares(setting, signals.unproven)
    if unproven:
        yield _chart_slide(setting, "unproven", "Изменения, которые не отличить от случайных", unproven)


def _chart_slide(setting: Setting, kind: str, title: str, findings: Sequence[Finding]) -> Slide:
    """The chart with the changes in words below it: a column does not say with which year it is compared."""
    said = tuple(_change_told(setting, one) for one in findings)
    remark = setting.text("paper_slide_change", shown=changes(setting, findings))
    return Slide(title, notes_of(setting, kind, *said), chart=_chart(setting, kind, findings), remark=remark)


def _shares(setting: Setting, findings: Sequence[Finding]) -> list[Finding]:
    """One for each share that can stand in a chart: with a comparison, the gravest first."""
    own = {one.indicator: one for one in reversed(findings) if one.comparison and one.value.is_share}
    return list(reversed(own.values()))[:CHARTED]


def _change_told(setting: Setting, finding: Finding) -> Text:
    book = setting.context.book
    assert finding.comparison is not None
    return (book.amount(finding.comparison.then), book.amount(finding.value), book.change(finding.comparison))


def _chart(setting: Setting, key: str, findings: Sequence[Finding]) -> Chart:
    """Per cent, rounded as in the report: the numbers of the chart are those of its labels."""
    indicators = [setting.cycle.programme.indicator(one.indicator) for one in findings]
    series = tuple(_series(setting, year, [one.id for one in indicators]) for year in range(len(setting.cycle.periods)))
    shown = ", ".join(quoted(one.short) for one in indicators)
    return Chart(
        key=f"c-slide-{key}",
        caption=f"Доли по годам, %: {shown}",
        kind="columns",
        categories=tuple(one.short for one in indicators),
        series=tuple(one for one in series if any(value is not None for value in one.values)),
        percent=False,
        alt=f"Столбцы по годам, в процентах: {shown}.",
        axis="%",
    )


def _series(setting: Setting, year: int, indicators: Sequence[str]) -> Series:
    period = setting.cycle.periods[year]
    values = [setting.context.value(key, period) for key in indicators]
    decimals = [setting.cycle.programme.indicator(key).decimals for key in indicators]
    labels = (setting.context.book.bare(value) for value in values)
    return Series(
        period_name(period),
        tuple(_per_cent(one.amount, digits) for one, digits in zip(values, decimals, strict=True)),
        tuple(label.text if isinstance(label, Num) else label for label in labels),
    )


def _per_cent(amount: Decimal | None, decimals: int) -> Decimal | None:
    return None if amount is None else rounded(amount * 100, decimals)
