"""The 22 indicators of the records as whoever writes their SQL by hand would put them down: what to count, and when.

33 columns follow from 21 counts, because a condition on the grade can wait until pupils are counted by grade.
SQL here is common to DuckDB, PostgreSQL and Spark; what is not stands in the module of each.
"""

from __future__ import annotations

from collections.abc import Mapping

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


# For each group of specialties, the masks of subjects near to it.
NEAR = """
SELECT group_id, bit_or(CASE role WHEN 3 THEN 1 << CAST(subject_id AS INT) ELSE 0 END) AS college,
    bit_or(CASE role WHEN 2 THEN 1 << CAST(subject_id AS INT) ELSE 0 END) AS university
FROM {groups} GROUP BY group_id"""
SPECIALTY = "SELECT specialty_id, college, university FROM {specialties} AS specialties JOIN near USING (group_id)"
PROFILE = "SELECT group_id AS profile, college AS of_profile FROM near"


def cells(tables: Mapping[str, str], kinds: str, by_year: bool, year: str, held: str = "BIGINT") -> str:
    """The 33 columns by year, school, grade and sex. Only pupils of the grades that sit exams are joined to these.

    `tables` are what to read each table from. Not `by_year`: all the rows are of one year, which `year` tells.
    """
    key = "year, " if by_year else ""
    return f"""
    WITH activities AS (
        SELECT {key}pupil_id, bit_or(1 << CAST(activity AS INT)) AS done
        FROM {tables["participation"]} GROUP BY {key}pupil_id
    ),
    all_pupils AS (
        SELECT {key}school_id, grade, sex, {_listed(OF_ALL)}
        FROM (
            SELECT {key}school_id, grade, sex, disability, adv, add_edu, done, {kinds} AS kinds
            FROM {tables["enrolment"]} LEFT JOIN activities USING ({key}pupil_id)
        ) AS marked
        GROUP BY {key}school_id, grade, sex
    ),
    admitted AS (
        SELECT {key}pupil_id, bit_or(CASE inst_type WHEN 1 THEN 2 ELSE 4 + 8 * CAST(same_region AS INT) END) AS went,
            bit_or(CASE inst_type WHEN 1 THEN college ELSE 0 END) AS of_college,
            bit_or(CASE inst_type WHEN 2 THEN university ELSE 0 END) AS of_university
        FROM {tables["admission"]} JOIN specialty USING (specialty_id) GROUP BY {key}pupil_id
    ),
    exams AS (
        SELECT {key}pupil_id, bit_or(1 << CAST(subject_id AS INT)) AS taken, CAST(sum(score) AS INT) AS points
        FROM {tables["exam"]} GROUP BY {key}pupil_id
    ),
    leavers AS (
        SELECT {key}school_id, grade, sex, {_listed(OF_LEAVERS)}
        FROM {tables["enrolment"]} LEFT JOIN admitted USING ({key}pupil_id) LEFT JOIN exams USING ({key}pupil_id)
            LEFT JOIN profile USING (profile)
        WHERE grade IN (9, 11) GROUP BY {key}school_id, grade, sex
    )
    SELECT {year} AS year, school_id, grade, sex, {_wide(held)}
    FROM all_pupils LEFT JOIN leavers USING ({key}school_id, grade, sex)"""


def _listed(counts: dict[str, str]) -> str:
    return ", ".join(f"{text} AS {name}" for name, text in counts.items())


def _wide(held: str) -> str:
    """The 33 columns of a row that holds the 21 counts of one grade; of a leavers' count that is NULL, zero."""
    columns = (
        f"CAST({_asked(f'coalesce({count}, 0)', grades)} AS {held}) AS {name}" for name, count, grades in COLUMNS
    )
    return ", ".join(columns)


def _summed(held: str = "BIGINT") -> str:
    return ", ".join(f"CAST(sum({name}) AS {held}) AS {name}" for name in NAMES)


