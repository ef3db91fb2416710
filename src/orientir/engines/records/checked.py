"""Records are checked before any engine counts them; what was looked at once is known again by its files.

Columns and codes always, for that costs a hundredth of counting. The rows of pupils where a package is small, or has
just been laid out, or where a person asks for it: for a country that takes as long as counting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from orientir.engines.records.file_checks import FileChecks
from orientir.engines.records.layout import arranged
from orientir.engines.records.looked import Look, Memory
from orientir.engines.records.partitions import (
    Partition,
    all_partitions,
    digest,
    dimensions_of,
    dimensions_told,
    fingerprint,
    partitions_of,
)
from orientir.engines.records.row_checks import RowChecks
from orientir.engines.records.run import Means, is_small
from orientir.engines.records.told_rows import ToldRows
from orientir.errors import UserError

CHECKED = "checked"


@dataclass(frozen=True)
class Checked:
    """`notes` tell what is no mistake; `is_whole` is false where rows of pupils were never looked at."""

    notes: tuple[str, ...]
    is_whole: bool


def check_records(folder: Path, out: Path, means: Means, wholly: bool = False) -> Checked:
    """UserError with every fault that was found."""
    records = arranged(folder, out, means.memory_each)
    is_asked = wholly or is_small(partitions_of(records.folder)) or records.folder != folder
    parts = sorted(all_partitions(records.folder), key=lambda one: (one.year, one.region))
    dimensions = dimensions_of(records.folder, out, ("dim_school", "dim_specialty"))
    threads = means.threads(sum(part.size for part in parts))
    with closing(ToldRows(records, means.memory_each, threads)) as told:
        files, rows = FileChecks(told, dimensions), RowChecks(told, dimensions)
        return _checked(Memory(out / CHECKED), files, rows, parts, dimensions_told(dimensions), is_asked)


def _checked(
    memory: Memory, files: FileChecks, rows: RowChecks, parts: Sequence[Partition], dimensions: str, is_asked: bool
) -> Checked:
    codes = {f"codes_{part.name}_{part.inputs(dimensions)}": part for part in parts}
    files.read_headers(part for name, part in codes.items() if not memory.knows([name]))
    of_files: dict[str, Look] = {name: partial(files.codes, part) for name, part in codes.items()}
    regions = sorted({part.region for part in parts})
    of_files[f"places_{dimensions}_{digest(list(map(str, regions)))}"] = partial(files.places, regions)
    of_rows = _row_looks(rows, parts, dimensions)
    memory.look(of_files)
    if is_asked and files.are_readable:
        memory.look(of_rows)
    if memory.faults:
        raise UserError(memory.faults)
    memory.forget_others({*of_files, *of_rows})
    return Checked(memory.notes(of_rows), memory.knows(of_rows))


def _row_looks(rows: RowChecks, parts: Sequence[Partition], dimensions: str) -> Mapping[str, Look]:
    looks: dict[str, Look] = {}
    for year in dict.fromkeys(part.year for part in parts):
        same = [part for part in parts if part.year == year]
        enrolled = fingerprint(_enrolments(same))
        looks[f"pupils_{year}_{enrolled}"] = partial(rows.pupils, _enrolments(same))
        for part in same:
            others = _enrolments(other for other in same if other is not part)
            # Where a fact belongs is told by the enrolments of all regions.
            looks[f"rows_{part.name}_{digest([part.inputs(dimensions), enrolled])}"] = partial(rows.rows, part, others)
    return looks


def _enrolments(parts: Iterable[Partition]) -> list[Path]:
    return [file for part in parts for file in part.files.get("enrolment", ())]
