"""A data package on disk -> a `Package`, or all its mistakes at once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from orientir.engines.records.partitions import FOLDER
from orientir.errors import Fault, PackageError
from orientir.facts.counts import facts
from orientir.facts.decisions import choices, corrections
from orientir.facts.descriptor import DESCRIPTOR
from orientir.facts.reading import Reading
from orientir.facts.registers import (
    actions,
    activities,
    events,
    open_days,
    organisations,
    register,
    sources,
    submissions,
    texts,
)
from orientir.facts.tables import (
    ACTIONS,
    ACTIVITIES,
    EVENTS,
    OPEN_DAYS,
    ORGANISATIONS,
    REGISTERS,
    SOURCES,
    SUBMISSIONS,
    TEXTS,
    choice_columns,
    correction_columns,
    fact_columns,
)
from orientir.model.package import Package
from orientir.model.programme import Programme


def read_package(folder: Path, programme: Programme, without: Collection[str] = ()) -> Package:
    """Read every table of the package under the programme's dictionaries; those of `without` are taken for empty.

    Raises PackageError with every fault found: files, columns, numbers, codes, periods, states, repeated facts.
    """
    if not folder.is_dir():
        raise PackageError(Fault(str(folder), "папки нет.", "Проверьте путь к пакету данных."))
    reading = Reading(folder, programme)
    dimensions = tuple(dimension.id for dimension in programme.dimensions)
    tables = {
        "organisations": ORGANISATIONS,
        "sources": SOURCES,
        "facts": fact_columns(dimensions),
        "events": EVENTS,
        "activities": ACTIVITIES,
        "open_days": OPEN_DAYS,
        "actions": ACTIONS,
        **REGISTERS,
        "submissions": SUBMISSIONS,
        "corrections": correction_columns(dimensions),
        "choices": choice_columns(dimensions),
        "texts": TEXTS,
    }
    for name, columns in tables.items():
        if name in without:
            reading.tables[name] = []
        else:
            reading.read(name, columns)
    _check_purpose(reading)
    package = _assembled(reading)
    if reading.faults:
        raise PackageError(reading.faults)
    return package


def _check_purpose(reading: Reading) -> None:
    """The package is about a territory that it knows and was made for this programme."""
    descriptor, places = reading.descriptor, reading.keys("organisations")
    if places is not None and descriptor.territory not in places:
        what = f"территории «{descriptor.territory}» нет в {reading.path('organisations')}."
        reading.fault(f"{DESCRIPTOR}: orientir.territory", what, "Исправьте код.")
    if descriptor.programme not in ("", reading.programme.id):
        what = f"пакет собран по программе «{descriptor.programme}», а отчёт — по «{reading.programme.id}»."
        reading.fault(f"{DESCRIPTOR}: orientir.programme", what, "Укажите ту же программу в --programme.")


def _assembled(reading: Reading) -> Package:
    descriptor = reading.descriptor
    return Package(
        name=descriptor.name,
        title=descriptor.title,
        territory=descriptor.territory,
        synthetic=descriptor.synthetic,
        prepared_by=descriptor.prepared_by,
        checksum=_checksum({**reading.files, **_record_hashes(reading.folder / FOLDER)}),
        organisations=tuple(organisations(reading)),
        sources=tuple(sources(reading)),
        facts=tuple(facts(reading)),
        events=tuple(events(reading)),
        activities=tuple(activities(reading)),
        open_days=tuple(open_days(reading)),
        actions=tuple(actions(reading)),
        submissions=tuple(submissions(reading)),
        corrections=tuple(corrections(reading)),
        choices=tuple(choices(reading)),
        texts=tuple(texts(reading)),
        **{name: tuple(register(reading, name)) for name in REGISTERS},
        files=reading.files,
        records=reading.folder / FOLDER if (reading.folder / FOLDER).is_dir() else None,
    )


def _record_hashes(folder: Path) -> dict[str, bytes]:
    """Records are not kept with the rows of the package, but what they are belongs to its checksum."""
    found = sorted(file for file in folder.rglob("*") if file.suffix in (".parquet", ".csv"))
    return {file.relative_to(folder.parent).as_posix(): _digest(file) for file in found}


def _digest(file: Path) -> bytes:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _checksum(files: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return f"sha256:{whole.hexdigest()}"
