"""The number of a target in one organisation and year, or why there is none.

Elements are summed by the same plan as indicators, so that one number has one way of being made. Nothing is rounded and
nothing is guessed: a sum that not all organisations gave, and a number that two sources give differently, are told and
not given away as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from orientir.definitions.formulas import expanded
from orientir.facts.relation import below
from orientir.indicators.values import Engine, values_of
from orientir.model.conditions import AllOf, OneOf
from orientir.model.cycle import Cycle
from orientir.model.indicators import Indicator, IndicatorKind, Term
from orientir.model.package import Fact
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.results import Place, Value
from orientir.model.status import CellState, Status
from orientir.presentation import counted, number, period_name, quoted
from orientir.reports.fill.targets import PERIOD, Breakdown, Part, Target
from orientir.reports.words import STATUS, sentence


@dataclass(frozen=True)
class Wanted:
    """What one cell of a form asks for."""

    target: Target
    breakdown: Breakdown
    organisation: str
    period: Period


@dataclass(frozen=True)
class Amount:
    """A number or a text; where there is neither, `lacking` says in a word why, and `reason` in full.

    `basis` says where a number comes from: its source, or how many organisations were summed.
    """

    number: Decimal | None = None
    text: str = ""
    is_share: bool = False
    decimals: int = 0
    lacking: str = ""
    reason: str = ""
    basis: str = ""


IN_CONFLICT, INCOMPLETE = STATUS[Status.IN_CONFLICT], "сообщили не все"


class Amounts:
    """Computed once for everything that a form asks for. `partial` lets sums pass that not all organisations gave."""

    def __init__(
        self, cycle: Cycle, programme: Programme, wanted: Iterable[Wanted], engine: Engine, partial: bool = False
    ) -> None:
        self._cycle = cycle
        self._partial = partial
        asked = list(dict.fromkeys(wanted))
        numbers = [one for one in asked if not one.target.is_text]
        self._indicators = {_key(one): _indicator(programme, one) for one in numbers}
        summed = replace(programme, indicators=tuple(self._indicators[key] for key in sorted(self._indicators)))
        periods = sorted({one.period for one in numbers} | set(cycle.periods))
        values = values_of(engine, cycle.package, cycle.facts, summed, periods) if numbers else ()
        self._values = {value.place: value for value in values}
        self._titles = {one.id: one.title for one in programme.elements}
        self._facts: dict[tuple[str, str, Period], list[Fact]] = defaultdict(list)
        for fact in cycle.facts:
            self._facts[fact.element, fact.organisation, fact.period].append(fact)

    def of(self, wanted: Wanted) -> Amount:
        if wanted.target.is_text:
            title = self._cycle.package.organisation(wanted.organisation).title
            return Amount(text=period_name(wanted.period) if wanted.target.key == PERIOD else title)
        indicator = self._indicators[_key(wanted)]
        value = self._values.get(_place(wanted))
        if value is None or value.status is not Status.MEASURED:
            return self._missing(indicator, wanted, value)
        if value.conflicting:
            return Amount(lacking=IN_CONFLICT, reason=self._conflict(indicator, wanted))
        amount = self._measured(indicator, value, wanted.target.part)
        if value.reporting < value.expected and not self._partial:
            printed = number(amount.number or Decimal(0)) if not amount.is_share else ""
            told = f"; их сумма {printed}" if printed else ""
            reason = f"данные дали {value.reporting} из {value.expected} организаций{told}"
            return Amount(lacking=INCOMPLETE, reason=reason)
        return amount

    def _measured(self, indicator: Indicator, value: Value, part: Part) -> Amount:
        basis = self._basis(value)
        if part is Part.SHARE:
            return Amount(value.amount, is_share=True, decimals=indicator.decimals, basis=basis)
        return Amount(value.denominator if part is Part.DENOMINATOR else value.numerator, basis=basis)

    def _basis(self, value: Value) -> str:
        if value.expected:
            return f"сумма: {counted(value.reporting, 'организация')} из {value.expected}"
        known = {one.id: one.title for one in self._cycle.package.sources}
        used = {fact.id: fact.source for fact in self._cycle.facts} if not value.source else {}
        sources = [value.source] if value.source else sorted({used[key] for key in value.facts if key in used})
        return "; ".join(known[key] for key in sources)

    def _missing(self, indicator: Indicator, wanted: Wanted, value: Value | None) -> Amount:
        facts = self._behind(indicator, wanted.organisation, wanted.period)
        status = value.status if value is not None else Status.NOT_REPORTED
        states = {fact.state for fact in facts}
        reason = value.reason if value is not None else ""
        if _disagreeing(facts):
            return Amount(lacking=IN_CONFLICT, reason=self._conflict(indicator, wanted))
        if CellState.SUPPRESSED in states:
            status, reason = Status.SUPPRESSED, "в данных число скрыто"
        elif status is Status.NOT_REPORTED and CellState.NOT_REPORTED in states:
            reason = next((fact.reason for fact in facts if fact.reason), "") or "организация не сообщила"
        return Amount(lacking=STATUS[status], reason=reason or self._lacking(indicator, wanted))

    def _lacking(self, indicator: Indicator, wanted: Wanted) -> str:
        titles: dict[str, None] = {}
        for term in indicator.terms:
            when = wanted.period.shifted(term.shift)
            if not self._facts.get((term.element, wanted.organisation, when)):
                titles[quoted(self._titles[term.element]) + (f" за {period_name(when)}" if term.shift else "")] = None
        return f"в данных нет: {', '.join(titles)}" if titles else "в данных нет нужного разреза"

    def _behind(self, indicator: Indicator, organisation: str, period: Period) -> list[Fact]:
        return [
            fact
            for term in indicator.terms
            for fact in self._facts.get((term.element, organisation, period.shifted(term.shift)), ())
        ]

    def _conflict(self, indicator: Indicator, wanted: Wanted) -> str:
        """Who says what: «Школа № 2: «Обучающиеся …» — 505 (форма), 417 (таблица 4)»."""
        inside = [one.id for one in below(self._cycle.package, wanted.organisation)]
        told: dict[str, None] = {}
        for place in (wanted.organisation, *inside):
            for facts in _disagreeing(self._behind(indicator, place, wanted.period)):
                sources = ", ".join(f"{number(fact.value or 0)} ({self._source(fact)})" for fact in facts)
                where = f"{self._cycle.package.organisation(place).title}: " if place != wanted.organisation else ""
                told[f"{where}{quoted(self._titles[facts[0].element])} — {sources}"] = None
        return "; ".join(list(told)[:3]) + ("; …" if len(told) > 3 else "")

    def _source(self, fact: Fact) -> str:
        source = self._cycle.package.source(fact.source)
        return source.place or source.title


def _disagreeing(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Groups of facts that give one cell different sizes."""
    cells: dict[tuple[object, ...], dict[Decimal, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.value is not None:
            cells[fact.element, fact.period, fact.breakdown].setdefault(fact.value, fact)
    return [list(found.values()) for found in cells.values() if len(found) > 1]


def _key(wanted: Wanted) -> str:
    """The id under which it is summed: an indicator's own, or an element with its breakdown."""
    if wanted.target.part:
        return wanted.target.key
    return "element:" + wanted.target.key + "".join(f":{name}={member}" for name, member in wanted.breakdown)


def _place(wanted: Wanted) -> Place:
    cut = ",".join(f"{name}={member}" for name, member in wanted.breakdown) if wanted.target.part else ""
    return Place(_key(wanted), wanted.organisation, wanted.period, cut)


def _indicator(programme: Programme, wanted: Wanted) -> Indicator:
    """The indicator itself; an element as an indicator that counts it and nothing else."""
    if wanted.target.part:
        return programme.indicator(wanted.target.key)
    element = programme.element(wanted.target.key)
    parts = tuple(OneOf(name, (member,)) for name, member in wanted.breakdown)
    where = AllOf(parts) if len(parts) > 1 else parts[0] if parts else None
    terms = expanded((Term(element.id, where=where),), {one.id: one for one in programme.elements})
    return Indicator(_key(wanted), element.title, element.title, IndicatorKind.DECLARED, terms, decimals=0)


def told(amount: Amount) -> str:
    """Why there is no number, as a sentence: «Нет данных: организация не сообщила.»."""
    says_it_itself = amount.reason.startswith("в данных нет")
    return sentence(amount.reason if says_it_itself else ": ".join(filter(None, (amount.lacking, amount.reason))))
