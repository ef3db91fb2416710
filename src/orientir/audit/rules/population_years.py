"""Populations over the years: breaks of a series, and cohorts that cannot have come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report
from orientir.audit.rules.sizes import Sized, sized
from orientir.audit.rules.told import finding_at
from orientir.audit.understanding.populations import words_of

_BREAK = Decimal("1.5")


@rule("series-break")
def series_break(report: Report) -> Iterator[Finding]:
    """A population changes by a factor of 1.5 or more between neighbouring periods."""
    series: dict[tuple[object, ...], list[Sized]] = defaultdict(list)
    for one in sized(report):
        first = report.series_of(one.cell.table)[0]
        series[id(first), one.where, one.who.kind, one.who.grades, one.who.traits].append(one)
    for group in series.values():
        ordered = sorted(group, key=lambda one: one.year)
        for earlier, later in pairwise(ordered):
            low, high = sorted((earlier.size, later.size))
            if later.year == earlier.year + 1 and low > 0 and high / low >= _BREAK:
                message = (
                    f"{later.cell.table.named.capitalize()}: совокупность изменилась с {earlier.cell.number.printed} "
                    f"до {later.cell.number.printed} за один период; доли до и после сравнивать нельзя."
                )
                yield finding_at(
                    later.cell, "series-break", Severity.WARNING, message, None, (earlier.cell, later.cell)
                )


@rule("cohort-implausible")
def cohort_implausible(report: Report) -> Iterator[Finding]:
    """More pupils of 10-11 than last year's graduates of 9 and the tenth grade can give (a hypothesis)."""
    found = {
        (one.who.kind, one.who.grades, one.year): one for one in sized(report) if not one.where and not one.who.traits
    }
    for (kind, grades, year), seniors in found.items():
        if (kind, grades) != ("обучающийся", frozenset((10, 11))):
            continue
        before = found.get(("обучающийся", grades, year - 1))
        ninth, eleventh = (found.get(("выпускник", frozenset((grade,)), year - 1)) for grade in (9, 11))
        if before and ninth and eleventh:
            most = before.size - eleventh.size + ninth.size
            if seniors.size > most:
                message = (
                    f"Гипотеза: {words_of(seniors.who)} за {seniors.printed_year} — {seniors.cell.number.printed}, а "
                    f"прийти могли не больше {most:f}: {before.size:f} − {eleventh.size:f} + {ninth.size:f}."
                )
                yield finding_at(
                    seniors.cell, "cohort-implausible", Severity.INFO, message, f"не больше {most:f}",
                    (before.cell, eleventh.cell, ninth.cell, seniors.cell),
                )  # fmt: skip
