"""Facts of several organisations added up as those of one: by element, period, breakdown and source.

Whose facts are added is decided in structure.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from orientir.model.collection import Breakdown
from orientir.model.package import Fact
from orientir.model.status import CellState

Level = tuple[str, ...]  # the breakdowns given, in the order of the programme


_UNKNOWN = (CellState.NOT_REPORTED, CellState.SUPPRESSED)


@dataclass(frozen=True)
class Member:
    """One of the organisations that became one, and what it gave about one element in one period."""

    title: str
    facts: Sequence[Fact]

    @property
    def applies(self) -> bool:
        return any(fact.state is not CellState.NOT_APPLICABLE for fact in self.facts)

    def gives(self, level: Level) -> bool:
        return any(set(level) <= set(_level(fact)) for fact in self.facts)


class Merging:
    """Adds up, and remembers of which facts each sum was made."""

    def __init__(self, ranks: Mapping[str, int], dimensions: tuple[str, ...]) -> None:
        self._ranks = ranks
        self._dimensions = dimensions
        self.parts: dict[str, tuple[str, ...]] = {}

    def merged(self, organisation: str, members: Sequence[Member], silent: Sequence[str]) -> Iterator[Fact]:
        """One fact for each cell and source; none of them is known while one of the organisations is silent.

        Only breakdowns that all of them give are kept. Where a source has nothing of one of them, its part is taken
        from the best other source, so that no source passes a part for the whole.
        """
        for level in self._common(members):
            for source in self._sources(members, level):
                cells: dict[Breakdown, list[tuple[Member, Fact]]] = defaultdict(list)
                for member in members:
                    for fact in self._given(member, level, source):
                        cells[_projected(fact, level)].append((member, fact))
                for cell, rows in sorted(cells.items()):
                    yield self._sum(organisation, cell, source, rows, silent)

    def _common(self, members: Sequence[Member]) -> list[Level]:
        """The levels of detail on which everyone can be told; those to whom it does not apply fit any."""
        telling = [member for member in members if member.applies] or members
        levels = {_level(fact) for member in telling for fact in member.facts}
        return sorted(level for level in levels if all(one.gives(level) for one in telling)) or [()]

    def _sources(self, members: Sequence[Member], level: Level) -> list[str]:
        found = {fact.source for member in members for fact in member.facts if set(level) <= set(_level(fact))}
        return sorted(found, key=lambda source: self._ranks[source])

    def _given(self, member: Member, level: Level, source: str) -> list[Fact]:
        """What the member gives on this level: the parts where it gives parts, as everywhere in the computation."""
        own = [fact for fact in member.facts if set(level) <= set(_level(fact))]
        if not own and not member.applies:
            return [replace(fact, breakdown=()) for fact in member.facts[:1]] if not level else []
        cells: dict[Breakdown, list[Fact]] = defaultdict(list)
        for fact in own:
            cells[_projected(fact, level)].append(fact)
        return [fact for rows in cells.values() for fact in self._preferred(self._finest(rows), source)]

    def _preferred(self, facts: Iterable[Fact], source: str) -> list[Fact]:
        """Of each cell the source's own fact, if it knows it, else that of the best source that does."""
        cells: dict[Breakdown, list[Fact]] = defaultdict(list)
        for fact in facts:
            cells[fact.breakdown].append(fact)
        return [min(rows, key=lambda one: self._preference(one, source)) for rows in cells.values()]

    def _preference(self, fact: Fact, source: str) -> tuple[bool, bool, int]:
        return fact.state in _UNKNOWN, fact.source != source, self._ranks[fact.source]

    def _finest(self, facts: Iterable[Fact]) -> list[Fact]:
        levels: dict[Level, list[Fact]] = defaultdict(list)
        for fact in facts:
            levels[_level(fact)].append(fact)
        return levels[max(levels, key=self._rank)]

    def _rank(self, level: Level) -> tuple[int, str]:
        """As engines rank overlapping cells (engines/overlap.py)."""
        return len(level), "".join("1" if name in level else "0" for name in self._dimensions)

    def _sum(
        self,
        organisation: str,
        cell: Breakdown,
        source: str,
        rows: Sequence[tuple[Member, Fact]],
        silent: Sequence[str],
    ) -> Fact:
        facts = [fact for _, fact in rows]
        value, state = combined(facts, bool(silent))
        key = f"s{len(self.parts) + 1}"
        self.parts[key] = tuple(fact.id for fact in facts)
        return replace(
            facts[0],
            id=key,
            organisation=organisation,
            breakdown=cell,
            value=value,
            state=state,
            source=source,
            note=_told(rows, silent),
            reason="; ".join(dict.fromkeys(fact.reason for fact in facts if fact.reason)),
        )


def combined(facts: Sequence[Fact], is_partial: bool = False) -> tuple[Decimal | None, CellState]:
    """The sum and its state: with anything unknown it is unknown, what does not apply adds nothing."""
    states = {fact.state for fact in facts}
    if is_partial or CellState.NOT_REPORTED in states:
        return None, CellState.NOT_REPORTED
    if CellState.SUPPRESSED in states:
        return None, CellState.SUPPRESSED
    if states == {CellState.NOT_APPLICABLE}:
        return None, CellState.NOT_APPLICABLE
    total = sum((fact.value for fact in facts if fact.value is not None), Decimal(0))
    return total, CellState.VALUE if total else CellState.ZERO


def _level(fact: Fact) -> Level:
    return tuple(key for key, _ in fact.breakdown)


def _projected(fact: Fact, level: Level) -> Breakdown:
    return tuple((key, member) for key, member in fact.breakdown if key in level)


def _told(rows: Sequence[tuple[Member, Fact]], silent: Sequence[str]) -> str:
    titles = list(dict.fromkeys(member.title for member, _ in rows))
    text = f"Сложены сведения организаций: {'; '.join(titles)}."
    return text + (f" Не сообщили: {'; '.join(silent)}; поэтому сумма неизвестна." if silent else "")
