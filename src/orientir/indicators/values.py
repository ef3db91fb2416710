"""Values of all indicators of a cycle.

The engine sums; here sums become values with a status: measured, or why not. Shares are divided in `Value.amount`,
rounded only in presentation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol, cast

from orientir.engines.formulas import Formula, formula_plan
from orientir.engines.plan import Record, Relation, Rows
from orientir.errors import Fault, PackageError
from orientir.facts.relation import below, fact_rows, tree_rows
from orientir.model.conditions import fields_of
from orientir.model.indicators import Indicator, IndicatorKind, Unit
from orientir.model.package import Fact, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.results import Place, Value
from orientir.model.status import Status
from orientir.presentation import period_name, quoted


class Engine(Protocol):
    """Runs plans; `memory` defines what they mean, the others must agree with it row for row."""

    name: str

    def run_all(self, plans: tuple[Relation, ...], tables: Mapping[str, Rows]) -> list[list[Record]]: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Sums:
    """What the engine returns for a set of formulas: own sums, sums from below, disputes and the facts used."""

    own: list[Record]
    rolled: list[Record]
    disputed: list[Record]
    uses: list[Record]


def formula_of(indicator: Indicator) -> Formula:
    return Formula(indicator.id, indicator.numerator, indicator.denominator, indicator.breakdowns)


def summed(engine: Engine, package: Package, facts: Sequence[Fact], programme: Programme) -> Sums:
    """One plan for all indicators of the cycle."""
    dimensions = _used_dimensions(programme, facts)
    plan = formula_plan(tuple(formula_of(indicator) for indicator in programme.indicators), dimensions)
    tables = {"facts": fact_rows(package, facts, dimensions), "tree": tree_rows(package), **plan.tables}
    own, rolled, disputed, uses = engine.run_all((plan.own, plan.rolled, plan.disputed, plan.uses), tables)
    return Sums(own, rolled, disputed, uses)


def _used_dimensions(programme: Programme, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Breakdowns that a fact has or an indicator asks for: a plan costs by each of them."""
    used = {key for fact in facts for key, _ in fact.breakdown}
    for indicator in programme.indicators:
        used.update(indicator.breakdowns)
        used.update(key for term in indicator.terms if term.where for key in fields_of(term.where))
    return tuple(dimension.id for dimension in programme.dimensions if dimension.id in used)


def values_of(
    engine: Engine, package: Package, facts: Sequence[Fact], programme: Programme, periods: Iterable[Period]
) -> tuple[Value, ...]:
    """Every value that can be summed, and for the territory a value with its reason where it cannot.

    Raises PackageError where something is to be divided by a population of zero.
    """
    sums = summed(engine, package, facts, programme)
    building = _Building(package, facts, programme, sums)
    values = {value.place: value for value in building.computed()}
    for indicator in programme.indicators:
        for period in periods:
            place = Place(indicator.id, package.territory, period)
            if place not in values:
                values[place] = building.missing(indicator, place)
    building.raise_faults()
    return tuple(values[place] for place in sorted(values))


