"""Conditions over breakdowns: one typed form, evaluated in memory and printed as SQL.

A missing member satisfies no condition but a negated one is not satisfied either: three-valued, as in SQL.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OneOf:
    """The breakdown is one of these members."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Within:
    """The breakdown, read as a number, lies between these ends, both included."""

    field: str
    low: int
    high: int


@dataclass(frozen=True)
class AllOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    part: Condition


Condition = OneOf | Within | AllOf | AnyOf | Not


def fields_of(condition: Condition) -> frozenset[str]:
    """The breakdowns a condition names."""
    match condition:
        case OneOf(field=field) | Within(field=field):
            return frozenset({field})
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return frozenset().union(*map(fields_of, parts))
        case Not(part=part):
            return fields_of(part)
