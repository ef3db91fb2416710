"""The results of a cycle without what is hidden: values, and whatever carries or was concluded from one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from orientir.model.results import Comparison, Effect, Finding, Place, Recommendation, Value, Verdict
from orientir.model.status import Status

REASON = "скрыто: малая численность"


class Veil:
    """Replaces values by their protected selves wherever a result carries one."""

    def __init__(self, values: Mapping[Place, Value]) -> None:
        self._values = values
        self._masked = {place for place, value in values.items() if value.status is Status.SUPPRESSED}

    def value(self, value: Value) -> Value:
        return self._values.get(value.place, value)

    def comparison(self, one: Comparison) -> Comparison:
        now, then = self.value(one.now), self.value(one.then)
        if {now.place, then.place} & self._masked:
            return Comparison(now, then, one.base, None, None, None, Verdict.MISSING, REASON)
        return replace(
            one, now=now, then=then, reason=REASON if one.reason and self._crosses(now, then) else one.reason
        )

    def _crosses(self, now: Value, then: Value) -> bool:
        """A year between the two is hidden; the reason for a break may tell its numbers."""
        years = range(then.place.period.start, now.place.period.start)
        return any(replace(now.place, period=replace(now.place.period, start=year)) in self._masked for year in years)

    def finding(self, one: Finding) -> Finding:
        comparison = self.comparison(one.comparison) if one.comparison else None
        reason = comparison.reason if comparison and comparison.reason == REASON else one.reason
        return replace(one, value=self.value(one.value), comparison=comparison, reason=reason)

    def recommendation(self, one: Recommendation) -> Recommendation:
        return replace(one, causes=tuple(self.finding(cause) for cause in one.causes))

    def effect(self, one: Effect) -> Effect:
        before = self.value(one.before) if one.before else None
        after = self.value(one.after) if one.after else None
        comparison = self.comparison(one.comparison) if one.comparison else None
        hidden: Collection[Place] = {value.place for value in (before, after) if value} & self._masked
        reason = REASON if one.reason and (hidden or (comparison and comparison.reason == REASON)) else one.reason
        return replace(one, before=before, after=after, comparison=comparison, reason=reason)
