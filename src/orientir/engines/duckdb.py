"""The default engine: plans printed as SQL and run by an embedded DuckDB."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

import duckdb

from orientir.engines.plan import ColumnType, Record, Relation, Rows
from orientir.engines.sql import script


class DuckDBEngine:
    """One in-memory database for one cycle; `close` frees it."""

    name = "duckdb"

    def __init__(self) -> None:
        self._connection = duckdb.connect()
        self._loaded: dict[str, Rows] = {}

    def run(self, plan: Relation, tables: Mapping[str, Rows]) -> list[Record]:
        """The rows of the plan, in no promised order."""
        return self.run_all((plan,), tables)[0]

    def run_all(self, plans: tuple[Relation, ...], tables: Mapping[str, Rows]) -> list[list[Record]]:
        """The rows of each plan; what several need is computed once. Tables already given are not loaded again."""
        for name, rows in tables.items():
            if self._loaded.get(name) is not rows:
                self._load(name, rows)
        text = script(plans, "duckdb")
        for name, query in text.shared:
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
        return [self._rows(plan, query) for plan, query in zip(plans, text.queries, strict=True)]

    def _rows(self, plan: Relation, query: str) -> list[Record]:
        found = self._connection.execute(query).fetchall()
        return [dict(zip(plan.columns, map(_plain, row), strict=True)) for row in found]

    def close(self) -> None:
        self._connection.close()

    def _load(self, name: str, rows: Rows) -> None:
        # One JSON text, parsed by the database: a hundred times faster than binding values, and decimals, which
        # travel as texts, stay exact.
        shape = json.dumps([{column: kind.value for column, kind in rows.schema.items()}])
        text = json.dumps([{column: _text(row[column]) for column in rows.schema} for row in rows.rows])
        source = f"(SELECT unnest(from_json(?::JSON, '{shape}')) AS one)"
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT one.* FROM {source}", [text])
        self._loaded[name] = rows


def _text(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value


def _plain(value: object) -> str | int | Decimal | None:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Decimal):
        return value.normalize() + 0
    raise TypeError(f"an engine returned {type(value)}; columns are {', '.join(ColumnType)}")
