"""The sides of a cell: what each source gives for it, itself or as the sum of its parts.

Which side counts is not decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from orientir.model.collection import Breakdown
from orientir.model.desk import Side
from orientir.model.package import Fact
from orientir.model.status import CellState

_KNOWN = (CellState.VALUE, CellState.ZERO, CellState.NOT_APPLICABLE)
Ranks = Mapping[str, int]


def is_known(fact: Fact) -> bool:
    """A number, or a cell that does not apply: it adds nothing, as everywhere in the computation."""
    return fact.state in _KNOWN


def amount(fact: Fact) -> Decimal:
    return fact.value if fact.value is not None else Decimal(0)


def is_finer(fact: Fact, cell: Breakdown) -> bool:
    """The fact counts a part of the cell."""
    return len(fact.breakdown) > len(cell) and set(cell) <= set(fact.breakdown)


def sides_of(cell: Breakdown, facts: Sequence[Fact], ranks: Ranks) -> tuple[Side, ...]:
    """What the sources give for the cell, of facts about one element, organisation and period; the best source first.

    Nothing that is not known makes a side, and parts make one only where all of them are known.
    """
    direct = [fact for fact in facts if fact.breakdown == cell and is_known(fact)]
    found = [Side((one.source,), amount(one), one.state, (one.id,)) for one in direct]
    found += [side for level, parts in _levels(cell, facts) for side in _sums(level, parts, ranks)]
    return tuple(sorted(found, key=lambda side: (min(ranks[one] for one in side.sources), side.by, side.code)))


def _levels(cell: Breakdown, facts: Iterable[Fact]) -> Iterator[tuple[tuple[str, ...], list[Fact]]]:
    """The parts of the cell by the breakdowns that tell them apart."""
    levels: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if is_finer(fact, cell):
            given = {key for key, _ in cell}
            levels[tuple(key for key, _ in fact.breakdown if key not in given)].append(fact)
    yield from levels.items()


def _sums(level: tuple[str, ...], parts: Sequence[Fact], ranks: Ranks) -> Iterator[Side]:
    """One sum of each source that gives every part; where none does, one of all of them if they do not disagree."""
    wanted = {fact.breakdown for fact in parts}
    by_source: dict[str, list[Fact]] = defaultdict(list)
    for fact in parts:
        if is_known(fact):
            by_source[fact.source].append(fact)
    whole = [rows for rows in by_source.values() if len(rows) == len(wanted)]
    yield from (_sum(level, rows, ranks) for rows in whole)
    if not whole:
        yield from _together(level, parts, wanted, ranks)


def _together(level: tuple[str, ...], parts: Sequence[Fact], wanted: set[Breakdown], ranks: Ranks) -> Iterator[Side]:
    cells: dict[Breakdown, list[Fact]] = defaultdict(list)
    for fact in sorted(parts, key=lambda fact: ranks[fact.source]):
        if is_known(fact):
            cells[fact.breakdown].append(fact)
    agreed = all(len({amount(fact) for fact in rows}) == 1 for rows in cells.values())
    if agreed and len(cells) == len(wanted):
        yield _sum(level, [rows[0] for rows in cells.values()], ranks)


def _sum(level: tuple[str, ...], rows: Sequence[Fact], ranks: Ranks) -> Side:
    total = sum((amount(fact) for fact in rows), Decimal(0))
    state = CellState.VALUE if total else CellState.ZERO
    if all(fact.state is CellState.NOT_APPLICABLE for fact in rows):
        state = CellState.NOT_APPLICABLE
    sources = sorted({fact.source for fact in rows}, key=lambda source: ranks[source])
    return Side(tuple(sources), total, state, tuple(fact.id for fact in rows), level)
