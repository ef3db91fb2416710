"""The dictionaries that a school or a district keeps beside its exports, in `codes/`: schools, institutions, methods.

Every mistake in them is told at once, by file and row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from orientir.errors import Fault, UserError
from orientir.model.package import Organisation
from orientir.sources.registers.titles import normal
from orientir.spreadsheets.delimited import read_delimited
from orientir.spreadsheets.guard import read_file
from orientir.spreadsheets.refusals import Refusal

FOLDER = "codes"
_TITLED_CODES = 1000  # smaller numbers are what schools are called («№ 5»), not codes
_LIMITS = {
    "school_id": range(1, 2**31), "mun_id": range(1, 2**31), "region_id": range(1, 2**15), "rural": range(2),
    "inst_id": range(1, 10**9), "inst_type": range(1, 3), "method": range(1, 2**15),
}  # fmt: skip


@dataclass(frozen=True)
class School:
    school_id: int
    mun_id: int
    region_id: int
    rural: int | None
    title: str

    @property
    def place(self) -> str:
        """The code by which cells may name it."""
        return str(self.school_id) if self.school_id >= _TITLED_CODES else f"school_{self.school_id}"


@dataclass(frozen=True)
class Institution:
    inst_id: int
    inst_type: int | None
    region_id: int | None


@dataclass(frozen=True)
class Dictionaries:
    """Institutions and methods are found by their titles without case and marks; one may have several titles."""

    schools: Mapping[int, School] = field(default_factory=dict)
    institutions: Mapping[str, Institution] = field(default_factory=dict)
    methods: Mapping[str, int] = field(default_factory=dict)

    @property
    def organisations(self) -> list[Organisation]:
        return [Organisation(one.place, one.title, "school") for one in self.schools.values()]

    @property
    def school_ids(self) -> dict[str, int]:
        return {one.place: one.school_id for one in self.schools.values()}

    @property
    def only_region(self) -> int | None:
        regions = {one.region_id for one in self.schools.values()}
        return regions.pop() if len(regions) == 1 else None


Row = dict[str, str]


def read_dictionaries(folder: Path) -> Dictionaries:
    """Raises UserError with every mistake in the files, or where there are no schools."""
    faults: list[Fault] = []
    place = folder / FOLDER
    schools = _table(place / "schools.csv", ("school_id", "mun_id", "region_id", "title"), ("rural",), faults, _school)
    institutions = _table(place / "institutions.csv", ("inst_id", "title"), ("inst_type", "region_id"), faults, _inst)
    methods = _table(place / "methods.csv", ("method", "title"), (), faults, lambda cells, _: int(cells["method"]))
    if not (place / "schools.csv").is_file():
        cure = "Создайте файл со столбцами school_id, mun_id, region_id, title (docs/howto/records.md)."
        faults.append(Fault(f"{FOLDER}/schools.csv", "списка школ нет.", cure))
    if faults:
        raise UserError(faults)
    return Dictionaries(
        {one.school_id: one for _, one in schools},
        {normal(title): one for title, one in institutions},
        {normal(title): one for title, one in methods},
    )


def _school(cells: Row, number: Callable[[str], int | None]) -> School:
    return School(int(cells["school_id"]), int(cells["mun_id"]), int(cells["region_id"]), number("rural"),
                  cells["title"])  # fmt: skip


def _inst(cells: Row, number: Callable[[str], int | None]) -> Institution:
    return Institution(int(cells["inst_id"]), number("inst_type"), number("region_id"))


def _table(
    path: Path, required: Sequence[str], optional: Sequence[str], faults: list[Fault], made: Callable[..., Any]
) -> list[tuple[str, Any]]:
    """Title and entry of every sound row; nothing where there is no such file."""
    if not path.is_file():
        return []
    name = f"{FOLDER}/{path.name}"
    try:
        rows = read_delimited(read_file(path))[0]
    except Refusal as refusal:
        faults.append(Fault(name, refusal.what, refusal.cure))
        return []
    header = [cell.strip().lower() for cell in rows[0]]
    missing = [column for column in required if column not in header]
    if missing:
        faults.append(Fault(f"{name}:1", f"нет столбца {', '.join(missing)}.", "Добавьте его в первую строку."))
        return []
    found: list[tuple[str, Any]] = []
    for line, row in enumerate(rows[1:], 2):
        cells = {column: cell.strip() for column, cell in zip(header, row, strict=False)}
        if any(cells.values()) and _is_sound(f"{name}:{line}", cells, required, optional, faults):
            found.append((cells["title"], made(cells, partial(_number, cells))))
    faults += _repeated(name, found)
    return found


def _number(cells: Row, column: str) -> int | None:
    return int(cells[column]) if cells.get(column) else None


def _is_sound(place: str, cells: Row, required: Sequence[str], optional: Sequence[str], faults: list[Fault]) -> bool:
    found = []
    for column in (*required, *optional):
        cell, limits = cells.get(column, ""), _LIMITS.get(column)
        if not cell and column in required:
            found.append(Fault(f"{place}: {column}", "ячейка пуста.", "Заполните её."))
        elif cell and limits is not None and not (cell.isdecimal() and int(cell) in limits):
            cure = f"Допустимы целые числа от {limits.start} до {limits.stop - 1}."
            found.append(Fault(f"{place}: {column}", f"«{cell[:20]}» не подходит.", cure))
    faults += found
    return not found


def _repeated(name: str, found: Sequence[tuple[str, Any]]) -> Iterator[Fault]:
    """One title that means two things, or two schools under one code."""
    known: dict[str, Any] = {}
    for title, entry in found:  # schools of one title may lie in two districts: exports then name them by code
        if not isinstance(entry, School) and known.setdefault(normal(title), entry) != entry:
            yield Fault(name, f"название «{title}» дано двум разным записям.", "Сделайте названия разными.")
    schools = [entry.school_id for _, entry in found if isinstance(entry, School)]
    for school_id, count in Counter(schools).items():
        if count > 1:
            yield Fault(name, f"код школы {school_id} записан {count} раза.", "Оставьте одну строку.")
