"""Elements counted from records -> what is computed: atoms over pupils' years, and which cells each element takes.

A condition is a conjunction; the parts that ask only for the keys of a cell (grade, sex) choose cells, the others make
the atom. Elements with equal atoms share one: 35 elements of 24 indicators need 23.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from orientir.model.conditions import AllOf, Condition, fields_of
from orientir.model.indicators import Element
from orientir.model.records import FIELDS, KEYS, SUMS

# The tables that a field needs beside its own: what is near is told by the exams that were taken.
_ALSO = {"near": ("exam",)}
EXTRAS = ("exam_form", "link")


@dataclass(frozen=True)
class Atom:
    """A count of pupils, or a sum of theirs, by cell: «how many took part in 5»."""

    where: tuple[Condition, ...]
    sum: str = ""

    @property
    def tables(self) -> frozenset[str]:
        names = {name for part in self.where for name in fields_of(part)}
        own = {FIELDS[name].table for name in names} | ({SUMS[self.sum]} if self.sum else set())
        return frozenset(own).union(*(_ALSO.get(name, ()) for name in names)) - {"enrolment"}

    @property
    def key(self) -> str:
        """Equal for equal atoms of any plan: under it finished cells are known again."""
        told = f"{self.sum}|{'|'.join(sorted(map(repr, self.where)))}"
        return "a_" + hashlib.sha256(told.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Counted:
    """An element: its atom in the cells that meet the conditions on keys."""

    id: str
    atom: Atom
    cells: tuple[Condition, ...]


@dataclass(frozen=True)
class RecordPlan:
    """All elements of a cycle together; equal plans have equal texts."""

    elements: tuple[Counted, ...]

    @property
    def atoms(self) -> tuple[Atom, ...]:
        return tuple(dict.fromkeys(one.atom for one in self.elements))

    @property
    def tables(self) -> frozenset[str]:
        return frozenset[str]().union(*(atom.tables for atom in self.atoms))

    @property
    def extras(self) -> frozenset[str]:
        """Sets of bits that few ask for, and that are folded for these alone."""
        return frozenset(field for field in EXTRAS if self.asks(field))

    def asks(self, field: str) -> bool:
        return any(field in fields_of(part) for atom in self.atoms for part in atom.where)

    @property
    def key(self) -> str:
        return hashlib.sha256(repr(self.elements).encode()).hexdigest()[:10]

    def of(self, ids: Iterable[str]) -> RecordPlan:
        """The plan of some of the elements alone."""
        wanted = set(ids)
        return RecordPlan(tuple(one for one in self.elements if one.id in wanted))

    def with_atoms(self, atoms: Iterable[Atom]) -> RecordPlan:
        """The plan of the elements that need one of these atoms."""
        wanted = set(atoms)
        return RecordPlan(tuple(one for one in self.elements if one.atom in wanted))


def plan_records(elements: Iterable[Element]) -> RecordPlan:
    """The plan of all elements that are counted from records."""
    found = [(one.id, one.records) for one in elements if one.records is not None]
    return RecordPlan(tuple(_counted(key, rule.where, rule.sum) for key, rule in found))


def _counted(key: str, where: Condition | None, what: str) -> Counted:
    parts = _conjuncts(where)
    on_keys = tuple(part for part in parts if fields_of(part) <= set(KEYS))
    rest = tuple(sorted((part for part in parts if part not in on_keys), key=repr))
    return Counted(key, Atom(rest, what), on_keys)


def _conjuncts(condition: Condition | None) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, AllOf) else (condition,)
