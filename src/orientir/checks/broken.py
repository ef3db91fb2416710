"""The plan that finds broken relations: only places where one does not hold leave the engine, with their facts.

Which relations there are and how a broken one is told stands in consistency.py.
"""

from __future__ import annotations

from functools import lru_cache

from orientir.engines.formulas import FormulaPlan
from orientir.engines.plan import (
    Aggregate,
    Col,
    ColumnType,
    Expr,
    Filter,
    Join,
    Lit,
    Logic,
    Measure,
    Op,
    Relation,
    Schema,
    Table,
    When,
    keep,
)
from orientir.model.rules import Relation as Sign

RULE_SCHEMA: Schema = {"formula": ColumnType.TEXT, "relation": ColumnType.TEXT}
_PLACE = ("formula", "organisation", "period")
_LEFT_LOW, _LEFT_HIGH = Col("left_low"), Col("left_high")
_RIGHT_LOW, _RIGHT_HIGH = Col("right_low"), Col("right_high")


@lru_cache(maxsize=16)
def broken_plan(plan: FormulaPlan) -> tuple[Relation, Relation]:
    """Places with the least and greatest sum of each side, and the facts behind them. The same plan gives the same."""
    found = Filter(Join(_sides(plan), Table("rules", tuple(RULE_SCHEMA)), ("formula",)), _is_broken())
    behind = Join(keep(plan.matched, *_PLACE, "term", "fact"), keep(found, *_PLACE), _PLACE)
    return found, behind


def _sides(plan: FormulaPlan) -> Relation:
    """Both sides of each relation, where every term is known."""
    sums = [
        Measure(f"{side}_{end}", "sum", When(Op("=", Col("side"), Lit(side)), Col(end), Lit(0)))
        for side in ("left", "right")
        for end in ("low", "high")
    ]
    counts = (Measure("found", "count", Col("term")), Measure("terms", "max", Col("terms")))
    return Filter(Aggregate(plan.spans, _PLACE, (*sums, *counts)), Op("=", Col("found"), Col("terms")))


def _is_broken() -> Expr:
    """No choice of source could mend it."""
    below, above = Op("<", _LEFT_HIGH, _RIGHT_LOW), Op(">", _LEFT_LOW, _RIGHT_HIGH)
    wrong: dict[Sign, Expr] = {Sign.EQUAL: Logic("or", (below, above)), Sign.AT_LEAST: below, Sign.AT_MOST: above}
    by_sign = [Logic("and", (Op("=", Col("relation"), Lit(str(sign))), where)) for sign, where in wrong.items()]
    return Logic("or", (Op("<", _LEFT_HIGH, Lit(0)), *by_sign))
