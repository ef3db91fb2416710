"""Invented schools of a district, a region or a country, and what specialties ask for: the dimensions of the records.

Who studies in the schools is told by record_people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]

YEARS = (2020, 2021, 2022)
ENTRIES = tuple(range(YEARS[0] - 10, YEARS[-1] + 1))  # in these years the pupils of grades 1-11 came to the first
STAY = 0.43  # of ninth-graders who go on to the tenth
SPECIALTIES, GROUPS, SUBJECTS, FIRST_ELECTIVE, NEAR = 600, 50, 14, 3, 3

_COHORTS = 9 + 2 * STAY  # of a school in one year
_RURAL, _RURAL_SIZE = 0.45, 0.4


@dataclass(frozen=True)
class Scale:
    """How much there is of everything; pupils are those of one year."""

    regions: int
    municipalities: int
    schools: int
    pupils: int


SCALES = {
    "district": Scale(1, 1, 19, 10_000),
    "region": Scale(1, 26, 700, 300_000),
    "country": Scale(89, 2_300, 40_000, 16_000_000),
}


@dataclass(frozen=True)
class Places:
    """All schools, numbered from 1 in the order of their regions; `intake` is the usual size of a first grade."""

    school: NDArray[np.int32]
    municipality: NDArray[np.int32]
    region: NDArray[np.int16]
    rural: NDArray[np.int8]
    intake: NDArray[np.float64]

    @property
    def regions(self) -> tuple[int, ...]:
        return tuple(int(one) for one in np.unique(self.region))

    def columns(self) -> Columns:
        return {
            "school_id": self.school,
            "mun_id": self.municipality,
            "region_id": self.region,
            "rural": self.rural,
        }


def invented_places(scale: Scale, seed: int) -> Places:
    """The same for the same scale and seed: whoever makes one region draws all schools and takes its own."""
    rng = np.random.default_rng([seed, 0])
    municipalities = _apportioned(scale.municipalities, rng.lognormal(0, 0.6, scale.regions))
    region_of = np.repeat(np.arange(1, scale.regions + 1), municipalities)
    schools = _apportioned(scale.schools, rng.lognormal(0, 0.9, scale.municipalities))
    municipality = np.repeat(np.arange(1, scale.municipalities + 1), schools)
    rural = rng.random(scale.schools) < _RURAL
    size = rng.lognormal(0, 0.7, scale.schools) * np.where(rural, _RURAL_SIZE, 1)
    return Places(
        np.arange(1, scale.schools + 1, dtype=np.int32),
        municipality.astype(np.int32),
        region_of[municipality - 1].astype(np.int16),
        rural.astype(np.int8),
        size * (scale.pupils / _COHORTS / size.sum()),
    )


def specialties() -> Columns:
    number = np.arange(1, SPECIALTIES + 1, dtype=np.int16)
    return {"specialty_id": number, "group_id": (1 + number % GROUPS).astype(np.int16)}


def group_subjects(seed: int) -> Any:
    """Three electives are near to every group, for colleges and for universities alike, in all years: a table."""
    import pyarrow as pa

    rng = np.random.default_rng([seed, 1])
    electives = np.arange(FIRST_ELECTIVE, SUBJECTS + 1)
    near = np.concatenate([rng.choice(electives, NEAR, replace=False) for _ in range(GROUPS)])
    group = np.repeat(np.arange(1, GROUPS + 1), NEAR)
    strength = np.tile(np.arange(NEAR, 0, -1), GROUPS)
    rows = len(near)
    return pa.table(
        {
            "group_id": pa.array(np.tile(group, 2), pa.int16()),
            "subject_id": pa.array(np.tile(near, 2), pa.int8()),
            "role": pa.array(np.repeat([3, 2], rows), pa.int8()),
            "strength": pa.array(np.tile(strength, 2), pa.int8()),
            "valid_from": pa.array(np.full(2 * rows, 2000), pa.int16()),
            "valid_to": pa.nulls(2 * rows, pa.int16()),
        }
    )


def _apportioned(total: int, weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """At least one to each, the rest by weight; what rounding leaves over goes to the largest remainders."""
    shares = weights / weights.sum() * (total - len(weights))
    parts: NDArray[np.int64] = np.floor(shares).astype(np.int64)
    left = total - len(weights) - int(parts.sum())
    parts[np.argsort(parts - shares)[:left]] += 1
    parts += 1
    return parts
