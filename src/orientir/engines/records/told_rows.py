"""Rows of the files of records, told of by their place in the user's own file; no pupil is ever named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import duckdb

from orientir.engines.records.duckdb import connected, quoted
from orientir.engines.records.layout import Arranged
from orientir.engines.records.raw_files import SOURCE_ROW, line_of

ROW = "file_row_number"
"""The column in which DuckDB numbers the rows of a file."""


class ToldRows:
    """Of one folder; `close` frees the connection, which is there once it is needed."""

    def __init__(self, records: Arranged, memory: str, threads: int) -> None:
        self._records = records
        self._connect = partial(connected, memory, threads)

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._connect()

    def close(self) -> None:
        if "_connection" in self.__dict__:
            self._connection.close()

    def counted(self, files: Sequence[Path], where: str) -> Iterator[tuple[Path, int, int]]:
        """Each file that has such rows, how many, and the first."""
        if files:
            found = f"FROM {self.numbered(files)} WHERE {where} GROUP BY source_file"
            text = f"SELECT source_file, count(*), min(row) {found}"
            yield from ((Path(file), rows, first) for file, rows, first in self.fetched(text))

    def numbered(self, files: Sequence[Path]) -> str:
        """Rows with the numbers that they have in the user's own file."""
        row, how = f"{ROW} + 1", "filename = 'source_file', file_row_number = true, hive_partitioning = false"
        if any(map(self._records.is_made, files)):
            row, how = f"coalesce({SOURCE_ROW}, {row})", how + ", union_by_name = true"
        return f"(SELECT *, {row} AS row FROM read_parquet({listed(files)}, {how}))"

    def place(self, file: Path, row: int = 0, column: str = "") -> str:
        if not file.is_relative_to(self._records.folder):
            return str(file)  # a dimension that is kept beside the values
        source = self._records.source(file)
        shown = source.relative_to(self._records.brought).as_posix()
        return f"{shown}:{line_of(source, row)}: {column}" if row else shown

    def fetched(self, text: str) -> list[Any]:
        return self.run(text).fetchall()

    def run(self, text: str) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(text)


def plain(files: Sequence[Path]) -> str:
    return f"read_parquet({listed(files)}, hive_partitioning = false)"


def listed(files: Iterable[Path]) -> str:
    return "[" + ", ".join(f"'{quoted(file)}'" for file in files) + "]"
