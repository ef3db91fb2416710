"""The default engine: plans printed as SQL and run by an embedded DuckDB."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import duckdb

from orientir.engines.plan import ColumnType, Record, Relation, Rows
from orientir.engines.sql import sql


class DuckDBEngine:
    """One in-memory database for one cycle; `close` frees it."""

    name = "duckdb"

    def __init__(self) -> None:
        self._connection = duckdb.connect()
        self._loaded: dict[str, Rows] = {}

    def run(self, plan: Relation, tables: Mapping[str, Rows]) -> list[Record]:
        """The rows of the plan, in no promised order; tables already given are not loaded again."""
        for name, rows in tables.items():
            if self._loaded.get(name) is not rows:
                self._load(name, rows)
        found = self._connection.execute(sql(plan, "duckdb")).fetchall()
        return [dict(zip(plan.columns, map(_plain, row), strict=True)) for row in found]

    def close(self) -> None:
        self._connection.close()

    def _load(self, name: str, rows: Rows) -> None:
        columns = ", ".join(f"{column} {kind}" for column, kind in rows.schema.items())
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        if rows.rows:
            # Columns travel as lists of texts: one statement whatever the number of rows, and decimals stay exact.
            lists = [[_text(row[column]) for row in rows.rows] for column in rows.schema]
            items = ", ".join(f"CAST(unnest(?::TEXT[]) AS {kind})" for kind in rows.schema.values())
            self._connection.execute(f"INSERT INTO {name} SELECT {items}", lists)
        self._loaded[name] = rows


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _plain(value: object) -> str | int | Decimal | None:
    if isinstance(value, Decimal):
        return value.normalize() + 0
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"an engine returned {type(value)}; columns are {', '.join(ColumnType)}")
