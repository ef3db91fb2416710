"""Small tables in text -> record tables. Every story has a region of its own, so that all stories are computed at once.

A column that is not named has its usual value, an empty cell is not known. Codes may be written by their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from orientir.definitions.conditions import parse_condition
from orientir.model.indicators import Element, RecordCount, Unit
from orientir.model.records import ACTIVITIES, ALL, EXAM_FORMS, INSTITUTIONS, LEVELS, SUBJECTS, UNKNOWN, YES_NO

Row = dict[str, Any]
Tables = dict[str, list[Row]]

YEAR = 2021
WORDS = {
    **ACTIVITIES, **SUBJECTS, **EXAM_FORMS, **INSTITUTIONS, **YES_NO, "female": 0, "male": 1,
    "required": 1, "any": 2, "near": 3,
}  # fmt: skip
# The columns of a story's tables by the names that they have in it, and their usual values.
_USUAL: Mapping[str, Row] = {
    "enrolment": {
        "school_id": 1, "grade": 9, "sex": 0, "disability": 0, "adv": 0, "add_edu": 0, "profile": 0,
    },
    "participation": {"activity": None, "day": 10, "event_id": 1, "result": 0},
    "exam": {"stage": 9, "form": 1, "subject_id": None, "score": 0},
    "admission": {"inst_type": None, "inst_id": 1, "specialty_id": 1, "same_region": 0},
    "diagnostics": {"day": 10, "method": 1, "consent": 1, "kept_until": 20300101},
    "dim_group_subject": {
        "group_id": 1, "subject_id": None, "role": None, "strength": 2, "valid_from": 2000, "valid_to": None,
    },
}  # fmt: skip
_SHORT = {
    "school": "school_id", "advanced": "adv", "supplementary": "add_edu", "subject": "subject_id", "to": "inst_type",
    "specialty": "specialty_id", "group": "group_id", "since": "valid_from", "until": "valid_to",
}  # fmt: skip


@dataclass(frozen=True)
class At:
    """A row of values: of the region where no school is named, of all grades and sexes where none is; None, unknown."""

    year: int = YEAR
    school: int = 0
    grade: int | None = ALL
    sex: int | None = ALL


@dataclass(frozen=True)
class Story:
    """What is expected of counts of pupils (and of `sums` of scores) in the region in 2021, and elsewhere.

    Subjects belong to groups of specialties, specialty 1 to group 1 and so on. None is expected where there is no row.
    """

    title: str
    pupils: str
    counts: Mapping[str, str]
    expected: Mapping[str, int | None]
    elsewhere: tuple[tuple[At, str, int | None], ...] = ()
    participation: str = ""
    exams: str = ""
    admissions: str = ""
    diagnostics: str = ""
    subjects: str = ""
    schools: tuple[int, ...] = (1,)
    sums: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Placed:
    """A story with the number of its region."""

    number: int
    story: Story

    @property
    def elements(self) -> Iterator[Element]:
        for name, condition in self.story.counts.items():
            yield element(self.name(name), condition)
        for name, condition in self.story.sums.items():
            yield element(self.name(name), condition, "score")

    @property
    def checks(self) -> Iterator[tuple[At, str, int | None]]:
        yield from ((At(), name, value) for name, value in self.story.expected.items())
        yield from self.story.elsewhere

    def name(self, count: str) -> str:
        return f"s{self.number}_{count}"

    def key(self, at: At) -> tuple[int, ...]:
        """The row that is meant."""
        unit = self._unit(at.school) if at.school else self.number
        grade, sex = (UNKNOWN if one is None else one for one in (at.grade, at.sex))
        return at.year, LEVELS["school" if at.school else "region"], unit, grade, sex

    def _unit(self, number: int) -> int:
        return self.number * 100 + number

    @property
    def tables(self) -> Tables:
        pupils: dict[str, int] = {}
        told = {
            "enrolment": self.story.pupils, "participation": self.story.participation, "exam": self.story.exams,
            "admission": self.story.admissions, "diagnostics": self.story.diagnostics,
            "dim_group_subject": self.story.subjects,
        }  # fmt: skip
        tables = {name: [self._row(name, row, pupils) for row in _rows(text)] for name, text in told.items()}
        schools = [{"school_id": self._unit(one), "mun_id": self._unit(50 + one)} for one in self.story.schools]
        tables["dim_school"] = [row | {"region_id": self.number, "rural": 0} for row in schools]
        tables["dim_specialty"] = [{"specialty_id": self._unit(one), "group_id": self._unit(one)} for one in (1, 2, 3)]
        return tables

    def _row(self, table: str, told: Row, pupils: dict[str, int]) -> Row:
        row = dict(_USUAL[table])
        for name, value in told.items():
            row[_SHORT.get(name, name)] = value
        for name in {"school_id", "group_id", "specialty_id", "profile"} & set(row):
            row[name] = row[name] and self._unit(row[name])
        if table == "dim_group_subject":
            return row
        # Pupils are numbered as they come, whatever table names them first.
        row["pupil_id"] = self.number * 1000 + pupils.setdefault(row.pop("pupil"), len(pupils))
        own = {"mun_id": row["school_id"]} if table == "enrolment" else {}
        return {"year": YEAR, "region_id": self.number, **row, **own}


def element(key: str, condition: str, added: str = "") -> Element:
    where = parse_condition(yaml.safe_load(condition)) if condition else None
    return Element(key, key, Unit.PERSON, records=RecordCount(where, added))


def _rows(text: str) -> Iterator[Row]:
    header, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() or [""])
    for line in lines:
        yield {name: _cell(name, cell) for name, cell in zip(header, line, strict=True)}


def _cell(name: str, cell: str) -> Any:
    if name == "pupil":
        return cell
    return int(cell) if cell.isdecimal() else WORDS[cell] if cell else None
