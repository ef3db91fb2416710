"""Invented pupils of one region through the years: who sits in which grade of which school on the census date.

What they do there is told by record_facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orientir.synth.record_places import ENTRIES, GROUPS, STAY, YEARS, Columns, Places

MOVING = 0.03  # of pupils change their school within the region each year
_GIRLS, _DISABILITY, _SENIOR_ADVANCED, _ADVANCED, _ADDITIONAL = 0.49, 0.06, 0.6, 0.08, 0.55
_KEY_BITS = np.uint64((1 << 63) - 1)


@dataclass(frozen=True)
class Pupils:
    """The pupils of one year by school and grade; a code is the same person in all years."""

    year: int
    pupil: NDArray[np.int64]
    grade: NDArray[np.int8]
    stays: NDArray[np.bool_]
    enrolment: Columns


class People:
    """All who study in a region in one of the years; the same for the same seed and region."""

    def __init__(self, places: Places, seed: int, region: int) -> None:
        here = places.region == region
        self._school, self._municipality = places.school[here], places.municipality[here]
        self._rng = generator(seed, region)
        rng = self._rng
        sizes = rng.poisson(np.repeat(places.intake[here], len(ENTRIES)))
        cohort = np.repeat(np.arange(len(sizes)), sizes)
        self._place = cohort // len(ENTRIES)
        self._entry = np.array(ENTRIES, np.int16)[cohort % len(ENTRIES)]
        count = len(cohort)
        self._pupil = keyed(np.arange(count), seed, region)
        self._boy = chosen(rng, count, 1 - _GIRLS)
        self._disability = chosen(rng, count, _DISABILITY)
        self._stays = chosen(rng, count, STAY).astype(bool)
        self._profile = rng.integers(1, GROUPS + 1, count, dtype=np.int16)

    def years(self) -> Iterator[Pupils]:
        """Years in their order, since pupils move between them."""
        for year in YEARS:
            if year != YEARS[0]:
                self._move()
            yield self._year(year)

    def _move(self) -> None:
        moving = np.flatnonzero(chosen(self._rng, len(self._place), MOVING))
        self._place[moving] = self._rng.integers(0, len(self._school), len(moving))

    def _year(self, year: int) -> Pupils:
        grade = (year + 1 - self._entry).astype(np.int8)
        here = np.flatnonzero((grade >= 1) & (grade <= np.where(self._stays, 11, 9)))
        here = here[np.argsort(self._place[here] * 16 + grade[here], kind="stable")]
        senior = grade[here] >= 10
        advanced = self._rng.random(len(here), dtype=np.float32) < np.where(senior, _SENIOR_ADVANCED, _ADVANCED)
        place = self._place[here]
        columns: Columns = {
            "mun_id": self._municipality[place],
            "school_id": self._school[place],
            "pupil_id": self._pupil[here],
            "grade": grade[here],
            "sex": self._boy[here],
            "disability": self._disability[here],
            "adv": advanced.astype(np.int8),
            "add_edu": chosen(self._rng, len(here), _ADDITIONAL),
            "profile": np.where(senior, self._profile[here], 0).astype(np.int16),
        }
        return Pupils(year, columns["pupil_id"], columns["grade"], self._stays[here], columns)


def generator(*numbers: int) -> np.random.Generator:
    """The fastest one of NumPy, begun from these numbers alone."""
    return np.random.Generator(np.random.SFC64(list(numbers)))


def chosen(rng: np.random.Generator, count: int, share: float) -> NDArray[np.int8]:
    """Ones for about this share of `count`, else zeros."""
    return (rng.random(count, dtype=np.float32) < share).astype(np.int8)


def keyed(number: NDArray[Any], seed: int, region: int) -> NDArray[np.int64]:
    """Codes that look like keyed hashes and tell no order: a permutation of 63 bits, so that no two are equal.

    A region holds fewer than 2^40 persons; each step (odd product, shifted xor) can be undone.
    """
    code = number.astype(np.uint64) | np.uint64(region << 40)
    code ^= np.uint64((seed * 0x9E3779B97F4A7C15) % (1 << 63))
    for factor, shift in ((0x3C79AC492BA7B653, 32), (0x1C69B3F74AC4AE35, 29), (0x5851F42D4C957F2D, 31)):
        code = (code * np.uint64(factor)) & _KEY_BITS
        code ^= code >> np.uint64(shift)
    return code.astype(np.int64)
