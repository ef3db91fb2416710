"""The plan as SQL: cells of schools first, then values of every level, from the level below."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from orientir.engines.records.conditions import mask_of, sql_of
from orientir.engines.records.features import THIS_REGION, THIS_YEAR, Scope, features, halved_features
from orientir.engines.records.planning import Atom, Counted, RecordPlan
from orientir.model.conditions import Condition
from orientir.model.records import ACTIVITIES, ALL, LEVELS

PART_YEAR = "orientir.part_year"
"""The setting of PostgreSQL that stands for the variable of the year."""
if TYPE_CHECKING:
    from sqlglot import exp

_CELL = ("school_id", "grade", "sex")


def cells_text(plan: RecordPlan, *, one_year: bool) -> str:
    """Every atom by school, grade and sex, from the record tables."""
    return f"WITH {features(plan.tables, _scope(plan, one_year))}\n{cells_of_pupils(plan, one_year=one_year)}"


def _scope(plan: RecordPlan, one_year: bool) -> Scope:
    return Scope(one_year, with_forms=plan.asks("exam_form"))


def cells_of_pupils(plan: RecordPlan, *, one_year: bool, pupils: str = "pupils") -> str:
    keys = ", ".join(_CELL if one_year else ("year", *_CELL))
    atoms = ", ".join(f"{_measure(atom)} AS {atom.key}" for atom in plan.atoms)
    return f"SELECT {keys}, {atoms} FROM {pupils} GROUP BY {keys}"


@dataclass(frozen=True)
class Half:
    """Elements that are counted among the same pupils: all of them, or those `where` a cell of theirs is asked for."""

    plan: RecordPlan
    where: str = ""

    @property
    def key(self) -> str:
        return "some" + hashlib.sha256(self.where.encode()).hexdigest()[:8] if self.where else "all"


def halves(plan: RecordPlan) -> tuple[Half, ...]:
    """What is asked of exams and admissions in some grades only is counted among these alone, and is nothing in the
    cells of others: most pupils then meet neither. The first half is always of all pupils."""
    some = [atom for atom in plan.atoms if atom.tables & _RARE and all(_cells_of(plan, atom))]
    others = [atom for atom in plan.atoms if atom not in some]
    if not some or not others:
        return (Half(plan),)
    asked = dict.fromkeys(" AND ".join(map(sql_of, cells)) for atom in some for cells in _cells_of(plan, atom))
    return Half(plan.with_atoms(others)), Half(plan.with_atoms(some), " OR ".join(f"({one})" for one in asked))


def narrowed_text(plan: RecordPlan, *, one_year: bool) -> str:
    """Cells of both halves, for engines that keep none."""
    first, *rest = halves(plan)
    if not rest:
        return cells_text(plan, one_year=one_year)
    some = rest[0]
    all_cells = cells_of_pupils(first.plan, one_year=one_year, pupils="pupils_all")
    some_cells = cells_of_pupils(some.plan, one_year=one_year, pupils="pupils_some")
    keys = ", ".join(_CELL if one_year else ("year", *_CELL))
    atoms = ", ".join(f"{_held(atom, '0' if atom in some.plan.atoms else '')} AS {atom.key}" for atom in plan.atoms)
    return (
        f"WITH {halved_features(first.plan.tables, some.plan.tables, some.where, _scope(plan, one_year))}\n"
        f"SELECT {keys}, {atoms} FROM ({all_cells}) AS of_all LEFT JOIN ({some_cells}) AS of_some USING ({keys})"
    )


_RARE = {"exam", "admission"}


def _cells_of(plan: RecordPlan, atom: Atom) -> list[tuple[Condition, ...]]:
    """The conditions of every element on the cells of an atom."""
    return [one.cells for one in plan.elements if one.atom == atom]


def _held(atom: Atom, absent: str) -> str:
    """No school has two thousand million pupils; sums of larger types are decimals in places, and slow."""
    return f"CAST({f'coalesce({atom.key}, {absent})' if absent else atom.key} AS INT)"


def _measure(atom: Atom) -> str:
    where = " AND ".join(f"({sql_of(part)})" for part in atom.where)
    if atom.sum:
        return f"CAST(coalesce(sum({f'CASE WHEN {where} THEN {atom.sum} END' if where else atom.sum}), 0) AS BIGINT)"
    return f"count(CASE WHEN {where} THEN 1 END)" if where else "count(*)"


def values_text(plan: RecordPlan, *, one_year: bool) -> str:
    """Values of all levels from `cells`. A partition is one region: the country is summed up from all of them."""
    levels = list(_levels(plan.atoms, one_year))
    steps = [(name, text) for name, _, text in levels]
    rows: list[str] = []
    for name, level, _ in levels:
        steps += _element_steps(plan.elements, name, one_year)
        rows += _groupings(plan.elements, name, level, one_year)
    return "WITH " + ",\n".join(f"{name} AS ({text})" for name, text in steps) + "\n" + "\nUNION ALL ".join(rows)


def _levels(atoms: Sequence[Atom], one_year: bool) -> Iterator[tuple[str, int, str]]:
    """A name, its level, and its cells by unit, grade and sex; each level from the one below."""
    year, keys = ("", "") if one_year else ("year, ", "year, ")
    sums = ", ".join(f"CAST(sum({one.key}) AS BIGINT) AS {one.key}" for one in atoms)
    own = ", ".join(f"c.{one.key}" for one in atoms)
    yield (
        "schools", LEVELS["school"],
        f"SELECT {year and 'c.year, '}c.school_id AS unit, s.mun_id, s.region_id, c.grade, c.sex, {own} "
        "FROM cells AS c JOIN dim_school AS s ON s.school_id = c.school_id",
    )  # fmt: skip
    yield (
        "municipalities", LEVELS["municipality"],
        f"SELECT {year}mun_id AS unit, max(region_id) AS region_id, grade, sex, {sums} FROM schools "
        f"GROUP BY {keys}mun_id, grade, sex",
    )  # fmt: skip
    region = THIS_REGION if one_year else "region_id"
    grouped = "" if one_year else "region_id, "
    yield (
        "regions", LEVELS["region"],
        f"SELECT {year}{region} AS unit, grade, sex, {sums} FROM municipalities GROUP BY {keys}{grouped}grade, sex",
    )  # fmt: skip
    if not one_year:
        yield (
            "country", LEVELS["country"],
            f"SELECT year, 0 AS unit, grade, sex, {sums} FROM regions GROUP BY year, grade, sex",
        )  # fmt: skip


def _element_steps(elements: Sequence[Counted], level: str, one_year: bool) -> Iterator[tuple[str, str]]:
    year = "" if one_year else "year, "
    columns = ", ".join(f"{_of_cells(one)} AS {one.id}" for one in elements)
    yield f"{level}_cells", f"SELECT {year}unit, grade, sex, {columns} FROM {level}"
    yield f"{level}_by_sex", f"SELECT {year}unit, sex, {_sums(elements)} FROM {level}_cells GROUP BY {year}unit, sex"


def _of_cells(one: Counted) -> str:
    where = " AND ".join(f"({sql_of(part)})" for part in one.cells)
    return f"CASE WHEN {where} THEN {one.atom.key} ELSE 0 END" if where else one.atom.key


def _sums(elements: Sequence[Counted]) -> str:
    return ", ".join(f"CAST(sum({one.id}) AS BIGINT) AS {one.id}" for one in elements)


def _groupings(elements: Sequence[Counted], level: str, number: int, one_year: bool) -> Iterator[str]:
    """By grade and sex, by grade, by sex, and all together: the last two from what is already summed up."""
    ids = ", ".join(one.id for one in elements)
    year, key = (f"CAST({THIS_YEAR} AS INT)", "") if one_year else ("CAST(year AS INT)", "year, ")
    head = f"SELECT {year} AS year, CAST({number} AS SMALLINT) AS level, CAST(unit AS INT) AS unit"
    grade, sex = "CAST(grade AS SMALLINT) AS grade", "CAST(sex AS SMALLINT) AS sex"
    no_grade, no_sex = (f"CAST({ALL} AS SMALLINT) AS {name}" for name in ("grade", "sex"))
    yield f"{head}, {grade}, {sex}, {ids} FROM {level}_cells"
    yield f"{head}, {grade}, {no_sex}, {_sums(elements)} FROM {level}_cells GROUP BY {key}unit, grade"
    yield f"{head}, {no_grade}, {sex}, {ids} FROM {level}_by_sex"
    yield f"{head}, {no_grade}, {no_sex}, {_sums(elements)} FROM {level}_by_sex GROUP BY {key}unit"


def whole_text(plan: RecordPlan) -> str:
    """Cells and values of all levels in one pass, for engines that would compute a step anew wherever it is named: each
    cell goes to all of its sums at once. Grades and sexes are never empty here, so that an empty one stands for all."""
    columns = ", ".join(f"{_of_cells(one)} AS {one.id}" for one in plan.elements)
    units = {"school": "school_id", "municipality": "mun_id", "region": "region_id"}
    sets = [
        ", ".join(("year", *unit, *by))
        for unit in ((), *((one,) for one in units.values()))
        for by in (("grade", "sex"), ("grade",), ("sex",), ())
    ]
    level = " ".join(f"WHEN grouping({unit}) = 0 THEN {LEVELS[name]}" for name, unit in units.items())
    by = ", ".join(f"CAST(coalesce({key}, {ALL}) AS SMALLINT) AS {key}" for key in ("grade", "sex"))
    return (
        f"WITH cells AS ({narrowed_text(plan, one_year=False)}),\n"
        f"placed AS (SELECT c.year, s.school_id, s.mun_id, s.region_id, grade, sex, {columns} "
        "FROM cells AS c JOIN dim_school AS s ON s.school_id = c.school_id)\n"
        f"SELECT CAST(year AS INT) AS year, CAST(CASE {level} ELSE {LEVELS['country']} END AS SMALLINT) AS level, "
        f"CAST(coalesce({', '.join(units.values())}, 0) AS INT) AS unit, {by}, {_sums(plan.elements)} "
        f"FROM placed GROUP BY GROUPING SETS ({', '.join(f'({one})' for one in sets)})"
    )


def country_text(plan: RecordPlan, regions: str) -> str:
    """The country from the values of all regions, which stand in the relation `regions`."""
    keys = f"year, CAST({LEVELS['country']} AS SMALLINT) AS level, CAST(0 AS INT) AS unit, grade, sex"
    where = f"WHERE level = {LEVELS['region']}"
    return f"SELECT {keys}, {_sums(plan.elements)} FROM {regions} {where} GROUP BY year, grade, sex"


def texts_of(plan: RecordPlan, engine: str) -> Iterator[tuple[str, str]]:
    """What an engine runs, in the dialect that all texts are written in: by partition, by year, or all at once."""
    if engine == "spark":
        yield "ячейки и значения", whole_text(plan)
        return
    if engine == "duckdb":
        for half in halves(plan):
            yield f"ячейки школ{f', где {half.where}' if half.where else ''}", cells_text(half.plan, one_year=True)
    else:
        yield "ячейки школ", narrowed_text(plan, one_year=True)
    yield "значения уровней", values_text(plan, one_year=engine == "duckdb")


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


ACTIVITY_COUNT = f"CREATE TEMP MACRO activity_count(bits) AS bit_count(bits & {mask_of(tuple(ACTIVITIES.values()))})"
"""The macro of DuckDB."""
