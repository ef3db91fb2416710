"""Rows -> persons, exactly: by a valid SNILS, else by the whole name with the date of birth.

Two SNILS are two persons, whatever their names. A row without a key of its own waits for a probable link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from orientir.pseudonyms.identity import Identity, shared_snils
from orientir.pseudonyms.reading import Row

# The identity of a person is that of the row which the most trusted table holds.
TRUST = ("enrolment", "exam", "admission", "participation", "diagnostics")


@dataclass
class Person:
    """Rows of one person. `key` is what the pseudonym is made of; '' where no row had enough to tell who it is."""

    key: str
    rows: list[Row] = field(default_factory=list)

    @property
    def identity(self) -> Identity:
        """As the most trusted table writes it, with what other rows add."""
        first = min(self.rows, key=lambda row: (TRUST.index(row.table), row.at)).who
        snils = next((row.who.snils for row in self.rows if row.who.snils), "")
        sex = next((row.who.sex for row in self.rows if row.who.sex is not None), None)
        school = next((row.who.school for row in self.rows if row.who.school is not None), None)
        return replace(
            first, snils=first.snils or snils, sex=sex, school=school if first.school is None else first.school
        )

    @property
    def tables(self) -> set[str]:
        return {row.table for row in self.rows}


@dataclass(frozen=True)
class Grouped:
    """Persons in the order in which they were met, and the number of SNILS that were not trusted."""

    persons: list[Person]
    shared_snils: int


def grouped(rows: Sequence[Row]) -> Grouped:
    """Every row belongs to exactly one person."""
    shared = shared_snils([row.who for row in rows])
    trusted = [replace(row, who=replace(row.who, snils="")) if row.who.snils in shared else row for row in rows]
    numbers: dict[str, set[str]] = defaultdict(set)
    for row in trusted:
        if row.who.snils and row.who.named_key:
            numbers[row.who.named_key].add(f"snils:{row.who.snils}")
    persons: dict[str, Person] = {}
    for row in trusted:
        token = _token(row.who, numbers)
        person = persons.setdefault(token, Person("" if token.startswith("unknown:") else token))
        person.rows.append(row)
    return Grouped(list(persons.values()), len(shared))


def _token(who: Identity, numbers: dict[str, set[str]]) -> str:
    """A name and a day of birth that stand beside one SNILS elsewhere are that person; beside two, nobody's yet."""
    if who.snils:
        return f"snils:{who.snils}"
    if who.named_key:
        known = numbers.get(who.named_key, set())
        return next(iter(known)) if len(known) == 1 else who.named_key
    return f"unknown:{who.letters}:{who.school}:{who.grade}"
