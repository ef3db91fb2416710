"""Registers of the data package as a source: counts that are not typed but follow from rows (visits to open days)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from orientir.model.indicators import Element
from orientir.model.package import Fact, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.status import CellState


def counted_facts(package: Package, programme: Programme) -> tuple[Fact, ...]:
    """The facts that the programme's elements take from registers, for the territory as a whole."""
    facts: list[Fact] = []
    for element in programme.elements:
        if element.counted_from:
            facts += _facts(package, element, len(facts))
    return tuple(facts)


def _facts(package: Package, element: Element, made: int) -> list[Fact]:
    rule = element.counted_from
    assert rule is not None
    groups: dict[tuple[Period, str], list[Any]] = defaultdict(list)
    for row in getattr(package, rule.register):
        groups[row.period, row.source].append(row)
    return [
        _fact(package, element, period, source, rows, made + number)
        for number, ((period, source), rows) in enumerate(sorted(groups.items()), 1)
    ]


def _fact(package: Package, element: Element, period: Period, source: str, rows: list[Any], number: int) -> Fact:
    rule = element.counted_from
    assert rule is not None
    amounts = [getattr(row, rule.sum) if rule.sum else 1 for row in rows]
    # One row without a number leaves the sum unknown: a part is not the whole.
    total = None if None in amounts else Decimal(sum(amounts))
    state = CellState.NOT_REPORTED if total is None else CellState.VALUE if total else CellState.ZERO
    return Fact(
        id=f"r{number}",
        element=element.id,
        organisation=package.territory,
        period=period,
        breakdown=(),
        value=total,
        state=state,
        source=source,
        note=f"Сумма строк реестра: {len(rows)}.",
        file=f"{rule.register}.csv",
        row=rows[0].row,
    )
