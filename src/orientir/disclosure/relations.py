"""What everybody knows of cells without being told a number: a total is the sum of its parts.

By organisation, by breakdown, by groups of grades, by the equalities that the programme declares. A relation counts
only where the numbers bear it out: elsewhere it would lead whoever relies on it astray.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from orientir.facts.relation import ancestors
from orientir.model.cycle import Cycle
from orientir.model.programme import Programme
from orientir.model.rules import Relation

Breakdown = tuple[tuple[str, str], ...]


class Cell(NamedTuple):
    """One counted number; its value is part of what it is, so that sources that differ give two cells."""

    element: str
    organisation: str
    period: int
    breakdown: Breakdown
    value: Decimal

    @property
    def place(self) -> tuple[str, str, int, Breakdown]:
        """What is counted, apart from what it was counted to be."""
        return self[:4]


Sum = frozenset[tuple[Cell, int]]  # cells with their weights


def relations_between(cycle: Cycle, cells: Iterable[Cell]) -> Iterator[Sum]:
    """Every sum of these cells that is known to be zero."""
    known = _unambiguous(cells)
    for total, parts in (
        *_by_organisation(cycle, known),
        *_by_breakdown(known),
        *_by_grades(cycle.programme, known),
        *_by_declaration(cycle.programme, known),
    ):
        if total.value == sum(part.value for part in parts):
            yield frozenset({(total, 1), *((part, -1) for part in parts)})


def _unambiguous(cells: Iterable[Cell]) -> list[Cell]:
    """Where sources differ nobody knows which number belongs to the sum."""
    by_place: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        by_place[cell.place].append(cell)
    return sorted(found[0] for found in by_place.values() if len(found) == 1)


_Equation = tuple[Cell, Sequence[Cell]]  # a total and its parts


def _by_organisation(cycle: Cycle, cells: Iterable[Cell]) -> Iterator[_Equation]:
    """A place is the sum of the nearest places below it that report the same."""
    parents = {place.id: place.parent for place in cycle.package.organisations}
    by_count: dict[tuple[object, ...], dict[str, Cell]] = defaultdict(dict)
    for cell in cells:
        by_count[cell.element, cell.period, cell.breakdown][cell.organisation] = cell
    for places in by_count.values():
        below: dict[str, list[Cell]] = defaultdict(list)
        for place, cell in places.items():
            nearest = next((above for above in ancestors(place, parents) if above in places), None)
            if nearest is not None:
                below[nearest].append(cell)
        yield from ((places[place], parts) for place, parts in below.items())


def _by_breakdown(cells: Iterable[Cell]) -> Iterator[_Equation]:
    """A coarser cell is the sum of the finer ones of each finer breakdown."""
    by_count: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        by_count[cell.element, cell.organisation, cell.period].append(cell)
    for group in by_count.values():
        for total in group:
            finer: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
            for cell in group:
                if set(total.breakdown) < set(cell.breakdown):
                    finer[tuple(dimension for dimension, _ in cell.breakdown)].append(cell)
            yield from ((total, parts) for parts in finer.values())


def _by_grades(programme: Programme, cells: Iterable[Cell]) -> Iterator[_Equation]:
    """People of one kind counted on one day: a group of grades is the sum of groups that make it up."""
    by_kind: dict[tuple[object, ...], list[tuple[Cell, frozenset[int]]]] = defaultdict(list)
    populations = {one.id: one.population for one in programme.elements if one.population and one.population.grades}
    for cell in cells:
        population = populations.get(cell.element)
        if population is not None:
            grades = _grades(programme, cell, frozenset(population.grades))
            by_kind[population.kind, population.counted_on, cell.organisation, cell.period].append((cell, grades))
    for group in by_kind.values():
        for total, grades in group:
            others = [(cell, own) for cell, own in group if cell != total and own and own <= grades]
            yield from ((total, parts) for parts in _covers(grades, others))


def _grades(programme: Programme, cell: Cell, grades: frozenset[int]) -> frozenset[int]:
    for dimension, member in cell.breakdown:
        own = next(one.grades for one in programme.dimension(dimension).members if one.id == member)
        grades &= frozenset(own)
    return grades


def _covers(grades: frozenset[int], cells: Sequence[tuple[Cell, frozenset[int]]]) -> Iterator[list[Cell]]:
    """Every way to make up the grades of groups that do not overlap."""
    if not grades:
        yield []
        return
    first = min(grades)
    for cell, own in cells:
        if first in own and own <= grades:
            yield from ([cell, *rest] for rest in _covers(grades - own, cells))


def _by_declaration(programme: Programme, cells: Iterable[Cell]) -> Iterator[_Equation]:
    """Equalities that the programme declares between elements as a whole."""
    whole: Mapping[tuple[str, str, int], Cell] = {
        (cell.element, cell.organisation, cell.period): cell for cell in cells if not cell.breakdown
    }
    for check in programme.checks:
        terms = (*check.left, *check.right)
        plain = all(term.weight == 1 and not term.shift and term.where is None for term in terms)
        if check.relation is not Relation.EQUAL or not plain or len(check.left) != 1:
            continue
        for (element, organisation, period), total in whole.items():
            if element == check.left[0].element:
                parts = [whole.get((term.element, organisation, period)) for term in check.right]
                if None not in parts:
                    yield total, [part for part in parts if part is not None]
