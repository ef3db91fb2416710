"""Live numbers: a text holds references, and what a reference says is asked of the cycle each time.

A reference names what the number is of (indicator, place, year, or a comparison of two), never a row of a file: it
means the same number after the data have changed. Numbers are worded by the core's book of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from orientir.comparisons import interval
from orientir.model.cycle import Cycle
from orientir.model.periods import Period
from orientir.model.results import Comparison, Place, Value
from orientir.reports.context import Context
from orientir.reports.document import Num, Ref, Strong, Text

GONE = "—"
_DIVIDER = "|"


@dataclass(frozen=True)
class Live:
    """A number in a text: its reference, what it says now ("—" where there is none any more), what it is of."""

    ref: str
    text: str
    title: str = ""


Part = str | Live


class Numbers:
    """The numbers of one cycle by reference, and references of what the core has worded."""

    def __init__(self, cycle: Cycle, public: bool = False) -> None:
        self.context = Context(cycle, public)

    @property
    def cycle(self) -> Cycle:
        return self.context.cycle

    @cached_property
    def _comparisons(self) -> dict[tuple[Place, Place], Comparison]:
        return {(one.now.place, one.then.place): one for one in self.cycle.comparisons}

    def parts(self, text: Text) -> list[Part]:
        """The core's text with references that outlive this cycle."""
        return list(self._parts(text))

    def _parts(self, text: Text) -> Iterator[Part]:
        for one in text:
            if isinstance(one, Num):
                origin = self.context.book.origins.get(one.id)
                yield Live(self._ref(one.id), one.text, origin.title if origin else "")
            elif isinstance(one, Strong):
                yield one.text
            elif not isinstance(one, Ref):
                yield str(one)

    def _ref(self, number: str) -> str:
        """«v17n» of this cycle is the numerator of a value that has a place."""
        kind, rest = number[:1], number[1:]
        row = int("".join(sign for sign in rest if sign.isdecimal()) or 0)
        suffix = rest.lstrip("0123456789")
        if kind == "v":
            return _joined("v", suffix, *_told(self.cycle.values[row - 2].place))
        if kind == "c" and row <= len(self.cycle.comparisons):
            one = self.cycle.comparisons[row - 1]
            return _joined("c", suffix, *_told(one.now.place), str(one.then.place.period))
        return _joined("k", number)

    def live(self, ref: str) -> Live:
        """What the reference says in this cycle."""
        kind, suffix, *rest = [*ref.split(_DIVIDER), ""][:7]
        found = None
        if kind == "v" and len(rest) >= 4:
            found = self._of_value(suffix, self._value(rest))
        elif kind == "c" and len(rest) >= 5:
            found = self._of_comparison(suffix, rest)
        if not isinstance(found, Num):
            return Live(ref, found or GONE)
        return Live(ref, found.text, self.context.book.origins[found.id].title)

    def _place(self, told: Sequence[str]) -> Place:
        indicator, organisation, period, breakdown = told[:4]
        return Place(indicator, organisation, Period.parse(period, self.cycle.programme.period), breakdown)

    def _value(self, told: Sequence[str]) -> Value | None:
        return self.context.values.get(self._place(told))

    def _of_value(self, suffix: str, value: Value | None) -> Num | str | None:
        book = self.context.book
        if value is None:
            return None
        if suffix == "i":
            ends = interval(value)
            return book.interval(value, ends) if ends else None
        return {"n": book.numerator, "d": book.denominator}.get(suffix, book.amount)(value)

    def _of_comparison(self, suffix: str, told: Sequence[str]) -> Num | str | None:
        now = self._place(told)
        then = Place(now.indicator, now.organisation, Period.parse(told[4], now.period.kind), now.breakdown)
        one = self._comparisons.get((now, then))
        if one is None:
            return None
        return self.context.book.chance(one) if suffix == "p" else self.context.book.change(one)


def _joined(*parts: str) -> str:
    return _DIVIDER.join(parts)


def _told(place: Place) -> tuple[str, str, str, str]:
    return place.indicator, place.organisation, str(place.period), place.breakdown
