"""The numbers behind one report: people, indicators and their counts, made so that nothing contradicts anything."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from random import Random

from audit.planted.indicators import BY_KEY, COUNTED, INDICATORS, Indicator
from audit.planted.populations import POPULATIONS, People, first_year, next_year

CERTAIN = 3.0
"""A change is told as one from this many standard errors; what is called noise stays below NOISE."""
NOISE = 0.9


def deviation(part: int, whole: int, later_part: int, later_whole: int) -> float:
    """By how many standard errors the later share is above the earlier one."""
    pooled = (part + later_part) / (whole + later_whole)
    error = sqrt(pooled * (1 - pooled) * (1 / whole + 1 / later_whole)) or 1.0
    return (later_part / later_whole - part / whole) / error


@dataclass
class World:
    """`parts` are counts by indicator and year; `counted` numbers of things."""

    years: list[int]
    people: People
    indicators: list[Indicator]
    parts: dict[tuple[str, int], int]
    counted: dict[str, dict[int, int]]

    def whole(self, key: str, year: int) -> int:
        return self.people.size(BY_KEY[key].population, year)

    def change(self, key: str, earlier: int, later: int) -> float:
        before, after = self.parts[key, earlier], self.parts[key, later]
        return deviation(before, self.whole(key, earlier), after, self.whole(key, later))


def world(rng: Random) -> World:
    count = rng.choice([3, 3, 3, 4])
    last = rng.randint(2020 + count - 2, 2025)
    years = list(range(last - count + 1, last + 1))
    college = BY_KEY["college9"]
    parts: dict[tuple[str, int], int] = {}
    people = _people(years, college, parts, rng)
    chosen = _chosen(rng)
    made = World(years, people, chosen, parts, {})
    for indicator in chosen:
        if indicator.key != "college9":
            _series(made, indicator, rng)
    for thing in rng.sample(COUNTED, rng.randint(0, 2)):
        first = rng.randint(thing.low, thing.high)
        made.counted[thing.key] = {year: first + 3 * (year - years[0]) + rng.randint(0, 2) for year in years}
    return made


def _people(years: list[int], college: Indicator, parts: dict[tuple[str, int], int], rng: Random) -> People:
    """Who leaves for colleges decides who is in the tenth grade a year later."""
    people = People(years)
    share = rng.uniform(college.low, college.high - 6) / 100
    special, parents = rng.uniform(0.1, 0.16), rng.uniform(1.3, 1.5)
    direction = rng.choice(["grow", "still", "still"])
    for number, year in enumerate(years):
        if not number:
            people.pupils[year] = first_year(rng, share)
        else:
            stayed = people.graduates[9, year - 1] - parts["college9", year - 1]
            people.pupils[year] = next_year(people.pupils[year - 1], stayed, rng)
        for grade in (9, 11):
            people.graduates[grade, year] = people.pupils[year][grade] - rng.randint(0, 3)
        people.special[year] = round(people.size("p5-11", year) * special * rng.uniform(0.97, 1.03))
        people.parents[year] = round(people.size("p9-11", year) * parents)
        whole = people.graduates[9, year]
        before = (parts["college9", year - 1], people.graduates[9, year - 1]) if number else None
        parts["college9", year] = _next_part(whole, before, share, direction, rng)
    return people


def _chosen(rng: Random) -> list[Indicator]:
    """In the order of the catalogue; at least two about one population, so that there is something to compare."""
    rest = [one for one in INDICATORS if one.key != "college9"]
    picked = set(rng.sample([one.key for one in rest], rng.randint(4, 9)))
    if rng.random() < 0.7:
        picked |= {"college11", "plans"}
    if rng.random() < 0.5:
        picked |= {"ticket59", "ticket1011", "supplementary"}
    if rng.random() < 0.4:
        picked |= {"championship", "diagnostics"}
    return [one for one in INDICATORS if one.key == "college9" or one.key in picked]


def _series(made: World, indicator: Indicator, rng: Random) -> None:
    """`both parts of one population after the eleventh grade stay below it: their bounds add up to less than 100`."""
    share = rng.uniform(indicator.low + 2, indicator.high - 2) / 100
    direction = rng.choice(["grow", "grow", "fall", "still", "still", "mixed"])
    before: tuple[int, int] | None = None
    for year in made.years:
        whole = made.whole(indicator.key, year)
        step = rng.choice(["grow", "fall", "still"]) if direction == "mixed" else direction
        part = _next_part(whole, before, share, step, rng)
        made.parts[indicator.key, year] = part
        before = (part, whole)


def _next_part(whole: int, before: tuple[int, int] | None, share: float, direction: str, rng: Random) -> int:
    """A count whose share differs from the last year's either beyond doubt or well within chance, never by a jump."""
    if before is None:
        return max(round(whole * share), 6)
    earlier = before[0] / before[1]
    for _ in range(60 if direction != "still" else 0):
        wanted = earlier + rng.uniform(0.01, 0.085) * (1 if direction == "grow" else -1)
        part = round(whole * wanted)
        fits = 0.78 < wanted / earlier < 1.28 and 0.06 < wanted < 0.92 and part >= 6
        if fits and abs(deviation(*before, part, whole)) > CERTAIN:
            return part
    for _ in range(60):
        part = round(whole * earlier * rng.uniform(0.95, 1.05))
        if part >= 6 and part < whole and abs(deviation(*before, part, whole)) < NOISE:
            return part
    return round(whole * earlier)


def fits(made: World) -> bool:
    """Whether the world may stand in a clean report: populations change smoothly, cohorts are possible."""
    people, years = made.people, made.years
    for key in POPULATIONS:
        sizes = [people.size(key, year) for year in years]
        if any(not 0.8 < later / earlier < 1.25 for earlier, later in pairwise(sizes)):
            return False
    for year in years:
        for indicator in made.indicators:
            if not 5 < made.parts[indicator.key, year] < made.whole(indicator.key, year):
                return False
    for indicator in made.indicators:
        pairs = {(made.parts[indicator.key, year], made.whole(indicator.key, year)) for year in years}
        if len(pairs) < len(years):
            return False
    for year in years:
        after = [made.parts.get((key, year), 0) for key in ("college11", "university")]
        if sum(after) > people.size("g11", year):
            return False
    return True


def sound_world(rng: Random) -> World:
    while not fits(made := world(rng)):
        pass
    return made
