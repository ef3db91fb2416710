"""Rows of pupils that can be counted: of schools that are known, each pupil enrolled once a year, facts where he is.

To look at them costs nearly as much as to count them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from orientir.engines.records.duckdb import quoted
from orientir.engines.records.partitions import Partition
from orientir.engines.records.told_rows import ToldRows, plain
from orientir.errors import Fault
from orientir.model.records import TABLES

_FACTS = [name for name in TABLES if name != "enrolment"]


class RowChecks:
    """Each look gives faults, and as text what is none."""

    def __init__(self, told: ToldRows, dimensions: Mapping[str, Path]) -> None:
        self._told = told
        self._schools, self._specialties = (quoted(dimensions[name]) for name in ("dim_school", "dim_specialty"))
        self._schools_place = told.place(dimensions["dim_school"])

    def rows(self, part: Partition, others: Sequence[Path]) -> Iterator[Fault | str]:
        """`others` are the enrolments of the year in other regions."""
        yield from self._unknown_schools(part)
        for table in _FACTS:
            yield from self._strays(part, table, others)
        specialties = f"(SELECT specialty_id FROM read_parquet('{self._specialties}'))"
        for _, rows, _ in self._told.counted(part.files.get("admission", ()), f"specialty_id NOT IN {specialties}"):
            what = f"строк с неизвестной специальностью {rows}; близкими к ней экзамены не считаются."
            yield f"admission, {_head(part)}: {what}"

    def _unknown_schools(self, part: Partition) -> Iterator[Fault]:
        """Pupils of a school that is not known, or that lies elsewhere, would be in no sum of this region."""
        schools = f"(SELECT school_id FROM read_parquet('{self._schools}') WHERE region_id = {part.region})"
        where = f"school_id IS NULL OR school_id NOT IN {schools}"
        for file, rows, first in self._told.counted(part.files.get("enrolment", ()), where):
            what = f"такой школы в регионе {part.region} нет, строк {rows}, это первая."
            cure = f"Допишите её в {self._schools_place} или исправьте код."
            yield Fault(self._told.place(file, first, "school_id"), what, cure)

    def pupils(self, files: Sequence[Path]) -> Iterator[Fault]:
        """`files` are all enrolments of a year: who stands in two of its rows would be two persons."""
        for file, rows, first in self._told.counted(files, "pupil_id IS NULL"):
            what = f"обучающийся без псевдонима, строк {rows}, это первая."
            yield Fault(self._told.place(file, first, "pupil_id"), what, "Заполните столбец или уберите строки.")
        for file, rows, first, pupils, elsewhere in self._doubled(files) if files else ():
            what = (
                f"обучающихся, записанных в году больше одного раза: {pupils}, из них в разных школах {elsewhere}; "
                f"строк {rows}, это первая. Значения выше школы перестали бы быть числом людей."
            )
            cure = "Оставьте каждому одну строку в году, например школу на 20 сентября."
            yield Fault(self._told.place(Path(file), first, "pupil_id"), what, cure)

    def _doubled(self, files: Sequence[Path]) -> list[Any]:
        """File by file: rows, the first of them, pupils, and pupils who stand in two schools."""
        make = "CREATE OR REPLACE TEMP TABLE doubled AS SELECT pupil_id"
        self._told.run(f"{make} FROM {plain(files)} WHERE pupil_id IS NOT NULL GROUP BY pupil_id HAVING count(*) > 1")
        if not self._told.fetched("FROM doubled LIMIT 1"):
            return []
        self._told.run(
            f"{make}, min(school_id) <> max(school_id) AS is_elsewhere "
            f"FROM {plain(files)} AS enrolled SEMI JOIN doubled USING (pupil_id) GROUP BY pupil_id"
        )
        pupils = "count(DISTINCT pupil_id)"
        return self._told.fetched(
            f"SELECT source_file, count(*), min(row), {pupils}, {pupils} FILTER (is_elsewhere) "
            f"FROM {self._told.numbered(files)} JOIN doubled USING (pupil_id) GROUP BY source_file"
        )

    def _strays(self, part: Partition, table: str, others: Sequence[Path]) -> Iterator[Fault | str]:
        """Facts of those who are not enrolled here count for nobody. Where they are enrolled in another region, who
        computes region by region does not see it, and who computes all at once does."""
        files, here = part.files.get(table, ()), part.files.get("enrolment", ())
        enrolled = f" ANTI JOIN {plain(here)} AS here USING (pupil_id)" if here else ""
        # Without an alias «ANTI» would be taken for one.
        rows = self._told.fetched(f"SELECT count(*) FROM {plain(files)} AS facts{enrolled}")[0][0] if files else 0
        if rows:
            yield f"{table}, {_head(part)}: строк о тех, кто здесь не учится, {rows}; они не считаются."
            yield from self._moved(files, here, others)

    def _moved(self, files: Sequence[Path], here: Sequence[Path], others: Sequence[Path]) -> Iterator[Fault]:
        pupils = "(SELECT pupil_id FROM {} WHERE pupil_id IS NOT NULL)"
        absent = f"pupil_id NOT IN {pupils.format(plain(here))} AND " if here else ""
        where = f"{absent}pupil_id IN {pupils.format(plain(others))}"
        for file, rows, first in self._told.counted(files, where) if others else ():
            what = f"обучающийся записан в другом регионе, строк {rows}, это первая: не всякий движок их посчитает."
            yield Fault(self._told.place(file, first, "region_id"), what, "Переложите строки в его регион.")


def _head(part: Partition) -> str:
    return f"{part.year}/{(part.year + 1) % 100:02d}, регион {part.region}"
