"""Live numbers: a reference to a number of the cycle, and what it says there, worded by the book of numbers."""

from __future__ import annotations

from collections.abc import Sequence

from orientir.comparisons import interval
from orientir.model.periods import Period
from orientir.model.results import Place, Value
from orientir.reports.context import Context
from orientir.reports.document import Num

_DIVIDER = "|"
_VALUE, _COMPARISON, _OTHER = "v", "c", "k"


def reference_of(context: Context, number: str) -> str:
    """A reference that outlives this cycle: its «v17n» is the numerator of a value that has a place."""
    kind, rest = number[:1], number[1:]
    row = int("".join(sign for sign in rest if sign.isdecimal()) or 0)
    suffix = rest.lstrip("0123456789")
    if kind == _VALUE:
        return _joined(_VALUE, suffix, *_told(context.cycle.values[row - 2].place))
    if kind == _COMPARISON and row <= len(context.cycle.comparisons):
        one = context.cycle.comparisons[row - 1]
        return _joined(_COMPARISON, suffix, *_told(one.now.place), str(one.then.place.period))
    return _joined(_OTHER, number)


def number_at(context: Context, ref: str) -> Num | str | None:
    """What the reference says in this cycle: a number, the word for a hidden one, None where there is none."""
    kind, suffix, *rest = [*ref.split(_DIVIDER), ""][:7]
    try:
        if kind == _VALUE and len(rest) >= 4:
            return _of_value(context, suffix, context.values.get(_place(context, rest)))
        if kind == _COMPARISON and len(rest) >= 5:
            return _of_comparison(context, suffix, rest)
    except ValueError:  # no period of this programme
        return None
    return None


def _place(context: Context, told: Sequence[str]) -> Place:
    indicator, organisation, period, breakdown = told[:4]
    return Place(indicator, organisation, Period.parse(period, context.cycle.programme.period), breakdown)


def _of_value(context: Context, suffix: str, value: Value | None) -> Num | str | None:
    book = context.book
    if value is None:
        return None
    if suffix == "i":
        ends = interval(value)
        return book.interval(value, ends) if ends else None
    return {"n": book.numerator, "d": book.denominator}.get(suffix, book.amount)(value)


def _of_comparison(context: Context, suffix: str, told: Sequence[str]) -> Num | str | None:
    now = _place(context, told)
    then = Place(now.indicator, now.organisation, Period.parse(told[4], now.period.kind), now.breakdown)
    one = context.comparisons.get((now, then))
    if one is None:
        return None
    return context.book.chance(one) if suffix == "p" else context.book.change(one)


def _joined(*parts: str) -> str:
    return _DIVIDER.join(parts)


def _told(place: Place) -> tuple[str, str, str, str]:
    return place.indicator, place.organisation, str(place.period), place.breakdown
