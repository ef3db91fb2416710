"""What was decided about facts after they came: corrections that hold, conflicts of sources, facts set aside.

Facts are never edited: what counts is told by `Cycle.facts`, what does not and why is told here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from orientir.model.collection import Breakdown, Choice, Correction
from orientir.model.package import Fact
from orientir.model.periods import Period
from orientir.model.status import CellState

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # none that is taken for another
_LENGTH = 8


class Structure(StrEnum):
    """Organisations as they were in each year, or as they are now: closed ones are added to their successors."""

    THEN = "then"
    NOW = "now"


@dataclass(frozen=True, order=True)
class Cell:
    """What several sources may count: an element in an organisation, a period and a breakdown."""

    element: str
    organisation: str
    period: Period
    breakdown: Breakdown = ()

    @classmethod
    def of(cls, one: Fact | Correction | Choice) -> Cell:
        return cls(one.element, one.organisation, one.period, one.breakdown)

    @property
    def number(self) -> str:
        """A short name that follows from the cell alone: what else is in conflict does not change it."""
        told = "\0".join(
            (self.element, self.organisation, str(self.period), *(f"{key}={one}" for key, one in self.breakdown))
        )
        left = int.from_bytes(hashlib.sha256(told.encode()).digest()[:5], "big")
        return "".join(_LETTERS[left >> 5 * place & 31] for place in reversed(range(_LENGTH)))


@dataclass(frozen=True)
class Side:
    """What one source gives for the cell. `by` names the breakdowns over which it is a sum of parts.

    `value` is 0 where the state says that the cell does not apply. `sources` are several where only together they
    give all parts.
    """

    sources: tuple[str, ...]
    value: Decimal
    state: CellState
    facts: tuple[str, ...]
    by: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """«form», or «form:grade» for the sum of its parts."""
        return "+".join(self.sources) + (f":{'+'.join(self.by)}" if self.by else "")

    @property
    def shown(self) -> str:
        """The value as it is kept beside a choice."""
        return str(self.state) if self.state is CellState.NOT_APPLICABLE else f"{self.value.normalize():f}"


@dataclass(frozen=True)
class Conflict:
    """A cell to which sources give different numbers, the preferred source first; `choice` says which counts."""

    cell: Cell
    sides: tuple[Side, ...]
    choice: Choice | None = None

    @property
    def chosen(self) -> Side | None:
        return next((side for side in self.sides if self.choice and side.code == self.choice.source), None)

    @property
    def difference(self) -> Decimal:
        values = [side.value for side in self.sides]
        return max(values) - min(values)

    @property
    def seen(self) -> tuple[tuple[str, str], ...]:
        """All sides as they are kept beside a choice."""
        return tuple(sorted((side.code, side.shown) for side in self.sides))


@dataclass(frozen=True)
class Corrected:
    """A correction that holds, the fact it changed, and what stood there before it."""

    correction: Correction
    fact: str
    before: Decimal | None
    before_state: CellState


@dataclass(frozen=True)
class Desk:
    """All that was decided. `aside` are facts that do not count, `confirmed` cells in which two sources agree.

    Under the structure of now `successors` are those of closed organisations, and `parts` names the facts that a fact
    of a successor was added up from.
    """

    corrections: tuple[Corrected, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    confirmed: tuple[Cell, ...] = ()
    aside: tuple[Fact, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Conflict, ...]:
        return tuple(one for one in self.conflicts if one.choice is None)

    @property
    def resolved(self) -> tuple[Conflict, ...]:
        return tuple(one for one in self.conflicts if one.choice is not None)

    def corrections_of(self, fact: str) -> Iterator[Corrected]:
        return (one for one in self.corrections if one.fact == fact)

    def conflict_of(self, fact: Fact) -> Conflict | None:
        """The resolved conflict that the fact is a side of."""
        return next((one for one in self.resolved if any(fact.id in side.facts for side in one.sides)), None)

    def originals(self, fact: str) -> tuple[str, ...]:
        """The facts that were read: the parts of one that was added up, else the fact itself."""
        return self.parts.get(fact, (fact,))
