"""Small numbers: a count of 1 to 4 persons, and whatever would give it away, is hidden in anything published.

Applied last, to a whole cycle: the public document is built from what this module returns and from nothing else.
Primary suppression hides small counts (also the few who are left out of a share); complementary suppression hides one
more number wherever a sum with a single hidden part would reveal it: by breakdown, by organisation, by formula.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from orientir.model.cycle import Cycle
from orientir.model.package import Package
from orientir.model.programme import Indicator, Programme, Term, Unit
from orientir.model.results import Comparison, Effect, Finding, Issue, Place, Recommendation, Value, Verdict
from orientir.model.status import Status

SMALLEST, LARGEST = Decimal(1), Decimal(4)
REASON = "скрыто: малая численность"
_HIDDEN_MESSAGE = "Числа скрыты: по ним можно узнать малую численность."

Formula = tuple[Term, ...]


@dataclass(frozen=True)
class Count:
    """A printed count: a sum of terms in one place, whatever indicator prints it."""

    terms: Formula
    organisation: str
    period: int
    breakdown: str


Equation = tuple[Count, ...]  # the first is the sum of the others


def protect(cycle: Cycle) -> Cycle:
    """The same cycle with small numbers, and what would give them away, hidden."""
    counts = _counts(cycle)
    hidden = _primary(cycle, counts)
    _complement(hidden, counts, list(_equations(cycle, counts)))
    values = {value.place: _protected(cycle.programme, value, hidden) for value in cycle.values}
    masked = {place for place, value in values.items() if value.status is Status.SUPPRESSED}
    veil = _Veil(values, masked)
    return replace(
        cycle,
        package=_package(cycle.package),
        issues=tuple(_issue(one, _facts(cycle, masked)) for one in cycle.issues),
        values=tuple(values[value.place] for value in cycle.values),
        comparisons=tuple(veil.comparison(one) for one in cycle.comparisons),
        findings=tuple(veil.finding(one) for one in cycle.findings),
        recommendations=tuple(veil.recommendation(one) for one in cycle.recommendations),
        effects=tuple(veil.effect(one) for one in cycle.effects),
    )


# ---- which counts are hidden


def _key(place: Place, terms: Formula) -> Count:
    return Count(terms, place.organisation, place.period.start, place.breakdown)


def _counts(cycle: Cycle) -> dict[Count, Decimal]:
    counts: dict[Count, Decimal] = {}
    for value in cycle.values:
        indicator = cycle.programme.indicator(value.place.indicator)
        for terms, number in ((indicator.numerator, value.numerator), (indicator.denominator, value.denominator)):
            if terms and number is not None:
                counts[_key(value.place, terms)] = number
    return counts


def _is_small(number: Decimal) -> bool:
    return SMALLEST <= number <= LARGEST


def _of_persons(programme: Programme, terms: Formula) -> bool:
    return any(programme.element(term.element).unit is Unit.PERSON for term in terms)


def _primary(cycle: Cycle, counts: Mapping[Count, Decimal]) -> set[Count]:
    programme = cycle.programme
    hidden = {count for count, number in counts.items() if _is_small(number) and _of_persons(programme, count.terms)}
    for value in cycle.values:
        indicator = programme.indicator(value.place.indicator)
        if _leaves_few(programme, indicator, value):
            hidden.add(_key(value.place, indicator.numerator))
    return hidden


def _leaves_few(programme: Programme, indicator: Indicator, value: Value) -> bool:
    """So many of the whole are in the part that the few who are not stand out."""
    if value.numerator is None or value.denominator is None or not indicator.part_of_whole:
        return False
    return _of_persons(programme, indicator.numerator) and _is_small(value.denominator - value.numerator)


def _equations(cycle: Cycle, counts: Mapping[Count, Decimal]) -> Iterator[Equation]:
    """Sums that a reader could subtract from: by breakdown, by organisation, by formula."""
    parents = {place.id: place.parent for place in cycle.package.organisations}
    by_cut: dict[Count, dict[str, list[Count]]] = defaultdict(lambda: defaultdict(list))
    below: dict[Count, list[Count]] = defaultdict(list)
    for count in counts:
        if count.breakdown:
            by_cut[replace(count, breakdown="")][count.breakdown.partition("=")[0]].append(count)
        for above in _above(count.organisation, parents):
            below[replace(count, organisation=above)].append(count)
        if len(count.terms) > 1:
            yield (count, *(replace(count, terms=(replace(term, weight=1),)) for term in count.terms))
    yield from ((whole, *parts) for whole, cuts in by_cut.items() for parts in cuts.values())
    yield from ((whole, *parts) for whole, parts in below.items())


def _above(organisation: str, parents: Mapping[str, str]) -> Iterator[str]:
    above = parents.get(organisation, "")
    while above:
        yield above
        above = parents.get(above, "")


def _complement(hidden: set[Count], counts: Mapping[Count, Decimal], equations: Sequence[Equation]) -> None:
    """Hide one more wherever a single hidden term could be computed from the rest, until nothing changes."""
    known = [tuple(one for one in equation if one in counts) for equation in equations if equation[0] in counts]
    changed = True
    while changed:
        changed = False
        for equation in known:
            if sum(one in hidden for one in equation) == 1 and len(equation) > 1:
                hidden.add(_next_to_hide(equation, hidden, counts))
                changed = True


def _next_to_hide(equation: Equation, hidden: set[Count], counts: Mapping[Count, Decimal]) -> Count:
    """The least of the visible parts that says anything; the whole only where no part is left."""
    visible = [one for one in equation[1:] if one not in hidden and counts[one]]
    visible = visible or [one for one in equation if one not in hidden]
    return min(visible, key=lambda one: (counts[one], one.organisation, one.breakdown))


# ---- what is left to show


def _protected(programme: Programme, value: Value, hidden: set[Count]) -> Value:
    indicator = programme.indicator(value.place.indicator)
    part = _key(value.place, indicator.numerator) in hidden
    whole = bool(indicator.denominator) and _key(value.place, indicator.denominator) in hidden
    if value.numerator is None or not (part or whole):
        return value
    denominator = None if whole else value.denominator
    return replace(value, numerator=None, denominator=denominator, status=Status.SUPPRESSED, reason=REASON)


def _facts(cycle: Cycle, masked: set[Place]) -> set[str]:
    """The facts that went into a hidden part, and the small ones themselves."""
    elements = {
        place: {term.element for term in cycle.programme.indicator(place.indicator).numerator} for place in masked
    }
    by_id = {fact.id: fact for fact in cycle.facts}
    found = {
        key
        for value in cycle.values
        if value.place in masked
        for key in value.facts
        if by_id[key].element in elements[value.place]
    }
    units = {element.id: element.unit for element in cycle.programme.elements}
    small = {
        fact.id
        for fact in cycle.facts
        if fact.value is not None and _is_small(fact.value) and units[fact.element] is Unit.PERSON
    }
    return found | small


def _issue(issue: Issue, hidden: set[str]) -> Issue:
    return replace(issue, message=_HIDDEN_MESSAGE, facts=()) if hidden & set(issue.facts) else issue


def _package(package: Package) -> Package:
    activities = tuple(
        replace(one, value=None) if one.unit == Unit.PERSON and one.value is not None and _is_small(one.value) else one
        for one in package.activities
    )
    events = tuple(
        replace(one, participants=None) if one.participants and _is_small(Decimal(one.participants)) else one
        for one in package.events
    )
    return replace(package, activities=activities, events=events)


class _Veil:
    """Replaces values by their protected selves wherever a result carries one."""

    def __init__(self, values: Mapping[Place, Value], masked: set[Place]) -> None:
        self._values = values
        self._masked = masked

    def value(self, value: Value) -> Value:
        return self._values.get(value.place, value)

    def comparison(self, one: Comparison) -> Comparison:
        now, then = self.value(one.now), self.value(one.then)
        if {now.place, then.place} & self._masked:
            return Comparison(now, then, one.base, None, None, None, Verdict.MISSING, REASON)
        return replace(one, now=now, then=then)

    def finding(self, one: Finding) -> Finding:
        comparison = self.comparison(one.comparison) if one.comparison else None
        return replace(one, value=self.value(one.value), comparison=comparison)

    def recommendation(self, one: Recommendation) -> Recommendation:
        return replace(one, causes=tuple(self.finding(cause) for cause in one.causes))

    def effect(self, one: Effect) -> Effect:
        before = self.value(one.before) if one.before else None
        after = self.value(one.after) if one.after else None
        comparison = self.comparison(one.comparison) if one.comparison else None
        return replace(one, before=before, after=after, comparison=comparison)
