"""A file of records as it came, CSV or Parquet -> rows of the declared types, or all that is wrong with it.

Nothing is guessed: «9.5» is no grade and 1e18 no pseudonym. A cell that cannot be read is told by its place, never by
what stands in it: that may be a name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

import duckdb

from orientir.engines.records.duckdb import quoted
from orientir.errors import Fault
from orientir.model.records import PARTITION

SOURCE_ROW = "source_row"
"""The column in which a row keeps its number among the rows of the file that it came in."""
_DELIMITERS = ",;\t"
_WHOLE = r"-?[0-9]+(\.0+)?"  # pandas writes 9.0 where a column has empty cells
_INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
_LONGEST = 1 << 20  # a header that is no header
_STRUCTURE = {
    "TOO MANY COLUMNS": "ячеек больше, чем столбцов",
    "MISSING COLUMNS": "ячеек меньше, чем столбцов",
    "UNQUOTED VALUE": "кавычка не закрыта или стоит не на месте",
    "INVALID ENCODING": "знаки не в кодировке UTF-8",
}


class RawFile:
    """`columns` are all that may be there, with their types. The connection must keep rows in order."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, path: Path, shown: str, columns: Mapping[str, str]
    ) -> None:
        self._connection, self._path, self._shown, self._columns = connection, path, shown, columns

    def faults(self) -> list[Fault]:
        """Of the header, or else of all rows: each kind once for a column, with the first row."""
        try:
            return list(self._header_faults()) or [*self._value_faults(), *self._structure_faults()]
        except UnicodeDecodeError:
            return [Fault(f"{self._shown}:1", "файл не в кодировке UTF-8.", "Сохраните его как «CSV UTF-8».")]
        except (duckdb.IOException, duckdb.InvalidInputException):
            mixed = ", или строки в нём кончаются по-разному" if self._is_csv else ""
            what = f"файл не читается: испорчен, записан не до конца{mixed}."
            return [Fault(self._shown, what, "Выгрузите его заново.")]

    def typed(self) -> str:
        """A query of the rows under their declared types; only for a file without faults."""
        kinds = self._kinds()
        cells = ", ".join(f"CAST({_cell(one, kinds)} AS {kind}) AS {one}" for one, kind in self._columns.items())
        return f"SELECT {cells}, {SOURCE_ROW} FROM ({self._numbered()})"

    # ---- what is wrong

    def _header_faults(self) -> Iterator[Fault]:
        header = header_of(self._path) if self._is_csv else list(self._kinds())
        for name in dict.fromkeys(header):
            if name not in self._columns:
                yield Fault(f"{self._shown}:1: {name}", "неизвестный столбец.", _meant(name, self._columns))
            elif header.count(name) > 1:
                yield Fault(f"{self._shown}:1: {name}", "столбец повторяется.", "Оставьте один.")
        for name in self._columns:
            if name not in header:
                yield Fault(f"{self._shown}:1: {name}", "нет обязательного столбца.", "Добавьте его.")

    def _value_faults(self) -> Iterator[Fault]:
        kinds = self._kinds()
        bad = {name: _bad(name, kind, kinds) for name, kind in self._columns.items()}
        sums = ", ".join(f"count(*) FILTER ({one}), min({SOURCE_ROW}) FILTER ({one})" for one in bad.values())
        # All that there is to fetch: only then does DuckDB tell of rows that it has put aside.
        (found,) = self._run(f"SELECT {sums} FROM ({self._numbered()})").fetchall()
        for name, rows, first in zip(bad, found[::2], found[1::2], strict=True):
            if rows:
                place = f"{self._shown}:{line_of(self._path, first)}: {name}"
                empty = ", или ячейка пуста" if name in PARTITION else ""
                what = f"не целое число, или слишком велико{empty}; таких строк {rows}, это первая."
                yield Fault(place, what, "Запишите целые числа без пробелов внутри и дробной части.")

    def _structure_faults(self) -> Iterator[Fault]:
        """Rows that are no rows of the table; DuckDB put them aside when values were looked at."""
        if self._run("FROM duckdb_tables() WHERE table_name = 'reject_errors'").fetchall():
            text = "SELECT error_type, count(DISTINCT line), min(line) FROM reject_errors GROUP BY error_type"
            for kind, rows, line in self._run(text).fetchall():
                what = f"{_STRUCTURE.get(kind, 'строка не разобрана')}; таких строк {rows}, это первая."
                yield Fault(f"{self._shown}:{line}", what, "Восстановите строку.")
            self._run("DROP TABLE reject_errors; DROP TABLE reject_scans")

    # ---- how it is read

    @property
    def _is_csv(self) -> bool:
        return self._path.suffix == ".csv"

    def _kinds(self) -> Mapping[str, str]:
        """The columns of the file, as they are stored."""
        if self._is_csv:
            return dict.fromkeys(header_of(self._path), "VARCHAR")
        found = self._run(f"DESCRIBE FROM {self._read()}").fetchall()
        return {name: kind for name, kind, *_ in found}

    def _numbered(self) -> str:
        return f"SELECT *, row_number() OVER () AS {SOURCE_ROW} FROM {self._read()}"

    def _read(self) -> str:
        place = quoted(self._path)
        if not self._is_csv:
            return f"read_parquet('{place}', hive_partitioning = false)"
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in header_of(self._path))
        return (
            f"read_csv('{place}', delim = '{_delimiter(self._path)}', quote = '\"', escape = '\"', header = true, "
            f"auto_detect = false, hive_partitioning = false, columns = {{{columns}}}, "
            "store_rejects = true, rejects_limit = 1000)"
        )

    def _run(self, text: str) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(text)


def header_of(path: Path) -> list[str]:
    return [name.strip() for name in next(csv.reader([_first_line(path)], delimiter=_delimiter(path)), [])]


def line_of(path: Path, row: int) -> int:
    """The line of a row of CSV: empty and broken lines are no rows. In Parquet, the row itself."""
    if path.suffix != ".csv":
        return row
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        lines = csv.reader(stream, delimiter=_delimiter(path))
        width = len(next(lines, []))
        rows = (lines.line_num for cells in lines if len(cells) == width)
        return next(islice(rows, row - 1, None), row + 1)


def _delimiter(path: Path) -> str:
    return max(_DELIMITERS, key=_first_line(path).count)


def _first_line(path: Path) -> str:
    with path.open("rb") as stream:
        return stream.readline(_LONGEST).decode("utf-8-sig")


def _cell(name: str, kinds: Mapping[str, str]) -> str:
    """A number as it is stored, or the text of one without spaces around it."""
    return name if kinds[name] in _INTEGERS else f"nullif(trim(CAST({name} AS VARCHAR)), '')"


def _bad(name: str, kind: str, kinds: Mapping[str, str]) -> str:
    cell = _cell(name, kinds)
    is_whole = "" if kinds[name] in _INTEGERS else f"regexp_full_match({cell}, '{_WHOLE}') AND "
    is_empty = "" if name in PARTITION else f"{cell} IS NOT NULL AND "
    return f"{is_empty}NOT coalesce({is_whole}TRY_CAST({cell} AS {kind}) IS NOT NULL, false)"


def _meant(name: str, columns: Sequence[str] | Mapping[str, str]) -> str:
    close = get_close_matches(name, columns, 1)
    return f"Возможно, имелось в виду «{close[0]}»." if close else f"Допустимы: {', '.join(columns)}."
