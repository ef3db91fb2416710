"""The words in which an example says its indicator and what it expects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from orientir.definitions.conditions import parse_condition
from orientir.model.indicators import Indicator, IndicatorKind, NotCalculable, SeriesBreak, Term
from orientir.model.results import Verdict
from orientir.model.status import Status

Terms = str | Term | Sequence[str | Term]


def term(element: str, where: str = "", weight: int = 1, shift: int = 0) -> Term:
    """A summand; `where` is the condition as it is written in a definition."""
    condition = parse_condition(yaml.safe_load(where)) if where else None
    return Term(element, weight, shift, condition)


def terms(given: Terms) -> tuple[Term, ...]:
    listed = [given] if isinstance(given, str | Term) else given
    return tuple(Term(one) if isinstance(one, str) else one for one in listed)


def share(numerator: Terms, denominator: Terms, **settings: Any) -> Indicator:
    return _indicator(terms(numerator), terms(denominator), settings)


def count(numerator: Terms, **settings: Any) -> Indicator:
    return _indicator(terms(numerator), (), settings)


def _indicator(numerator: tuple[Term, ...], denominator: tuple[Term, ...], settings: dict[str, Any]) -> Indicator:
    about = {"kind": IndicatorKind.ADDITIONAL, "title": "Показатель", **settings}
    return Indicator(id="shown", short="Показатель", numerator=numerator, denominator=denominator, **about)


def not_calculable(*periods: str, reason: str) -> NotCalculable:
    return NotCalculable(periods, reason)


def definition_break(since: str, reason: str) -> SeriesBreak:
    return SeriesBreak(since, reason)


@dataclass(frozen=True)
class Expected:
    """What is expected of a value; what is None is not asked about."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: Status | None = Status.MEASURED
    reason: str | None = None
    coverage: str | None = None
    source: str | None = None
    conflicting: bool | None = None


def measured(
    numerator: int,
    denominator: int | None = None,
    coverage: str | None = None,
    source: str | None = None,
    conflicting: bool | None = None,
) -> Expected:
    """`coverage` is «2 из 3»; `source` is the single source of both parts, '' where several were needed."""
    whole = None if denominator is None else Decimal(denominator)
    return Expected(Decimal(numerator), whole, coverage=coverage, source=source, conflicting=conflicting)


def missing(status: Status, reason: str | None = None, coverage: str | None = None) -> Expected:
    return Expected(status=status, reason=reason, coverage=coverage)


ABSENT = Expected(status=None)  # no value at all
NOT_REPORTED = missing(Status.NOT_REPORTED)
NOT_APPLICABLE = missing(Status.NOT_APPLICABLE)
IN_CONFLICT = missing(Status.IN_CONFLICT)


@dataclass(frozen=True)
class Change:
    """What is expected of a comparison; what is None is not asked about."""

    verdict: Verdict
    change: str | None = None
    p: str | None = None
    reason: str | None = None
