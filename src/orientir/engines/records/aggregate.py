"""Values of elements by organisation and year, millions of them -> indicators of all levels, in long form.

A formula is a table of weights: joining it costs a row for each use of an element, where a column for each element
would cost a row times all of them. An organisation counts where it gave every element of the indicator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orientir.engines.records.duckdb import connected, quoted, write_aside
from orientir.errors import Fault, UserError
from orientir.model.records import LEVELS

FOLDER = "data_values"
_AT_ONCE = 20  # 40,000 schools times 20 sums: measured, larger and smaller ones cost more


@dataclass(frozen=True)
class Formula:
    """An indicator by the numbers of its elements; `weights` are those in the numerator and in the denominator."""

    indicator: str
    weights: Mapping[int, tuple[int, int]]


Chunk = Sequence[tuple[int, Formula]]


def compute_values(
    folder: Path, formulas: Sequence[Formula], out: Path, memory: str = "", threads: int = 0
) -> list[Path]:
    """Files of each year: year, level, unit, indicator, numerator, denominator, and how many organisations gave all.

    UserError where there is nothing to read or nothing to compute.
    """
    files = sorted((folder / FOLDER).glob("year=*.parquet"))
    if not files or not formulas:
        what = "значений величин в папке нет." if not files else "ни одного показателя по этим величинам не посчитать."
        raise UserError(Fault(str(folder / FOLDER), what, "Нужны файлы year=ГГГГ.parquet."))
    with closing(connected(memory, threads)) as connection:
        _load(connection, folder, formulas)
        return [_year(connection, file, chunk, out) for file in files for chunk in _chunks(formulas)]


def _load(connection: duckdb.DuckDBPyConnection, folder: Path, formulas: Sequence[Formula]) -> None:
    rows = ", ".join(
        f"({number}, {element}, {part}, {whole})"
        for number, one in enumerate(formulas)
        for element, (part, whole) in one.weights.items()
    )
    names = ", ".join(f"({number}, '{one.indicator}')" for number, one in enumerate(formulas))
    connection.execute(
        "CREATE TABLE formula AS SELECT k::SMALLINT AS k, element_id, part::DOUBLE AS part, whole::DOUBLE AS whole "
        f"FROM (VALUES {rows}) AS f(k, element_id, part, whole)"
    )
    connection.execute(f"CREATE TABLE names AS SELECT * FROM (VALUES {names}) AS n(k, indicator)")
    schools = quoted(folder / "records" / "dim_school.parquet")
    connection.execute(f"CREATE TABLE dim_school AS FROM read_parquet('{schools}')")


def _chunks(formulas: Sequence[Formula]) -> list[Chunk]:
    """Indicators of as many elements, few at a time: sums of all at once would not fit the caches of a processor."""
    by_terms: dict[int, list[tuple[int, Formula]]] = defaultdict(list)
    for number, one in enumerate(formulas):
        by_terms[len(one.weights)].append((number, one))
    return [same[at : at + _AT_ONCE] for same in by_terms.values() for at in range(0, len(same), _AT_ONCE)]


def _year(connection: duckdb.DuckDBPyConnection, file: Path, chunk: Chunk, out: Path) -> Path:
    year = int(file.stem.partition("=")[2])
    target = out / "indicators" / f"{year}_{chunk[0][0]}.parquet"
    write_aside(connection, _text(quoted(file), chunk, year), target)
    return target


def _text(file: str, chunk: Chunk, year: int) -> str:
    wanted = ", ".join(map(str, sorted({element for _, one in chunk for element in one.weights})))
    numbers = ", ".join(str(number) for number, _ in chunk)
    sums = "sum(part) AS part, sum(whole) AS whole, sum(given) AS given"
    levels = (
        ("s", "school", "org_id"),
        ("m", "municipality", "mun_id"),
        ("r", "region", "region_id"),
        ("c", "country", "0"),
    )
    rows = "\nUNION ALL ".join(
        f"SELECT {year} AS year, CAST({LEVELS[level]} AS TINYINT) AS level, CAST({unit} AS INT) AS unit, indicator, "
        f"part AS numerator, whole AS denominator, CAST(given AS INT) AS organisations FROM {name} JOIN names USING (k)"
        for name, level, unit in levels
    )
    return (
        "WITH s AS MATERIALIZED (SELECT k, org_id, sum(value * f.part) AS part, sum(value * f.whole) AS whole, "
        f"1 AS given FROM read_parquet('{file}') JOIN formula AS f USING (element_id) "
        f"WHERE element_id IN ({wanted}) AND k IN ({numbers}) "
        f"GROUP BY k, org_id HAVING count(value) = {len(chunk[0][1].weights)}),\n"
        f"m AS MATERIALIZED (SELECT k, mun_id, any_value(region_id) AS region_id, {sums} FROM s "
        "JOIN dim_school AS d ON d.school_id = s.org_id GROUP BY k, mun_id),\n"
        f"r AS MATERIALIZED (SELECT k, region_id, {sums} FROM m GROUP BY k, region_id),\n"
        f"c AS (SELECT k, {sums} FROM r GROUP BY k)\n{rows}"
    )
