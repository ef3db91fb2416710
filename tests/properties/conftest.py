from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from orientir.engines.duckdb import DuckDBEngine

settings.register_profile("same_every_run", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("same_every_run")


@pytest.fixture(scope="module")
def duckdb() -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine()
    yield engine
    engine.close()
