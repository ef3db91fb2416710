"""The journey of a number, on one screen: from a data package to what the year amounts to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from orientir.checks.run import run_checks
from orientir.checks.subject import Subject
from orientir.comparisons import compare
from orientir.effectiveness import judge, revise_goals
from orientir.facts.conflicts import settled
from orientir.facts.structure import in_structure
from orientir.findings import conclude
from orientir.indicators.relevance import measured_programme
from orientir.indicators.values import Engine, values_of
from orientir.model.cycle import Cycle
from orientir.model.desk import Structure
from orientir.model.package import Fact, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.recommendations import recommend
from orientir.sources.counted import counted_facts


def run_cycle(
    package: Package,
    programme: Programme,
    period: Period,
    as_of: date,
    engine: Engine,
    structure: Structure = Structure.THEN,
) -> Cycle:
    """Take the package through every stage for the report of this period.

    Raises PackageError where a correction or a choice no longer fits its facts, and where the data allow no arithmetic
    (a population of zero under a number above zero).
    """
    periods = report_periods(programme, period)
    told = package.facts + counted_facts(package, programme)
    decided = settled(package, told)
    package, facts, desk = in_structure(structure, package, programme, decided, as_of)
    programme = measured_programme(programme, facts)
    values = values_of(engine, package, facts, programme, known_periods(facts, periods))
    issues = run_checks(Subject(package, programme, facts, periods, values), engine)
    comparisons = compare(values, programme, periods)
    findings = conclude(package, programme, periods, values, comparisons)
    recommendations = recommend(programme, findings, as_of)
    effects = judge(package, programme, values, periods)
    proposals = revise_goals(package, programme, values, effects, periods)
    return Cycle(
        programme=programme,
        package=package,
        periods=periods,
        as_of=as_of,
        facts=facts,
        issues=issues,
        values=values,
        comparisons=comparisons,
        findings=findings,
        recommendations=recommendations,
        effects=effects,
        proposals=proposals,
        desk=desk,
        structure=structure,
    )


def report_periods(programme: Programme, last: Period) -> tuple[Period, ...]:
    """The years that the report shows, the last of them the report's own."""
    return tuple(last.shifted(-back) for back in reversed(range(programme.years)))


def known_periods(facts: Sequence[Fact], periods: Sequence[Period]) -> tuple[Period, ...]:
    """Every year that the data or the report know: decisions are held against earlier ones too."""
    return tuple(sorted({fact.period for fact in facts} | set(periods)))
