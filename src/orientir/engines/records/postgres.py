"""Records inside PostgreSQL: the tables are loaded once and stay; cells and values are computed by the server."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import csv, parquet

from orientir.engines.records.duckdb import VALUES
from orientir.engines.records.partitions import Partition, dimensions_of, fingerprint, partitions_of
from orientir.engines.records.planning import RecordPlan
from orientir.engines.records.postgres_connection import Address, InterfaceError, connected, told_plainly
from orientir.engines.records.text import cells_text, printed, values_text
from orientir.errors import Fault, UserError
from orientir.model.records import DIMENSIONS, INTEGER, LONG, PARTITION, SMALL, TABLES

_ARROW = {SMALL: pa.int16(), INTEGER: pa.int32(), LONG: pa.int64()}
_KEYS = {"year": pa.int32(), "level": pa.int16(), "unit": pa.int32(), "grade": pa.int16(), "sex": pa.int16()}
_ROWS = 1 << 16  # of a message to the server
_SETTINGS = {
    # Compiling takes longer than these queries run; sets of bits by pupil are folded in memory.
    "jit": "off", "work_mem": "256MB", "hash_mem_multiplier": "4", "client_min_messages": "warning",
}  # fmt: skip

Sources = Sequence[tuple[Path, Mapping[str, int]]]
"""Files, each with the columns that all of its rows share."""


def compute_in_postgres(folder: Path, plan: RecordPlan, out: Path, address: str = "") -> Path:
    """The file of values of all years, regions and levels; UserError for no server, no rights, no records."""
    with closing(PostgresEngine(address)) as engine:
        engine.load(folder, plan.tables)
        return engine.compute(plan, out)


class PostgresEngine:
    """One session; `close` ends it, and so does any failure. The tables lie in a schema of their own."""

    def __init__(self, address: str = "") -> None:
        self._address = Address.parse(address)
        self._connection = connected(self._address)
        for name, value in _SETTINGS.items():
            self._run(f"SET {name} = '{value}'")
        self._run(f"SET search_path = {self._address.schema}")

    def close(self) -> None:
        with suppress(InterfaceError):  # it was closed already
            self._connection.close()

    def load(self, folder: Path, tables: Iterable[str] = TABLES) -> list[str]:
        """Tables of the folder that the database does not have yet, or has from other files; gives their names."""
        parts, dimensions = partitions_of(folder), dimensions_of(folder)
        with self._transaction():
            self._prepare()
            wanted = {
                **{name: _sources(parts, name) for name in TABLES if name in {"enrolment", *tables}},
                **{name: [(file, {})] for name, file in dimensions.items()},
            }
            return [name for name, sources in wanted.items() if self._loaded(name, sources)]

    def compute(self, plan: RecordPlan, out: Path) -> Path:
        """The file of values, from the tables that were loaded."""
        target = out / VALUES / f"postgres_{plan.key}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        told, aside = (target.with_suffix(f".{kind}.{os.getpid()}.part") for kind in ("csv", "parquet"))
        try:
            with self._transaction(), told.open("wb") as stream:
                self._run(f"CREATE TEMP TABLE cells ON COMMIT DROP AS {_text(cells_text(plan, one_year=False))}")
                self._run("ANALYZE cells")
                self._run(f"COPY ({_text(values_text(plan, one_year=False))}) TO STDOUT (FORMAT csv)", stream)
            _to_parquet(told, aside, {**_KEYS, **{one.id: pa.int64() for one in plan.elements}})
            aside.replace(target)
        finally:
            told.unlink(missing_ok=True)
            aside.unlink(missing_ok=True)
        return target

    # ---- tables

    def _prepare(self) -> None:
        """The schema, and the register of what is loaded: unlogged as the tables are, so that a crash empties both."""
        # Two runs that load at once wait for each other.
        self._run("SELECT pg_advisory_xact_lock(hashtext('orientir records'))")
        schema = self._address.schema
        if not self._run(f"SELECT 1 FROM pg_namespace WHERE nspname = '{schema}'"):
            self._run(f"CREATE SCHEMA {schema}")
        self._run("CREATE UNLOGGED TABLE IF NOT EXISTS loaded (name text PRIMARY KEY, fingerprint text NOT NULL)")

    def _loaded(self, name: str, sources: Sources) -> bool:
        """Was there anything to load?"""
        told = fingerprint(sources)
        if self._run(f"SELECT 1 FROM loaded WHERE name = '{name}' AND fingerprint = '{told}'"):
            return False
        columns = {**TABLES[name], **PARTITION} if name in TABLES else DIMENSIONS[name]
        self._run(f"DROP TABLE IF EXISTS {name}")
        self._run(f"CREATE UNLOGGED TABLE {name} ({', '.join(f'{key} {kind}' for key, kind in columns.items())})")
        self._run(f"COPY {name} FROM STDIN (FORMAT csv)", _messages(sources, columns))
        self._run(f"ANALYZE {name}")
        self._run(f"DELETE FROM loaded WHERE name = '{name}'")
        self._run(f"INSERT INTO loaded VALUES ('{name}', '{told}')")
        return True

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


def _text(text: str) -> str:
    return printed(text, "postgres")


def _sources(parts: Sequence[Partition], table: str) -> Sources:
    return [(file, {"year": one.year, "region_id": one.region}) for one in parts for file in one.files.get(table, ())]


def _messages(sources: Sources, columns: Mapping[str, str]) -> Iterator[bytes]:
    """Rows of the files as CSV, some thousands at once."""
    for file, shared in sources:
        for batch in _batches(file, [name for name in columns if name not in shared]):
            values = {name: pa.scalar(value) for name, value in shared.items()}
            arrays = [
                pa.repeat(values[name], batch.num_rows) if name in values else batch[name].cast(_ARROW[kind])
                for name, kind in columns.items()
            ]
            sink = pa.BufferOutputStream()
            csv.write_csv(pa.record_batch(arrays, list(columns)), sink, csv.WriteOptions(include_header=False))
            yield sink.getvalue().to_pybytes()


def _batches(file: Path, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    with parquet.ParquetFile(file) as source:
        lacking = [name for name in columns if name not in source.schema_arrow.names]
        if lacking:
            raise UserError(Fault(str(file), f"нет столбцов: {', '.join(lacking)}.", "Выгрузите сведения заново."))
        yield from source.iter_batches(_ROWS, columns=columns)


def _to_parquet(told: Path, target: Path, columns: Mapping[str, pa.DataType]) -> None:
    options = {
        "read_options": csv.ReadOptions(column_names=list(columns), block_size=1 << 23),
        "convert_options": csv.ConvertOptions(column_types=dict(columns)),
    }
    with parquet.ParquetWriter(target, pa.schema(columns)) as writer:
        if told.stat().st_size:  # a reader of nothing at all is refused
            with csv.open_csv(told, **options) as batches:
                for batch in batches:
                    writer.write_batch(batch)
