"""What a cycle concludes: values, issues, comparisons, findings, recommendations, effects, proposals for goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from orientir.model.package import Action
from orientir.model.periods import Period
from orientir.model.rules import FindingRule
from orientir.model.status import Severity, Status


@dataclass(frozen=True, order=True)
class Place:
    """What a value is about: indicator, organisation, period and breakdown ('' or 'level=5-9')."""

    indicator: str
    organisation: str
    period: Period
    breakdown: str = ""


@dataclass(frozen=True)
class Value:
    """One indicator in one place and period, always with the counts behind it.

    `facts` are the ids of the facts that were summed; `reporting` of `expected` organisations gave both parts
    (both are 0 where the territory itself reported the figure). A share that is no proportion divides people of two
    kinds (parents by pupils) or counts no people at all (schools): it has neither an interval nor a test.
    `conflicting` says that another source gives one of the counts another size.
    """

    place: Place
    numerator: Decimal | None
    denominator: Decimal | None
    status: Status
    reason: str = ""
    is_share: bool = True
    is_proportion: bool = True
    reporting: int = 0
    expected: int = 0
    source: str = ""
    conflicting: bool = False
    facts: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal | None:
        """The share from 0 to 1, or the count; None, never zero, where there is nothing to divide by."""
        if self.status is not Status.MEASURED or self.numerator is None:
            return None
        if not self.is_share:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True)
class Issue:
    """A remark of a check: where, what, why, and what to do. `facts` are the facts it rests on."""

    rule: str
    severity: Severity
    where: str
    message: str
    reason: str
    advice: str
    facts: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    period: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.rule, self.where, self.period, self.message)


class Verdict(StrEnum):
    """What a comparison of two periods amounts to."""

    ROSE = "rose"
    FELL = "fell"
    WITHIN_CHANCE = "within_chance"
    NOT_TESTED = "not_tested"
    SERIES_BROKEN = "series_broken"
    MISSING = "missing"


class Base(StrEnum):
    LAST = "last"
    FIRST = "first"


@dataclass(frozen=True)
class Comparison:
    """The change of an indicator against the last or the first year.

    `change` is a difference of shares (0.057 is 5.7 п. п.) or of counts; `p_value` is of Fisher's exact test,
    `adjusted` after the correction for all comparisons of the report.
    """

    now: Value
    then: Value
    base: Base
    change: Decimal | None
    p_value: float | None
    adjusted: float | None
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class Interval:
    """Wilson's 95 % interval of a share."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Finding:
    """One thing that the values of a cycle amount to, about one indicator in one place."""

    id: str
    rule: FindingRule
    indicator: str
    value: Value
    comparison: Comparison | None = None
    bound: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Recommendation:
    """Advice to an audience, with its causes, its owner, its due date and the day on which it was true."""

    id: str
    causes: tuple[Finding, ...]
    audience: str
    roles: tuple[str, ...]
    owner: str
    due: date
    as_of: date
    text: str
    initiative: str = ""
    initiative_note: str = ""


class Outcome(StrEnum):
    """What followed a decision."""

    MOVED = "moved"
    MOVED_AGAINST = "moved_against"
    WITHIN_CHANCE = "within_chance"
    CANNOT_BE_JUDGED = "cannot_be_judged"


@dataclass(frozen=True)
class Effect:
    """A decision held against the indicator of the school year that answers it."""

    action: Action
    indicator: str
    organisation: str
    before: Value | None
    after: Value | None
    comparison: Comparison | None
    outcome: Outcome
    reason: str


class Proposal(StrEnum):
    KEEP = "keep"
    CORRECT = "correct"
    REPLACE = "replace"


@dataclass(frozen=True)
class GoalProposal:
    goal: str
    proposal: Proposal
    reason: str
