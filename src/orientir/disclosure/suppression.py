"""Which numbers to hide so that no secret follows from the rest.

A secret is lost when it is a combination of what is told and of what everybody knows (linear algebra), or when what is
left of a sum can only be made up in one way (counts are not negative, and a number that is hidden is not zero). As long
as one is lost, the cheapest number that gives it away is hidden as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from heapq import heapify, heappop, heappush
from typing import TypeVar

from orientir.disclosure.relations import Cell, Sum

# Weights are small whole numbers; counting them modulo a large prime is exact for them and needs no fractions.
PRIME = 2**61 - 1

Vector = Mapping[int, int]
_Row = dict[int, int]
_Recipe = dict[Sum, int]
_Key = TypeVar("_Key")


def hidden_sums(
    numbers: Mapping[Sum, Decimal],
    secrets: Collection[Sum],
    relations: Sequence[Sum],
    uses: Mapping[Sum, int],
) -> set[Sum]:
    """The numbers to hide, the secret ones among them from the first; `uses` says how often each is shown."""
    gone = {told for told in numbers if told in secrets}
    for component in _components(numbers, secrets, relations):
        _Component(component, numbers, secrets, uses).protect(gone)
    return gone


class _Component:
    """Sums that hang together by their cells."""

    def __init__(
        self,
        sums: Iterable[Sum],
        numbers: Mapping[Sum, Decimal],
        secrets: Collection[Sum],
        uses: Mapping[Sum, int],
    ) -> None:
        # Short sums first: most cells are then known at once, and little is left of the long ones.
        self._sums = sorted(sums, key=lambda one: (len(one), sorted(one)))
        self._numbers = numbers
        self._secrets = [one for one in self._sums if one in secrets]
        self._uses = uses
        self._columns = {cell: number for number, cell in enumerate(sorted({c for one in self._sums for c, _ in one}))}

    def protect(self, hidden: set[Sum]) -> None:
        while lost := self._lost(hidden):
            while lost:
                often = Counter(one for tellers in lost for one in tellers)
                hidden.add(given_up := min(often, key=lambda one: self._price(one, often[one])))
                lost = [tellers for tellers in lost if given_up not in tellers]

    def _lost(self, hidden: Collection[Sum]) -> list[set[Sum]]:
        """For each secret that follows from what is told, the numbers that tell it."""
        span = _Span()
        told = [one for one in self._sums if one in self._numbers and one not in hidden]
        for one in self._sums:
            if one not in self._numbers and one not in self._secrets:
                span.add(self._vector(one), None)
        for one in told:
            span.add(self._vector(one), one)
        explained = (span.explained(self._vector(secret)) for secret in self._secrets)
        lost = [tellers for tellers in explained if tellers]
        return lost or list(self._exhausted(told, hidden, span))

    def _exhausted(self, told: Sequence[Sum], hidden: Collection[Sum], span: _Span) -> Iterator[set[Sum]]:
        """Sums of which so little is left that their hidden cells can only be one thing."""
        floor = {cell: 1 for one in hidden if len(one) == 1 for cell, weight in one if weight == 1 and cell.value}
        secret = {cell for one in self._secrets if len(one) == 1 for cell, _ in one}
        for one in told:
            unknown = [] if len(one) == 1 else [pair for pair in one if self._is_open(pair[0], span)]
            if not secret & {cell for cell, _ in unknown} or any(weight < 0 for _, weight in unknown):
                continue
            left = sum(weight * cell.value for cell, weight in unknown)
            if left <= sum(weight * floor.get(cell, 0) for cell, weight in unknown):
                yield {one, *({frozenset({(cell, 1)}) for cell, _ in one} & set(told))}

    def _is_open(self, cell: Cell, span: _Span) -> bool:
        return span.explained({self._columns[cell]: 1}) is None

    def _vector(self, one: Sum) -> Vector:
        return {self._columns[cell]: weight for cell, weight in one}

    def _price(self, one: Sum, secrets: int) -> tuple[object, ...]:
        """What saves many secrets and few would miss; parts before totals; a zero only where nothing else is left."""
        number = self._numbers[one]
        return (not number, self._uses.get(one, 0) * len(one) / secrets, number, sorted(one))


def _components(numbers: Iterable[Sum], secrets: Iterable[Sum], relations: Iterable[Sum]) -> Iterator[list[Sum]]:
    """Groups of sums that share no cell with one another; those without a secret are left out."""
    sums = list(dict.fromkeys([*numbers, *secrets, *relations]))
    heads: dict[Hashable, Hashable] = {}

    def head(one: Hashable) -> Hashable:
        while heads.setdefault(one, one) != one:
            heads[one] = heads[heads[one]]
            one = heads[one]
        return one

    for one in sums:
        for cell, _ in one:
            heads[head(cell)] = head(one)
    groups: dict[Hashable, list[Sum]] = defaultdict(list)
    for one in sums:
        groups[head(one)].append(one)
    wanted = {head(secret) for secret in secrets}
    yield from (group for key, group in groups.items() if key in wanted)


class _Span:
    """Rows of a matrix in echelon form, each with the numbers that it was made of and their weights."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[_Row, _Recipe]] = {}

    def add(self, vector: Vector, label: Sum | None) -> None:
        rest, recipe = self._reduced(vector)
        if not rest:
            return
        if label is not None:
            _add(recipe, {label: 1}, 1)
        pivot = min(rest)
        scale = pow(rest[pivot], -1, PRIME)
        self._rows[pivot] = (_scaled(rest, scale), _scaled(recipe, scale))

    def explained(self, vector: Vector) -> set[Sum] | None:
        """The numbers from which the vector follows; None where it does not."""
        rest, recipe = self._reduced(vector)
        return None if rest else set(recipe)

    def _reduced(self, vector: Vector) -> tuple[_Row, _Recipe]:
        """What the rows do not explain of the vector, and of which numbers the rest is made with it."""
        rest: _Row = dict(vector)
        recipe: _Recipe = {}
        waiting = list(rest)
        heapify(waiting)
        while waiting:
            column = heappop(waiting)
            if column not in rest or column not in self._rows:
                continue
            row, made_of = self._rows[column]
            factor = -rest[column]
            for new in _add(rest, row, factor):
                heappush(waiting, new)
            _add(recipe, made_of, factor)
        return rest, recipe


def _add(to: dict[_Key, int], other: Mapping[_Key, int], factor: int) -> list[_Key]:
    """Add the other times the factor; the keys that are new are returned."""
    new = []
    for key, weight in other.items():
        if key not in to:
            new.append(key)
        if sum_ := (to.get(key, 0) + factor * weight) % PRIME:
            to[key] = sum_
        else:
            del to[key]
    return new


def _scaled(row: Mapping[_Key, int], scale: int) -> dict[_Key, int]:
    return {key: weight * scale % PRIME for key, weight in row.items()}
