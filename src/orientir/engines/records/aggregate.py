"""Values of elements by organisation and year, millions of them -> indicators of all levels, in long form.

A formula is a table of weights: joining it costs a row for each use of an element, where a column for each element
would cost a row times all of them. An organisation counts where it gave every element of the indicator.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orientir.engines.records.duckdb import connected, quoted, write_aside
from orientir.engines.records.layout import arranged
from orientir.engines.records.partitions import digest, dimensions_of, dimensions_told, told_of
from orientir.errors import Fault, UserError
from orientir.model.records import LEVELS

FOLDER, INDICATORS = "data_values", "indicators"
_AT_ONCE = 20  # 40,000 schools times 20 sums: measured, larger and smaller ones cost more


@dataclass(frozen=True)
class Formula:
    """An indicator by the numbers of its elements; `weights` are those in the numerator and in the denominator."""

    indicator: str
    weights: Mapping[int, tuple[int, int]]


Chunk = Sequence[tuple[int, Formula]]


def compute_values(folder: Path, formulas: Sequence[Formula], out: Path, memory: str = "") -> list[Path]:
    """Files of each year: year, level, unit, indicator, numerator, denominator, and how many organisations gave all.
    What an earlier run has finished is kept.

    UserError where there is nothing to read or nothing to compute.
    """
    files = files_of_values(folder)
    if not formulas:
        what = "ни одного показателя по этим величинам не посчитать."
        raise UserError(Fault(str(folder / FOLDER), what, "Проверьте номера величин и программу."))
    schools = schools_of(folder, out)
    told = dimensions_told({"dim_school": schools})
    with closing(connected(memory, threads=1)) as connection, ThreadPoolExecutor(os.cpu_count()) as pool:
        _load(connection, schools, formulas)
        parts = [(file, chunk) for file in files for chunk in _chunks(formulas)]
        made = list(pool.map(lambda part: _year(connection.cursor(), part[0], part[1], out, told), parts))
    for file in (out / INDICATORS).glob("*.parquet"):
        if file not in made:  # of other values, or of other formulas
            file.unlink()
    return made


def files_of_values(folder: Path) -> list[Path]:
    """One for each year. UserError where there are none."""
    files = sorted(file for file in (folder / FOLDER).glob("year=*.parquet") if _year_of(file))
    if not files:
        raise UserError(Fault(str(folder / FOLDER), "значений величин в папке нет.", "Нужны файлы year=ГГГГ.parquet."))
    return files


def schools_of(folder: Path, out: Path) -> Path:
    """Where each organisation lies. UserError where that is not told."""
    records = arranged(folder, out, names=("dim_school",))
    return dimensions_of(records.folder, names=("dim_school",))["dim_school"]


def _year_of(file: Path) -> int:
    told = file.stem.partition("=")[2]
    return int(told) if told.isdecimal() else 0


def _load(connection: duckdb.DuckDBPyConnection, schools: Path, formulas: Sequence[Formula]) -> None:
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
    connection.execute(f"CREATE TABLE dim_school AS FROM read_parquet('{quoted(schools)}')")


def _chunks(formulas: Sequence[Formula]) -> list[Chunk]:
    """Indicators of as many elements, few at a time: sums of all at once would not fit the caches of a processor."""
    by_terms: dict[int, list[tuple[int, Formula]]] = defaultdict(list)
    for number, one in enumerate(formulas):
        by_terms[len(one.weights)].append((number, one))
    return [same[at : at + _AT_ONCE] for same in by_terms.values() for at in range(0, len(same), _AT_ONCE)]


def _year(connection: duckdb.DuckDBPyConnection, file: Path, chunk: Chunk, out: Path, schools: str) -> Path:
    year = _year_of(file)
    target = out / INDICATORS / f"{year}_{digest([told_of(file), schools, repr(chunk)])}.parquet"
    if not target.is_file():
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
