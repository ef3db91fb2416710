"""Somebody who reads everything that is published and reckons what was meant to be hidden.

They know how every number is made up, who belongs to whom, that counts are whole and not negative, that what is hidden
is not zero, and that a part is not above its whole. For each secret they ask a linear programme for the least and the
greatest it can be.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, lil_array

from orientir.model.conditions import OneOf
from orientir.model.cycle import Cycle
from orientir.model.indicators import Term
from orientir.model.results import Value

Cell = tuple[object, ...]  # element, organisation, period, breakdown, value
Row = Mapping[Cell, int]


class Attacker:
    def __init__(self, cycle: Cycle, public: Cycle) -> None:
        self.cycle = cycle
        self.facts = {fact.id: fact for fact in cycle.facts if fact.value is not None}
        self.known: list[tuple[Row, Decimal]] = []  # a sum of cells and what it is
        self.least: list[tuple[Row, Decimal]] = []  # a sum of cells and what it is at least
        self.secrets: dict[str, Row] = {}
        for value, shown in zip(cycle.values, public.values, strict=True):
            self._read(value, shown)
        self._read_issues(public)
        self.known += [(row, Decimal(0)) for row in self._relations()]
        self._fix()

    # ---- what is read

    def _cell(self, key: str) -> Cell:
        fact = self.facts[key]
        return (fact.element, fact.organisation, fact.period.start, fact.breakdown, fact.value)

    def _row(self, value: Value, terms: tuple[Term, ...]) -> Row:
        row: dict[Cell, int] = defaultdict(int)
        for term in terms:
            cells = set()
            for key in value.facts:
                fact = self.facts.get(key)
                if fact and (fact.element, fact.period) == (term.element, value.place.period.shifted(term.shift)):
                    assert term.where is None or isinstance(term.where, OneOf)
                    if term.where is None or dict(fact.breakdown).get(term.where.field) in term.where.values:
                        cells.add(self._cell(key))
            for cell in cells:
                row[cell] += term.weight
        return row

    def _read(self, value: Value, shown: Value) -> None:
        if value.numerator is None:
            return
        indicator = self.cycle.programme.indicator(value.place.indicator)
        parts = [(self._row(value, indicator.numerator), value.numerator, shown.numerator)]
        if value.denominator is not None:
            parts.append((self._row(value, indicator.denominator), value.denominator, shown.denominator))
        persons = {one.id for one in self.cycle.programme.elements if one.unit.tells_of_persons}
        for row, number, told in parts:
            assert sum(weight * cell[4] for cell, weight in row.items()) == number, value.place
            if told is not None:
                self.known.append((row, told))
            elif number:
                self.least.append((row, Decimal(1)))
            if 1 <= number <= 4 and persons & {cell[0] for cell in row}:
                self.secrets[f"{value.place} {number}"] = row
        if indicator.part_of_whole and value.denominator and value.numerator <= value.denominator:
            rest = defaultdict(int, parts[1][0])
            for cell, weight in parts[0][0].items():
                rest[cell] -= weight
            self.least.append((rest, Decimal(0)))
            left = value.denominator - value.numerator
            if 1 <= left <= 4 and persons & {cell[0] for cell in parts[0][0]}:
                self.secrets[f"{value.place} all but {left}"] = rest

    def _read_issues(self, public: Cycle) -> None:
        for issue in public.issues:
            for key in issue.facts:
                if key in self.facts:
                    self.known.append(({self._cell(key): 1}, self.facts[key].value))

    def _relations(self) -> Iterator[Row]:
        """A place is the sum of the places right below it, and a total the sum of its parts, where it is so."""
        by_count: dict[Cell, dict[str, Cell]] = defaultdict(dict)
        for key in self.facts:
            cell = self._cell(key)
            by_count[(cell[0], cell[2], cell[3])][str(cell[1])] = cell
        parents = {place.id: place.parent for place in self.cycle.package.organisations}
        for places in by_count.values():
            for above, total in places.items():
                parts = [cell for place, cell in places.items() if parents[place] == above]
                if parts and total[4] == sum(part[4] for part in parts):
                    yield {total: 1, **dict.fromkeys(parts, -1)}

    # ---- what is reckoned

    def _fix(self) -> None:
        """Cells that are told by themselves are numbers from now on."""
        self.fixed = {
            next(iter(row)): number for row, number in self.known if len(row) == 1 and set(row.values()) == {1}
        }
        self.rows = [(self._open(row), number - self._told(row)) for row, number in self.known]
        self.floors = [(self._open(row), number - self._told(row)) for row, number in self.least]
        self.groups: dict[Cell, Cell] = {}
        for row, _ in [*self.rows, *self.floors]:
            cells = list(row)
            for cell in cells:
                self.groups[self._head(cell)] = self._head(cells[0])

    def _open(self, row: Row) -> Row:
        return {cell: weight for cell, weight in row.items() if weight and cell not in self.fixed}

    def _told(self, row: Row) -> Decimal:
        return sum((weight * self.fixed[cell] for cell, weight in row.items() if cell in self.fixed), Decimal(0))

    def _head(self, cell: Cell) -> Cell:
        while self.groups.setdefault(cell, cell) != cell:
            cell = self.groups[cell]
        return cell

    def reckoned(self) -> Iterator[str]:
        """The secrets that can be only one whole number."""
        for name, row in self.secrets.items():
            low, high = self._range(self._open(row))
            offset = self._told(row)
            if high - low < math.inf and math.ceil(low - 1e-6) >= math.floor(high + 1e-6):
                yield f"{name}: {float(offset) + low}..{float(offset) + high}"

    def _range(self, row: Row) -> tuple[float, float]:
        columns, limits = self._limits(frozenset(self._head(cell) for cell in row))
        if not columns:
            return 0.0, 0.0
        goal = np.zeros(len(columns))
        for cell, weight in row.items():
            goal[columns[cell]] = weight
        least, greatest = (linprog(sign * goal, bounds=(0, None), **limits) for sign in (1, -1))
        assert {least.status, greatest.status} <= {0, 3}, least.message
        return -math.inf if least.status == 3 else least.fun, math.inf if greatest.status == 3 else -greatest.fun

    @cache  # noqa: B019
    def _limits(self, heads: frozenset[Cell]) -> tuple[dict[Cell, int], dict[str, Any]]:
        """What binds the cells that hang together with these."""
        equal = [one for one in self.rows if one[0] and self._head(next(iter(one[0]))) in heads]
        above = [one for one in self.floors if one[0] and self._head(next(iter(one[0]))) in heads]
        cells = dict.fromkeys(cell for row, _ in [*equal, *above] for cell in row) | dict.fromkeys(heads)
        columns = {cell: number for number, cell in enumerate(cells)}
        limits: dict[str, Any] = {}
        if equal:
            limits |= {"A_eq": _matrix(equal, columns), "b_eq": [float(number) for _, number in equal]}
        if above:
            limits |= {"A_ub": -_matrix(above, columns), "b_ub": [-float(number) for _, number in above]}
        return columns, limits


def _matrix(rows: list[tuple[Row, Decimal]], columns: Mapping[Cell, int]) -> csr_array:
    matrix = lil_array((len(rows), len(columns)))
    for number, (row, _) in enumerate(rows):
        for cell, weight in row.items():
            matrix[number, columns[cell]] = weight
    return csr_array(matrix)
