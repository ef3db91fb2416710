"""Any plans mean the same on both engines, asked for one by one or together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from orientir.engines.duckdb import DuckDBEngine
from orientir.engines.memory import MemoryEngine
from orientir.engines.plan import Rows
from properties.cases import bag
from properties.plans import Typed, relations, tables


@settings(max_examples=150)
@given(plan=relations(), given_tables=tables())
def test_plan_means_the_same_on_both_engines(plan: Typed, given_tables: dict[str, Rows], duckdb: DuckDBEngine) -> None:
    relation, _ = plan
    assert bag(duckdb.run(relation, given_tables)) == bag(MemoryEngine().run(relation, given_tables))


@given(plans=st.lists(relations(), min_size=2, max_size=3), given_tables=tables())
def test_plans_asked_together_mean_the_same(
    plans: list[Typed], given_tables: dict[str, Rows], duckdb: DuckDBEngine
) -> None:
    asked = tuple(relation for relation, _ in plans)
    found, expected = (engine.run_all(asked, given_tables) for engine in (duckdb, MemoryEngine()))
    assert list(map(bag, found)) == list(map(bag, expected))
