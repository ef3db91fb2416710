"""Cells of tables made from values: the text with its number, the exact value behind it, and the live formula."""

from __future__ import annotations

from decimal import Decimal

from orientir.model.results import Value
from orientir.model.status import Status
from orientir.reports.context import Context
from orientir.reports.document import Cell, Num, Text


def words(text: str | Text) -> Cell:
    """A cell of words."""
    return Cell((text,) if isinstance(text, str) else text)


def whole(number: Num | str, value: Decimal | int | None) -> Cell:
    """A count with its id."""
    return Cell((number,), None if value is None else Decimal(value))


def denominator(context: Context, value: Value) -> Cell:
    return whole(context.book.denominator(value), value.denominator)


def numerator(context: Context, value: Value) -> Cell:
    return whole(context.book.numerator(value), value.numerator)


def amount(context: Context, value: Value, ratio: tuple[int, int] | None = None) -> Cell:
    """The share or the count without its unit; `ratio` are the columns of its numerator and denominator."""
    if not value.is_share:
        return whole(context.book.amount(value), value.amount)
    decimals = context.cycle.programme.indicator(value.place.indicator).decimals
    formula = ratio if value.amount is not None else None
    return Cell((context.book.bare(value),), value.amount, decimals, True, formula)


def is_shown(value: Value) -> bool:
    """There is something to show: a measured value, or one hidden from the public."""
    return value.status in (Status.MEASURED, Status.SUPPRESSED)
