"""The reference engine of records: a plan over plain rows, slowly and obviously. It defines what the plan means.

A column of the enrolment that is empty is not known, and a condition on it is neither true nor false. Facts that are
absent are none, which is known. A pupil of a school that is not among the schools has no place and is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from orientir.engines.records.conditions import holds
from orientir.engines.records.planning import Counted, RecordPlan
from orientir.model.records import (
    ACTIVITIES,
    ALL,
    ANY_OF,
    INSTITUTIONS,
    LEVELS,
    LINKS,
    NEAR,
    NEARNESS,
    REQUIRED,
    UNKNOWN,
)

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
_KEYS = ("year", "level", "unit", "grade", "sex")
_COLLEGE, _UNIVERSITY = INSTITUTIONS["college"], INSTITUTIONS["university"]


def values_in_memory(plan: RecordPlan, tables: Tables) -> list[dict[str, int]]:
    """Rows of values in no promised order: the keys, then every element. `tables` have the columns year and region_id;
    one that is absent has no rows."""
    totals: dict[tuple[int, ...], Counter[str]] = defaultdict(Counter)
    for pupil in _pupils(tables):
        counts = {one.id: _counted(one, pupil) for one in plan.elements}
        for key in _rows_of(pupil):
            totals[key].update(counts)
    return [
        dict(zip(_KEYS, key, strict=True)) | {one.id: counts[one.id] for one in plan.elements}
        for key, counts in totals.items()
    ]


def _rows_of(pupil: Row) -> Iterator[tuple[int, ...]]:
    """Every row of the result in which the pupil is counted."""
    for level, number in LEVELS.items():
        for grade in (_told(pupil["grade"]), ALL):
            for sex in (_told(pupil["sex"]), ALL):
                yield pupil["year"], number, pupil[level], grade, sex


def _told(key: int | None) -> int:
    return UNKNOWN if key is None else key


def _counted(one: Counted, pupil: Row) -> int:
    is_meant = all(holds(part, pupil) is True for part in (*one.atom.where, *one.cells))
    return int(pupil[one.atom.sum] if one.atom.sum else 1) if is_meant else 0


# ---- a pupil's year


def _pupils(tables: Tables) -> Iterator[Row]:
    """Every enrolment with its place and the fields that a definition may ask for."""
    schools = {row["school_id"]: row for row in tables["dim_school"]}
    facts = {name: _by_pupil(tables.get(name, ())) for name in ("participation", "exam", "admission", "diagnostics")}
    groups = _groups_of(tables["dim_specialty"])
    for row in tables["enrolment"]:
        if row["school_id"] in schools:
            own = {name: found.get((row["year"], row["pupil_id"]), ()) for name, found in facts.items()}
            subjects = _Subjects(tables["dim_group_subject"], row["year"])
            yield {
                "year": row["year"], **_place(schools[row["school_id"]]), **_enrolled(row), **_taken(own),
                "admitted": {code for one in own["admission"] for code in _admitted(one)},
                "near": set(_near(row, own, groups, subjects)),
                "link": {link for one in own["admission"] for link in _links(one, groups, subjects)},
            }  # fmt: skip


def _by_pupil(rows: Iterable[Row]) -> Mapping[tuple[int, int], Sequence[Row]]:
    found: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row["pupil_id"] is not None:  # a fact of nobody knows whom
            found[row["year"], row["pupil_id"]].append(row)
    return found


def _place(school: Row) -> Row:
    return {
        "school": school["school_id"], "municipality": school["mun_id"], "region": school["region_id"], "country": 0,
    }  # fmt: skip


def _enrolled(row: Row) -> Row:
    return {
        "grade": row["grade"], "sex": row["sex"], "disability": row["disability"], "advanced": row["adv"],
        "supplementary": row["add_edu"],
    }  # fmt: skip


def _taken(own: Tables) -> Row:
    """What the pupil took part in, and was examined in."""
    activities = _known(row["activity"] for row in own["participation"])
    return {
        "activity": activities,
        "activities": len(activities & set(ACTIVITIES.values())),
        "subject": _known(row["subject_id"] for row in own["exam"]),
        "exam_form": _known(row["form"] for row in own["exam"]),
        "exams": len(own["exam"]),
        "score": sum(row["score"] for row in own["exam"] if row["score"] is not None),
        "tested": int(bool(own["diagnostics"])),
    }


def _known(values: Iterable[int | None]) -> set[int]:
    return {value for value in values if value is not None}


# ---- admissions, and the exams that are near


def _admitted(admission: Row) -> Iterator[int]:
    if admission["inst_type"] in (_COLLEGE, _UNIVERSITY):
        yield admission["inst_type"]
    if admission["inst_type"] == _UNIVERSITY and admission["same_region"] == 1:
        yield INSTITUTIONS["university_same_region"]


def _links(admission: Row, groups: Mapping[int, set[int]], subjects: _Subjects) -> Iterator[int]:
    """The tightest link that the map names for a group; what it says nothing of is not determined."""
    known = groups.get(admission["specialty_id"], set())
    found = [max(strengths) for group in known if (strengths := subjects.strengths(group))]
    yield from found or [LINKS["undetermined"]]


def _near(enrolled: Row, own: Tables, groups: Mapping[int, set[int]], subjects: _Subjects) -> Iterator[int]:
    """Each admission is judged by its own specialty; a profile, by the subjects that universities ask for in it."""
    taken = _known(row["subject_id"] for row in own["exam"])
    for admission in own["admission"]:
        for group in groups.get(admission["specialty_id"], ()):
            if admission["inst_type"] == _COLLEGE and taken & subjects.of(group, NEAR):
                yield NEARNESS["college"]
            if admission["inst_type"] == _UNIVERSITY and _is_asked(taken, subjects, group):
                yield NEARNESS["university"]
    if taken & (subjects.of(enrolled["profile"], REQUIRED) | subjects.of(enrolled["profile"], ANY_OF)):
        yield NEARNESS["profile"]


def _is_asked(taken: set[int], subjects: _Subjects, group: int) -> bool:
    """All that is required, and one of those to choose from; a group that names neither asks nothing that is near."""
    required, to_choose = subjects.of(group, REQUIRED), subjects.of(group, ANY_OF)
    if not required and not to_choose:
        return False
    return required <= taken and (not to_choose or bool(taken & to_choose))


def _groups_of(specialties: Sequence[Row]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for row in specialties:
        found[row["specialty_id"]].add(row["group_id"])
    return found


class _Subjects:
    """The subjects of groups of specialties as they are valid in a year."""

    def __init__(self, rows: Sequence[Row], year: int) -> None:
        self._rows, self._year = rows, year

    def of(self, group: int | None, role: int) -> set[int]:
        wanted = (row for row in self._rows if row["group_id"] == group and row["role"] == role)
        return _known(row["subject_id"] for row in wanted if self._is_valid(row))

    def strengths(self, group: int) -> list[int]:
        return [row["strength"] for row in self._rows if row["group_id"] == group and self._is_valid(row)]

    def _is_valid(self, row: Row) -> bool:
        since, until = row["valid_from"], row["valid_to"]
        return (since is None or since <= self._year) and (until is None or self._year <= until)
