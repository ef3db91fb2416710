"""Records inside PostgreSQL: the tables are loaded once and stay; the server counts the cells of schools.

Each year of a table is a table: to group facts by pupil alone is cheaper than by year and pupil.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from orientir.engines.records.csv_files import columns_of, csv_of
from orientir.engines.records.duckdb import VALUES, keep_columns
from orientir.engines.records.duckdb import connected as connected_to_files
from orientir.engines.records.partitions import dimensions_of, fingerprint, partitions_of
from orientir.engines.records.planning import RecordPlan
from orientir.engines.records.postgres_connection import Address, connected, nothing_loaded, told_plainly
from orientir.engines.records.rollup import Columns, values_of_cells
from orientir.engines.records.text import CELL, PART_YEAR, Half, cells_text, halves, printed, with_sources
from orientir.model.records import DIMENSIONS, TABLES

DIALECT = "postgres"
_SCHOOL = ("school_id", "mun_id", "region_id")
_SETTINGS = {
    # Compiling takes longer than these queries run; sets of bits by pupil are folded in memory; several processes would
    # each fold the same facts, and the server has others to serve.
    "jit": "off", "work_mem": "256MB", "hash_mem_multiplier": "4", "max_parallel_workers_per_gather": "0",
    "client_min_messages": "warning",
}  # fmt: skip


def compute_in_postgres(folder: Path, plan: RecordPlan, out: Path, address: str = "") -> Path:
    """The file of values of all years, regions and levels; UserError for no server, no rights, no records."""
    with closing(PostgresEngine(address)) as engine:
        engine.load(folder, plan.tables, out)
        return engine.compute(plan, out)


class PostgresEngine:
    """One session; `close` ends it, and so does any failure. The tables lie in a schema of their own."""

    def __init__(self, address: str = "") -> None:
        self._address = Address.parse(address)
        self._connection = connected(self._address)
        self._is_closed = False
        for name, value in _SETTINGS.items():
            self._run(f"SET {name} = '{value}'")
        self._run(f"SET search_path = {self._address.schema}")

    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._connection.close()

    def load(self, folder: Path, tables: Iterable[str] = TABLES, out: Path | None = None) -> list[str]:
        """Tables of the folder that the database does not have yet, or has from other files; gives their names."""
        parts, dimensions = partitions_of(folder), dimensions_of(folder, out)
        wanted = {"enrolment", *tables}
        with self._transaction():
            self._prepare()
            self._forget({one.year for one in parts})
            found = [self._loaded(name, DIMENSIONS[name], [file]) for name, file in dimensions.items()]
            for year in sorted({one.year for one in parts}):
                for name in sorted(wanted):
                    files = [file for one in parts if one.year == year for file in one.files.get(name, ())]
                    found.append(self._loaded(f"{name}_{year}", TABLES[name], files))
        return [name for name in found if name]

    def compute(self, plan: RecordPlan, out: Path) -> Path:
        """The file of values, from the tables that were loaded."""
        with self._transaction():
            years = sorted(self._years())
            if not years:
                raise nothing_loaded(self._address)
            schools = self._columns(f"SELECT {', '.join(_SCHOOL)} FROM dim_school", _SCHOOL)
            cells = [self._cells(half, years) for half in halves(plan)]
        target = out / VALUES / f"postgres_{plan.key}.parquet"
        with closing(connected_to_files("", 1)) as connection:
            keep_columns(connection, values_of_cells(plan, cells, schools, with_country=True), target)
        return target

    def _cells(self, half: Half, years: Sequence[int]) -> Columns:
        """Year by year: pupils are fewer, and are known without their year."""
        text = printed(cells_text(half.plan, one_year=True), DIALECT)
        columns = ("year", *CELL, *(atom.key for atom in half.plan.atoms))
        found = []
        for year in years:
            self._run(f"SET LOCAL {PART_YEAR} = '{year}'")
            sources = {name: f"SELECT * FROM {name}_{year}" for name in ("enrolment", *half.plan.tables)}
            told = with_sources(text, sources, half.where)
            found.append(self._columns(f"SELECT {year} AS year, * FROM ({told}) AS made", columns))
        return {name: np.concatenate([one[name] for one in found]) for name in columns}

    def _columns(self, query: str, names: Sequence[str]) -> Columns:
        told = BytesIO()
        self._run(f"COPY ({query}) TO STDOUT (FORMAT csv)", told)
        return columns_of(told.getbuffer(), names)

    # ---- tables

    def _prepare(self) -> None:
        """The schema, and the register of what is loaded: unlogged as the tables are, so that a crash empties both."""
        # Two runs that load at once wait for each other.
        self._run("SELECT pg_advisory_xact_lock(hashtext('orientir records'))")
        schema = self._address.schema
        if not self._run(f"SELECT 1 FROM pg_namespace WHERE nspname = '{schema}'"):
            self._run(f"CREATE SCHEMA {schema}")
        self._run("CREATE UNLOGGED TABLE IF NOT EXISTS loaded (name text PRIMARY KEY, fingerprint text NOT NULL)")

    def _years(self) -> set[int]:
        found = self._run("SELECT name FROM loaded WHERE name LIKE 'enrolment%'")
        return {int(name.rpartition("_")[2]) for (name,) in found}

    def _forget(self, years: set[int]) -> None:
        """Years that the folder does not have any more are no part of the country."""
        for year in self._years() - years:
            for name in TABLES:
                self._run(f"DROP TABLE IF EXISTS {name}_{year}")
                self._run(f"DELETE FROM loaded WHERE name = '{name}_{year}'")

    def _loaded(self, name: str, columns: Mapping[str, str], files: Sequence[Path]) -> str:
        """The name, where there was anything to load."""
        told = fingerprint(files)
        if self._run(f"SELECT 1 FROM loaded WHERE name = '{name}' AND fingerprint = '{told}'"):
            return ""
        self._run(f"DROP TABLE IF EXISTS {name}")
        self._run(f"CREATE UNLOGGED TABLE {name} ({', '.join(f'{key} {kind}' for key, kind in columns.items())})")
        self._run(f"COPY {name} FROM STDIN (FORMAT csv)", csv_of(files, columns))
        self._run(f"ANALYZE {name}")
        self._run(f"DELETE FROM loaded WHERE name = '{name}'")
        self._run(f"INSERT INTO loaded VALUES ('{name}', '{told}')")
        return name

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._run("BEGIN")
        try:
            yield
        except BaseException:
            # The server undoes what was begun. It could not be told to in the middle of a COPY.
            self.close()
            raise
        self._run("COMMIT")

    def _run(self, text: str, stream: BinaryIO | Iterable[bytes] | None = None) -> Any:
        with told_plainly(self._address):
            return self._connection.run(text, stream=stream)
