"""The memory engine says what a plan means; the database must say the same of any data."""

from __future__ import annotations

from hypothesis import given

from orientir.engines.duckdb import DuckDBEngine
from orientir.engines.formulas import FormulaPlan
from orientir.engines.memory import MemoryEngine
from orientir.facts.relation import fact_rows, tree_rows
from orientir.indicators.values import formula_of
from properties.cases import DIMENSIONS, Case, bag, cases


@given(case=cases())
def test_sums_are_the_same_on_both_engines(case: Case, duckdb: DuckDBEngine) -> None:
    plan = FormulaPlan([formula_of(one) for one in case.programme.indicators], DIMENSIONS)
    asked = {name: getattr(plan, name) for name in ("own", "rolled", "disputed", "uses", "spans", "sums", "matched")}
    facts = fact_rows(case.package, case.package.facts, DIMENSIONS)
    tables = {"facts": facts, "tree": tree_rows(case.package), **plan.tables}
    expected = MemoryEngine().run_all(tuple(asked.values()), tables)
    found = duckdb.run_all(tuple(asked.values()), tables)
    assert dict(zip(asked, map(bag, found), strict=True)) == dict(zip(asked, map(bag, expected), strict=True))
