"""Conditions on a pupil's year as SQL over its features. A pupil without facts took part in nothing: that is known."""

from __future__ import annotations

from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within
from orientir.model.records import FIELDS, UNKNOWN, Shape

# field -> its column among the features
COLUMNS = {
    "grade": "grade", "sex": "sex", "disability": "disability", "advanced": "adv", "supplementary": "add_edu",
    "activity": "activity_set", "subject": "subject_set", "exam_form": "form_set", "exams": "exam_count",
    "admitted": "admitted_set", "near": "near_set", "tested": "tested",
}  # fmt: skip
PROFILE = "(coalesce(subject_set, 0) & coalesce(profile_set, 0)) <> 0"
"""An exam of the class's own profile."""


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
