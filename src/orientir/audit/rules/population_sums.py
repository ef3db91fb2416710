"""A union is the sum of its parts, and no whole is below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report
from orientir.audit.rules.sizes import PEOPLE, Sized, are_pupils_of, is_doubtful, peers_of, sized
from orientir.audit.rules.told import finding_at
from orientir.audit.understanding.populations import words_of


@rule("population-union-mismatch")
def population_union_mismatch(report: Report) -> Iterator[Finding]:
    """A union of grades of one kind is not the sum of its parts."""
    for whole in sized(report):
        parts = _parts(whole, peers_of(report, whole))
        made = sum((one.size for one in parts), Decimal())
        if parts and made != whole.size:
            message = (
                f"{words_of(whole.who).capitalize()} за {whole.printed_year}: "
                f"{' + '.join(f'{one.size:f}' for one in parts)} = {made:f}, а напечатано {whole.cell.number.printed}."
            )
            yield finding_at(
                whole.cell, "population-union-mismatch", Severity.ERROR, message, f"{made:f}",
                (*(one.cell for one in parts), whole.cell),
            )  # fmt: skip


def _parts(whole: Sized, peers: list[Sized]) -> list[Sized]:
    """Disjoint populations of the same kind that make up the whole; none where they do not cover it."""
    alike = [
        one for one in peers
        if one.who.kind == whole.who.kind and one.who.traits == whole.who.traits
        and one.who.grades < whole.who.grades and one.cell.table is not whole.cell.table
    ]  # fmt: skip
    return _cover(whole.who.grades, {one.who.grades: one for one in reversed(alike)})


def _cover(rest: frozenset[int], parts: Mapping[frozenset[int], Sized]) -> list[Sized]:
    """Disjoint parts that are all of the grades together: the fewest; none where there are none."""
    covers = []
    for grades, one in parts.items():
        if min(rest) in grades and grades <= rest:
            others = _cover(rest - grades, parts) if grades < rest else []
            if others or grades == rest:
                covers.append([one, *others])
    return min(covers, key=len, default=[])


@rule("population-too-small")
def population_too_small(report: Report) -> Iterator[Finding]:
    """A whole is below the sum of its disjoint parts that other tables give; graduates are part of their grade.
    Graduates who alone are more than the whole are told by `population-impossible`."""
    for whole in sized(report):
        peers = peers_of(report, whole)
        if whole.who.kind != "обучающийся" or not whole.who.grades or _parts(whole, peers):
            continue
        parts = _disjoint(whole, peers)
        made = sum((one.size for one in parts), Decimal())
        if made > whole.size:
            message = (
                f"{words_of(whole.who).capitalize()} за {whole.printed_year}: напечатано {whole.cell.number.printed}, "
                f"но только {' и '.join(f'{words_of(one.who)} ({one.size:f})' for one in parts)} — вместе {made:f}."
            )
            yield finding_at(
                whole.cell, "population-too-small", Severity.ERROR, message, f"не меньше {made:f}",
                (*(one.cell for one in parts), whole.cell),
            )  # fmt: skip


def _disjoint(whole: Sized, peers: list[Sized]) -> list[Sized]:
    """The parts of other tables that together are the most; grades count once, narrower populations not at all."""
    rest, chosen = set(whole.who.grades), list[Sized]()
    inside = [
        one for one in peers
        if one.who.kind in PEOPLE and one.who.grades and one.who.grades <= whole.who.grades
        and one.who.traits >= whole.who.traits
        and one.cell.table is not whole.cell.table
        and (one.who.grades < whole.who.grades or one.who.kind == "выпускник")
        and not is_doubtful(one)
    ]  # fmt: skip
    for one in sorted(inside, key=lambda one: (one.who.kind != "обучающийся", -one.size)):
        if one.who.grades <= rest:
            chosen.append(one)
            rest -= one.who.grades
    alone = any(are_pupils_of(whole, one) and one.size > whole.size for one in chosen)
    return [] if alone or (len(chosen) < 2 and all(one.size <= whole.size for one in chosen)) else chosen
