"""What must hold between counts, and what findings call for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orientir.model.indicators import Term
from orientir.model.status import Severity

_STRICT = {"extra": "forbid"}


class Relation(StrEnum):
    EQUAL = "equal"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class DeclaredCheck:
    """A relation that must hold between sums of elements in every place and period."""

    __pydantic_config__ = _STRICT
    id: str
    rule: str
    left: tuple[Term, ...]
    relation: Relation
    right: tuple[Term, ...]
    advice: str
    reason: str = ""
    severity: Severity = Severity.ERROR


class FindingRule(StrEnum):
    """What a finding can say; recommendations name these."""

    ROSE = "rose"
    FELL = "fell"
    WITHIN_CHANCE = "within_chance"
    SERIES_BROKEN = "series_broken"
    ATTENTION = "attention"
    TARGET_REACHED = "target_reached"
    TARGET_MISSED = "target_missed"
    TARGET_NOT_MEASURABLE = "target_not_measurable"
    NOT_MEASURED = "not_measured"
    NOT_CALCULABLE = "not_calculable"
    NOT_DEFINED = "not_defined"
    MEASURED_OTHERWISE = "measured_otherwise"
    IN_CONFLICT = "in_conflict"
    SMALL_NUMBERS = "small_numbers"
    NO_BREAKDOWN = "no_breakdown"


@dataclass(frozen=True)
class Pattern:
    """Which findings call for a recommendation; an empty list of indicators means any."""

    __pydantic_config__ = _STRICT
    finding: FindingRule
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Due:
    """When a recommendation falls due: so many months after the report's date."""

    __pydantic_config__ = _STRICT
    months: int


@dataclass(frozen=True)
class RecommendationRule:
    """A pattern of findings -> advice to an audience, with an owner and a due date."""

    __pydantic_config__ = _STRICT
    id: str
    when: Pattern
    audience: str
    owner: str
    due: Due
    text: str
    roles: tuple[str, ...] = ()
    initiative: str = ""
