"""A year of monitoring as a whole: what the stages hand to the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from orientir.model.desk import Desk, Structure
from orientir.model.package import Fact, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.results import Comparison, Effect, Finding, GoalProposal, Issue, Recommendation, Value


@dataclass(frozen=True)
class Cycle:
    """A year of monitoring, from its facts to its conclusions.

    `facts` are those that count; what was decided about them, and those set aside, are on the desk.
    """

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
    desk: Desk = field(default_factory=Desk)
    structure: Structure = Structure.THEN

    @property
    def known_facts(self) -> tuple[Fact, ...]:
        """Those that count and those set aside: whatever an id may name."""
        return self.facts + self.desk.aside
