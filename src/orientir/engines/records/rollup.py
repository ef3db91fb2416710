"""Cells of schools -> values of every level and breakdown. The same for all engines: they only count the cells.

Cells are few, some fifteen thousand in a year of a region: to sort and to sum them here takes a third of what the best
text of SQL takes, whose planning alone costs as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from orientir.engines.records.conditions import holds
from orientir.engines.records.planning import RecordPlan
from orientir.errors import Fault, UserError
from orientir.model.records import ALL, LEVELS, UNKNOWN

Numbers = npt.NDArray[np.int64]
Columns = Mapping[str, npt.NDArray[np.integer]]
"""Column -> its numbers, all of one length."""

# Year, unit, grade and sex make one number, so that to group by them is to sort numbers.
_YEAR_AT, _UNIT_AT, _GRADE_AT = 48, 16, 8
_UNIT, _BYTE, _SHIFT = 0xFFFFFFFF, 0xFF, 128
_ONE_COUNTRY = np.zeros(1, np.int64)


@dataclass(frozen=True)
class Rows:
    """`places` are ascending, and none comes twice; `sums` have a row for each element, a column for each place."""

    places: Numbers
    sums: Numbers

    @classmethod
    def of(cls, places: Numbers, sums: Numbers) -> Rows:
        """What is of one place is added up."""
        if not np.all(places[1:] >= places[:-1]):
            order = np.argsort(places, kind="stable")
            places, sums = places[order], np.take(sums, order, axis=1)
        first = np.flatnonzero(np.diff(places, prepend=-1))
        return cls(places[first], np.add.reduceat(sums, first, axis=1) if first.size else sums)

    @property
    def units(self) -> Numbers:
        return self.places >> _UNIT_AT & _UNIT

    def at(self, units: npt.NDArray[np.integer]) -> Rows:
        """The sums of the units that these rows belong to."""
        return Rows.of(self.places & ~(_UNIT << _UNIT_AT) | units.astype(np.int64) << _UNIT_AT, self.sums)

    def broken_down(self) -> Iterator[Rows]:
        """By grade and sex, by grade, by sex, and all together."""
        together = ALL + _SHIFT
        by_sex = Rows.of(self.places & ~(_BYTE << _GRADE_AT) | together << _GRADE_AT, self.sums)
        for rows in (self, by_sex):
            yield rows
            yield Rows.of(rows.places & ~_BYTE | together, rows.sums)


def values_of_cells(plan: RecordPlan, cells: Sequence[Columns], schools: Columns, *, with_country: bool) -> Columns:
    """The values in columns: year, level, unit, grade, sex, and the elements.

    `cells` are relations of year, school_id, grade, sex and of some of the plan's atoms each; the first has every cell.
    `schools` have school_id, mun_id and region_id; pupils of a school that is not among them have no place. UserError
    for a grade or a sex that is none.
    """
    levels = dict(_levels(_elements(plan, cells), schools))
    if with_country:
        levels["country"] = levels["region"].at(_ONE_COUNTRY)
    return _told(plan, [(name, rows) for name, level in levels.items() for rows in level.broken_down()])


def country_of_regions(plan: RecordPlan, regions: Columns) -> Columns:
    """The values of the country from those of its regions, in all their breakdowns."""
    sums = np.stack([regions[one.id].astype(np.int64) for one in plan.elements])
    rows = Rows(_places(regions, regions["unit"]), sums)
    return _told(plan, [("country", rows.at(_ONE_COUNTRY))])


# ---- from cells to levels


def _elements(plan: RecordPlan, cells: Sequence[Columns]) -> Rows:
    """Every element of every school: its atom in the cells that it asks for, nothing in the others."""
    places = np.sort(_places(cells[0], cells[0]["school_id"]))
    atoms = {name: numbers for one in cells for name, numbers in _laid_out(places, one)}
    kinds, kind = np.unique(places & 0xFFFF, return_inverse=True)
    sums = np.zeros((len(plan.elements), places.size), np.int64)
    for row, one, asked in zip(sums, plan.elements, _asked(plan, kinds.tobytes()), strict=True):
        np.copyto(row, atoms[one.atom.key], where=asked[kind])
    return Rows(places, sums)


def _laid_out(places: Numbers, cells: Columns) -> Iterator[tuple[str, Numbers]]:
    """The atoms of a relation at all the places; where it has no cell there are none."""
    at = np.searchsorted(places, _places(cells, cells["school_id"]))
    for name, numbers in cells.items():
        if name.startswith("a_"):
            laid = np.zeros(places.size, np.int64)
            laid[at] = numbers
            yield name, laid


def _places(rows: Columns, units: npt.NDArray[np.integer]) -> Numbers:
    year, unit, grade, sex = (one.astype(np.int64) for one in (rows["year"], units, rows["grade"], rows["sex"]))
    for name, codes in (("grade", grade), ("sex", sex)):
        if codes.size and not -_SHIFT <= codes.min() <= codes.max() < _SHIFT:
            what = f"столбец {name}: значения от {codes.min()} до {codes.max()}."
            raise UserError(Fault("records/enrolment", what, "Исправьте их в выгрузке."))
    return year << _YEAR_AT | unit << _UNIT_AT | (grade + _SHIFT) << _GRADE_AT | sex + _SHIFT


@lru_cache(maxsize=64)
def _asked(plan: RecordPlan, kinds: bytes) -> Sequence[npt.NDArray[np.bool_]]:
    """For each element, in which kinds of cells it is asked for. Most partitions have the same kinds."""
    pupils = [_pupil(int(kind)) for kind in np.frombuffer(kinds, np.int64)]
    return [
        np.array([all(holds(part, pupil) is True for part in one.cells) for pupil in pupils]) for one in plan.elements
    ]


def _pupil(kind: int) -> Mapping[str, int | None]:
    keys = {"grade": (kind >> _GRADE_AT) - _SHIFT, "sex": (kind & _BYTE) - _SHIFT}
    return {name: None if code == UNKNOWN else code for name, code in keys.items()}


def _levels(pupils: Rows, schools: Columns) -> Iterator[tuple[str, Rows]]:
    order = np.argsort(schools["school_id"])
    known = schools["school_id"][order]
    is_known = np.isin(pupils.units, known)
    level = pupils if is_known.all() else Rows(pupils.places[is_known], pupils.sums[:, is_known])
    yield "school", level
    above = {name: schools[name][order][np.searchsorted(known, level.units)] for name in ("mun_id", "region_id")}
    yield "municipality", level.at(above["mun_id"])
    yield "region", level.at(above["region_id"])


# ---- the columns of the result


def _told(plan: RecordPlan, parts: Sequence[tuple[str, Rows]]) -> Columns:
    places = np.concatenate([rows.places for _, rows in parts])
    sums = np.concatenate([rows.sums for _, rows in parts], axis=1)
    level = np.repeat([LEVELS[name] for name, _ in parts], [rows.places.size for _, rows in parts])
    keys = {
        "year": (places >> _YEAR_AT).astype(np.int32),
        "level": level.astype(np.int16),
        "unit": (places >> _UNIT_AT & _UNIT).astype(np.int32),
        "grade": ((places >> _GRADE_AT & _BYTE) - _SHIFT).astype(np.int16),
        "sex": ((places & _BYTE) - _SHIFT).astype(np.int16),
    }
    return {**keys, **{one.id: sums[number] for number, one in enumerate(plan.elements)}}
