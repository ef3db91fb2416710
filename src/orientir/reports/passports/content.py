"""What a passport says, before any format: the same values, words and protections as the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from orientir.comparisons import interval
from orientir.limits import Standing, standing
from orientir.model.cycle import Cycle
from orientir.model.indicators import Indicator, Unit
from orientir.model.package import Organisation
from orientir.model.periods import Period
from orientir.model.programme import Feature
from orientir.model.results import Base, Place, Value, Verdict
from orientir.model.status import Status
from orientir.presentation import bare_share, counted, day_in_words, number, period_name, share
from orientir.reports.build import INTERNAL, PUBLIC, SYNTHETIC
from orientir.reports.context import Context
from orientir.reports.wording import advice_told, spoken
from orientir.reports.words import STATUS, lowered, sources_in_words
from orientir.similar import Group, Similar, similar_organisations

ISSUES, ADVICE = 8, 6  # what fits on two pages; the rest is counted
_STANDING = {
    Standing.ABOVE: "выше случайного",
    Standing.BELOW: "ниже случайного",
    Standing.WITHIN: "в пределах случайного",
    Standing.TOO_SMALL: "слишком мало детей",
    Standing.UNKNOWN: "",
}


@dataclass(frozen=True)
class Line:
    """An indicator: the organisation by year, pooled, its group and the district, and what it amounts to."""

    title: str
    years: tuple[str, ...]
    pooled: str
    group: str
    district: str
    verdict: str


@dataclass(frozen=True)
class Passport:
    organisation: Organisation
    title: str
    marks: tuple[str, ...]
    context: tuple[tuple[str, str], ...]
    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    sources: str
    issues: tuple[str, ...]
    advice: tuple[str, ...]
    footer: str


def passports(cycle: Cycle, public: bool, chosen: Sequence[str] = ()) -> Iterator[Passport]:
    """One for each reporting organisation (of the chosen ones); a public one is made of a protected cycle."""
    context = Context(cycle, public)
    similar = similar_organisations(cycle.programme, cycle.package, cycle.facts, cycle.periods[-1])
    for place in cycle.package.organisations:
        if place.kind in cycle.programme.reporting_kinds and (not chosen or place.id in chosen):
            yield _Making(context, similar, place).passport()


class _Making:
    def __init__(self, context: Context, similar: Similar, place: Organisation) -> None:
        self.context = context
        self.cycle = context.cycle
        self.values = context.values
        self.similar = similar
        self.place = place
        self.group = similar.group_of(place.id)

    def passport(self) -> Passport:
        cycle = self.cycle
        marks = (SYNTHETIC,) if cycle.package.synthetic else ()
        lines = tuple(line for one in cycle.programme.indicators if (line := self._line(one)))
        return Passport(
            organisation=self.place,
            title=f"Паспорт организации: {self.place.title}",
            marks=(*marks, PUBLIC if self.context.public else INTERNAL),
            context=tuple(self._context()),
            periods=tuple(map(str, cycle.periods)),
            lines=lines,
            sources=self._sources(),
            issues=tuple(self._issues()),
            advice=tuple(self._advice()),
            footer=f"{cycle.programme.title}, {period_name(cycle.periods[-1])}; {day_in_words(cycle.as_of)}",
        )

    # ---- values

    def _value(self, indicator: Indicator, period: Period, organisation: str) -> Value | None:
        return self.values.get(Place(indicator.id, organisation, period))

    def _line(self, indicator: Indicator) -> Line | None:
        """Nothing for an indicator that the organisation never had."""
        years = [self._value(indicator, period, self.place.id) for period in self.cycle.periods]
        if not any(one and one.status in (Status.MEASURED, Status.SUPPRESSED) for one in years):
            return None
        last, district = years[-1], self._value(indicator, self.cycle.periods[-1], self.cycle.package.territory)
        return Line(
            indicator.short,
            tuple(_told(one, indicator) for one in years),
            self._pooled(indicator, years),
            self._group_share(indicator),
            _told(district, indicator),
            self._verdict(last, district),
        )

    def _pooled(self, indicator: Indicator, years: Sequence[Value | None]) -> str:
        """All years together with an interval: in a small school a single year says little."""
        known = [
            one for one in years if one and one.status is Status.MEASURED and one.is_proportion and one.denominator
        ]
        if len(known) < 2:
            return ""
        part, whole = (sum((getattr(one, side) or Decimal(0) for one in known), Decimal(0))
                       for side in ("numerator", "denominator"))  # fmt: skip
        pooled = Value(known[-1].place, part, whole, Status.MEASURED)
        ends = interval(pooled)
        assert pooled.amount is not None
        told = share(pooled.amount, indicator.decimals)
        return f"{told} ({bare_share(ends.low, 0)}–{bare_share(ends.high, 0)})" if ends else told

    def _group_share(self, indicator: Indicator) -> str:
        """The share of the others in the group, as a sum over a sum; nothing where one of them may not be told."""
        others = [one for one in self.group.organisations if one != self.place.id] if self.group else []
        values = [self._value(indicator, self.cycle.periods[-1], one) for one in others]
        if any(one and one.status is Status.SUPPRESSED for one in values):
            return "скрыто"
        known = [one for one in values if one and one.status is Status.MEASURED and one.denominator]
        if not known or not indicator.is_share:
            return ""
        part, whole = (sum((getattr(one, side) or Decimal(0) for one in known), Decimal(0))
                       for side in ("numerator", "denominator"))  # fmt: skip
        return share(part / whole, indicator.decimals)

    def _verdict(self, last: Value | None, district: Value | None) -> str:
        if last is None or last.status is not Status.MEASURED:
            return ""
        change = next((one for one in self.cycle.comparisons
                       if one.now.place == last.place and one.base is Base.LAST), None)  # fmt: skip
        told = {
            Verdict.ROSE: "вырос за год",
            Verdict.FELL: "снизился за год",
            Verdict.WITHIN_CHANCE: "за год — в пределах случайного",
        }
        parts = [
            _STANDING[standing(district, last)] if district else "",
            told.get(change.verdict, "") if change else "",
        ]
        return "; ".join(part for part in parts if part)

    def _sources(self) -> str:
        places = (self.place.id, self.cycle.package.territory)
        values = (one for one in self.cycle.values if one.place.organisation in places)
        return sources_in_words(self.cycle, (one for one in values if one.place.period in self.cycle.periods))

    # ---- words

    def _context(self) -> Iterator[tuple[str, str]]:
        yield "Период", period_name(self.cycle.periods[-1])
        features = self.similar.features.get(self.place.id, {})
        for feature in self.cycle.programme.similarity:
            if feature.id in features:
                value = features[feature.id]
                yield feature.title[:1].upper() + feature.title[1:], self._feature(feature, value)
        yield "Похожие организации", self._neighbours(self.group)

    def _feature(self, feature: Feature, value: Decimal) -> str:
        if feature.denominator:
            return share(value, 0)
        units = {self.cycle.programme.element(term.element).unit for term in feature.numerator}
        return ("да" if value else "нет") if units == {Unit.ORGANISATION} else number(value)

    def _neighbours(self, group: Group | None) -> str:
        if group is None:
            return "группы из трёх и более похожих организаций нет"
        titles = {place.id: place.title for place in self.cycle.package.organisations}
        return ", ".join(titles[one] for one in group.organisations if one != self.place.id)

    def _issues(self) -> Iterator[str]:
        """What the checks say of this organisation alone, the gravest first."""
        owners = {fact.id: fact.organisation for fact in self.cycle.facts}
        found = [
            issue
            for issue in self.cycle.issues
            if issue.facts and issue.severity != "info" and {owners.get(key) for key in issue.facts} == {self.place.id}
        ]
        yield from (f"{issue.where}: {issue.message} {issue.advice}" for issue in found[:ISSUES])
        if len(found) > ISSUES:
            yield f"И ещё {counted(len(found) - ISSUES, 'замечание')}."

    def _advice(self) -> Iterator[str]:
        """Recommendations that have this organisation among their causes."""
        own = [
            one
            for one in self.cycle.recommendations
            if any(cause.value.place.organisation == self.place.id for cause in one.causes)
        ]
        titles = {audience.id: audience.title for audience in self.cycle.programme.audiences}
        for one in own[:ADVICE]:
            owner = self.cycle.programme.title_of("roles", one.owner).lower()
            told = lowered(spoken(advice_told(self.context, one)))
            yield f"{titles[one.audience]}: {told} Отвечает: {owner}; срок — {day_in_words(one.due)}."


def _told(value: Value | None, indicator: Indicator) -> str:
    """«57,5 % (46 из 80)», a count, or why there is none."""
    if value is None:
        return "нет данных"
    if value.status is Status.SUPPRESSED:
        return "скрыто"
    if value.amount is None or value.numerator is None:
        return STATUS[value.status]
    if not value.is_share or value.denominator is None:
        return number(value.amount)
    return f"{share(value.amount, indicator.decimals)} ({number(value.numerator)} из {number(value.denominator)})"
