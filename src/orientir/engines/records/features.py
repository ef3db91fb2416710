"""One row a pupil's year: facts of other tables are folded into sets of bits before they meet the enrolment.

So that unique pupils need no distinct count, and an exam meets an admission without a join of exams, admissions and
subjects. Only the tables that the plan asks for are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orientir.model.records import ANY_OF, KEYS, NEAR, NEARNESS, REQUIRED, UNKNOWN

# The year and the region of the partition at hand, as variables: its text is printed once.
THIS_YEAR, THIS_REGION = "getvariable('part_year')", "getvariable('part_region')"


@dataclass(frozen=True)
class Scope:
    """One year by itself (a partition), or all years, each fact belonging to its own."""

    one_year: bool
    with_forms: bool = True  # is the form of an exam asked for: a set of bits more for each exam

    @property
    def keys(self) -> str:
        return "pupil_id" if self.one_year else "year, pupil_id"

    @property
    def year(self) -> str:
        return "" if self.one_year else "year, "


def features(tables: frozenset[str], scope: Scope) -> str:
    """The common table expressions from `subject_groups` to `pupils`, without WITH."""
    return _listed([*_facts(tables, scope), ("pupils", _pupils(tables, scope))])


def halved_features(of_all: frozenset[str], of_some: frozenset[str], where: str, scope: Scope) -> str:
    """The same with two kinds of pupils: `pupils_all`, and `pupils_some`, of whom more is asked."""
    some = _pupils(of_some, scope) + f" WHERE {where}"
    return _listed([*_facts(of_all | of_some, scope), ("pupils_all", _pupils(of_all, scope)), ("pupils_some", some)])


def _listed(steps: Iterable[tuple[str, str]]) -> str:
    return ",\n".join(f"{name} AS ({text})" for name, text in steps)


def _facts(tables: frozenset[str], scope: Scope) -> Iterator[tuple[str, str]]:
    if "admission" in tables or "exam" in tables:
        yield "subject_groups", _groups(scope)
    if "participation" in tables:
        yield "activities", _folded("participation", "bit_or(CAST(1 AS INT) << activity) AS activity_set", scope)
    if "diagnostics" in tables:
        yield "tests", _folded("diagnostics", "max(1) AS tested", scope)
    if "exam" in tables:
        yield "exams", _folded("exam", _EXAMS + (_FORMS if scope.with_forms else ""), scope)
    if "admission" in tables:
        yield "admissions", _admissions("exam" in tables, scope)


_EXAMS = "bit_or(CAST(1 AS INT) << subject_id) AS subject_set, sum(score) AS score, count(*) AS exam_count"
_FORMS = ", bit_or(CAST(1 AS INT) << form) AS form_set"


def _folded(table: str, measures: str, scope: Scope) -> str:
    return f"SELECT {scope.keys}, {measures} FROM {table} GROUP BY {scope.keys}"


def _groups(scope: Scope) -> str:
    """The subjects of each group of specialties in a year, by role."""
    roles = ", ".join(
        f"bit_or(CASE WHEN role = {role} THEN CAST(1 AS INT) << subject_id ELSE 0 END) AS {name}"
        for name, role in (("required_set", REQUIRED), ("any_set", ANY_OF), ("near_subjects", NEAR))
    )
    valid = "coalesce(valid_from, 0) <= {0} AND coalesce(valid_to, 9999) >= {0}"
    if scope.one_year:
        return f"SELECT group_id, {roles} FROM dim_group_subject WHERE {valid.format(THIS_YEAR)} GROUP BY group_id"
    years = "(SELECT DISTINCT year FROM enrolment)"
    joined = f"dim_group_subject JOIN {years} AS y ON {valid.format('y.year')}"
    return f"SELECT y.year, group_id, {roles} FROM {joined} GROUP BY y.year, group_id"


def _admissions(with_exams: bool, scope: Scope) -> str:
    """Where a pupil was admitted, and whether an exam was near: each admission by its own specialty."""
    on = "USING (specialty_id)" if scope.one_year else "ON s.specialty_id = a.specialty_id AND s.year = a.year"
    columns = "s.specialty_id, g.required_set, g.any_set, g.near_subjects" + ("" if scope.one_year else ", g.year")
    known = f"(SELECT {columns} FROM dim_specialty AS s JOIN subject_groups AS g ON g.group_id = s.group_id)"
    admitted = "CASE inst_type WHEN 1 THEN 2 WHEN 2 THEN 4 + 8 * coalesce(same_region, 0) ELSE 0 END"
    key = "a.pupil_id" if scope.one_year else "a.year, a.pupil_id"
    if not with_exams:
        return f"SELECT {key}, bit_or({admitted}) AS admitted_set FROM admission AS a GROUP BY {key}"
    together = "x.pupil_id = a.pupil_id" + ("" if scope.one_year else " AND x.year = a.year")
    return (
        f"SELECT {key}, bit_or({admitted}) AS admitted_set, bit_or({_near()}) AS near_set FROM admission AS a "
        f"LEFT JOIN {known} AS s {on} LEFT JOIN exams AS x ON {together} GROUP BY {key}"
    )


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
            columns += own + (["form_set"] if table == "exam" and scope.with_forms else [])
    if "admission" in tables and "exam" in tables:
        columns.append("near_set")
    if "exam" in tables:
        match = "g.group_id = e.profile" + ("" if scope.one_year else " AND g.year = e.year")
        joins += f" LEFT JOIN subject_groups AS g ON {match}"
        columns.append("g.required_set | g.any_set AS profile_set")
    year = "" if scope.one_year else "e.year, "
    return f"SELECT {year}{', '.join(columns)} FROM enrolment AS e{joins}"


_JOINED = (
    ("participation", "activities", ["activity_set"]),
    ("diagnostics", "tests", ["tested"]),
    ("exam", "exams", ["subject_set", "score", "exam_count"]),
    ("admission", "admissions", ["admitted_set"]),
)
