"""From the package on disk to all values: our stages against a DuckDB script written by hand for this very package."""

from __future__ import annotations

from benchmarks.measure import in_turn
from benchmarks.reference.values_by_hand import values_by_hand
from benchmarks.told import Bar
from orientir.cycle import known_periods, report_periods
from orientir.definitions.loader import load_programme
from orientir.engines.duckdb import DuckDBEngine
from orientir.facts.package import read_package
from orientir.indicators.relevance import measured_programme
from orientir.indicators.values import values_of
from orientir.model.periods import Period, PeriodKind
from orientir.model.results import Value
from orientir.model.status import Status
from orientir.resources import example_folder, programme_folder
from orientir.sources.counted import counted_facts


def compute() -> Bar:
    """Raises AssertionError where the two do not give the same values, row by row."""
    programme = load_programme(programme_folder("career_guidance_2022"))
    folder = example_folder("kemerovo")
    periods = report_periods(programme, Period(PeriodKind.SCHOOL_YEAR, 2021))

    def ours() -> tuple[Value, ...]:
        package = read_package(folder, programme)
        facts = package.facts + counted_facts(package, programme)
        engine = DuckDBEngine()
        try:
            measured = measured_programme(programme, facts)
            return values_of(engine, package, facts, measured, known_periods(facts, periods))
        finally:
            engine.close()

    measured = sorted(_row(value) for value in ours() if value.status is Status.MEASURED)
    by_hand = sorted(tuple(str(cell) for cell in _plain(row)) for row in values_by_hand(folder))
    assert measured == by_hand, set(measured) ^ set(by_hand)
    return in_turn("computing stages", ours, "DuckDB by hand", lambda: values_by_hand(folder), bar=2, runs=15)


def _row(value: Value) -> tuple[str, ...]:
    place = value.place
    cells = (place.indicator, place.period.start, place.breakdown, value.numerator, value.denominator)
    return tuple(str(cell) for cell in cells)


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    return (*row[:3], *(None if cell is None else int(str(cell).split(".")[0]) for cell in row[3:]))
