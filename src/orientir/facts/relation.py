"""Facts as the relation that engines read, and the tree of organisations beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from orientir.engines.formulas import fact_schema
from orientir.engines.plan import Record, Rows
from orientir.engines.rollup import TREE_SCHEMA
from orientir.model.package import Fact, Organisation, Package
from orientir.model.status import CellState

_KNOWN = {CellState.VALUE, CellState.ZERO, CellState.NOT_APPLICABLE}


def fact_rows(package: Package, facts: Sequence[Fact], dimensions: Sequence[str]) -> Rows:
    """The facts by rank of their source; what is not known stays NULL and never becomes zero.

    What does not apply (graduates of grade 11 in a school without one) is known to add nothing.
    """
    ranks = {source.id: source.rank for source in package.sources}
    return Rows(fact_schema(dimensions), [_row(fact, ranks, dimensions) for fact in facts])


def _row(fact: Fact, ranks: dict[str, int], dimensions: Sequence[str]) -> Record:
    known, applies = fact.state in _KNOWN, fact.state is not CellState.NOT_APPLICABLE
    members = dict(fact.breakdown)
    return {
        "fact": fact.id,
        "element": fact.element,
        "organisation": fact.organisation,
        "period": fact.period.start,
        "source": ranks[fact.source],
        **{dimension: members.get(dimension) for dimension in dimensions},
        "value": fact.value if applies else Decimal(0),
        "known": int(known),
        "applies": int(applies),
        "filled": len(members),
    }


def tree_rows(package: Package) -> Rows:
    """Every organisation of the territory with each of those above it, up to the territory itself."""
    parents = {place.id: place.parent for place in package.organisations}
    inside = {package.territory} | {place.id for place in below(package, package.territory)}
    pairs = ((place, above) for place in inside for above in ancestors(place, parents) if above in inside)
    return Rows(TREE_SCHEMA, [{"organisation": place, "ancestor": above} for place, above in sorted(pairs)])


def ancestors(place: str, parents: dict[str, str]) -> Iterator[str]:
    above = parents.get(place, "")
    while above:
        yield above
        above = parents.get(above, "")


def below(package: Package, ancestor: str) -> tuple[Organisation, ...]:
    """The organisations under one, at any depth."""
    parents = {place.id: place.parent for place in package.organisations}
    return tuple(place for place in package.organisations if ancestor in ancestors(place.id, parents))
