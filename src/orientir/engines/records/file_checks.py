"""Files of records that can be counted from: columns, declared codes, places.

They are judged by what they tell of themselves, the least and the greatest of a column: no row is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orientir.engines.records.duckdb import quoted
from orientir.engines.records.partitions import Partition
from orientir.engines.records.told_rows import ROW, ToldRows, listed
from orientir.errors import Fault
from orientir.model.records import CODES, DIMENSIONS, TABLES

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


class FileChecks:
    """`are_readable` is false as soon as a file has shown that it is not."""

    def __init__(self, told: ToldRows, dimensions: Mapping[str, Path]) -> None:
        self._told, self._dimensions = told, dimensions
        self._headers: dict[Path, dict[str, _Column]] = {}
        self.are_readable = True

    def read_headers(self, parts: Iterable[Partition]) -> None:
        """Of all files together: for a country it costs a third of doing so part by part."""
        self._read([file for part in parts for files in part.files.values() for file in files])

    def _read(self, files: Sequence[Path]) -> None:
        """A file that cannot be read tells of no column."""
        text = (
            "SELECT file_name, path_in_schema, any_value(type), min(TRY_CAST(stats_min_value AS BIGINT)), "
            "max(TRY_CAST(stats_max_value AS BIGINT)), "
            "bool_and(TRY_CAST(stats_min_value AS BIGINT) IS NOT NULL OR stats_null_count = num_values) "
            f"FROM parquet_metadata({listed(files)}) GROUP BY file_name, path_in_schema"
        )
        try:
            for file, name, *told in self._told.fetched(text) if files else ():
                self._headers.setdefault(Path(file), {})[name] = _Column(*told)
        except (duckdb.IOException, duckdb.InvalidInputException):
            if len(files) == 1:
                self._headers[files[0]] = {}
            else:
                for one in files:
                    self._read([one])

    def codes(self, part: Partition) -> Iterator[Fault]:
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
            yield Fault(self._told.place(file), what, "Выгрузите его заново.")
        elif lacking:
            yield Fault(self._told.place(file), f"нет столбцов: {', '.join(lacking)}.", "Выгрузите сведения заново.")
        others = [name for name in declared if name in columns and columns[name].kind not in _INTEGERS]
        if others:
            what = f"не целые числа в столбцах: {', '.join(others)}."
            yield Fault(self._told.place(file), what, "Запишите их целыми числами.")
        if ROW in columns:
            yield Fault(self._told.place(file), f"лишний столбец {ROW}.", "Уберите его: так называется номер строки.")

    def _code_faults(self, file: Path, table: str) -> Iterator[Fault]:
        columns = self._headers.get(file, {})
        for name, codes in CODES[table].items():
            if columns and not columns[name].is_within(codes):
                where = f"{name} NOT BETWEEN {codes[0]} AND {codes[-1]}"
                for _, rows, first in self._told.counted([file], where):
                    what = f"кода нет среди допустимых, строк {rows}, это первая."
                    yield Fault(self._told.place(file, first, name), what, f"Допустимы: от {codes[0]} до {codes[-1]}.")

    def places(self, regions: Iterable[int]) -> Iterator[Fault]:
        """A school is one, a municipality lies in one region, and every region has schools."""
        self._read([*self._dimensions.values()])
        wrong = [one for name, file in self._dimensions.items() for one in self._unreadable(file, DIMENSIONS[name])]
        yield from wrong or self._place_faults(regions)

    def _place_faults(self, regions: Iterable[int]) -> Iterator[Fault]:
        schools = self._dimensions["dim_school"]
        place, source = self._told.place(schools), f"read_parquet('{quoted(schools)}')"
        several = "GROUP BY {0} HAVING {1} > 1 OR {0} IS NULL ORDER BY {0}"
        for (school,) in self._told.fetched(
            f"SELECT school_id FROM {source} {several.format('school_id', 'count(*)')}"
        ):
            yield Fault(f"{place}: school_id", f"школа {school} записана больше одного раза.", "Оставьте одну строку.")
        other = several.format("mun_id", "count(DISTINCT region_id)")
        for (municipality,) in self._told.fetched(f"SELECT mun_id FROM {source} {other}"):
            what = f"муниципалитет {municipality} отнесён к разным регионам."
            yield Fault(f"{place}: mun_id", what, "Оставьте один регион.")
        known = {region for (region,) in self._told.fetched(f"SELECT DISTINCT region_id FROM {source}")}
        for region in sorted(set(regions) - known):
            what = f"региона {region}, из которого есть сведения, нет."
            yield Fault(f"{place}: region_id", what, "Допишите его школы или исправьте номер.")
