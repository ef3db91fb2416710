"""Invented values of elements by school and year, as a country's forms would give them: for measuring only.

Every number is a function of seed, element, school and year alone, so that any part can be made without the rest.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ELEMENTS, AT_ONCE, MOST = 490, 20, 400


def write_values(path: Path, schools: NDArray[np.int32], year: int, seed: int) -> int:
    """One year of all elements, element after element; how many rows there are."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"element_id": pa.int32(), "org_id": pa.int32(), "period": pa.int32(), "value": pa.float64()}
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, pa.schema(list(types.items())), compression="zstd", compression_level=1) as writer:
        for first in range(1, ELEMENTS + 1, AT_ONCE):
            elements = np.arange(first, min(first + AT_ONCE, ELEMENTS + 1), dtype=np.int32)
            columns = _values(elements, schools, year, seed)
            writer.write_table(pa.table(columns), row_group_size=122_880)
    return ELEMENTS * len(schools)


def _values(elements: NDArray[np.int32], schools: NDArray[np.int32], year: int, seed: int) -> dict[str, NDArray[Any]]:
    element, school = np.repeat(elements, len(schools)), np.tile(schools, len(elements))
    mixed = element.astype(np.uint64) << np.uint64(32) | school.astype(np.uint64)
    mixed ^= np.uint64((seed * 10_000 + year) * 0x9E3779B97F4A7C15 % (1 << 64))
    for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB):
        mixed = (mixed ^ mixed >> np.uint64(30)) * np.uint64(factor)
    value = (mixed >> np.uint64(40)) % np.uint64(MOST)
    period = np.full(len(element), year, np.int32)
    return {"element_id": element, "org_id": school, "period": period, "value": value.astype(np.float64)}
