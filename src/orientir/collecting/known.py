"""What a package knows of each organisation in one year: last year's numbers, or this year's to be filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from orientir.facts.recorded import read_with_records
from orientir.model.collection import CellKey, Known
from orientir.model.package import Fact
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.status import CellState
from orientir.resources import example_folder
from orientir.sources.counted import counted_facts

KnownCells = Mapping[str, Mapping[CellKey, Known]]


@dataclass(frozen=True)
class KnownPackage:
    """What is taken from a package, and whether it is an invented one."""

    cells: KnownCells = field(default_factory=dict)
    synthetic: bool = False


_TOLD = (CellState.VALUE, CellState.ZERO, CellState.NOT_APPLICABLE)


def known_of(package: str, programme: Programme, period: Period) -> KnownPackage:
    """By organisation and cell; nothing for an empty name. A cell of which sources disagree is not known."""
    if not package:
        return KnownPackage()
    data = read_with_records(example_folder(package), programme)
    titles = {source.id: source.title for source in data.sources}
    found: dict[str, dict[CellKey, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in (*data.facts, *counted_facts(data, programme)):
        if fact.period == period and fact.state in _TOLD:
            found[fact.organisation][fact.element, fact.breakdown].append(fact)
    known = {
        place: {key: _known(facts[0], titles) for key, facts in cells.items() if len({one.value for one in facts}) == 1}
        for place, cells in found.items()
    }
    return KnownPackage(known, data.synthetic)


def _known(fact: Fact, titles: Mapping[str, str]) -> Known:
    return Known(fact.value, fact.state, titles.get(fact.source, fact.source))
