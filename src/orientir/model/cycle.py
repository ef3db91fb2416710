"""A year of monitoring as a whole: what the stages hand to the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from orientir.model.package import Fact, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.results import Comparison, Effect, Finding, GoalProposal, Issue, Recommendation, Value


@dataclass(frozen=True)
class Cycle:
    """A year of monitoring, from its facts to its conclusions."""

    programme: Programme
    package: Package
    periods: tuple[Period, ...]
    as_of: date
    facts: tuple[Fact, ...]
    issues: tuple[Issue, ...]
    values: tuple[Value, ...]
    comparisons: tuple[Comparison, ...]
    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]
    effects: tuple[Effect, ...]
    proposals: tuple[GoalProposal, ...]
