"""The look at the numbers of one form: which relations it breaks, and which two forms could be one.

For a school of which nothing else is known this is all that the checks of the programme would find; the others are
checked in full (checking.py). Which cell is a term of which relation is asked of the same plan that the checks run.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple, cast

from orientir.checks.consistency import relation_plan
from orientir.checks.schools import ENOUGH
from orientir.collecting.rows import NOT_APPLICABLE
from orientir.facts.relation import fact_rows
from orientir.indicators.values import Engine
from orientir.model.collection import CellKey
from orientir.model.jumps import AT_LEAST
from orientir.model.package import Fact, Organisation, Package, Source
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.rules import DeclaredCheck, Relation
from orientir.model.status import CellState

_PROBE = "probe"
Terms = tuple[tuple[int, int], ...]  # which number of the form, and how often it counts


class _Rule(NamedTuple):
    check: DeclaredCheck
    left: Terms
    right: Terms


class Broken(NamedTuple):
    """A relation that does not hold in a form, and the cells that it is about."""

    check: DeclaredCheck
    cells: tuple[CellKey, ...]
    is_negative: bool


class Screen:
    """Of one form; `keys` are its cells in the order in which the reader gives them."""

    def __init__(self, keys: Sequence[CellKey], programme: Programme, period: Period, engine: Engine) -> None:
        self._keys = tuple(keys)
        self._rules = tuple(_rules(keys, programme, period, engine))
        self._totals = tuple(_totals(keys))

    def broken(self, numbers: array[float]) -> tuple[Broken, ...]:
        """Every relation that the numbers break."""
        return tuple(self._broken(rule, numbers) for rule in self._rules if _breaks(rule, numbers))

    def _broken(self, rule: _Rule, numbers: array[float]) -> Broken:
        cells = dict.fromkeys(self._keys[place] for place, _ in (*rule.left, *rule.right))
        return Broken(rule.check, tuple(cells), (_sum(rule.left, numbers) or 0) < 0)

    def has_other_total(self, numbers: array[float]) -> bool:
        """Something is asked whole and by parts, and the parts do not add up to it."""
        return any(_differs(total, parts, numbers) for total, parts in self._totals)


def _rules(keys: Sequence[CellKey], programme: Programme, period: Period, engine: Engine) -> Iterator[_Rule]:
    """Relations of which the form gives every term: found by matching a form full of ones."""
    facts = [
        Fact(str(place), element, _PROBE, period, breakdown, Decimal(1), CellState.VALUE, _PROBE)
        for place, (element, breakdown) in enumerate(keys)
    ]
    source = Source(_PROBE, "", "", "", 1)
    package = Package("", "", _PROBE, False, "", (Organisation(_PROBE, "", ""),), (source,), tuple(facts))
    checks, plan = relation_plan(programme)
    dimensions = tuple(one.id for one in programme.dimensions)
    (matched,) = engine.run_all((plan.matched,), {"facts": fact_rows(package, facts, dimensions), **plan.tables})
    sides: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: {"left": {}, "right": {}})
    found: dict[str, set[object]] = defaultdict(set)
    terms: dict[str, object] = {}
    for row in matched:
        formula = str(row["formula"])
        terms[formula] = row["terms"]
        if row["period"] == period.start:
            found[formula].add(row["term"])
            side, place = sides[formula][str(row["side"])], int(str(row["fact"]))
            side[place] = side.get(place, 0) + int(cast(Decimal, row["amount"]))
    for check in checks:
        if check.id in found and len(found[check.id]) == terms[check.id]:
            left, right = (tuple(sorted(sides[check.id][side].items())) for side in ("left", "right"))
            yield _Rule(check, left, right)


def _breaks(rule: _Rule, numbers: array[float]) -> bool:
    left, right, sign = _sum(rule.left, numbers), _sum(rule.right, numbers), rule.check.relation
    if left is None or right is None:
        return False
    if left < 0 or (sign is Relation.AT_MOST and left > right):
        return True
    return left != right if sign is Relation.EQUAL else sign is Relation.AT_LEAST and left < right


def _sum(terms: Terms, numbers: array[float]) -> float | None:
    """What does not apply adds nothing; with anything unknown the sum is unknown."""
    total = 0.0
    for place, weight in terms:
        number = numbers[place]
        if number >= 0:
            total += weight * number
        elif number != NOT_APPLICABLE:
            return None
    return total


def _totals(keys: Sequence[CellKey]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Elements that the form asks both whole and by parts."""
    wholes = {element: place for place, (element, breakdown) in enumerate(keys) if not breakdown}
    parts: dict[str, list[int]] = defaultdict(list)
    for place, (element, breakdown) in enumerate(keys):
        if breakdown and element in wholes:
            parts[element].append(place)
    return ((wholes[element], tuple(places)) for element, places in parts.items())


def _differs(total: int, parts: tuple[int, ...], numbers: array[float]) -> bool:
    known = [numbers[place] for place in parts if numbers[place] >= 0]
    return numbers[total] >= 0 and bool(known) and sum(known) != numbers[total]


def alike(forms: Mapping[str, array[float]]) -> set[str]:
    """Organisations that could be twins: as many telling numbers coincide as the check of twins asks for at least.

    The forms are of one kind, and their organisations stand under one parent.
    """
    same: dict[tuple[int, float], list[str]] = defaultdict(list)
    for organisation, numbers in forms.items():
        for place, number in enumerate(numbers):
            if number >= AT_LEAST:
                same[place, number].append(organisation)
    pairs = Counter(pair for places in same.values() if len(places) > 1 for pair in combinations(places, 2))
    return {one for pair, equal in pairs.items() if equal >= ENOUGH for one in pair}
