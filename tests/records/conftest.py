"""Invented records of a district, made once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orientir.definitions.loader import load_programme
from orientir.engines.records.planning import RecordPlan, plan_records
from orientir.model.programme import Programme
from orientir.resources import programme_folder
from orientir.synth.records import Wanted, write_records

Row = tuple[object, ...]


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load_programme(programme_folder("career_guidance_records"))


@pytest.fixture(scope="session")
def plan(programme: Programme) -> RecordPlan:
    return plan_records(programme.elements)


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records") / "district"
    write_records(Wanted("district", 5), folder, lambda _: None)
    return folder


def values(out: Path) -> list[Row]:
    """All rows of the folder of values, in order."""
    with duckdb.connect() as connection:
        return connection.execute(f"FROM read_parquet('{out}/values/*.parquet') ORDER BY ALL").fetchall()


def asked(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[Row]:
    yield from connection.execute(query).fetchall()
