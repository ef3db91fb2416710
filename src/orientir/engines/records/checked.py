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

from orientir.engines.records.checks import RecordChecks
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
from orientir.engines.records.run import Means, is_small
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
    with closing(RecordChecks(records, dimensions, means.memory_each, threads)) as checks:
        return _checked(Memory(out / CHECKED), checks, parts, dimensions_told(dimensions), is_asked)


def _checked(
    memory: Memory, checks: RecordChecks, parts: Sequence[Partition], dimensions: str, is_asked: bool
) -> Checked:
    codes = {f"codes_{part.name}_{part.inputs(dimensions)}": part for part in parts}
    checks.read_headers(part for name, part in codes.items() if not memory.knows([name]))
    files: dict[str, Look] = {name: partial(checks.files, part) for name, part in codes.items()}
    files |= _place_looks(checks, parts, dimensions)
    rows = _row_looks(checks, parts, dimensions)
    memory.look(files)
    if is_asked and checks.are_readable:
        memory.look(rows)
    if memory.faults:
        raise UserError(memory.faults)
    memory.forget_others({*files, *rows})
    return Checked(memory.notes(rows), memory.knows(rows))


def _place_looks(checks: RecordChecks, parts: Sequence[Partition], dimensions: str) -> Mapping[str, Look]:
    regions = sorted({part.region for part in parts})
    return {f"places_{dimensions}_{digest(list(map(str, regions)))}": partial(checks.dimensions, regions)}


def _row_looks(checks: RecordChecks, parts: Sequence[Partition], dimensions: str) -> Mapping[str, Look]:
    looks: dict[str, Look] = {}
    for year in dict.fromkeys(part.year for part in parts):
        same = [part for part in parts if part.year == year]
        files = _enrolments(same)
        looks[f"pupils_{year}_{fingerprint(files)}"] = partial(checks.pupils, files)
        for part in same:
            others = _enrolments(other for other in same if other is not part)
            looks[f"rows_{part.name}_{part.inputs(dimensions)}"] = partial(checks.rows, part, others)
    return looks


def _enrolments(parts: Iterable[Partition]) -> list[Path]:
    return [file for part in parts for file in part.files.get("enrolment", ())]
