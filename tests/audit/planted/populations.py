"""Who is counted: the populations of a report, how they are named, and numbers of them that agree with one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True)
class Population:
    """`grades` as printed («9», «5-9», «9 и 11»), `members` as counted; `who` is the genitive plural."""

    key: str
    grades: str
    members: tuple[int, ...]
    who: str
    nominative: str
    tail: str = ""

    def genitive(self, form: str) -> str:
        return f"{self.who} {form.format(self.grades)}{self.tail}"

    def named(self, form: str) -> str:
        return f"{self.nominative} {form.format(self.grades)}{self.tail}"


def _pupils(first: int, last: int) -> Population:
    grades = f"{first}-{last}"
    return Population(f"p{grades}", grades, tuple(range(first, last + 1)), "обучающихся", "Обучающиеся")


POPULATIONS = {
    one.key: one
    for one in (
        Population("g9", "9", (9,), "выпускников", "Выпускники"),
        Population("g11", "11", (11,), "выпускников", "Выпускники"),
        Population("g9+11", "9 и 11", (9, 11), "выпускников", "Выпускники"),
        *(_pupils(*ends) for ends in ((1, 11), (5, 11), (5, 9), (6, 11), (7, 9), (8, 11), (9, 11), (10, 11))),
        Population("s5-11", "5-11", (5, 6, 7, 8, 9, 10, 11), "обучающихся с ОВЗ", "Обучающиеся с ОВЗ"),
        Population("r9-11", "9-11", (9, 10, 11), "родителей обучающихся", "Родители обучающихся"),
    )
}


@dataclass
class People:
    """Sizes by year. Pupils by grade; graduates are never more than the pupils of their grade."""

    years: list[int]
    pupils: dict[int, dict[int, int]] = field(default_factory=dict)
    graduates: dict[tuple[int, int], int] = field(default_factory=dict)
    special: dict[int, int] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)

    def size(self, key: str, year: int) -> int:
        population = POPULATIONS[key]
        if key.startswith("s"):
            return self.special[year]
        if key.startswith("r"):
            return self.parents[year]
        if key.startswith("g"):
            return sum(self.graduates[grade, year] for grade in population.members)
        return sum(self.pupils[year][grade] for grade in population.members)


def first_year(rng: Random, leave: float) -> dict[int, int]:
    """Pupils by grade; of the ninth grade only those stay who do not leave for colleges."""
    base = rng.randint(160, 620)
    pupils = {grade: round(base * rng.uniform(0.94, 1.06)) for grade in range(1, 10)}
    pupils[10] = round(base * (1 - leave) * rng.uniform(0.84, 0.9))
    pupils[11] = round(pupils[10] * rng.uniform(0.94, 0.99))
    return pupils


def next_year(before: dict[int, int], stayed: int, rng: Random) -> dict[int, int]:
    """Each grade moves up; `stayed` are graduates of the ninth grade who did not leave for colleges."""
    pupils = {grade + 1: round(before[grade] * rng.uniform(0.985, 1.015)) for grade in range(1, 9)}
    pupils[1] = round(before[1] * rng.uniform(0.97, 1.03))
    pupils[10] = round(stayed * rng.uniform(0.86, 0.92))
    pupils[11] = round(before[10] * rng.uniform(0.95, 0.99))
    return pupils
