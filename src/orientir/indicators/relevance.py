"""Which indicators a cycle is about: an additional one is there only where something measures it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orientir.model.indicators import Indicator, IndicatorKind
from orientir.model.package import Fact
from orientir.model.programme import Analysis, Goal, Programme


def measured_programme(programme: Programme, facts: Sequence[Fact]) -> Programme:
    """The programme without additional indicators of which the data say nothing.

    Nobody promised them, so their absence is no finding. One that alone stands for a goal or an analysis stays.
    """
    known = {fact.element for fact in facts}
    silent = {one.id for one in programme.indicators if _is_silent(one, known)} - _irreplaceable(programme)
    if not silent:
        return programme
    return replace(
        programme,
        indicators=tuple(one for one in programme.indicators if one.id not in silent),
        goals=tuple(replace(goal, indicators=_without(goal, silent)) for goal in programme.goals),
        analyses=tuple(replace(one, indicators=_without(one, silent)) for one in programme.analyses),
    )


def _is_silent(indicator: Indicator, known: set[str]) -> bool:
    return indicator.kind is IndicatorKind.ADDITIONAL and any(term.element not in known for term in indicator.terms)


def _without(owner: Goal | Analysis, silent: set[str]) -> tuple[str, ...]:
    return tuple(one for one in owner.indicators if one not in silent)


def _irreplaceable(programme: Programme) -> set[str]:
    owned: list[tuple[str, ...]] = [goal.indicators for goal in programme.goals]
    owned += [analysis.indicators for analysis in programme.analyses]
    single = [one for one in owned if len(one) == 1]
    single += [(target.indicator,) for goal in programme.goals for target in goal.targets]
    return {indicator for one in single for indicator in one}
