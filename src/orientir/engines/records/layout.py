"""Records that came as one file, or as CSV, laid out by year and region in Parquet: once for each state of a file.

What is laid out lies under a name that tells from what it was made. Files that lie well already are linked beside it,
so that every engine sees one package of one kind. The copy is personal data as the records are: nobody else may read.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orientir.engines.records.duckdb import connected, quoted, write_aside
from orientir.engines.records.leftovers import drop_unfinished
from orientir.engines.records.partitions import FOLDER, digest, linked, told_of
from orientir.engines.records.raw_files import RawFile
from orientir.errors import Fault, UserError
from orientir.model.records import DIMENSIONS, PARTITION, TABLES

LAID_OUT = "partitions"
_FORMAT = (
    "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARTITION_BY (year, region_id), "
    "FILENAME_PATTERN 'part_{i}')"
)
_KINDS = (".parquet", ".csv")


@dataclass(frozen=True)
class Arranged:
    """Records by year and region in Parquet, and the folder that the user brought them in."""

    folder: Path
    brought: Path

    def source(self, file: Path) -> Path:
        """The file that the user has: that of which this one was made, or it itself."""
        place = file.relative_to(self.folder)
        table = self.brought / FOLDER / place.parts[1]
        own = (table.with_suffix(".csv"), table.with_suffix(".parquet"), (self.brought / place).with_suffix(".csv"))
        return next((one for one in own if one.is_file()), self.brought / place)

    def is_made(self, file: Path) -> bool:
        return self.source(file).relative_to(self.brought) != file.relative_to(self.folder)


@dataclass(frozen=True)
class _File:
    """A table, a dimension, or a part of a table that lies in the folder of its year and region, `under`."""

    name: str
    path: Path
    under: Path = Path()

    @property
    def key(self) -> str:
        """Another one for another file, and for another declared schema."""
        return f"{self.name}_{digest([str(self.under), told_of(self.path), repr(self.columns)])}"

    @property
    def columns(self) -> Mapping[str, str]:
        if self.name in DIMENSIONS:
            return DIMENSIONS[self.name]
        return {**TABLES[self.name], **(PARTITION if self.is_whole else {})}

    @property
    def is_whole(self) -> bool:
        """All years and regions of a table."""
        return self.name in TABLES and not self.under.parts

    @property
    def is_loose(self) -> bool:
        return self.is_whole or self.path.suffix == ".csv"


def arranged(folder: Path, out: Path, memory: str = "", names: Collection[str] = (*TABLES, *DIMENSIONS)) -> Arranged:
    """The folder itself, where all lies well. UserError with every fault of every file that does not."""
    drop_unfinished(out)
    files, faults = _found(folder / FOLDER, names)
    if faults:
        raise UserError(faults)
    loose = [one for one in files if one.is_loose]
    if not loose:
        return Arranged(folder, folder)
    place = out / LAID_OUT
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)
    _lay_out(loose, folder, place, memory)
    package = place / f"package_{digest([one.key for one in files])}"
    if not package.is_dir():
        _link(files, package)
    _drop_others(place, {package.name, *(one.key for one in loose)})
    return Arranged(package, folder)


# ---- what there is


def _found(root: Path, names: Iterable[str]) -> tuple[list[_File], list[Fault]]:
    files: list[_File] = []
    faults: list[Fault] = []
    for name in names:
        whole = [_File(name, file) for kind in _KINDS if (file := root / f"{name}{kind}").is_file()]
        parts, strays = _parts(root / name)
        found = whole + [_File(name, file, file.parent.relative_to(root / name)) for file in parts]
        if len(whole) > 1 or (whole and parts):
            what = f"таблица «{name}» дана дважды: {', '.join(_shown(one.path, root) for one in found[:3])}."
            faults.append(Fault(_shown(root / name, root), what, "Оставьте одно, второе уберите из пакета."))
        cure = f"Переложите его в {FOLDER}/{name}/year=ГГГГ/region_id=НН/."
        faults += [Fault(_shown(file, root), "файл лежит не в папке года и региона.", cure) for file in strays]
        faults += _twins(found, root)
        files += found
    return files, faults


def _parts(table: Path) -> tuple[list[Path], list[Path]]:
    """Files in a folder of a year and a region, and elsewhere."""
    well = [file for file in sorted(table.glob("year=*/region_id=*/*")) if file.suffix in _KINDS and _is_placed(file)]
    placed = set(well)
    return well, [file for file in table.rglob("*") if file.suffix in _KINDS and file not in placed]


def _is_placed(file: Path) -> bool:
    return all(one.name.partition("=")[2].isdecimal() for one in (file.parent, file.parent.parent))


def _twins(found: Iterable[_File], root: Path) -> Iterator[Fault]:
    """One name in two kinds is, most likely, one table twice."""
    by_stem: dict[Path, list[_File]] = defaultdict(list)
    for one in found:
        if one.under.parts:
            by_stem[one.path.with_suffix("")].append(one)
    for same in by_stem.values():
        if len(same) > 1:
            what = f"рядом лежит {same[1].path.name}: строки были бы посчитаны дважды."
            yield Fault(_shown(same[0].path, root), what, "Оставьте один файл или назовите их по-разному.")


def _shown(file: Path, root: Path) -> str:
    return f"{FOLDER}/{file.relative_to(root).as_posix()}"


# ---- what is made


def _lay_out(loose: Iterable[_File], folder: Path, place: Path, memory: str) -> None:
    faults: list[Fault] = []
    with closing(connected(memory, 0)) as connection:
        connection.execute("SET preserve_insertion_order = true")  # rows are told by their numbers
        connection.execute(f"SET temp_directory = '{quoted(place.parent / 'spill')}'")
        for one in loose:
            if not (place / one.key).is_dir():
                raw = RawFile(connection, one.path, _shown(one.path, folder / FOLDER), one.columns)
                wrong = raw.faults()
                faults += wrong
                if not wrong:
                    _write(connection, one, raw.typed(), place / one.key)
    if faults:
        raise UserError(faults)


def _write(connection: duckdb.DuckDBPyConnection, one: _File, rows: str, target: Path) -> None:
    with _aside(target) as made:
        if one.is_whole:
            connection.execute(f"COPY ({rows}) TO '{quoted(made)}' {_FORMAT}")
        else:
            write_aside(connection, rows, made / one.under / f"{one.path.stem}.parquet")


def _link(files: Iterable[_File], package: Path) -> None:
    with _aside(package) as made:
        for one in files:
            for source, place in _pieces(one, package.parent):
                (made / place).parent.mkdir(parents=True, exist_ok=True)
                linked(source, made / place)


def _pieces(one: _File, place: Path) -> Iterator[tuple[Path, Path]]:
    """The files that stand for it, and where they belong in a package."""
    laid_out = place / one.key
    table = Path(FOLDER) if one.name in DIMENSIONS else Path(FOLDER, one.name)
    if not laid_out.is_dir():
        yield one.path, table / one.under / one.path.name
    for file in laid_out.rglob("*.parquet"):
        yield file, table / file.relative_to(laid_out)


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A folder that takes its name when it is whole, or never."""
    made = target.with_name(f"{target.name}.{os.getpid()}.part")
    made.mkdir()
    try:
        yield made
        if not target.is_dir():  # another run may have been quicker
            made.rename(target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _drop_others(place: Path, kept: Collection[str]) -> None:
    """Of files that have changed since, or are gone."""
    for one in place.iterdir():
        if one.name not in kept and one.suffix != ".part":
            shutil.rmtree(one, ignore_errors=True)
