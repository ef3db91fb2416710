"""The conflict desk: where sources give one cell different numbers, and which of them counts.

Until somebody chooses, all of them stay in the computation, which marks what rests on them; after a choice only the
chosen one does. How sources are ranked inside one value is not decided here (engines/formulas.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orientir.engines.memory import holds
from orientir.errors import Fault, PackageError
from orientir.facts.corrections import revised
from orientir.facts.sides import Ranks, is_finer, is_known, sides_of
from orientir.model.collection import Breakdown, Choice
from orientir.model.conditions import fields_of
from orientir.model.desk import Cell, Conflict, Desk, Side
from orientir.model.indicators import Indicator, Term
from orientir.model.package import Fact, Package
from orientir.model.programme import Programme


@dataclass(frozen=True)
class Weighed:
    """The facts that count, what was decided, and every decision that no longer fits the data."""

    facts: tuple[Fact, ...]
    desk: Desk
    faults: tuple[Fault, ...] = ()


def settled(package: Package, facts: Sequence[Fact]) -> tuple[tuple[Fact, ...], Desk]:
    """The facts that count and what was decided about them.

    Raises PackageError with every correction and choice whose facts have changed since it was made.
    """
    found = weighed(package, facts)
    if found.faults:
        raise PackageError(found.faults)
    return found.facts, found.desk


def weighed(package: Package, facts: Sequence[Fact]) -> Weighed:
    """As `settled`, with what is stale told instead of raised; a stale choice leaves its conflict open."""
    first = revised(package, facts)
    weighing = _Weighing(package)
    for group in _groups(first.facts, {_group(choice) for choice in package.choices}):
        weighing.take(group)
    weighing.tell_strangers()
    aside = tuple(fact for fact in first.facts if fact.id in weighing.aside)
    desk = Desk(
        corrections=first.corrections,
        conflicts=tuple(sorted(weighing.conflicts, key=lambda one: one.cell)),
        confirmed=tuple(sorted(weighing.confirmed)),
        aside=first.aside + aside,
    )
    kept = tuple(fact for fact in first.facts if fact.id not in weighing.aside)
    return Weighed(kept, desk, first.faults + tuple(weighing.faults))


def _group(one: Fact | Choice) -> tuple[object, ...]:
    return (one.element, one.organisation, one.period)


def _groups(facts: Iterable[Fact], chosen: set[tuple[object, ...]]) -> Iterator[list[Fact]]:
    """Facts about one element in one organisation and period, where more than one is told or something was chosen."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[_group(fact)].append(fact)
    return (group for key, group in groups.items() if len(group) > 1 or key in chosen)


def choices_standing(choices: Iterable[Choice]) -> dict[Cell, Choice]:
    """The last choice of each cell, if it was not withdrawn."""
    last = {Cell.of(choice): choice for choice in choices}
    return {cell: choice for cell, choice in last.items() if choice.source}


class _Weighing:
    """Goes through the cells, the most detailed first: what was chosen in the parts decides what their sum is."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._ranks: Ranks = {source.id: source.rank for source in package.sources}
        self._choices = choices_standing(package.choices)
        self.conflicts: list[Conflict] = []
        self.confirmed: list[Cell] = []
        self.aside: set[str] = set()
        self.faults: list[Fault] = []

    def take(self, group: list[Fact]) -> None:
        cells = {fact.breakdown for fact in group if is_known(fact)}
        for breakdown in sorted(cells, key=lambda cell: (-len(cell), cell)):
            left = [fact for fact in group if fact.id not in self.aside]
            self._weigh(replace(Cell.of(group[0]), breakdown=breakdown), left)

    def _weigh(self, cell: Cell, facts: list[Fact]) -> None:
        sides = sides_of(cell.breakdown, facts, self._ranks)
        choice = self._choices.pop(cell, None)
        if choice is not None and not _is_fresh(choice, sides):
            self.faults.append(self._stale(choice, sides))
            choice = None
        if len({side.value for side in sides}) > 1:
            conflict = Conflict(cell, sides, choice)
            self.conflicts.append(conflict)
            if conflict.chosen is not None:
                self.aside |= _set_aside(conflict.chosen, cell.breakdown, sides, facts)
        elif len({source for side in sides for source in side.sources}) > 1:
            self.confirmed.append(cell)

    def tell_strangers(self) -> None:
        """Choices about cells that no fact gives any more."""
        self.faults += [self._stale(choice, ()) for choice in self._choices.values()]

    def _stale(self, choice: Choice, sides: Sequence[Side]) -> Fault:
        then = "; ".join(f"{code} — {value}" for code, value in choice.seen)
        now = "; ".join(f"{side.code} — {side.shown}" for side in sides) or "ничего"
        number = Cell.of(choice).number
        what = f"выбор источника по расхождению № {number} устарел: при выборе было {then}, теперь {now}."
        differs = len({side.value for side in sides}) > 1
        cure = (
            f"Выберите заново: orientir conflicts … --resolve {number}."
            if differs
            else f"Расхождения больше нет; отзовите выбор: orientir conflicts … --withdraw {number}."
        )
        return Fault(f"{self._package.name}/{choice.file}:{choice.row}", what, cure)


def _is_fresh(choice: Choice, sides: Sequence[Side]) -> bool:
    """Every side is what it was when it was chosen; another source that agrees with the chosen one changes nothing."""
    seen = dict(choice.seen)
    now = {side.code: side.shown for side in sides}
    chosen = seen.get(choice.source)
    kept = all(now.get(code) == value for code, value in seen.items())
    return kept and choice.source in now and all(value == chosen for code, value in now.items() if code not in seen)


def _set_aside(chosen: Side, cell: Breakdown, sides: Sequence[Side], facts: Sequence[Fact]) -> set[str]:
    """What contradicts the chosen side: other numbers of the cell, and parts that do not add up to it.

    A total is chosen over its parts only if none of them is left: wherever parts are given, parts are counted.
    """
    agreeing = {key for side in sides if side.value == chosen.value for key in side.facts}
    losing = {key for side in sides if side.value != chosen.value for key in side.facts}
    if not chosen.by:
        losing |= {fact.id for fact in facts if is_finer(fact, cell)}
    return losing - agreeing


# ---- what depends on it


def dependants(programme: Programme, cell: Cell) -> tuple[Indicator, ...]:
    """The indicators that count the cell."""
    return tuple(one for one in programme.indicators if any(_counts(term, cell) for term in one.terms))


def _counts(term: Term, cell: Cell) -> bool:
    if term.element != cell.element:
        return False
    members: Mapping[str, str] = dict(cell.breakdown)
    if term.where is None or not set(fields_of(term.where)) <= members.keys():
        return True
    return holds(term.where, members)
