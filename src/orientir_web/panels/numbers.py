"""Where a number of a page comes from: its formula, its facts, the cells of forms they were answered in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from orientir.comparisons import interval
from orientir.model.results import Comparison, Value
from orientir.reports.numbers import NumberBook
from orientir.tabular import register_of_numbers
from orientir_web.cycles.computing import Computed

_VALUE = re.compile(r"v(\d+)([ndi]?)")
_COMPARISON = re.compile(r"c(\d+)(p?)")
_FIRST_ROW = 2  # of values.csv, behind its header


@dataclass(frozen=True)
class Trace:
    """A number with its facts; `organisation` is the one that it tells of, '' for one that tells of several."""

    id: str
    told: dict[str, Any]
    facts: list[dict[str, Any]]
    organisation: str
    value: Value | None


def trace(computed: Computed, number: str) -> Trace | None:
    """None for a number that there is none of."""
    value = value_of(computed, number)
    book = NumberBook(computed.cycle)
    if value is not None:
        _print(book, computed, number, value)
    origins = book.origins if number in book.origins else computed.document.origins
    if number not in origins:
        return None
    facts = book.facts if number in book.facts else computed.facts
    register = register_of_numbers(computed.cycle, {number: origins[number]}, facts)
    told = register["numbers"][number]
    rows = [_with_parts(key, register["facts"]) for key in told["facts"]]
    return Trace(number, told, rows, value.place.organisation if value else "", value)


def value_of(computed: Computed, number: str) -> Value | None:
    """The value that the number is of; of a comparison the later one."""
    if match := _VALUE.fullmatch(number):
        place = int(match[1]) - _FIRST_ROW
        return computed.cycle.values[place] if 0 <= place < len(computed.cycle.values) else None
    found = _compared(computed, number)
    return found.now if found else None


def _compared(computed: Computed, number: str) -> Comparison | None:
    match = _COMPARISON.fullmatch(number)
    place = int(match[1]) - 1 if match else -1
    return computed.cycle.comparisons[place] if 0 <= place < len(computed.cycle.comparisons) else None


def _print(book: NumberBook, computed: Computed, number: str, value: Value) -> None:
    """Every number of the value, or of the comparison, so that the book tells of the one asked for."""
    found = _compared(computed, number)
    if found is not None:
        book.change(found)
        book.chance(found)
        return
    book.amount(value)
    book.numerator(value)
    book.denominator(value)
    if ends := interval(value):
        book.interval(value, ends)


def _with_parts(key: str, facts: dict[str, Any]) -> dict[str, Any]:
    told = facts[key]
    return {**told, "id": key, "added": [_with_parts(part, facts) for part in told.get("parts", ())]}
