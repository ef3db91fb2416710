"""What a head must know of the year: what is worse and where, what is better, what may be chance, what nobody knows.

The findings are those of the report and so are their words. Worse and better follow from the side that the programme
calls better; only what the report tells of the territory as a whole is a signal, single organisations are its «where».
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from orientir.limits import Standing, standing
from orientir.model.indicators import Better, Indicator
from orientir.model.results import Base, Finding, Recommendation, Value, Verdict
from orientir.model.rules import FindingRule
from orientir.model.status import Severity, Status
from orientir.presentation import day, quoted
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.papers.model import BLANK
from orientir.reports.words import capital

NAMED = 4  # organisations called by name in one line; the rest are counted
_MOVED = (FindingRule.ROSE, FindingRule.FELL)
_STANDING = (FindingRule.ATTENTION, FindingRule.TARGET_MISSED)
_ABSENT = (FindingRule.NOT_MEASURED, FindingRule.NOT_DEFINED, FindingRule.MEASURED_OTHERWISE)


@dataclass(frozen=True)
class Signals:
    """`absent` are indicators without a value by their own definition, in the order of the programme."""

    worse: tuple[Finding, ...]
    better: tuple[Finding, ...]
    unproven: tuple[Finding, ...]
    absent: tuple[Indicator, ...]


def signals_of(context: Context) -> Signals:
    own = [one for one in context.cycle.findings if _of_territory(context, one) and _is_shown(one)]
    moved = _one_base([one for one in own if one.rule in _MOVED])
    standing_still = [one for one in own if one.rule in _STANDING and not _is_past(context, one)]
    unproven = [one for one in own if one.rule is FindingRule.WITHIN_CHANCE]
    absent = dict.fromkeys(one.indicator for one in own if one.rule in _ABSENT)
    return Signals(
        worse=(*(one for one in moved if _is_worse(context, one)), *_latest(standing_still)),
        better=tuple(one for one in moved if _is_better(context, one)),
        unproven=tuple(one for one in unproven if one.comparison and one.comparison.base is Base.LAST),
        absent=tuple(context.cycle.programme.indicator(key) for key in absent),
    )


def _of_territory(context: Context, finding: Finding) -> bool:
    place = finding.value.place
    return place.organisation == context.territory.id and not place.breakdown


def _is_shown(finding: Finding) -> bool:
    """A comparison with a hidden number says nothing."""
    return finding.comparison is None or finding.comparison.verdict is not Verdict.MISSING


def _one_base(findings: Iterable[Finding]) -> list[Finding]:
    """A change against the last year says what the one against the first says too; opposite ones are told both."""
    kept: dict[tuple[str, FindingRule], Finding] = {}
    for one in findings:
        kept.setdefault((one.indicator, one.rule), one)
    return list(kept.values())


def _latest(findings: Iterable[Finding]) -> list[Finding]:
    return list({(one.indicator, one.rule): one for one in findings}.values())


def _is_past(context: Context, finding: Finding) -> bool:
    """A later year of the same indicator is known, so the finding no longer describes how things stand."""
    latest = context.latest(finding.indicator)
    return latest is not None and latest.place.period > finding.value.place.period


def _better_side(context: Context, finding: Finding) -> Better:
    return context.cycle.programme.indicator(finding.indicator).better


def _is_worse(context: Context, finding: Finding) -> bool:
    bad = {Better.HIGHER: FindingRule.FELL, Better.LOWER: FindingRule.ROSE}
    return bad.get(_better_side(context, finding)) is finding.rule


def _is_better(context: Context, finding: Finding) -> bool:
    good = {Better.HIGHER: FindingRule.ROSE, Better.LOWER: FindingRule.FELL}
    return good.get(_better_side(context, finding)) is finding.rule


# ---- words


def shorts(indicators: Iterable[Indicator]) -> str:
    return ", ".join(dict.fromkeys(quoted(one.short) for one in indicators))


def issues_counted(context: Context) -> dict[str, int]:
    """Errors and warnings, as the main page of the report counts them."""
    issues = context.cycle.issues
    return {
        "errors": sum(one.severity is Severity.ERROR for one in issues),
        "warnings": sum(one.severity is Severity.WARNING for one in issues),
    }


# ---- where


def where(context: Context, finding: Finding) -> str:
    """The organisations in which it is so beyond chance, or plainly why they cannot be named."""
    values = _own_values(context, finding.value)
    if not values:
        return "по организациям не измерено"
    outside = [one.place.organisation for one in values if _is_bad(context, finding.value, one)]
    fallen = [one for one in _moved_with(context, finding) if one not in outside]
    if not outside and not fallen:
        return "ни одна организация не выделяется больше случайного"
    return named(context, [*outside, *fallen])


def _own_values(context: Context, value: Value) -> list[Value]:
    """Of the reporting organisations in the same year."""
    places = [one.id for one in context.cycle.package.organisations
              if one.kind in context.cycle.programme.reporting_kinds]  # fmt: skip
    own = [context.values.get(replace(value.place, organisation=place)) for place in places]
    return [one for one in own if one is not None and cells.is_shown(one)]


def _is_bad(context: Context, whole: Value, own: Value) -> bool:
    """Outside the limits of chance on the wrong side; never said of a hidden value."""
    if own.status is not Status.MEASURED:
        return False
    bad = {Better.HIGHER: Standing.BELOW, Better.LOWER: Standing.ABOVE}
    better = context.cycle.programme.indicator(own.place.indicator).better
    return bad.get(better) is standing(whole, own)


def _moved_with(context: Context, finding: Finding) -> list[str]:
    """Organisations that changed the same way beyond chance themselves."""
    if finding.rule not in _MOVED:
        return []
    return [
        one.value.place.organisation
        for one in context.cycle.findings
        if (one.rule, one.indicator) == (finding.rule, finding.indicator)
        and not one.value.place.breakdown
        and one.value.place.organisation != context.territory.id
        and _is_shown(one)
    ]


def named(context: Context, organisations: Sequence[str]) -> str:
    """«Школа № 2, Школа № 7 и ещё 3»."""
    titles = [context.cycle.package.organisation(key).title for key in dict.fromkeys(organisations)]
    if len(titles) <= NAMED + 1:
        return ", ".join(titles)
    return f"{', '.join(titles[:NAMED])} и\u00a0ещё\u00a0{len(titles) - NAMED}"


def outside_of_chance(context: Context) -> dict[str, list[Indicator]]:
    """For each organisation the indicators by which it stands on the wrong side of chance in the last year."""
    found: dict[str, list[Indicator]] = {}
    for indicator in context.indicators_in_order():
        whole = context.value(indicator.id, context.periods[-1])
        for one in _own_values(context, whole):
            if _is_bad(context, whole, one):
                found.setdefault(one.place.organisation, []).append(indicator)
    order = [place.id for place in context.cycle.package.organisations]
    return dict(sorted(found.items(), key=lambda item: order.index(item[0])))


# ---- who


def acts(context: Context, finding: Finding) -> str:
    """Who answers and by when, from the advice that the finding caused; a blank where the programme advises nothing."""
    for one in context.cycle.recommendations:
        if any((cause.rule, cause.indicator) == (finding.rule, finding.indicator) for cause in one.causes):
            return owner_and_day(context, one)
    return f"{BLANK} (назначить), срок {BLANK}"


def owner_and_day(context: Context, one: Recommendation) -> str:
    owner = context.cycle.programme.title_of("roles", one.owner)
    return f"{capital(owner)}, до\u00a0{day(one.due)}"
