"""Which rows of a register count for an element, and under which members of its breakdowns. Sums: counted.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from orientir.engines.memory import holds
from orientir.facts.relation import below
from orientir.model.conditions import fields_of
from orientir.model.indicators import RegisterCount
from orientir.model.package import Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.registers import DEMANDED, REGISTERS

Members = tuple[tuple[str, str], ...]


class Counting:
    """One rule over one package."""

    def __init__(self, package: Package, programme: Programme, rule: RegisterCount) -> None:
        self._package, self._programme, self.rule = package, programme, rule
        self._shape = REGISTERS[rule.register]
        self._met: dict[tuple[str, ...], bool] = {}  # many rows are alike in what a condition asks

    def rows(self, period: Period, rows: Sequence[Any]) -> list[tuple[Any, Members]]:
        """The rows that count, each with its members; a row outside the breakdowns counts nowhere."""
        chosen = [row for row in rows if self._is_timely(row, period) and self._meets(row)]
        if self.rule.ladder:
            chosen = self._highest(chosen)
        found = ((row, self._members(row)) for row in chosen)
        return [(row, members) for row, members in found if members is not None]

    def expected(self, period: Period) -> Iterator[str]:
        """Every organisation that reports and exists in the period."""
        kinds = self._programme.reporting_kinds
        for place in below(self._package, self._package.territory):
            begun = place.valid_from is None or place.valid_from <= period.last_day
            ended = place.valid_to is not None and place.valid_to < period.first_day
            if place.kind in kinds and begun and not ended:
                yield place.id

    # ---- time

    def _is_timely(self, row: Any, period: Period) -> bool:
        if self._shape.is_span:
            day = cut_day(self.rule.valid_on, period)
            return bool(row.valid_from and row.valid_from <= day and (row.valid_to is None or day <= row.valid_to))
        day_of_row: date | None = getattr(row, self._shape.day) if self._shape.day else None
        return day_of_row is None or period.first_day <= day_of_row <= period.last_day

    # ---- conditions

    def _meets(self, row: Any) -> bool:
        condition = self.rule.where
        if condition is None:
            return True
        fields = sorted(fields_of(condition))
        values = tuple(self._value(row, name) for name in fields)
        if values not in self._met:
            given = {name: value for name, value in zip(fields, values, strict=True) if value}
            self._met[values] = holds(condition, given)
        return self._met[values]

    def _value(self, row: Any, name: str) -> str:
        if name == DEMANDED:
            return self._demanded(row)
        return str(getattr(row, name) or "")

    def _demanded(self, row: Any) -> str:
        """Does the industry of the row stand among the demanded ones on its day, or at the end of its period?"""
        if not row.industry or not self._package.industries:
            return ""
        day = (getattr(row, self._shape.day) if self._shape.day else None) or row.period.last_day
        found = any(
            one.industry.casefold() == row.industry.casefold()
            and (one.valid_from is None or one.valid_from <= day)
            and (one.valid_to is None or day <= one.valid_to)
            for one in self._package.industries
        )
        return "yes" if found else "no"

    # ---- breakdowns

    def _members(self, row: Any) -> Members | None:
        """In the order of the programme's dimensions; None where a value is no member of its dimension."""
        found = []
        for dimension in self._programme.dimensions:
            if dimension.id in self.rule.by:
                member = self._member(dimension.id, self._value(row, self.rule.by[dimension.id]))
                if not member:
                    return None
                found.append((dimension.id, member))
        return tuple(found)

    def _member(self, dimension: str, value: str) -> str:
        """The member of that code, or the one that covers that grade."""
        members = self._programme.dimension(dimension).members
        exact = next((one.id for one in members if one.id == value), "")
        grade = int(value) if value.isdigit() else None
        return exact or next((one.id for one in members if grade in one.grades), "")

    def _highest(self, rows: Sequence[Any]) -> list[Any]:
        """Each person once, on the highest rung reached; rows of numbers stay, for nobody is told apart in them."""
        [column] = self.rule.by.values()
        rungs = {rung: height for height, rung in enumerate(self.rule.ladder)}
        standing = [row for row in rows if self._value(row, column) in rungs]
        best: dict[tuple[str, str], Any] = {}
        for row in standing:
            if row.person:
                key = (row.organisation, row.person)
                held = best.setdefault(key, row)
                if rungs[self._value(row, column)] > rungs[self._value(held, column)]:
                    best[key] = row
        return [row for row in standing if not row.person or best[row.organisation, row.person] is row]


def cut_day(on: str, period: Period) -> date:
    """The day «05-31» of the period: a school year has each but once."""
    month, day = map(int, on.split("-"))
    found = date(period.start, month, min(day, 28) if month == 2 else day)
    return found if found >= period.first_day else date(period.ends_in, month, found.day)
