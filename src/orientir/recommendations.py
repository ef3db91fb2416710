"""Recommendations: rule x findings -> advice with addressee, causes, owner and due date.

Nothing is recommended without a cause: a rule whose pattern no finding meets gives nothing. Findings that call for
the same advice are its causes together, so that a reader is told once.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from orientir.model.dictionaries import Initiative
from orientir.model.package import Organisation, Package
from orientir.model.programme import Programme
from orientir.model.results import Finding, Recommendation
from orientir.model.rules import FindingRule, RecommendationRule
from orientir.presentation import day, quoted

# Findings about single years: only the latest of an indicator calls for action.
_YEARLY = frozenset({FindingRule.ATTENTION, FindingRule.IN_CONFLICT, FindingRule.NOT_CALCULABLE})


def recommend(programme: Programme, findings: Sequence[Finding], as_of: date) -> tuple[Recommendation, ...]:
    """The advice that the findings call for on this day, in the order of the programme's rules."""
    return tuple(
        _recommendation(programme, rule, causes, as_of)
        for rule in programme.recommendations
        if (causes := tuple(_causes(rule, findings)))
    )


def _causes(rule: RecommendationRule, findings: Sequence[Finding]) -> Iterator[Finding]:
    pattern = rule.when
    matching = [
        one for one in findings
        if one.rule is pattern.finding and (not pattern.indicators or one.indicator in pattern.indicators)
    ]  # fmt: skip
    for one in matching:
        later = [other for other in matching if _same_series(one, other) and _period(other) > _period(one)]
        if one.rule not in _YEARLY or not later:
            yield one


def _same_series(one: Finding, other: Finding) -> bool:
    return (one.indicator, one.value.place.organisation) == (other.indicator, other.value.place.organisation)


def _period(finding: Finding) -> int:
    return finding.value.place.period.start


def _recommendation(
    programme: Programme, rule: RecommendationRule, causes: tuple[Finding, ...], as_of: date
) -> Recommendation:
    return Recommendation(
        id=rule.id,
        causes=causes,
        audience=rule.audience,
        roles=rule.roles,
        owner=rule.owner,
        due=months_later(as_of, rule.due.months),
        as_of=as_of,
        text=rule.text,
        initiative=rule.initiative,
        initiative_note=" ".join(_notes(programme, rule, causes, as_of)),
    )


def _notes(programme: Programme, rule: RecommendationRule, causes: tuple[Finding, ...], as_of: date) -> Iterator[str]:
    """About the initiatives that the rule names and that its causes are about, each once."""
    named = [rule.initiative, *(programme.indicator(cause.indicator).initiative for cause in causes)]
    for key in dict.fromkeys(key for key in named if key):
        if note := initiative_note(programme, key, as_of):
            yield note


def initiative_note(programme: Programme, key: str, as_of: date) -> str:
    """What a reader must know of an initiative on this day: that it has ended, and what follows from when.

    A successor that does not exist yet on that day is not advised as if it were known.
    """
    initiative = programme.initiative(key)
    if initiative.valid_to is None or initiative.valid_to >= as_of:
        return ""
    ended = f"С {day(initiative.valid_to)} не действует {quoted(initiative.title)}"
    successor = _successor(programme, initiative, as_of)
    return f"{ended}{successor}."


def _successor(programme: Programme, initiative: Initiative, as_of: date) -> str:
    if not initiative.successor:
        return ""
    successor = programme.initiative(initiative.successor)
    if successor.valid_from > as_of:
        return ", преемник на дату отчёта не действует"
    return f"; преемник — {quoted(successor.title)} (с {day(successor.valid_from)})"


def addressees(programme: Programme, package: Package, one: Recommendation) -> tuple[Organisation, ...]:
    """The organisations through which the audience is reached: those that caused the advice, or all of them where
    the territory as a whole did.

    One closed by the day of the advice is left out; so are those that report to another territory.
    """
    kinds, own = programme.audience_kinds(one.audience), _below(package)
    reached = [
        place
        for place in package.organisations
        if place.kind in kinds
        and _is_open(place, one.as_of)
        and (place.kind not in programme.reporting_kinds or place.id in own)
    ]
    caused = {cause.value.place.organisation for cause in one.causes}
    is_of_some = caused <= {place.id for place in reached}
    return tuple(place for place in reached if not is_of_some or place.id in caused)


def _below(package: Package) -> set[str]:
    """The territory and all under it."""
    found, parents = {package.territory}, {place.id: place.parent for place in package.organisations}
    while more := {key for key, parent in parents.items() if parent in found and key not in found}:
        found |= more
    return found


def _is_open(place: Organisation, on: date) -> bool:
    return place.valid_to is None or place.valid_to >= on


def months_later(start: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    index = start.month - 1 + months
    year, month = start.year + index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