class _Building:
    def __init__(self, package: Package, facts: Sequence[Fact], programme: Programme, sums: Sums) -> None:
        self.package = package
        self.facts = facts
        self.programme = programme
        self.sums = sums
        self.indicators = {indicator.id: indicator for indicator in programme.indicators}
        self.sources = {source.rank: source.id for source in package.sources}
        self.disputed = {self._place(row): bool(row["all_terms"]) for row in sums.disputed}
        self.organisations = {place.id: place for place in package.organisations}
        self.reported = {self._place(row) for row in sums.own}
        self.exempt = {self._place(row) for row in sums.own if not row["applies"]}
        self.uses = self._uses()
        self.below = {place.id: below(package, place.id) for place in package.organisations}
        self.faults: list[Fault] = []

    def raise_faults(self) -> None:
        if self.faults:
            raise PackageError(self.faults)

    def _place(self, row: Record) -> Place:
        period = Period(self.programme.period, cast(int, row["period"]))
        return Place(str(row["formula"]), str(row["organisation"]), period, str(row["breakdown"]))

    def _uses(self) -> dict[Place, tuple[str, ...]]:
        uses: dict[Place, list[str]] = defaultdict(list)
        for row in self.sums.uses:
            uses[self._place(row)].append(str(row["fact"]))
        return {place: tuple(sorted(set(found), key=_fact_order)) for place, found in uses.items()}

    def computed(self) -> Iterator[Value]:
        for row in self.sums.own:
            place = self._place(row)
            source = self.sources.get(cast(int, row["source"]), "")
            yield self._value(row, place, source=source, facts=self.uses.get(place, ()))
        for row in self.sums.rolled:
            place = self._place(row)
            expected = self._expected(place)
            if expected and not row["reporting"]:
                continue  # what does not apply to some says nothing of those that did not report
            parts = self._nearest(place)
            value = self._value(row, place, facts=tuple(fact for part in parts for fact in self.uses.get(part, ())))
            conflicting = any(part in self.disputed for part in parts)
            yield replace(
                value,
                reporting=cast(int, row["reporting"]),
                expected=expected,
                conflicting=conflicting,
            )

    def _value(self, row: Record, place: Place, source: str = "", facts: tuple[str, ...] = ()) -> Value:
        indicator = self.indicators[place.indicator]
        numerator, denominator = cast(Decimal, row["lefts"]), cast("Decimal | None", row["rights"])
        value = Value(
            place,
            numerator,
            denominator,
            Status.MEASURED,
            is_share=indicator.is_share,
            is_proportion=self._is_proportion(indicator),
            source=source,
            conflicting=place in self.disputed,
            facts=facts,
        )
        if self._not_calculable(indicator, place.period) or indicator.kind is IndicatorKind.UNDEFINED:
            return self.missing(indicator, place)
        if place in self.exempt or row.get("reporting") == 0:
            return replace(value, status=Status.NOT_APPLICABLE, reason="к организации не относится")
        if indicator.is_share and not denominator:
            return self._without_whole(value, indicator)
        return value

    def _is_proportion(self, indicator: Indicator) -> bool:
        """Persons of one population: only there has a chance fluctuation a meaning."""
        units = {self.programme.element(term.element).unit for term in indicator.numerator}
        return indicator.is_share and indicator.part_of_whole and units == {Unit.PERSON}

    def _without_whole(self, value: Value, indicator: Indicator) -> Value:
        """Nothing of nothing is «not applicable»; something of nothing is a mistake in the data."""
        if value.numerator:
            rows = [f"{fact.file}:{fact.row}" for fact in self.facts if fact.id in value.facts]
            when = period_name(value.place.period)
            what = f"{quoted(indicator.title)}, {when}: знаменатель равен нулю, а числитель — нет."
            place = f"{self.package.name}/{', '.join(rows)}"
            self.faults.append(Fault(place, what, "Проверьте численность и число участников."))
        return replace(value, status=Status.NOT_APPLICABLE, reason="совокупность пуста: делить не на что")

    def _not_calculable(self, indicator: Indicator, period: Period) -> str:
        return next((rule.reason for rule in indicator.not_calculable if str(period) in rule.periods), "")

    def missing(self, indicator: Indicator, place: Place) -> Value:
        """Why there is no value for the territory."""
        status, reason = self._why_missing(indicator, place)
        return Value(place, None, None, status, reason, indicator.is_share)

    def _why_missing(self, indicator: Indicator, place: Place) -> tuple[Status, str]:
        if indicator.kind is IndicatorKind.UNDEFINED:
            return Status.NOT_DEFINED, indicator.note
        if reason := self._not_calculable(indicator, place.period):
            return Status.NOT_CALCULABLE, reason
        if self.disputed.get(place):
            return Status.IN_CONFLICT, "источники дают разные числа, и ни один не содержит все слагаемые"
        return Status.NOT_REPORTED, self._lacking(indicator, place.period)

    def _lacking(self, indicator: Indicator, period: Period) -> str:
        """Which counts are not in the package."""
        known = {(fact.element, fact.period) for fact in self.facts if fact.value is not None}
        lacking: dict[str, None] = {}
        for term in indicator.terms:
            when = period.shifted(term.shift)
            if (term.element, when) not in known:
                title = self.programme.element(term.element).title
                lacking[f"{quoted(title)} за {period_name(when)}" if term.shift else quoted(title)] = None
        return (
            f"в данных нет: {', '.join(lacking)}" if lacking else "показатель не сообщила ни одна организация целиком"
        )

    def _nearest(self, place: Place) -> list[Place]:
        """Places below without one between that reports its own sum: what a sum from below is made of."""
        covered = {
            deeper.id
            for one in self.below[place.organisation]
            if replace(place, organisation=one.id) in self.reported
            for deeper in self.below[one.id]
        }
        return [replace(place, organisation=one.id) for one in self.below[place.organisation] if one.id not in covered]

    def _expected(self, place: Place) -> int:
        """How many should have reported: those that exist in the period, to which it applies, not covered by others."""
        return sum(
            (self.organisations[one.organisation].kind in self.programme.reporting_kinds or one in self.reported)
            and one not in self.exempt
            and self._exists(one)
            for one in self._nearest(place)
        )

    def _exists(self, place: Place) -> bool:
        one, last = self.organisations[place.organisation], place.period.last_day
        return (one.valid_from is None or one.valid_from <= last) and (one.valid_to is None or one.valid_to >= last)


def _fact_order(fact: str) -> tuple[str, int]:
    return fact[0], int(fact[1:])
