"""Records inside PostgreSQL: the tables are loaded once and stay; cells and values are computed by the server.

Each year of a table is a table: to group facts by pupil alone is cheaper than by year and pupil.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from orientir.engines.records.csv_files import csv_of, to_parquet
from orientir.engines.records.duckdb import VALUES
from orientir.engines.records.partitions import dimensions_of, fingerprint, partitions_of
from orientir.engines.records.planning import RecordPlan
from orientir.engines.records.postgres_connection import Address, connected, nothing_loaded, told_plainly
from orientir.engines.records.text import PART_YEAR, narrowed_text, printed, values_text
from orientir.model.records import DIMENSIONS, TABLES

DIALECT = "postgres"
_KEYS = {"year": pa.int32(), "level": pa.int16(), "unit": pa.int32(), "grade": pa.int16(), "sex": pa.int16()}
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
        target = out / VALUES / f"postgres_{plan.key}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        told, aside = (target.with_suffix(f".{kind}.{os.getpid()}.part") for kind in ("csv", "parquet"))
        try:
            with self._transaction(), told.open("wb") as stream:
                self._make_cells(plan)
                self._run(
                    f"COPY ({printed(values_text(plan, one_year=False), DIALECT)}) TO STDOUT (FORMAT csv)", stream
                )
            to_parquet(told, aside, {**_KEYS, **{one.id: pa.int64() for one in plan.elements}})
            aside.replace(target)
        finally:
            told.unlink(missing_ok=True)
            aside.unlink(missing_ok=True)
        return target

    def _make_cells(self, plan: RecordPlan) -> None:
        """Year by year: pupils are fewer, and are known without their year."""
        text = printed(narrowed_text(plan, one_year=True), DIALECT)
        years = sorted(self._years())
        if not years:
            raise nothing_loaded(self._address)
        for year in years:
            self._run(f"SET LOCAL {PART_YEAR} = '{year}'")
            for name in ("enrolment", *plan.tables):
                self._run(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM {name}_{year}")
            made = f"SELECT {year} AS year, * FROM ({text}) AS made"
            self._run(f"CREATE TEMP TABLE cells_{year} ON COMMIT DROP AS {made}")
            self._run(f"ANALYZE cells_{year}")
        # A view that stayed would hold its tables against whoever loads them anew.
        self._run(f"DROP VIEW {', '.join(('enrolment', *plan.tables))}")
        self._run("CREATE TEMP VIEW cells AS " + " UNION ALL ".join(f"TABLE cells_{year}" for year in years))

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
