"""The 22 indicators of the records as whoever writes their SQL by hand would put them down: what to count, and when.

33 columns follow from 21 counts, because a condition on the grade can wait until pupils are counted by grade.
SQL here is common to DuckDB, PostgreSQL and Spark; what is not stands in the module of each.
"""

from __future__ import annotations

# Of all pupils: `done` is the mask of activities of a pupil, `kinds` how many there are in it.
OF_ALL = {
    "pupils": "count(*)",
    "disabled": "count(*) FILTER (WHERE disability = 1)",
    "juniors": "count(*) FILTER (WHERE done & 2 <> 0)",
    "classes": "count(*) FILTER (WHERE done & 4 <> 0)",
    "abilympics": "count(*) FILTER (WHERE done & 8 <> 0 AND disability = 1)",
    "abilympics_classes": "count(*) FILTER (WHERE done & 16 <> 0 AND disability = 1)",
    "ticket": "count(*) FILTER (WHERE done & 32 <> 0)",
    "municipal": "count(*) FILTER (WHERE done & 64 <> 0)",
    "tested": "count(*) FILTER (WHERE done & 128 <> 0)",
    "additional": "count(*) FILTER (WHERE add_edu = 1)",
    "advanced": "count(*) FILTER (WHERE adv = 1)",
    "several": "count(*) FILTER (WHERE kinds >= 3)",
}
# Of those who leave: `went` is 2 to a college, 4 to a university, 8 to one of the own region; the rest are masks of
# subjects: of the exams taken, and of those near to the specialties of college, of university and to the profile.
OF_LEAVERS = {
    "examined": "count(taken)",
    "college": "count(*) FILTER (WHERE went & 2 <> 0)",
    "university": "count(*) FILTER (WHERE went & 4 <> 0)",
    "own_region": "count(*) FILTER (WHERE went & 8 <> 0)",
    "near_college": "count(*) FILTER (WHERE taken & of_college <> 0)",
    "near_university": "count(*) FILTER (WHERE taken & of_university <> 0)",
    "near_any": "count(*) FILTER (WHERE taken & (of_college | of_university) <> 0)",
    "near_profile": "count(*) FILTER (WHERE taken & of_profile <> 0)",
    "score": "sum(points)",
}
COUNTS = (*OF_ALL, *OF_LEAVERS)

# Column, count, grades in which it is asked (none: in all).
COLUMNS = (
    ("d01", "pupils", "= 9"),
    ("d02", "pupils", "IN (9, 11)"),
    ("d03", "pupils", "= 11"),
    ("d04", "pupils", "BETWEEN 9 AND 11"),
    ("d05", "disabled", "BETWEEN 5 AND 9"),
    ("d06", "disabled", ""),
    ("d07", "pupils", "BETWEEN 6 AND 11"),
    ("d08", "pupils", "BETWEEN 5 AND 9"),
    ("d09", "pupils", "BETWEEN 10 AND 11"),
    ("d10", "pupils", ""),
    ("d11", "examined", "= 11"),
    ("i01", "college", "= 9"),
    ("i02", "near_college", "= 9"),
    ("i03", "near_any", "IN (9, 11)"),
    ("i04", "college", "= 11"),
    ("i05", "university", "= 11"),
    ("i06", "near_profile", "= 11"),
    ("i07", "own_region", "= 11"),
    ("i08", "near_university", "= 11"),
    ("i09", "juniors", "BETWEEN 9 AND 11"),
    ("i10", "classes", "BETWEEN 9 AND 11"),
    ("i11", "abilympics", "BETWEEN 5 AND 9"),
    ("i12", "abilympics_classes", ""),
    ("i13", "ticket", "BETWEEN 6 AND 11"),
    ("i14", "tested", "BETWEEN 6 AND 11"),
    ("i15", "tested", "BETWEEN 9 AND 11"),
    ("i16", "ticket", "BETWEEN 5 AND 9"),
    ("i17", "ticket", "BETWEEN 10 AND 11"),
    ("i18", "municipal", ""),
    ("i19", "additional", ""),
    ("i20", "advanced", "BETWEEN 10 AND 11"),
    ("i21", "several", "BETWEEN 6 AND 11"),
    ("i22", "score", "= 11"),
)
NAMES = tuple(name for name, _, _ in COLUMNS)
KEYS = ("year", "level", "unit", "grade", "sex")

# Level, name of its unit in the cells.
LEVELS = ((3, "school_id"), (2, "mun_id"), (1, "region_id"), (0, None))


def listed(counts: dict[str, str]) -> str:
    return ", ".join(f"{text} AS {name}" for name, text in counts.items())


def wide(prefix: str = "") -> str:
    """The 33 columns of a row that holds the 21 counts of one grade; of a leavers' count that is NULL, zero."""
    return ", ".join(f"{_asked(f'coalesce({prefix}{count}, 0)', grades)} AS {name}" for name, count, grades in COLUMNS)


def summed(names: tuple[str, ...] = NAMES, integer: str = "BIGINT") -> str:
    return ", ".join(f"CAST(sum({name}) AS {integer}) AS {name}" for name in names)


def broken_down(level: int, source: str, unit: str, tiny: str = "TINYINT") -> str:
    """One level with its four breakdowns, from rows by unit, grade and sex."""
    return f"""
    SELECT CAST(year AS INT) AS year, CAST({level} AS {tiny}) AS level, CAST({unit} AS INT) AS unit,
        CAST(coalesce(grade, -1) AS {tiny}) AS grade, CAST(coalesce(sex, -1) AS {tiny}) AS sex, {summed()}
    FROM {source}
    GROUP BY GROUPING SETS ((year, {unit}, grade, sex), (year, {unit}, grade), (year, {unit}, sex), (year, {unit}))"""


def cascade(cells: str, schools: str, tiny: str = "TINYINT", materialized: str = "MATERIALIZED") -> str:
    """All levels, each from the one below it; cells hold the 33 columns by year, school, grade and sex."""
    return f"""
    WITH municipality AS {materialized} (
        SELECT year, mun_id, min(region_id) AS region_id, grade, sex, {summed()}
        FROM {cells} JOIN (SELECT school_id, mun_id, region_id FROM {schools}) AS school USING (school_id)
        GROUP BY year, mun_id, grade, sex
    ),
    region AS {materialized} (
        SELECT year, region_id, grade, sex, {summed()} FROM municipality GROUP BY year, region_id, grade, sex
    ),
    country AS {materialized} (
        SELECT year, 0 AS country_id, grade, sex, {summed()} FROM region GROUP BY year, grade, sex
    )
    {broken_down(3, cells, "school_id", tiny)}
    UNION ALL {broken_down(2, "municipality", "mun_id", tiny)}
    UNION ALL {broken_down(1, "region", "region_id", tiny)}
    UNION ALL {broken_down(0, "country", "country_id", tiny)}"""


def _asked(count: str, grades: str) -> str:
    return f"CASE WHEN grade {grades} THEN {count} ELSE 0 END" if grades else count
