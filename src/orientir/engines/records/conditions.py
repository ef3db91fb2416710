"""Conditions on a pupil's year: what they mean, and how they are told in SQL over its features.

A pupil without facts took part in nothing: that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within
from orientir.model.records import FIELDS, UNKNOWN, Shape

# field -> its column among the features
COLUMNS = {
    "grade": "grade", "sex": "sex", "disability": "disability", "advanced": "adv", "supplementary": "add_edu",
    "activity": "activity_set", "subject": "subject_set", "exam_form": "form_set", "exams": "exam_count",
    "admitted": "admitted_set", "near": "near_set", "link": "link_set",
    "tested": "tested",
}  # fmt: skip
PROFILE = "(coalesce(subject_set, 0) & coalesce(profile_set, 0)) <> 0"
"""An exam of the class's own profile."""


# ---- as SQL


def mask_of(codes: tuple[int, ...]) -> int:
    """The bits of a set of codes."""
    return sum(1 << code for code in set(codes))


def sql_of(condition: Condition, *, exact: bool = False) -> str:
    """The condition in the dialect that all texts are written in. `exact` tells absent facts from unknown columns: it
    matters only where the condition is turned round, or met by none."""
    match condition:
        case AllOf(parts=parts):
            return "(" + " AND ".join(sql_of(part, exact=exact) for part in parts) + ")"
        case AnyOf(parts=parts):
            return "(" + " OR ".join(sql_of(part, exact=exact) for part in parts) + ")"
        case Not(part=part):
            return f"NOT ({sql_of(part, exact=True)})"
        case Within(field=field, low=low, high=high):
            return f"{_number(field, exact or low <= 0)} BETWEEN {low} AND {high}"
        case OneOf(field=field, values=values):
            return _one_of(field, values, exact)


def _one_of(field: str, values: tuple[str, ...], exact: bool) -> str:
    known = FIELDS[field]
    codes = tuple(known.members[value] if known.members else int(value) for value in values)
    if known.shape is not Shape.SET:
        return f"{_number(field, exact or 0 in codes)} IN ({', '.join(map(str, codes))})"
    column = _column(field, exact)
    if field != "near" or "profile" not in values:
        return f"({column} & {mask_of(codes)}) <> 0"
    others = tuple(code for value, code in zip(values, codes, strict=True) if value != "profile")
    return f"({PROFILE}" + (f" OR ({column} & {mask_of(others)}) <> 0)" if others else ")")


def _number(field: str, exact: bool) -> str:
    if field == "activities":
        return f"activity_count({_column('activity', exact)})"
    return _column(field, exact)


def _column(field: str, exact: bool) -> str:
    """Facts that are absent are none; a column of the enrolment that is empty is not known."""
    column, known = COLUMNS[field], FIELDS[field]
    if exact and known.shape is Shape.KEY:
        return f"nullif({column}, {UNKNOWN})"
    return f"coalesce({column}, 0)" if exact and known.table != "enrolment" else column


# ---- in memory


def holds(condition: Condition, pupil: Mapping[str, Any]) -> bool | None:
    """Does a pupil's year meet it? None where that is not known. `pupil` tells numbers, and sets of codes."""
    match condition:
        case AllOf(parts=parts):
            return _first(False, (holds(part, pupil) for part in parts))
        case AnyOf(parts=parts):
            return _first(True, (holds(part, pupil) for part in parts))
        case Not(part=part):
            inner = holds(part, pupil)
            return None if inner is None else not inner
        case Within(field=field, low=low, high=high):
            return None if pupil[field] is None else low <= pupil[field] <= high
        case OneOf(field=field, values=values):
            return _is_one_of(field, values, pupil[field])


def _first(deciding: bool, parts: Iterable[bool | None]) -> bool | None:
    """One part decides; without it, one that is not known leaves the whole unknown."""
    found = list(parts)
    if deciding in found:
        return deciding
    return None if None in found else not deciding


def _is_one_of(field: str, values: Sequence[str], actual: Any) -> bool | None:
    known = FIELDS[field]
    codes = {known.members[value] if known.members else int(value) for value in values}
    if known.shape is Shape.SET:
        return not codes.isdisjoint(actual)
    return None if actual is None else actual in codes
