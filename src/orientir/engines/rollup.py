"""Sums of places from the places below them, each counted once."""

from __future__ import annotations

from orientir.engines.plan import Aggregate, Col, ColumnType, Join, Measure, Relation, Schema, Table, keep

PLACE = ("formula", "breakdown", "organisation", "period")
SIDES = ("lefts", "rights", "applies")  # the two sums, and whether anything in them applies to the place
TREE_SCHEMA: Schema = {"organisation": ColumnType.TEXT, "ancestor": ColumnType.TEXT}


def rolled_up(own: Relation) -> Relation:
    """Sums over the organisations below, for every place that did not report its own; `reporting` counts them."""
    tree = Table("tree", tuple(TREE_SCHEMA))
    climbed = keep(Join(own, tree, ("organisation",)), *_VALUE, *SIDES, "organisation", "ancestor")
    nearest = Join(climbed, _covered(own, tree), (*_VALUE, "organisation", "ancestor"), "anti")
    sums = Aggregate(
        keep(nearest, *_VALUE, *SIDES, organisation=Col("ancestor")),
        PLACE,
        (
            Measure("lefts", "sum", Col("lefts")),
            Measure("rights", "sum", Col("rights")),
            Measure("reporting", "sum", Col("applies")),
        ),
    )
    return Join(sums, own, PLACE, "anti")


_VALUE = ("formula", "breakdown", "period")


def _covered(own: Relation, tree: Relation) -> Relation:
    """Organisation and ancestor with a place between them that reports its own sum: counted there already."""
    between = keep(own, *_VALUE, middle=Col("organisation"))
    lower = Join(
        keep(own, *_VALUE, "organisation"), keep(tree, "organisation", middle=Col("ancestor")), ("organisation",)
    )
    upper = keep(tree, "ancestor", middle=Col("organisation"))
    pairs = Join(Join(lower, between, (*_VALUE, "middle")), upper, ("middle",))
    key = (*_VALUE, "organisation", "ancestor")
    return Aggregate(pairs, key, (Measure("covered", "count", Col("middle")),))
