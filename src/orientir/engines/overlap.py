"""Cells that overlap: a total and its parts, two breakdowns of one total. Of two the more detailed is counted."""

from __future__ import annotations

from orientir.engines.plan import (
    Aggregate,
    Col,
    Expr,
    Filter,
    IsNull,
    Join,
    Lit,
    Logic,
    Measure,
    Negate,
    Op,
    Relation,
    When,
    keep,
)


def finer_cells(facts: Relation, dimensions: tuple[str, ...]) -> Relation:
    """Each fact with every more detailed one that overlaps it: a part of its total, another breakdown of the same.

    Only where an element is given in more than one degree of detail: elsewhere nothing is paired.
    """
    key = ("element", "organisation", "period")
    ranked = keep(facts, *key, "fact", *dimensions, rank=_rank(dimensions))
    ranks = Aggregate(ranked, key, (Measure("low", "min", Col("rank")), Measure("high", "max", Col("rank"))))
    mixed = Join(ranked, keep(Filter(ranks, Op("<>", Col("low"), Col("high"))), *key), key)
    renamed = {f"other_{name}": Col(name) for name in ("rank", *dimensions)}
    pairs = Join(mixed, keep(mixed, *key, **renamed), key)
    overlap = [_may_be_one(Col(name), Col(f"other_{name}")) for name in dimensions]
    return Filter(pairs, Logic("and", (Op(">", Col("other_rank"), Col("rank")), *overlap)))


def _rank(dimensions: tuple[str, ...]) -> Expr:
    """How detailed a cell is: the number of its breakdowns, then which they are."""
    rank: Expr = Op("||", Col("filled"), Lit(":"))
    for name in dimensions:
        rank = Op("||", rank, When(IsNull(Col(name)), Lit("0"), Lit("1")))
    return rank


def given(column: str) -> Expr:
    return Negate(IsNull(Col(column)))


def _may_be_one(one: Expr, other: Expr) -> Expr:
    return Logic("or", (IsNull(one), IsNull(other), Op("=", one, other)))
