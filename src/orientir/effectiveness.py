"""Effectiveness: decisions held against the year that answers them, and what follows for the goals.

A decision of calendar year Y is answered by the period that ends in Y + 1 and compared with the one that ended in Y:
for school years, a decision of spring or autumn 2021 is answered by 2021/22 and compared with 2020/21.
Before and after without a comparison group does not prove a cause; the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from orientir.comparisons import compared, corrected
from orientir.model.indicators import Better, IndicatorKind
from orientir.model.package import Action, Package
from orientir.model.periods import Period, PeriodKind
from orientir.model.programme import Goal, Programme
from orientir.model.results import Comparison, Effect, GoalProposal, Outcome, Place, Proposal, Value, Verdict
from orientir.model.status import Status
from orientir.presentation import period_name


def answering_periods(action: Action, kind: PeriodKind) -> tuple[Period, Period] | None:
    """(before, after) for a dated decision; None without a date."""
    if action.decided_on is None:
        return None
    shift = 1 if kind is PeriodKind.SCHOOL_YEAR else 0
    before = Period(kind, action.decided_on.year - shift)
    return before, before.shifted(1)


def judge(
    package: Package, programme: Programme, values: Sequence[Value], periods: Sequence[Period]
) -> tuple[Effect, ...]:
    """One effect for each decision, indicator and organisation it meant; only periods up to the report's last count."""
    by_place = {value.place: value for value in values if value.place.period <= periods[-1]}
    drafts = [draft for action in package.actions for draft in _drafts(package, programme, by_place, action)]
    tested = iter(corrected([draft.comparison for draft in drafts if draft.comparison is not None]))
    return tuple(_judged(programme, draft, next(tested)) if draft.comparison else draft for draft in drafts)


def _drafts(package: Package, programme: Programme, values: Mapping[Place, Value], action: Action) -> Iterator[Effect]:
    lacking = _lacking(action)
    pair = answering_periods(action, programme.period)
    if lacking or pair is None:
        yield _unjudged(action, "", package.territory, f"не указано: {', '.join(lacking)}")
        return
    for indicator in action.indicators:
        for organisation in action.organisations or (package.territory,):
            yield _draft(programme, values, action, Place(indicator, organisation, pair[1]), pair[0])


def _lacking(action: Action) -> list[str]:
    """What a decision must say to be judged at all."""
    given = {
        "ответственный": action.owner,
        "срок": action.due,
        "дата решения": action.decided_on,
        "показатель": action.indicators,
    }
    return [name for name, value in given.items() if not value]


def _unjudged(
    action: Action,
    indicator: str,
    organisation: str,
    reason: str,
    before: Value | None = None,
    after: Value | None = None,
) -> Effect:
    return Effect(action, indicator, organisation, before, after, None, Outcome.CANNOT_BE_JUDGED, reason)


def _draft(programme: Programme, values: Mapping[Place, Value], action: Action, answer: Place, then: Period) -> Effect:
    before, after = values.get(replace(answer, period=then)), values.get(answer)
    for value, period in ((before, then), (after, answer.period)):
        if value is None or value.status is not Status.MEASURED:
            why = f" ({value.reason})" if value and value.reason else ""
            reason = f"нет значения за {period_name(period)}{why}"
            return _unjudged(action, answer.indicator, answer.organisation, reason, before, after)
    assert after is not None
    comparison = compared(values, programme, after, replace(answer, period=then))
    return Effect(action, answer.indicator, answer.organisation, before, after, comparison, Outcome.WITHIN_CHANCE, "")


_WHY_UNTESTED = {
    Verdict.SERIES_BROKEN: "ряд прерван",
    Verdict.NOT_TESTED: "это не доля людей одной совокупности, и отличить изменение от случайного нельзя",
    Verdict.MISSING: "нет значения",
}


def _judged(programme: Programme, draft: Effect, comparison: Comparison) -> Effect:
    if comparison.verdict in _WHY_UNTESTED:
        reason = _WHY_UNTESTED[comparison.verdict]
        if comparison.reason:
            reason = f"{reason}: {comparison.reason}"
        return replace(draft, comparison=comparison, outcome=Outcome.CANNOT_BE_JUDGED, reason=reason)
    if comparison.verdict is Verdict.WITHIN_CHANCE:
        return replace(draft, comparison=comparison)
    wanted = Verdict.FELL if programme.indicator(draft.indicator).better is Better.LOWER else Verdict.ROSE
    outcome = Outcome.MOVED if comparison.verdict is wanted else Outcome.MOVED_AGAINST
    return replace(draft, comparison=comparison, outcome=outcome)


# ---- goals


def revise_goals(
    package: Package,
    programme: Programme,
    values: Sequence[Value],
    effects: Sequence[Effect],
    periods: Sequence[Period],
) -> tuple[GoalProposal, ...]:
    """Keep, correct or replace each goal, with the reason."""
    measured = {
        value.place.indicator
        for value in values
        if value.status is Status.MEASURED
        and value.place.organisation == package.territory
        and value.place.period in periods
    }
    return tuple(_proposal(programme, goal, measured, effects) for goal in programme.goals)


def _proposal(programme: Programme, goal: Goal, measured: set[str], effects: Sequence[Effect]) -> GoalProposal:
    watched = {key for key in goal.indicators if key in measured}
    stand_ins = {
        other.id
        for other in programme.indicators
        if other.kind is IndicatorKind.AS_MEASURED and other.declared in goal.indicators and other.id in measured
    }
    if not watched | stand_ins:
        return GoalProposal(
            goal.id, Proposal.REPLACE, "ни один показатель цели не измерен: достижение проверить нельзя"
        )
    outcomes = {effect.outcome for effect in effects if effect.indicator in watched | stand_ins}
    if Outcome.MOVED_AGAINST in outcomes:
        return GoalProposal(goal.id, Proposal.CORRECT, "после принятых решений показатель изменился в обратную сторону")
    if not goal.targets:
        return GoalProposal(goal.id, Proposal.CORRECT, "у цели нет целевого значения и срока")
    if not watched:
        return GoalProposal(goal.id, Proposal.CORRECT, "показатель цели измерен по другой совокупности")
    if Outcome.MOVED in outcomes:
        return GoalProposal(goal.id, Proposal.KEEP, "целевое значение есть, показатель движется к нему")
    return GoalProposal(goal.id, Proposal.CORRECT, "влияние решений на показатель не подтверждено данными")
