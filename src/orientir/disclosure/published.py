"""What a cycle tells in numbers, as sums of cells, and which sums must stay secret.

A cell is the smallest thing that is counted: an element in an organisation, a period and a breakdown. Every numerator
and denominator is a sum of cells, so that it can be asked what follows from what. Which sums to hide is decided in
suppression.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from orientir.disclosure.relations import Cell, Sum, relations_between
from orientir.engines.memory import holds
from orientir.model.cycle import Cycle
from orientir.model.indicators import Term
from orientir.model.package import Fact
from orientir.model.results import Place, Value

SMALLEST, LARGEST = 1, 4


def is_small(number: Decimal | int) -> bool:
    return SMALLEST <= number <= LARGEST


def cell_of(fact: Fact) -> Cell:
    """Two sources that give one number give one cell; two numbers are two."""
    assert fact.value is not None
    return Cell(fact.element, fact.organisation, fact.period.start, fact.breakdown, fact.value)


class Published:
    """The numbers of a cycle by the sums that they are."""

    def __init__(self, cycle: Cycle) -> None:
        self._cycle = cycle
        self._facts = {fact.id: fact for fact in cycle.facts}
        self._persons = {one.id for one in cycle.programme.elements if one.unit.tells_of_persons}
        self.numerators: dict[Place, Sum] = {}
        self.denominators: dict[Place, Sum] = {}
        self.numbers: dict[Sum, Decimal] = {}
        for value in cycle.values:
            self._tell(value)

    def _tell(self, value: Value) -> None:
        indicator = self._cycle.programme.indicator(value.place.indicator)
        for told, terms, number in (
            (self.numerators, indicator.numerator, value.numerator),
            (self.denominators, indicator.denominator, value.denominator),
        ):
            if number is not None and terms:
                told[value.place] = self._sum(value, terms, number)
                self.numbers[told[value.place]] = number

    def _sum(self, value: Value, terms: Sequence[Term], number: Decimal) -> Sum:
        """The cells of a side; a number that its facts do not explain stands for itself."""
        weights: dict[Cell, int] = {}
        for term in terms:
            counted = {cell_of(fact) for fact in self._counted(value, term)}
            for cell in counted:
                weights[cell] = weights.get(cell, 0) + term.weight
        if sum(weight * cell.value for cell, weight in weights.items()) != number:
            return frozenset({(Cell(str(terms), str(value.place), value.place.period.start, (), number), 1)})
        return frozenset((cell, weight) for cell, weight in weights.items() if weight)

    def _counted(self, value: Value, term: Term) -> Iterator[Fact]:
        period = value.place.period.shifted(term.shift)
        for key in value.facts:
            fact = self._facts[key]
            same = (fact.element, fact.period) == (term.element, period) and fact.value is not None
            if same and (term.where is None or holds(term.where, dict(fact.breakdown))):
                yield fact

    # ---- what must stay secret

    @cached_property
    def cells(self) -> frozenset[Cell]:
        return frozenset(cell_of(fact) for fact in self._cycle.facts if fact.value is not None)

    @cached_property
    def secrets(self) -> frozenset[Sum]:
        """Small counts of persons: those that are told, the few left out of a share, and the cells themselves."""
        found = {told for told, number in self.numbers.items() if is_small(number) and self._of_persons(told)}
        found |= {
            frozenset({(cell, 1)}) for cell in self.cells if is_small(cell.value) and cell.element in self._persons
        }
        return frozenset(found | set(self._rests()))

    def _rests(self) -> Iterator[Sum]:
        """Where so many of the whole are in the part that the few who are not stand out: those few."""
        for value in self._cycle.values:
            indicator = self._cycle.programme.indicator(value.place.indicator)
            if value.numerator is None or not value.denominator or not indicator.part_of_whole:
                continue
            part, whole = self.numerators[value.place], self.denominators[value.place]
            if is_small(value.denominator - value.numerator) and self._of_persons(part):
                yield difference(whole, part)

    def _of_persons(self, told: Sum) -> bool:
        return any(cell.element in self._persons or cell.element.startswith("(") for cell, _ in told)

    @cached_property
    def relations(self) -> list[Sum]:
        """Sums that everybody knows to be zero: a total less its parts."""
        return list(relations_between(self._cycle, self.cells))


def difference(one: Iterable[tuple[Cell, int]], other: Iterable[tuple[Cell, int]]) -> Sum:
    weights = dict(one)
    for cell, weight in other:
        weights[cell] = weights.get(cell, 0) - weight
    return frozenset((cell, weight) for cell, weight in weights.items() if weight)
