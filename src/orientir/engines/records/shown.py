"""Values of elements -> indicators as CSV lines: numerators and denominators, and why there is no value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb

from orientir.errors import Fault, UserError
from orientir.model.indicators import Indicator, Term
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.records import ALL, LEVELS
from orientir.model.status import Status

HEAD = "indicator,year,level,unit,grade,sex,numerator,denominator,value,status"
_KEYS = ("year", "level", "unit", "grade", "sex")


def shown(out: Path, programme: Programme, level: str, breakdowns: bool) -> Iterator[str]:
    """UserError where there are no values, or no such level."""
    if level not in LEVELS:
        raise UserError(Fault("--level", f"уровня «{level}» нет.", f"Допустимы: {', '.join(LEVELS)}."))
    files = sorted((out / "values").glob("*.parquet"))
    if not files:
        raise UserError(Fault(str(out), "значений в папке нет.", "Сначала посчитайте их: orientir records compute."))
    yield HEAD
    wanted = [one for one in programme.indicators if _is_counted(programme, one)]
    for row in value_rows(files, {term.element for one in wanted for term in one.terms}, LEVELS[level], breakdowns):
        yield from (_line(programme, one, row, level) for one in wanted)


def _is_counted(programme: Programme, indicator: Indicator) -> bool:
    """By records alone."""
    return all(programme.element(term.element).records for term in indicator.terms)


def value_rows(
    files: Iterable[Path], elements: Iterable[str], level: int, breakdowns: bool
) -> Iterator[dict[str, int]]:
    """The rows of one level, with the wanted elements."""
    columns = [*_KEYS, *sorted(elements)]
    where = f"level = {level}" + ("" if breakdowns else f" AND grade = {ALL} AND sex = {ALL}")
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT {', '.join(columns)} FROM read_parquet(?) WHERE {where} ORDER BY {', '.join(_KEYS)}",
            [[str(file) for file in files]],
        )
        while rows := found.fetchmany(10_000):
            yield from (dict(zip(columns, row, strict=True)) for row in rows)


def _line(programme: Programme, one: Indicator, row: dict[str, int], level: str) -> str:
    part, whole = (_sum(terms, row) for terms in (one.numerator, one.denominator))
    keys = (one.id, str(row["year"]), level, str(row["unit"]), _member(row["grade"]), _member(row["sex"]))
    status = _status(programme, one, row["year"], whole)
    value = f"{Decimal(part) / whole:.12f}".rstrip("0").rstrip(".") if status is Status.MEASURED else ""
    return ",".join((*keys, str(part), str(whole), value, str(status)))


def _sum(terms: tuple[Term, ...], row: dict[str, int]) -> int:
    return sum(term.weight * row[term.element] for term in terms)


def _member(value: int) -> str:
    return "" if value == ALL else str(value)


def _status(programme: Programme, one: Indicator, year: int, whole: int) -> Status:
    """`year` is that in which the school year begins; an empty population has no share."""
    period = str(Period(programme.period, year))
    if any(period in rule.periods for rule in one.not_calculable):
        return Status.NOT_CALCULABLE
    return Status.MEASURED if whole else Status.NOT_APPLICABLE