def cascade(cells: str, schools: str, tiny: str = "TINYINT", held: str = "BIGINT") -> str:
    """All levels, each from the one below it, and of each level first what has no grade, then what has no sex either.

    Cells hold the 33 columns by year, school, grade and sex, and are rows of the result themselves. `held` is the type
    of what is summed again: sums of BIGINT are DECIMAL in PostgreSQL, and slow.
    """
    return f"""
    WITH municipality AS MATERIALIZED (
        SELECT year, mun_id, min(region_id) AS region_id, grade, sex, {_summed(held)}
        FROM {cells} JOIN (SELECT school_id, mun_id, region_id FROM {schools}) AS school USING (school_id)
        GROUP BY year, mun_id, grade, sex
    ),
    region AS MATERIALIZED (
        SELECT year, region_id, grade, sex, {_summed(held)} FROM municipality GROUP BY year, region_id, grade, sex
    ),
    country AS MATERIALIZED (
        SELECT year, 0 AS country_id, grade, sex, {_summed(held)} FROM region GROUP BY year, grade, sex
    ),
    {", ".join(_by_sex(source, unit, held) for _, source, unit in _levels(cells))}
    {" UNION ALL ".join(_broken_down(level, source, unit, tiny) for level, source, unit in _levels(cells))}"""


def crossed(cells: str, schools: str, tiny: str = "TINYINT") -> str:
    """The same by brute force, each cell once for each of the 16 groupings: planned at once, for a few cells."""
    return f"""
    SELECT CAST(year AS INT) AS year, CAST(level AS {tiny}) AS level,
        CAST(CASE level WHEN 3 THEN school_id WHEN 2 THEN mun_id WHEN 1 THEN region_id ELSE 0 END AS INT) AS unit,
        CAST(CASE WHEN by_grade THEN grade ELSE -1 END AS {tiny}) AS grade,
        CAST(CASE WHEN by_sex THEN sex ELSE -1 END AS {tiny}) AS sex, {_summed()}
    FROM {cells} JOIN (SELECT school_id, mun_id, region_id FROM {schools}) AS school USING (school_id)
        CROSS JOIN (VALUES (3), (2), (1), (0)) AS levels(level)
        CROSS JOIN (VALUES (true, true), (true, false), (false, true), (false, false)) AS kinds(by_grade, by_sex)
    GROUP BY 1, 2, 3, 4, 5"""


def _levels(cells: str) -> tuple[tuple[int, str, str], ...]:
    above = ((2, "municipality", "mun_id"), (1, "region", "region_id"), (0, "country", "country_id"))
    return ((3, cells, "school_id"), *above)


def _by_sex(source: str, unit: str, held: str) -> str:
    return f"""{source}_sex AS MATERIALIZED (
        SELECT year, {unit}, sex, {_summed(held)} FROM {source} GROUP BY year, {unit}, sex
    )"""


def _broken_down(level: int, source: str, unit: str, tiny: str) -> str:
    def told(grade: str, sex: str) -> str:
        place = f"CAST(year AS INT) AS year, CAST({level} AS {tiny}) AS level, CAST({unit} AS INT) AS unit"
        return f"SELECT {place}, CAST({grade} AS {tiny}) AS grade, CAST({sex} AS {tiny}) AS sex"

    return f"""
    {told("grade", "sex")}, {_wider()} FROM {source}
    UNION ALL {told("grade", "-1")}, {_summed()} FROM {source} GROUP BY year, {unit}, grade
    UNION ALL {told("-1", "sex")}, {_wider()} FROM {source}_sex
    UNION ALL {told("-1", "-1")}, {_summed()} FROM {source}_sex GROUP BY year, {unit}"""


def _wider() -> str:
    return ", ".join(f"CAST({name} AS BIGINT) AS {name}" for name in NAMES)


def _asked(count: str, grades: str) -> str:
    return f"CASE WHEN grade {grades} THEN {count} ELSE 0 END" if grades else count
