"""The values of the Kemerovo package in DuckDB, written by hand: no programme, no states, no search for sources.

The author knows the data: which table of the report each indicator comes from, which breakdown it needs. It reads the
same CSV file and gives numerator and denominator of every measured indicator, period and breakdown.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

QUERY = """
WITH facts AS (
    SELECT element, CAST(left(period, 4) AS INT) AS year, level, channel, CAST(value AS DECIMAL(38, 6)) AS value, source
    FROM read_csv($facts, header = true, all_varchar = true)
),
terms(indicator, side, element, level, shift, weight, source) AS (VALUES
    ('college_11', 'n', 'admitted_college_11', NULL, 0, 1, 'kem2022_t2'),
    ('college_11', 'd', 'graduates_11', NULL, 0, 1, 'kem2022_t2'),
    ('higher_11', 'n', 'admitted_higher_11', NULL, 0, 1, 'kem2022_t3'),
    ('higher_11', 'd', 'graduates_11', NULL, 0, 1, 'kem2022_t3'),
    ('championship_as_measured', 'n', 'championship_participants', NULL, 0, 1, 'kem2022_t4'),
    ('championship_as_measured', 'd', 'pupils_9_11', NULL, 0, 1, 'kem2022_t4'),
    ('abilympics_as_measured', 'n', 'abilympics_participants', NULL, 0, 1, 'kem2022_t5'),
    ('abilympics_as_measured', 'd', 'pupils_disability', '5-9', 0, 1, 'kem2022_t5'),
    ('tested_as_measured', 'n', 'tested', NULL, 0, 1, 'kem2022_t9'),
    ('tested_as_measured', 'd', 'pupils_9_11', NULL, 0, 1, 'kem2022_t9'),
    ('parents_advised_as_measured', 'n', 'parents_advised', NULL, 0, 1, 'kem2022_t11'),
    ('parents_advised_as_measured', 'd', 'graduates_9_11', NULL, 0, 1, 'kem2022_t11'),
    ('college_9', 'n', 'admitted_college_9', NULL, 0, 1, 'kem2022_t1'),
    ('college_9', 'd', 'graduates_9', NULL, 0, 1, 'kem2022_t1'),
    ('schools_involved', 'n', 'schools_involved', NULL, 0, 1, 'kem2022_text_schools'),
    ('schools_involved', 'd', 'schools', NULL, 0, 1, 'kem2022_text_schools'),
    ('grade_10_after_9', 'n', 'pupils', '10-11', 1, 1, 'kem2022_t7'),
    ('grade_10_after_9', 'n', 'graduates_11', NULL, 1, -1, 'kem2022_t2'),
    ('grade_10_after_9', 'd', 'graduates_9', NULL, 0, 1, 'kem2022_t1'),
    ('unaccounted_9', 'n', 'graduates_9', NULL, 0, 1, 'kem2022_t1'),
    ('unaccounted_9', 'n', 'admitted_college_9', NULL, 0, -1, 'kem2022_t1'),
    ('unaccounted_9', 'n', 'pupils', '10-11', 1, -1, 'kem2022_t7'),
    ('unaccounted_9', 'n', 'graduates_11', NULL, 1, 1, 'kem2022_t2'),
    ('unaccounted_9', 'd', 'graduates_9', NULL, 0, 1, 'kem2022_t1'),
    ('retained_10_11', 'n', 'graduates_11', NULL, 1, 1, 'kem2022_t2'),
    ('retained_10_11', 'd', 'pupils', '10-11', 0, 1, 'kem2022_t7'),
    ('retained_10_11', 'd', 'graduates_11', NULL, 0, -1, 'kem2022_t2'),
    ('ticket_as_measured', 'n', 'ticket_participants', '5-9', 0, 1, 'kem2022_t6'),
    ('ticket_as_measured', 'n', 'ticket_participants', '10-11', 0, 1, 'kem2022_t7'),
    ('ticket_as_measured', 'd', 'pupils', '5-9', 0, 1, 'kem2022_t6'),
    ('ticket_as_measured', 'd', 'pupils', '10-11', 0, 1, 'kem2022_t7')
),
matched AS (
    SELECT t.indicator, f.year - t.shift AS year, t.side, t.level, t.weight * f.value AS amount,
        count(*) OVER (PARTITION BY t.indicator, f.year - t.shift) AS found,
        (SELECT count(*) FROM terms AS o WHERE o.indicator = t.indicator) AS wanted
    FROM terms AS t JOIN facts AS f
        ON f.element = t.element AND f.source = t.source AND (t.level IS NULL OR f.level = t.level)
),
shares AS (
    SELECT indicator, year, '' AS breakdown,
        sum(amount) FILTER (side = 'n') AS numerator, sum(amount) FILTER (side = 'd') AS denominator
    FROM matched WHERE found = wanted GROUP BY indicator, year
    UNION ALL
    SELECT indicator, year, 'level=' || level,
        sum(amount) FILTER (side = 'n'), sum(amount) FILTER (side = 'd')
    FROM matched WHERE indicator = 'ticket_as_measured' GROUP BY indicator, year, level
),
counts AS (
    SELECT 'workplaces', year, '', sum(value), NULL FROM facts WHERE element = 'workplaces' GROUP BY year
    UNION ALL
    SELECT 'workplaces', year, 'channel=' || channel, sum(value), NULL
    FROM facts WHERE element = 'workplaces' GROUP BY year, channel
    UNION ALL
    SELECT 'open_day_visits', CAST(left(period, 4) AS INT), '', sum(CAST(visits AS DECIMAL(38, 6))), NULL
    FROM read_csv($open_days, header = true, all_varchar = true) GROUP BY period
)
SELECT * FROM shares UNION ALL SELECT * FROM counts
"""


def values_by_hand(package: Path) -> list[tuple[object, ...]]:
    """(indicator, year, breakdown, numerator, denominator) of everything that is measured."""
    with duckdb.connect() as connection:
        files = {"facts": str(package / "facts.csv"), "open_days": str(package / "open_days.csv")}
        return connection.execute(QUERY, files).fetchall()
