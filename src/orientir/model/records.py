"""Record tables of a data package: one row a pupil's year, a participation, an exam, an admission, a test.

Pupils are keyed hashes: that hides names, it does not make the records anonymous. A year is named by the calendar year
in which it begins. What a definition may ask of a pupil's year stands in `FIELDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SMALL, INTEGER, LONG = "SMALLINT", "INTEGER", "BIGINT"
PARTITION = {"year": SMALL, "region_id": SMALL}

TABLES: Mapping[str, Mapping[str, str]] = {
    "enrolment": {
        "mun_id": INTEGER, "school_id": INTEGER, "pupil_id": LONG, "grade": SMALL, "sex": SMALL, "disability": SMALL,
        "adv": SMALL, "add_edu": SMALL, "profile": SMALL,
    },
    "participation": {"pupil_id": LONG, "activity": SMALL, "day": SMALL, "event_id": INTEGER, "result": SMALL},
    "exam": {"pupil_id": LONG, "stage": SMALL, "form": SMALL, "subject_id": SMALL, "score": SMALL},
    "admission": {
        "pupil_id": LONG, "inst_type": SMALL, "inst_id": INTEGER, "specialty_id": SMALL, "same_region": SMALL,
    },
    "diagnostics": {"pupil_id": LONG, "day": SMALL, "method": SMALL, "consent": SMALL, "kept_until": INTEGER},
}  # fmt: skip
DIMENSIONS: Mapping[str, Mapping[str, str]] = {
    "dim_school": {"school_id": INTEGER, "mun_id": INTEGER, "region_id": SMALL, "rural": SMALL},
    "dim_specialty": {"specialty_id": SMALL, "group_id": SMALL},
    "dim_group_subject": {
        "group_id": SMALL, "subject_id": SMALL, "role": SMALL, "strength": SMALL, "valid_from": SMALL,
        "valid_to": SMALL,
    },
}  # fmt: skip

REQUIRED, ANY_OF, NEAR = 1, 2, 3
"""Roles of a subject for a group of specialties: asked by universities, one of them asked, near for a college."""

ACTIVITIES: Mapping[str, int] = {
    "championship": 1, "championship_class": 2, "abilympics": 3, "abilympics_class": 4, "ticket": 5, "event": 6,
    "testing": 7, "open_day": 8, "olympiad": 9,
}  # fmt: skip
SUBJECTS: Mapping[str, int] = {
    "russian": 1, "mathematics": 2, "physics": 3, "chemistry": 4, "informatics": 5, "biology": 6, "history": 7,
    "geography": 8, "english": 9, "german": 10, "french": 11, "social_studies": 12, "spanish": 13, "literature": 14,
}  # fmt: skip
OTHER_SUBJECTS: Mapping[str, int] = {"basic_mathematics": 15, "chinese": 16}
"""Subjects that no programme names: kept apart, so that they are taken for no other."""
EXAM_FORMS: Mapping[str, int] = {"oge": 1, "ege": 2, "gve": 3}
INSTITUTIONS: Mapping[str, int] = {"college": 1, "university": 2, "university_same_region": 3}
NEARNESS: Mapping[str, int] = {"college": 1, "university": 2, "profile": 3}
"""An exam near the specialty of the college, what the university asks, an exam of the class's own profile."""
LINKS: Mapping[str, int] = {"weak": 1, "medium": 2, "strong": 3, "undetermined": 4}
"""How tightly exams belong to the specialties of a group; undetermined where the map says nothing of it that year."""
YES_NO: Mapping[str, int] = {"no": 0, "yes": 1}
CODES: Mapping[str, Mapping[str, range]] = {
    "enrolment": {
        "grade": range(13), "sex": range(2), "disability": range(2), "adv": range(2), "add_edu": range(2),
    },
    "participation": {"activity": range(1, 10)},
    "exam": {"form": range(1, 4), "subject_id": range(1, 17)},
    "admission": {"inst_type": range(1, 3), "same_region": range(2)},
    "diagnostics": {"consent": range(2)},
}  # fmt: skip
"""What may stand in a column: without gaps, so that the least and the greatest of a file tell of all its rows."""


class Shape(StrEnum):
    """What a field is: the key of a cell, a code, a set of codes, a number."""

    KEY = "key"
    CODE = "code"
    SET = "set"
    NUMBER = "number"


@dataclass(frozen=True)
class Field:
    """What may be asked of a pupil's year: the table it comes from, and the codes of its members by name."""

    shape: Shape
    table: str
    members: Mapping[str, int] | None = None


FIELDS: Mapping[str, Field] = {
    "grade": Field(Shape.KEY, "enrolment"),
    "sex": Field(Shape.KEY, "enrolment", {"female": 0, "male": 1}),
    "disability": Field(Shape.CODE, "enrolment", YES_NO),
    "advanced": Field(Shape.CODE, "enrolment", YES_NO),
    "supplementary": Field(Shape.CODE, "enrolment", YES_NO),
    "activity": Field(Shape.SET, "participation", ACTIVITIES),
    "activities": Field(Shape.NUMBER, "participation"),
    "subject": Field(Shape.SET, "exam", SUBJECTS),
    "exam_form": Field(Shape.SET, "exam", EXAM_FORMS),
    "exams": Field(Shape.NUMBER, "exam"),
    "admitted": Field(Shape.SET, "admission", INSTITUTIONS),
    "near": Field(Shape.SET, "admission", NEARNESS),
    "link": Field(Shape.SET, "admission", LINKS),
    "tested": Field(Shape.CODE, "diagnostics", YES_NO),
}
SUMS: Mapping[str, str] = {"score": "exam"}
"""What may be added up instead of counting pupils, and the table it comes from."""


@dataclass(frozen=True)
class GroupSubject:
    """A subject in a role for a group of specialties, from `valid_from` to `valid_to` (None: until now)."""

    group: int
    subject: int
    role: int
    strength: int
    valid_from: int
    valid_to: int | None


@dataclass(frozen=True)
class SubjectMap:
    """What a programme holds to be near; `is_draft` until somebody has checked it."""

    rows: tuple[GroupSubject, ...] = ()
    is_draft: bool = False


KEYS = ("grade", "sex")
LEVELS: Mapping[str, int] = {"country": 0, "region": 1, "municipality": 2, "school": 3}
ALL, UNKNOWN = -1, -2
"""Stand for all grades, or both sexes, in a row of values; and for one that the enrolment does not tell."""
