"""One row a pupil's year: facts of other tables are folded into sets of bits before they meet the enrolment.

So that unique pupils need no distinct count, and an exam meets an admission without a join of exams, admissions and
subjects. Only the tables that the plan asks for are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orientir.model.records import ANY_OF, KEYS, LINKS, NEAR, NEARNESS, REQUIRED, UNKNOWN

# The year of the partition at hand is a variable, so that its text is printed once.
THIS_YEAR = "getvariable('part_year')"


@dataclass(frozen=True)
class Scope:
    """One year by itself (a partition), or all years, each fact belonging to its own."""

    one_year: bool
    extras: frozenset[str] = frozenset()  # fields that cost a set of bits more: forms of exams, links of specialties

    @property
    def keys(self) -> str:
        return "pupil_id" if self.one_year else "year, pupil_id"

    @property
    def year(self) -> str:
        return "" if self.one_year else "year, "


def features(tables: frozenset[str], scope: Scope) -> str:
    """The common table expressions from `subject_groups` to `pupils`, without WITH."""
    steps = [*_facts(tables, scope), ("pupils", _pupils(tables, scope))]
    return ",\n".join(f"{name} AS ({text})" for name, text in steps)


def _facts(tables: frozenset[str], scope: Scope) -> Iterator[tuple[str, str]]:
    if {"admission", "exam"} & tables:
        yield "subject_groups", _groups(scope)
    if "participation" in tables:
        yield "activities", _folded("participation", "bit_or(CAST(1 AS INT) << activity) AS activity_set", scope)
    if "diagnostics" in tables:
        yield "tests", _folded("diagnostics", "max(1) AS tested", scope)
    if "exam" in tables:
        yield "exams", _folded("exam", _EXAMS + (_FORMS if "exam_form" in scope.extras else ""), scope)
    if "admission" in tables:
        yield "admissions", _admissions("exam" in tables, scope)


_EXAMS = (
    "bit_or(CAST(1 AS INT) << subject_id) AS subject_set, CAST(sum(score) AS BIGINT) AS score, count(*) AS exam_count"
)
_FORMS = ", bit_or(CAST(1 AS INT) << form) AS form_set"


def _folded(table: str, measures: str, scope: Scope) -> str:
    return f"SELECT {scope.keys}, {measures} FROM {table} GROUP BY {scope.keys}"


def _groups(scope: Scope) -> str:
    """The subjects of each group of specialties in a year, by role."""
    roles = ", ".join(
        f"bit_or(CASE WHEN role = {role} THEN CAST(1 AS INT) << subject_id ELSE 0 END) AS {name}"
        for name, role in (("required_set", REQUIRED), ("any_set", ANY_OF), ("near_subjects", NEAR))
    )
    if "link" in scope.extras:
        roles += ", max(strength) AS strength"
    valid = "coalesce(valid_from, 0) <= {0} AND coalesce(valid_to, 9999) >= {0}"
    if scope.one_year:
        return f"SELECT group_id, {roles} FROM dim_group_subject WHERE {valid.format(THIS_YEAR)} GROUP BY group_id"
    years = "(SELECT DISTINCT year FROM enrolment)"
    joined = f"dim_group_subject JOIN {years} AS y ON {valid.format('y.year')}"
    return f"SELECT y.year, group_id, {roles} FROM {joined} GROUP BY y.year, group_id"


def _admissions(with_exams: bool, scope: Scope) -> str:
    """Where a pupil was admitted, how tight the link is, and whether an exam was near: each by its own specialty."""
    key = "a.pupil_id" if scope.one_year else "a.year, a.pupil_id"
    sets, joins = [f"bit_or({_ADMITTED}) AS admitted_set"], ""
    if "link" in scope.extras:
        sets.append(f"bit_or(CAST(1 AS INT) << coalesce(s.strength, {LINKS['undetermined']})) AS link_set")
    if with_exams:
        sets.append(f"bit_or({_near()}) AS near_set")
    if len(sets) > 1:
        joins = _specialties(scope)
    if with_exams:
        joins += " LEFT JOIN exams AS x ON x.pupil_id = a.pupil_id" + ("" if scope.one_year else " AND x.year = a.year")
    return f"SELECT {key}, {', '.join(sets)} FROM admission AS a{joins} GROUP BY {key}"


_ADMITTED = "CASE inst_type WHEN 1 THEN 2 WHEN 2 THEN 4 + 8 * coalesce(same_region, 0) ELSE 0 END"


def _specialties(scope: Scope) -> str:
    on = "USING (specialty_id)" if scope.one_year else "ON s.specialty_id = a.specialty_id AND s.year = a.year"
    columns = ["s.specialty_id", "g.required_set", "g.any_set", "g.near_subjects"]
    columns += ["g.strength"] if "link" in scope.extras else []
    columns += [] if scope.one_year else ["g.year"]
    known = f"SELECT {', '.join(columns)} FROM dim_specialty AS s JOIN subject_groups AS g ON g.group_id = s.group_id"
    return f" LEFT JOIN ({known}) AS s {on}"


def _near() -> str:
    """A college: an exam near its specialty. A university: what it requires, and one of those it chooses from."""
    college, university = (1 << NEARNESS[name] for name in ("college", "university"))
    asked = (
        "(x.subject_set & s.required_set) = s.required_set AND (x.subject_set & s.any_set) <> 0"
        # A group that names no subjects to choose from is met by what it requires.
        " OR s.any_set = 0 AND s.required_set <> 0 AND (x.subject_set & s.required_set) = s.required_set"
    )
    return (
        f"CASE WHEN inst_type = 1 AND (x.subject_set & s.near_subjects) <> 0 THEN {college} "
        f"WHEN inst_type = 2 AND ({asked}) THEN {university} ELSE 0 END"
    )


def _pupils(tables: frozenset[str], scope: Scope) -> str:
    joins, columns = "", ["e.school_id", *(f"coalesce(e.{key}, {UNKNOWN}) AS {key}" for key in KEYS)]
    columns += [f"e.{one}" for one in ("disability", "adv", "add_edu")]
    for table, step, own in _JOINED:
        if table in tables:
            match = f"{step}.pupil_id = e.pupil_id" + ("" if scope.one_year else f" AND {step}.year = e.year")
            joins += f" LEFT JOIN {step} ON {match}"
            columns += own + (["form_set"] if table == "exam" and "exam_form" in scope.extras else [])
    if {"admission", "exam"} <= tables:
        columns.append("near_set")
    if "admission" in tables and "link" in scope.extras:
        columns.append("link_set")
    if "exam" in tables:
        match = "g.group_id = e.profile" + ("" if scope.one_year else " AND g.year = e.year")
        joins += f" LEFT JOIN subject_groups AS g ON {match}"
        columns.append("g.required_set | g.any_set AS profile_set")
    year = "" if scope.one_year else "e.year, "
    # Who has no school has no place.
    return f"SELECT {year}{', '.join(columns)} FROM enrolment AS e{joins} WHERE e.school_id IS NOT NULL"


_JOINED = (
    ("participation", "activities", ["activity_set"]),
    ("diagnostics", "tests", ["tested"]),
    ("exam", "exams", ["subject_set", "score", "exam_count"]),
    ("admission", "admissions", ["admitted_set"]),
)
