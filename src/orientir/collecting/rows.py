"""Answers of a form as rows of facts.csv, and as bare numbers for the first look of the checks.

Nearly every answer is a plain number: its row is put together from parts made once. A row with words of its own goes
through the csv module.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from orientir.model.collection import Answer, CellKey, FormReading
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.status import CellState

NOT_APPLICABLE, UNKNOWN = -1.0, -2.0  # no count is negative
_TO_BE_QUOTED = frozenset('",\r\n')


# What no cell holds: in rows that are put together in advance it stands for the organisation, the original, a number.
_OWNER, _ORIGINAL, _NUMBER = "\x00", "\x01", Decimal(987654321987654321)
_TEMPLATES = 20  # of forms whose rows stand in other places; each is as long as the answers of a form


class RowWriter:
    """Writes readings of one period. All readings of a form answer the same cells in the same order."""

    def __init__(self, programme: Programme, period: Period) -> None:
        self._dimensions = tuple(one.id for one in programme.dimensions)
        self._period = str(period)
        self._parts: dict[str, list[tuple[str, str]]] = {}
        self._templates: dict[tuple[str, ...], str] = {}

    def text(self, reading: FormReading, source: str, original: str) -> bytes:
        """Rows in the order of the columns of facts.csv. `original` is the path that their origin begins with."""
        can_be_plain = not _TO_BE_QUOTED.intersection(reading.organisation + source + original)
        values = [answer[2] for answer in reading.answers]
        if not can_be_plain or None in values or any(answer[5] or answer[6] for answer in reading.answers):
            return "".join(self._lines(reading, source, original, can_be_plain)).encode()
        told = self._template(reading, source) % tuple(values)
        return told.replace(_OWNER, reading.organisation).replace(_ORIGINAL, original).encode()

    def _template(self, reading: FormReading, source: str) -> str:
        """The rows of a form of numbers alone, but for the numbers, the organisation and the original."""
        key = (reading.form, source, *[answer[4] for answer in reading.answers])
        found = self._templates.get(key)
        if found is None:
            numbers = tuple(answer._replace(value=_NUMBER) for answer in reading.answers)
            blank = replace(reading, organisation=_OWNER, answers=numbers)
            text = "".join(self._lines(blank, source, _ORIGINAL, plain=True))
            found = text.replace("%", "%%").replace(str(_NUMBER), "%s")
            if len(self._templates) < _TEMPLATES:
                self._templates[key] = found
        return found

    def _lines(self, reading: FormReading, source: str, original: str, plain: bool) -> Iterator[str]:
        organisation = reading.organisation
        tail = f',{source},,,,,"{original}, '
        for answer, (head, middle) in zip(reading.answers, self._parts_of(reading), strict=True):
            _, _, value, state, place, reason, repaired = answer
            if not plain or reason or repaired or not place or '"' in place:
                yield _line(self._row(answer, organisation, source, original))
                continue
            told = f",{state}" if value is None else f"{value},"
            yield f'{head}{organisation}{middle}{told}{tail}{place}"\n'

    def _parts_of(self, reading: FormReading) -> list[tuple[str, str]]:
        """What stands before the organisation and what behind it, up to the value, in each row of the form."""
        found = self._parts.get(reading.form)
        if found is None:
            found = self._parts[reading.form] = [self._part(one.key) for one in reading.answers]
        return found

    def _part(self, key: CellKey) -> tuple[str, str]:
        members = dict(key[1])
        middle = ",".join((self._period, *(members.get(one, "") for one in self._dimensions)))
        return f"{key[0]},", f",{middle},"

    def _row(self, answer: Answer, organisation: str, source: str, original: str) -> Sequence[str]:
        members = dict(answer.breakdown)
        breakdown = (members.get(one, "") for one in self._dimensions)
        value = "" if answer.value is None else str(answer.value)
        state = "" if answer.value is not None else str(answer.state)
        origin = f"{original}, {answer.place}" if answer.place else original
        head = (answer.element, organisation, self._period, *breakdown, value, state, source)
        return (*head, answer.repaired, answer.reason, "", "", origin)


def _line(row: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue()


def numbers_of(reading: FormReading) -> array[float]:
    """A number for each answer, in their order; what is unknown and what does not apply have marks of their own."""
    return array("d", map(number_of, reading.answers))


def number_of(answer: Answer) -> float:
    """What a screen sees of an answer."""
    if answer.value is not None:
        return float(answer.value)
    return NOT_APPLICABLE if answer.state is CellState.NOT_APPLICABLE else UNKNOWN
