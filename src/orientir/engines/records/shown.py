"""Values of elements -> indicators as CSV lines: numerators and denominators, and why there is no value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb

from orientir.engines.records.aggregate import INDICATORS
from orientir.engines.records.duckdb import quoted
from orientir.errors import Fault, UserError
from orientir.model.indicators import Indicator, Term
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.records import ALL, LEVELS
from orientir.model.status import Status

HEAD = "indicator,year,level,unit,grade,sex,numerator,denominator,value,status"
HEAD_OF_SUMS = "indicator,year,level,unit,numerator,denominator,value,status,organisations"
_KEYS = ("year", "level", "unit", "grade", "sex")


def shown(out: Path, programme: Programme, level: str, breakdowns: bool) -> Iterator[str]:
    """UserError where there are no values, or no such level."""
    files = _files(out / "values", level, "compute")
    yield HEAD
    wanted = [one for one in programme.indicators if _is_counted(programme, one)]
    for row in value_rows(files, {term.element for one in wanted for term in one.terms}, LEVELS[level], breakdowns):
        yield from (_line(programme, one, row, level) for one in wanted)


def _files(folder: Path, level: str, command: str) -> list[Path]:
    if level not in LEVELS:
        raise UserError(Fault("--level", f"уровня «{level}» нет.", f"Допустимы: {', '.join(LEVELS)}."))
    files = sorted(folder.glob("*.parquet"))
    if not files:
        cure = f"Сначала посчитайте их: orientir records {command}."
        raise UserError(Fault(str(folder), "посчитанных значений в папке нет.", cure))
    return files


def _is_counted(programme: Programme, indicator: Indicator) -> bool:
    """By records alone."""
    return all(programme.element(term.element).records for term in indicator.terms)


def value_rows(
    files: Iterable[Path], elements: Iterable[str], level: int, breakdowns: bool
) -> Iterator[dict[str, int]]:
    """The rows of one level, with the wanted elements."""
    columns = [*_KEYS, *sorted(elements)]
    names = ", ".join(f"'{quoted(file)}'" for file in files)
    where = f"level = {level}" + ("" if breakdowns else f" AND grade = {ALL} AND sex = {ALL}")
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT {', '.join(columns)} FROM read_parquet([{names}]) WHERE {where} ORDER BY {', '.join(_KEYS)}"
        )
        while rows := found.fetchmany(10_000):
            yield from (dict(zip(columns, row, strict=True)) for row in rows)


def _line(programme: Programme, one: Indicator, row: dict[str, int], level: str) -> str:
    part, whole = (_sum(terms, row) for terms in (one.numerator, one.denominator))
    keys = (one.id, str(row["year"]), level, str(row["unit"]), _member(row["grade"]), _member(row["sex"]))
    return ",".join(
        (*keys, str(part), str(whole), *_judged(programme, one, row["year"], Decimal(part), Decimal(whole)))
    )


def shown_sums(out: Path, programme: Programme, level: str) -> Iterator[str]:
    """Indicators that were summed up from values of elements. UserError as above."""
    files = _files(out / INDICATORS, level, "values")
    yield HEAD_OF_SUMS
    known = {one.id: one for one in programme.indicators}
    names = ", ".join(f"'{quoted(file)}'" for file in files)
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT indicator, year, unit, numerator, denominator, organisations "
            f"FROM read_parquet([{names}]) WHERE level = {LEVELS[level]} ORDER BY year, unit, indicator"
        )
        while rows := found.fetchmany(10_000):
            yield from (_sum_line(programme, known[row[0]], level, *row[1:]) for row in rows if row[0] in known)


def _sum_line(
    programme: Programme, one: Indicator, level: str, year: int, unit: int, part: float, whole: float, given: int
) -> str:
    numerator, denominator = Decimal(part), Decimal(whole) if one.is_share else Decimal(1)
    told = (_plain(numerator), _plain(denominator) if one.is_share else "")
    judged = _judged(programme, one, year, numerator, denominator)
    return ",".join((one.id, str(year), level, str(unit), *told, *judged, str(given)))


def _judged(programme: Programme, one: Indicator, year: int, part: Decimal, whole: Decimal) -> tuple[str, str]:
    """The value where there is one, and the state."""
    status = _status(programme, one, year, whole)
    return (_plain(part / whole) if status is Status.MEASURED else ""), str(status)


def _plain(number: Decimal) -> str:
    told = f"{number:.12f}".rstrip("0").rstrip(".")
    return "0" if told == "-0" else told


def _sum(terms: tuple[Term, ...], row: dict[str, int]) -> int:
    return sum(term.weight * row[term.element] for term in terms)


def _member(value: int) -> str:
    return "" if value == ALL else str(value)


def _status(programme: Programme, one: Indicator, year: int, whole: Decimal) -> Status:
    """`year` is that in which the school year begins; an empty population has no share."""
    period = str(Period(programme.period, year))
    if any(period in rule.periods for rule in one.not_calculable):
        return Status.NOT_CALCULABLE
    return Status.MEASURED if whole else Status.NOT_APPLICABLE
