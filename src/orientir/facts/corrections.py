"""Corrections applied to facts: another number or state, a fact left out, a doubt. What was read stays as it is.

A correction holds only while the fact is what it was written against; one that does not is told, never passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from orientir.errors import Fault
from orientir.model.collection import Correction, CorrectionKind
from orientir.model.desk import Cell, Corrected
from orientir.model.package import Fact, Package
from orientir.model.status import CellState
from orientir.presentation import exact

Key = tuple[Cell, str]


@dataclass(frozen=True)
class Revised:
    """Facts after their corrections; `aside` are those left out, as they were read; `faults` are stale corrections."""

    facts: tuple[Fact, ...]
    corrections: tuple[Corrected, ...] = ()
    aside: tuple[Fact, ...] = ()
    faults: tuple[Fault, ...] = ()


def revised(package: Package, facts: Sequence[Fact]) -> Revised:
    """Every correction that was not withdrawn, in the order of the file, applied to the fact that it means."""
    standing = corrections_standing(package.corrections)
    if not standing:
        return Revised(tuple(facts))
    by_key = {(Cell.of(fact), fact.source): fact for fact in facts}
    chains = [Chain(package, by_key.get(key), chain) for key, chain in standing.items()]
    changed = {one.fact.id: one for one in chains if one.fact is not None}
    current = [changed[fact.id].now if fact.id in changed else fact for fact in facts]
    excluded = {key for key, one in changed.items() if one.is_excluded}
    gone = _without_siblings([fact for fact in current if fact is not None], excluded)
    return Revised(
        tuple(fact for fact in current if fact is not None and fact.id not in gone),
        tuple(done for one in chains for done in one.done),
        tuple(fact for fact in facts if fact.id in gone),
        tuple(fault for one in chains for fault in one.faults),
    )


def corrections_standing(corrections: Sequence[Correction]) -> Mapping[Key, list[Correction]]:
    """By the fact they mean, those that no later record withdraws."""
    chains: dict[Key, list[Correction]] = defaultdict(list)
    for one in corrections:
        if one.kind is CorrectionKind.WITHDRAW:
            chains.pop((Cell.of(one), one.source), None)
        else:
            chains[Cell.of(one), one.source].append(one)
    return chains


class Chain:
    """The corrections of one fact, each written against what the one before it left; `now` is the fact after them."""

    def __init__(self, package: Package, fact: Fact | None, chain: Sequence[Correction]) -> None:
        self.fact = fact
        self.now = fact
        self.is_excluded = False
        self.done: list[Corrected] = []
        self.faults: list[Fault] = []
        for one in chain:
            if self.now is None or not _is_met(one, self.now):
                self.faults.append(_stale(package, one, self.now))
                break
            self.done.append(Corrected(one, self.now.id, self.now.value, self.now.state))
            self.now = _applied(one, self.now)
            if one.kind is not CorrectionKind.FLAG:
                self.is_excluded = one.kind is CorrectionKind.EXCLUDE


def _is_met(one: Correction, fact: Fact) -> bool:
    if fact.value is None or one.expected is None:
        return fact.value is None and fact.state is one.expected_state
    return fact.value == one.expected


def _applied(one: Correction, fact: Fact) -> Fact:
    if one.kind is CorrectionKind.OVERRIDE:
        return replace(fact, value=one.value, state=one.state or (CellState.VALUE if one.value else CellState.ZERO))
    if one.kind is CorrectionKind.EXCLUDE:
        return replace(fact, value=None, state=CellState.NOT_REPORTED)
    return fact


def _without_siblings(facts: Sequence[Fact], excluded: set[str]) -> set[str]:
    """Excluded facts that may vanish. One of several parts stays as not reported: the rest is not the whole."""
    parts: dict[tuple[object, ...], int] = defaultdict(int)
    for fact in facts:
        if fact.breakdown and fact.id not in excluded:
            parts[_level(fact)] += 1
    return {fact.id for fact in facts if fact.id in excluded and not parts.get(_level(fact))}


def _level(fact: Fact) -> tuple[object, ...]:
    return (fact.element, fact.organisation, fact.period, tuple(key for key, _ in fact.breakdown))


# ---- words

STATES = {
    CellState.NOT_REPORTED: "нет данных",
    CellState.NOT_APPLICABLE: "не применимо",
    CellState.SUPPRESSED: "скрыто источником",
}


def content_told(value: Decimal | None, state: CellState | None) -> str:
    """«12» or «нет данных»: what stands in a cell."""
    return exact(value) if value is not None else STATES.get(state or CellState.VALUE, "пусто")


def _stale(package: Package, one: Correction, fact: Fact | None) -> Fault:
    expected = content_told(one.expected, one.expected_state)
    present = f"в данных {content_told(fact.value, fact.state)}" if fact else "такого сведения в данных больше нет"
    what = f"исправление {one.id} устарело: ожидалось {expected}, а {present} ({meant(package, one)})."
    cure = (
        "Проверьте число и отзовите исправление: orientir correct … --withdraw; если нужно, исправьте заново."
        if fact
        else "Отзовите исправление: orientir correct … --withdraw."
    )
    return Fault(f"{package.name}/{one.file}:{one.row}", what, cure)


def meant(package: Package, one: Correction) -> str:
    """The fact that a correction means, in the codes of the data."""
    place = next((place.title for place in package.organisations if place.id == one.organisation), one.organisation)
    return ", ".join((one.element, *_members(one), place, str(one.period), f"источник {one.source}"))


def _members(one: Correction) -> Iterator[str]:
    return (f"{key}={member}" for key, member in one.breakdown)
