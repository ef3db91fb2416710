"""Invented records of pupils at the scale of a district, a region or a country, in Parquet by year and region.

A region is made of the seed and its number alone: any can be made without the others, in any order, by any number of
processes, and holds the same values. The descriptor beside the tables says that all of it is invented.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orientir.errors import Fault, UserError
from orientir.synth.record_facts import facts_of
from orientir.synth.record_people import People
from orientir.synth.record_places import (
    SCALES,
    YEARS,
    Columns,
    Places,
    group_subjects,
    invented_places,
    specialties,
)
from orientir.synth.record_values import write_values
from orientir.writing import replaced

DESCRIPTOR = "records/datapackage.json"
_ROW_GROUP = 122_880


@dataclass(frozen=True)
class Wanted:
    """What is to be made. No regions means all of them; `values` also makes the values of elements by school."""

    scale: str
    seed: int
    regions: Sequence[int] = ()
    processes: int = 1
    values: bool = False


@dataclass(frozen=True)
class _Job:
    """A region, or, where the region is 0, one year of the values."""

    folder: Path
    scale: str
    seed: int
    region: int
    year: int = 0
    regions: Sequence[int] = ()


def write_records(wanted: Wanted, out: Path, progress: Callable[[str], None] = lambda _: None) -> dict[str, int]:
    """How many rows there are in each table. Raises UserError for a scale or a region that there is none of."""
    places = _places(wanted.scale, wanted.seed)
    regions = _regions(places, wanted.regions)
    with replaced(out, DESCRIPTOR) as folder:
        dimensions = _write_dimensions(folder / "records", places, wanted.seed)
        rows: Counter[str] = Counter(dimensions)
        jobs = [_Job(folder, wanted.scale, wanted.seed, region) for region in _largest_first(places, regions)]
        years = YEARS if wanted.values else ()
        if wanted.values:
            _write_numbers(folder / "records" / "dim_element.csv")
        jobs += [_Job(folder, wanted.scale, wanted.seed, 0, year, regions) for year in years]
        with _workers(min(wanted.processes, len(jobs))) as done:
            for made in done(_made, jobs):
                progress("")
                rows.update(made)
        _write_descriptor(folder / DESCRIPTOR, wanted, regions, rows)
    return dict(rows)


def region_numbers(text: str) -> list[int]:
    """Numbers of a list with commas. Raises UserError where one of them is none."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    faults = [Fault("--regions", f"«{part}» — не номер региона.") for part in parts if not part.isdecimal()]
    if faults:
        raise UserError(faults)
    return [int(part) for part in parts]


def _places(scale: str, seed: int) -> Places:
    if scale not in SCALES:
        raise UserError(Fault("--scale", f"размера «{scale}» нет.", f"Допустимы: {', '.join(SCALES)}."))
    if seed < 0:
        raise UserError(Fault("--seed", "число должно быть не меньше нуля.", "Укажите, например, --seed 1."))
    return invented_places(SCALES[scale], seed)


def _regions(places: Places, asked: Sequence[int]) -> Sequence[int]:
    unknown = sorted(set(asked) - set(places.regions))
    if unknown:
        what = f"регионов {', '.join(map(str, unknown))} здесь нет."
        raise UserError(Fault("--regions", what, f"Допустимы номера от 1 до {places.regions[-1]}."))
    return sorted(set(asked)) or places.regions


def _largest_first(places: Places, regions: Sequence[int]) -> list[int]:
    """So that no process is left alone with a large region at the end."""
    return sorted(regions, key=lambda region: -places.intake[places.region == region].sum())


@contextmanager
def _workers(count: int) -> Iterator[Callable[..., Any]]:
    """A function like `map`: results come as they are ready."""
    if count <= 1:
        yield map
        return
    from multiprocessing import get_context

    with get_context("spawn").Pool(count) as pool:
        yield pool.imap_unordered


def _made(job: _Job) -> Counter[str]:
    """Runs in a process of its own. Rows by table."""
    places = _places(job.scale, job.seed)
    if not job.region:
        import numpy as np

        schools = places.school[np.isin(places.region, job.regions)]
        path = job.folder / "data_values" / f"year={job.year}.parquet"
        return Counter(data_values=write_values(path, schools, job.year, job.seed))
    rows: Counter[str] = Counter()
    for pupils in People(places, job.seed, job.region).years():
        tables = {"enrolment": pupils.enrolment, **facts_of(pupils, job.seed, job.region)}
        for table, columns in tables.items():
            part = job.folder / "records" / table / f"year={pupils.year}" / f"region_id={job.region}"
            rows[table] += _write(part / "part.parquet", columns)
    return rows


def _write(path: Path, columns: Columns | Any) -> int:
    """A dictionary helps every column but the codes of pupils, which hardly repeat."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(columns)
    small = [name for name in table.column_names if name != "pupil_id"]
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        table, path, compression="zstd", compression_level=1, row_group_size=_ROW_GROUP, use_dictionary=small
    )
    return int(table.num_rows)


def _write_dimensions(folder: Path, places: Places, seed: int) -> dict[str, int]:
    tables = {
        "dim_school": places.columns(),
        "dim_specialty": specialties(),
        "dim_group_subject": group_subjects(seed),
    }
    return {name: _write(folder / f"{name}.parquet", columns) for name, columns in tables.items()}


def _write_numbers(path: Path) -> None:
    """The elements of the programme of records stand under the first numbers, so that its indicators can be tried."""
    from orientir.definitions.loader import load_programme
    from orientir.resources import programme_folder

    elements = load_programme(programme_folder("career_guidance_records")).elements
    lines = ["element_id,element", *(f"{number},{one.id}" for number, one in enumerate(elements, 1))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


def _write_descriptor(path: Path, wanted: Wanted, regions: Sequence[int], rows: Counter[str]) -> None:
    told = {
        "name": f"records-{wanted.scale}",
        "synthetic": True,
        "scale": wanted.scale,
        "seed": wanted.seed,
        "years": YEARS,
        "regions": regions,
        "tables": {table: {"rows": count} for table, count in sorted(rows.items())},
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="")
