"""One table of all changes: each measured indicator against the last year and against the first."""

from __future__ import annotations

from collections.abc import Iterator

from orientir.model.indicators import Indicator
from orientir.model.results import Base, Comparison, Value, Verdict
from orientir.presentation import period_name
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Cell, Column, Heading, Row, Table
from orientir.reports.words import capital

_SHORT = {
    Verdict.ROSE: "рост",
    Verdict.FELL: "снижение",
    Verdict.WITHIN_CHANCE: "в пределах случайного",
    Verdict.NOT_TESTED: "не проверяется",
    Verdict.SERIES_BROKEN: "годы не сравнимы",
    Verdict.MISSING: "сравнить не с чем",
}


def changes(context: Context) -> Iterator[Block]:
    """The territory's indicators and their breakdowns; nothing where no year can be compared."""
    rows = tuple(_rows(context))
    if not rows or len(context.periods) < 2:
        return
    first, last = period_name(context.periods[0]), period_name(context.periods[-2])
    leaves = (
        Column("Изменение", width=1.3, align="right"),
        Column("Вывод", width=1.9),
        Column("Значимость", width=1.3),
    )
    columns = [Column("Показатель", width=3), Column("Значение", width=1.2, align="right")]
    columns.append(Column(f"К {last}", leaves))
    if len(context.periods) > 2:
        columns.append(Column(f"К {first}", leaves))
    yield Heading(2, "Все изменения", "h-changes")
    caption = f"Значения за {period_name(context.periods[-1])} и их изменения"
    yield Table("t-changes", caption, tuple(columns), rows, note=_NOTE)


_NOTE = (
    "«В пределах случайного» — изменение от случайного не отличить; p — уровень значимости с поправкой на число "
    "сравнений, значимо p < 0,05.",
)


def _rows(context: Context) -> Iterator[Row]:
    for indicator in context.indicators_in_order():
        for cut in ("", *context.breakdowns(indicator)):
            value = context.value(indicator.id, context.periods[-1], cut)
            if cells.is_shown(value):
                yield _row(context, indicator, value)


def _row(context: Context, indicator: Indicator, value: Value) -> Row:
    cut = value.place.breakdown
    name = f"— {context.book.cut(cut)}" if cut else capital(indicator.short)
    made = [cells.words(name), Cell((context.book.amount(value),))]
    for base in (Base.LAST, Base.FIRST)[: len(context.periods) - 1]:
        made += _cells(context, context.comparison(value, base))
    return Row(tuple(made))


def _cells(context: Context, comparison: Comparison | None) -> list[Cell]:
    if comparison is None or comparison.verdict is Verdict.MISSING:
        return [cells.words("—"), cells.words(_SHORT[Verdict.MISSING]), cells.words("—")]
    if comparison.verdict is Verdict.NOT_TESTED and comparison.reason:
        return [cells.words("—"), cells.words(comparison.reason), cells.words("—")]
    if comparison.verdict is Verdict.SERIES_BROKEN:
        return [cells.words("—"), cells.words(_SHORT[comparison.verdict]), cells.words("—")]
    change = Cell((context.book.change(comparison),))
    if not comparison.change:
        return [change, cells.words("без изменений"), cells.words("—")]
    return [change, cells.words(_SHORT[comparison.verdict]), Cell((context.book.chance(comparison),))]
