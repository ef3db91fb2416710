"""The record tables of a folder by year and region: what is computed at once, kept, and started again."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from orientir.errors import Fault, UserError
from orientir.model.records import DIMENSIONS, TABLES

FOLDER, SPARE = "records", "dimensions"


@dataclass(frozen=True)
class Partition:
    """One year of one region: the files of each table that belong to it; a table without files has no rows."""

    year: int
    region: int
    files: Mapping[str, tuple[Path, ...]]

    @property
    def name(self) -> str:
        return f"{self.year}_{self.region}"

    @property
    def size(self) -> int:
        return sum(file.stat().st_size for found in self.files.values() for file in found)

    def inputs(self, others: str) -> str:
        """Changes when a file of the partition does, or the dimensions, of which `others` tells."""
        return digest([others, *(told_of(file) for name in sorted(self.files) for file in self.files[name])])


def partitions_of(folder: Path) -> list[Partition]:
    """The largest first, so that the last one to finish is small. UserError where there are no records."""
    known = [part for part in all_partitions(folder) if "enrolment" in part.files]
    if not known:
        what = "сведений об обучающихся в пакете нет."
        cure = "Нужны таблицы records/enrolment/year=ГГГГ/region_id=НН/*.parquet."
        raise UserError(Fault(str(folder / FOLDER), what, cure))
    return sorted(known, key=lambda one: (-one.size, one.year, one.region))


def all_partitions(folder: Path) -> list[Partition]:
    """Those in which nobody is enrolled too: their facts are nobody's."""
    found: dict[tuple[int, int], dict[str, tuple[Path, ...]]] = defaultdict(dict)
    for table in TABLES:
        for key, files in _by_partition(folder / FOLDER / table).items():
            found[key][table] = files
    return [Partition(*key, files) for key, files in found.items()]


def _by_partition(table: Path) -> Mapping[tuple[int, int], tuple[Path, ...]]:
    found: dict[tuple[int, int], list[Path]] = defaultdict(list)
    for file in sorted(table.glob("year=*/region_id=*/*.parquet")):
        year, region = (part.name.partition("=")[2] for part in (file.parent.parent, file.parent))
        if year.isdecimal() and region.isdecimal():
            found[int(year), int(region)].append(file)
    return {key: tuple(files) for key, files in found.items()}


def dimensions_of(
    folder: Path, out: Path | None = None, names: Iterable[str] = tuple(DIMENSIONS)
) -> Mapping[str, Path]:
    """The files of the dimensions: the package's own, else those kept beside the values. UserError where one lacks."""
    own = {name: folder / FOLDER / f"{name}.parquet" for name in names}
    spare = {name: (out or folder) / SPARE / file.name for name, file in own.items()}
    files = {name: spare[name] if not file.is_file() and spare[name].is_file() else file for name, file in own.items()}
    lacking = [Fault(str(file), "файла нет.", "Он обязателен рядом со сведениями.") for file in _absent(files)]
    if lacking:
        raise UserError(lacking)
    return files


def _absent(files: Mapping[str, Path]) -> Iterator[Path]:
    return (file for file in files.values() if not file.is_file())


def dimensions_told(files: Mapping[str, Path]) -> str:
    """Changes with what the dimensions say, not with when they were written."""
    return digest([hashlib.sha256(file.read_bytes()).hexdigest() for _, file in sorted(files.items())])


def fingerprint(files: Iterable[Path]) -> str:
    """Changes when one of the files does, or there are others."""
    return digest(sorted(f"{file.parent.name}|{told_of(file)}" for file in files))


def told_of(file: Path) -> str:
    """Changes when the file does."""
    status = file.stat()
    return f"{file.name}|{status.st_size}|{status.st_mtime_ns}"


def linked(source: Path | str, target: Path | str) -> None:
    """One file under two names: neither may be written in place."""
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copy2(source, target)


def digest(texts: list[str]) -> str:
    """Short, and another one for other texts."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:10]
