"""What the invented district must add up to: the published figures of the example, those in conflict apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from orientir.checks.consistency import Engine, one_population_one_size, relations_hold
from orientir.checks.subject import Subject
from orientir.facts.package import read_package
from orientir.model.collection import Breakdown
from orientir.model.package import Fact
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.resources import shipped

EXAMPLE = "kemerovo"
# What is wrong in a broken relation of these kinds is its left side: the union or the whole.
_BLAMED = ("union_not_sum", "whole_below_parts")

Figure = tuple[str, Period, Breakdown]


@dataclass(frozen=True)
class Figures:
    """Totals of the district. `disputed` ones have several sizes, or one that cannot be true; by source, in rank."""

    agreed: Mapping[Figure, int]
    disputed: Mapping[Figure, tuple[int, ...]]

    def total(self, element: str, period: Period, breakdown: Breakdown = ()) -> int:
        return self.agreed[element, period, breakdown]


def published_figures(programme: Programme, periods: tuple[Period, ...], engine: Engine) -> Figures:
    """The figures of the shipped example in these periods."""
    package = read_package(shipped("examples") / EXAMPLE, programme)
    ranks = {source.id: source.rank for source in package.sources}
    found: dict[Figure, list[Fact]] = defaultdict(list)
    for fact in sorted(package.facts, key=lambda fact: ranks[fact.source]):
        if fact.period in periods and fact.value is not None:
            found[fact.element, fact.period, fact.breakdown].append(fact)
    doubted = _doubted(Subject(package, programme, package.facts, periods), engine)
    agreed = {figure: _whole(facts[0]) for figure, facts in found.items() if not doubted & {one.id for one in facts}}
    disputed = {
        figure: tuple(dict.fromkeys(map(_whole, facts))) for figure, facts in found.items() if figure not in agreed
    }
    return Figures(agreed, disputed)


def _whole(fact: Fact) -> int:
    return int(fact.value or Decimal(0))


def _doubted(subject: Subject, engine: Engine) -> set[str]:
    """The facts that the checks find in conflict."""
    blamed = {rule: {check.left[0].element for check in subject.programme.checks if check.rule == rule}
              for rule in _BLAMED}  # fmt: skip
    facts = {fact.id: fact for fact in subject.facts}
    broken = (issue for issue in relations_hold(subject, engine) if issue.rule in blamed)
    doubted = {one for issue in broken for one in issue.facts if facts[one].element in blamed[issue.rule]}
    return doubted | {one for issue in one_population_one_size(subject) for one in issue.facts}
