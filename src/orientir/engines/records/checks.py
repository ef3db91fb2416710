"""What records must be before they are counted: declared codes, known schools, each pupil enrolled once a year.

Columns and codes are judged by what the files tell of themselves, the least and the greatest of a column: no row is
read. To look at the rows of pupils costs as much as to count them. No pupil is ever named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import duckdb

from orientir.engines.records.duckdb import connected, quoted
from orientir.engines.records.layout import Arranged
from orientir.engines.records.partitions import Partition
from orientir.engines.records.raw_files import SOURCE_ROW, line_of
from orientir.errors import Fault
from orientir.model.records import CODES, DIMENSIONS, TABLES

_FACTS = [name for name in TABLES if name != "enrolment"]
_ROW = "file_row_number"
_INTEGERS = ("INT32", "INT64")


@dataclass(frozen=True)
class _Column:
    """What a file tells of a column; `is_told` is false where it does not tell of all rows."""

    kind: str
    least: int | None
    greatest: int | None
    is_told: bool

    def is_within(self, codes: range) -> bool:
        return self.is_told and all(one is None or one in codes for one in (self.least, self.greatest))


class RecordChecks:
    """Of one folder; `close` frees the connection, which is there once it is needed. `are_readable` is false as soon as
    a file has shown that it is not."""

    def __init__(self, records: Arranged, dimensions: Mapping[str, Path], memory: str, threads: int) -> None:
        self._records = records
        self._dimensions = dimensions
        self._connect = partial(connected, memory, threads)
        self._headers: dict[Path, dict[str, _Column]] = {}
        self.are_readable = True

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._connect()

    @property
    def _schools(self) -> Path:
        return self._dimensions["dim_school"]

    def close(self) -> None:
        if "_connection" in self.__dict__:
            self._connection.close()

    # ---- without reading rows

    def read_headers(self, parts: Iterable[Partition]) -> None:
        """Of all files together: for a country it costs a third of doing so part by part."""
        self._read([file for part in parts for files in part.files.values() for file in files])

    def _read(self, files: Sequence[Path]) -> None:
        """A file that cannot be read tells of no column."""
        text = (
            "SELECT file_name, path_in_schema, any_value(type), min(TRY_CAST(stats_min_value AS BIGINT)), "
            "max(TRY_CAST(stats_max_value AS BIGINT)), "
            "bool_and(TRY_CAST(stats_min_value AS BIGINT) IS NOT NULL OR stats_null_count = num_values) "
            f"FROM parquet_metadata({_listed(files)}) GROUP BY file_name, path_in_schema"
        )
        try:
            for file, name, *told in self._rows(text) if files else ():
                self._headers.setdefault(Path(file), {})[name] = _Column(*told)
        except (duckdb.IOException, duckdb.InvalidInputException):
            if len(files) == 1:
                self._headers[files[0]] = {}
            else:
                for one in files:
                    self._read([one])

    def files(self, part: Partition) -> Iterator[Fault]:
        """Columns that lack or hold no whole numbers, and codes that are not declared; a file without rows has none."""
        tables = {file: table for table, files in part.files.items() for file in files}
        for file, table in tables.items():
            wrong = self._unreadable(file, TABLES[table])
            yield from wrong or self._code_faults(file, table)

    def _unreadable(self, file: Path, declared: Collection[str]) -> list[Fault]:
        wrong = list(self._column_faults(file, declared))
        self.are_readable = self.are_readable and not wrong
        return wrong

    def _column_faults(self, file: Path, declared: Collection[str]) -> Iterator[Fault]:
        columns = self._headers.get(file)
        if columns is None:  # without rows, which tells of no column
            return
        lacking = [name for name in declared if name not in columns]
        if not columns:
            what = "файл не читается: испорчен или записан не до конца."
            yield Fault(self._place(file), what, "Выгрузите его заново.")
        elif lacking:
            yield Fault(self._place(file), f"нет столбцов: {', '.join(lacking)}.", "Выгрузите сведения заново.")
        others = [name for name in declared if name in columns and columns[name].kind not in _INTEGERS]
        if others:
            what = f"не целые числа в столбцах: {', '.join(others)}."
            yield Fault(self._place(file), what, "Запишите их целыми числами.")
        if _ROW in columns:
            yield Fault(self._place(file), f"лишний столбец {_ROW}.", "Уберите его: так называется номер строки.")

    def _code_faults(self, file: Path, table: str) -> Iterator[Fault]:
        columns = self._headers.get(file, {})
        for name, codes in CODES[table].items():
            if columns and not columns[name].is_within(codes):
                where = f"{name} NOT BETWEEN {codes[0]} AND {codes[-1]}"
                for _, rows, first in self._counted([file], where):
                    what = f"кода нет среди допустимых, строк {rows}, это первая."
                    yield Fault(self._place(file, first, name), what, f"Допустимы: от {codes[0]} до {codes[-1]}.")

    def dimensions(self, regions: Iterable[int]) -> Iterator[Fault]:
        """A school is one, a municipality lies in one region, and every region has schools."""
        self._read([*self._dimensions.values()])
        wrong = [one for name, file in self._dimensions.items() for one in self._unreadable(file, DIMENSIONS[name])]
        yield from wrong or self._place_faults(regions)

    def _place_faults(self, regions: Iterable[int]) -> Iterator[Fault]:
        place, source = self._place(self._schools), f"read_parquet('{quoted(self._schools)}')"
        several = "GROUP BY {0} HAVING {1} > 1 OR {0} IS NULL ORDER BY {0}"
        for (school,) in self._rows(f"SELECT school_id FROM {source} {several.format('school_id', 'count(*)')}"):
            yield Fault(f"{place}: school_id", f"школа {school} записана больше одного раза.", "Оставьте одну строку.")
        other = several.format("mun_id", "count(DISTINCT region_id)")
        for (municipality,) in self._rows(f"SELECT mun_id FROM {source} {other}"):
            what = f"муниципалитет {municipality} отнесён к разным регионам."
            yield Fault(f"{place}: mun_id", what, "Оставьте один регион.")
        known = {region for (region,) in self._rows(f"SELECT DISTINCT region_id FROM {source}")}
        for region in sorted(set(regions) - known):
            what = f"региона {region}, из которого есть сведения, нет."
            yield Fault(f"{place}: region_id", what, "Допишите его школы или исправьте номер.")

    # ---- by rows

    def rows(self, part: Partition, others: Sequence[Path]) -> Iterator[Fault | str]:
        """Faults, and as text what is none. `others` are the enrolments of the year in other regions."""
        yield from self._unknown_schools(part)
        for table in _FACTS:
            yield from self._strays(part, table, others)
        specialties = f"(SELECT specialty_id FROM read_parquet('{quoted(self._dimensions['dim_specialty'])}'))"
        for _, rows, _ in self._counted(part.files.get("admission", ()), f"specialty_id NOT IN {specialties}"):
            what = f"строк с неизвестной специальностью {rows}; близкими к ней экзамены не считаются."
            yield f"admission, {_told(part)}: {what}"

    def _unknown_schools(self, part: Partition) -> Iterator[Fault]:
        """Pupils of a school that is not known, or that lies elsewhere, would be in no sum of this region."""
        schools = f"(SELECT school_id FROM read_parquet('{quoted(self._schools)}') WHERE region_id = {part.region})"
        where = f"school_id IS NULL OR school_id NOT IN {schools}"
        for file, rows, first in self._counted(part.files.get("enrolment", ()), where):
            what = f"такой школы в регионе {part.region} нет, строк {rows}, это первая."
            cure = f"Допишите её в {self._place(self._schools)} или исправьте код."
            yield Fault(self._place(file, first, "school_id"), what, cure)

    def pupils(self, files: Sequence[Path]) -> Iterator[Fault]:
        """`files` are all enrolments of a year: who stands in two of its rows would be two persons."""
        for file, rows, first in self._counted(files, "pupil_id IS NULL"):
            what = f"обучающийся без псевдонима, строк {rows}, это первая."
            yield Fault(self._place(file, first, "pupil_id"), what, "Заполните столбец или уберите строки.")
        self._run(
            f"CREATE OR REPLACE TEMP TABLE doubled AS SELECT pupil_id FROM {_plain(files)} "
            "WHERE pupil_id IS NOT NULL GROUP BY pupil_id HAVING count(*) > 1"
        )
        if not self._rows("FROM doubled LIMIT 1"):
            return
        self._run(
            "CREATE OR REPLACE TEMP TABLE doubled AS SELECT pupil_id, min(school_id) <> max(school_id) AS is_elsewhere "
            f"FROM {_plain(files)} AS enrolled SEMI JOIN doubled USING (pupil_id) GROUP BY pupil_id"
        )
        text = (
            "SELECT source_file, count(*), min(row), count(DISTINCT pupil_id), count(DISTINCT pupil_id) "
            f"FILTER (is_elsewhere) FROM {self._numbered(files)} JOIN doubled USING (pupil_id) GROUP BY source_file"
        )
        for file, rows, first, pupils, elsewhere in self._rows(text):
            what = (
                f"обучающихся, записанных в году больше одного раза: {pupils}, из них в разных школах {elsewhere}; "
                f"строк {rows}, это первая. Значения выше школы перестали бы быть числом людей."
            )
            cure = "Оставьте каждому одну строку в году, например школу на 20 сентября."
            yield Fault(self._place(Path(file), first, "pupil_id"), what, cure)

    def _strays(self, part: Partition, table: str, others: Sequence[Path]) -> Iterator[Fault | str]:
        """Facts of those who are not enrolled here count for nobody. Where they are enrolled in another region, who
        computes region by region does not see it, and who computes all at once does."""
        files, here = part.files.get(table, ()), part.files.get("enrolment", ())
        enrolled = f" ANTI JOIN {_plain(here)} AS here USING (pupil_id)" if here else ""
        # Without an alias «ANTI» would be taken for one.
        rows = self._rows(f"SELECT count(*) FROM {_plain(files)} AS facts{enrolled}")[0][0] if files else 0
        if rows:
            yield f"{table}, {_told(part)}: строк о тех, кто здесь не учится, {rows}; они не считаются."
        if rows and others:
            absent = (
                f"pupil_id NOT IN (SELECT pupil_id FROM {_plain(here)} WHERE pupil_id IS NOT NULL) AND " if here else ""
            )
            where = f"{absent}pupil_id IN (SELECT pupil_id FROM {_plain(others)})"
            for file, moved, first in self._counted(files, where):
                what = (
                    f"обучающийся записан в другом регионе, строк {moved}, это первая: не всякий движок их посчитает."
                )
                yield Fault(self._place(file, first, "region_id"), what, "Переложите строки в его регион.")

    # ---- how rows are told of

    def _counted(self, files: Sequence[Path], where: str) -> Iterator[tuple[Path, int, int]]:
        """Each file that has such rows, how many, and the first."""
        if files:
            found = f"FROM {self._numbered(files)} WHERE {where} GROUP BY source_file"
            text = f"SELECT source_file, count(*), min(row) {found}"
            yield from ((Path(file), rows, first) for file, rows, first in self._rows(text))

    def _numbered(self, files: Sequence[Path]) -> str:
        """Rows with the numbers that they have in the user's own file."""
        row, how = f"{_ROW} + 1", "filename = 'source_file', file_row_number = true, hive_partitioning = false"
        if any(map(self._records.is_made, files)):
            row, how = f"coalesce({SOURCE_ROW}, {row})", how + ", union_by_name = true"
        return f"(SELECT *, {row} AS row FROM read_parquet({_listed(files)}, {how}))"

    def _place(self, file: Path, row: int = 0, column: str = "") -> str:
        if not file.is_relative_to(self._records.folder):
            return str(file)  # a dimension that is kept beside the values
        source = self._records.source(file)
        shown = source.relative_to(self._records.brought).as_posix()
        return f"{shown}:{line_of(source, row)}: {column}" if row else shown

    def _rows(self, text: str) -> list[Any]:
        return self._run(text).fetchall()

    def _run(self, text: str) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(text)


def _told(part: Partition) -> str:
    return f"{part.year}/{(part.year + 1) % 100:02d}, регион {part.region}"


def _plain(files: Sequence[Path]) -> str:
    return f"read_parquet({_listed(files)}, hive_partitioning = false)"


def _listed(files: Iterable[Path]) -> str:
    return "[" + ", ".join(f"'{quoted(file)}'" for file in files) + "]"
