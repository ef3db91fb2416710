"""The plan as SQL: what is counted by school, grade and sex. All above that is summed up from there, see rollup.py."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from orientir.engines.records.conditions import mask_of, sql_of
from orientir.engines.records.features import Scope, features
from orientir.engines.records.planning import Atom, RecordPlan
from orientir.model.conditions import Condition
from orientir.model.records import ACTIVITIES

PART_YEAR = "orientir.part_year"
"""The setting of PostgreSQL that stands for the variable of the year."""
if TYPE_CHECKING:
    from sqlglot import exp

CELL = ("school_id", "grade", "sex")


def cells_text(plan: RecordPlan, *, one_year: bool) -> str:
    """Every atom by school, grade and sex, from the record tables."""
    return f"WITH {features(plan.tables, Scope(one_year, plan.extras))}\n{counted_text(plan, one_year=one_year)}"


def pupils_text(plan: RecordPlan) -> str:
    """What the atoms ask of a pupil's year, a row for each: it has no key any more."""
    return f"WITH {features(plan.tables, Scope(one_year=True, extras=plan.extras))}\nSELECT * FROM pupils"


def counted_text(plan: RecordPlan, *, one_year: bool) -> str:
    """Every atom by school, grade and sex, from `pupils`."""
    keys = ", ".join(CELL if one_year else ("year", *CELL))
    atoms = ", ".join(f"{_measure(atom)} AS {atom.key}" for atom in plan.atoms)
    return f"SELECT {keys}, {atoms} FROM pupils GROUP BY {keys}"


def with_sources(text: str, sources: Mapping[str, str], where: str = "") -> str:
    """The text with what it reads before it: a query for each table; of the enrolment only the rows `where`."""
    chosen = {
        name: f"{query} WHERE {where}" if where and name == "enrolment" else query for name, query in sources.items()
    }
    steps = ", ".join(f"{name} AS ({query})" for name, query in chosen.items())
    return f"WITH {steps},\n{text.removeprefix('WITH ')}"


def _measure(atom: Atom) -> str:
    where = " AND ".join(f"({sql_of(part)})" for part in atom.where)
    if atom.sum:
        return f"CAST(coalesce(sum({f'CASE WHEN {where} THEN {atom.sum} END' if where else atom.sum}), 0) AS BIGINT)"
    return f"count_if({where})" if where else "count(*)"


@dataclass(frozen=True)
class Half:
    """Elements that are counted among the same pupils: all of them, or those `where` a cell of theirs is asked for."""

    plan: RecordPlan
    where: str = ""

    @property
    def key(self) -> str:
        return "some" + hashlib.sha256(self.where.encode()).hexdigest()[:8] if self.where else "all"

    @property
    def asked(self) -> frozenset[str]:
        """What a row of a pupil must tell."""
        return self.plan.tables | self.plan.extras


def halves(plan: RecordPlan) -> tuple[Half, ...]:
    """What is asked of exams and admissions in some grades only is counted among these alone, and is nothing in the
    cells of others: most pupils then meet neither. The first half is always of all pupils."""
    some = [atom for atom in plan.atoms if atom.tables & _RARE and all(_cells_of(plan, atom))]
    others = [atom for atom in plan.atoms if atom not in some]
    if not some or not others:
        return (Half(plan),)
    asked = dict.fromkeys(" AND ".join(map(sql_of, cells)) for atom in some for cells in _cells_of(plan, atom))
    return Half(plan.with_atoms(others)), Half(plan.with_atoms(some), " OR ".join(f"({one})" for one in asked))


_RARE = {"exam", "admission"}


def _cells_of(plan: RecordPlan, atom: Atom) -> list[tuple[Condition, ...]]:
    """The conditions of every element on the cells of an atom."""
    return [one.cells for one in plan.elements if one.atom == atom]


def texts_of(plan: RecordPlan, engine: str) -> Iterator[tuple[str, str]]:
    """What an engine runs, in the dialect that all texts are written in: by partition, by year, or all at once."""
    for half in halves(plan):
        where = f", где {half.where}" if half.where else ""
        if engine == "duckdb":
            yield f"признаки обучающихся{where}", pupils_text(half.plan)
            yield f"ячейки школ{where}", counted_text(half.plan, one_year=True)
        else:
            yield f"ячейки школ{where}", cells_text(half.plan, one_year=engine != "spark")


def printed(text: str, dialect: str) -> str:
    """The text in a dialect of SQL. It is written in DuckDB's, which has `activity_count` as a macro."""
    return text if dialect == "duckdb" else _transpiled(text, dialect)


@lru_cache(maxsize=64)
def _transpiled(text: str, dialect: str) -> str:
    import sqlglot

    return sqlglot.parse_one(text, read="duckdb").transform(_plain, dialect).sql(dialect=dialect)


def _plain(node: exp.Expr, dialect: str) -> exp.Expr:
    """What a dialect lacks."""
    import sqlglot
    from sqlglot import exp

    if not isinstance(node, exp.Anonymous):
        return node
    if node.name.lower() == "activity_count":
        return sqlglot.parse_one(_counted_bits(node.expressions[0].sql(dialect="duckdb")), read="duckdb")
    if dialect == "postgres" and node.name.lower() == "getvariable":
        return sqlglot.parse_one(f"CAST(current_setting('{PART_YEAR}') AS INT)", read="duckdb")
    return node


def _counted_bits(bits: str) -> str:
    """A sum of bits has a name in all dialects."""
    return "(" + " + ".join(f"(({bits} >> {code}) & 1)" for code in ACTIVITIES.values()) + ")"


ACTIVITY_COUNT = f"CREATE MACRO activity_count(bits) AS bit_count(bits & {mask_of(tuple(ACTIVITIES.values()))})"
"""The macro of DuckDB."""
