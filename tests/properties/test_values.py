"""What holds for the values of any district."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orientir.engines.memory import MemoryEngine
from orientir.errors import PackageError
from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within
from orientir.model.indicators import Term
from orientir.model.package import Fact
from orientir.model.results import Place, Value
from orientir.model.status import CellState, Status
from properties.cases import PERIODS, UNRELATED, Case, cases, contents, fact, tidy_cases


def outcome(case: Case) -> tuple[Value, ...] | None:
    """The values; None where something is to be divided by nothing."""
    try:
        return case.values(MemoryEngine())
    except PackageError:
        return None


def by_place(case: Case) -> dict[Place, Value]:
    return {value.place: value for value in case.values(MemoryEngine())}


def with_facts(case: Case, facts: Sequence[Fact]) -> Case:
    return replace(case, package=replace(case.package, facts=tuple(facts)))


@given(case=tidy_cases(gaps=False))
def test_parts_sum_to_the_whole(case: Case) -> None:
    values = by_place(case)
    for place, whole in values.items():
        if not place.breakdown and whole.status is Status.MEASURED:
            parts = [
                one for one in values.values() if one.place.breakdown and replace(one.place, breakdown="") == place
            ]
            assert sum((part.numerator or 0) for part in parts) == whole.numerator
            assert sum((part.denominator or 0) for part in parts) == whole.denominator


@given(case=tidy_cases(), data=st.data())
def test_missing_facts_never_raise_a_numerator(case: Case, data: st.DataObject) -> None:
    kept = [one for one in case.package.facts if data.draw(st.booleans())]
    forgotten = [
        one if one in kept else replace(one, value=None, state=CellState.NOT_REPORTED) for one in case.package.facts
    ]
    before = by_place(case)
    for place, value in by_place(with_facts(case, forgotten)).items():
        if value.numerator is not None:
            assert value.numerator <= (before[place].numerator or 0)


@given(case=cases(), data=st.data())
def test_order_of_facts_changes_nothing(case: Case, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(case.package.facts))
    assert outcome(with_facts(case, shuffled)) == outcome(case)


@given(case=cases(), content=contents())
def test_unrelated_fact_changes_nothing(case: Case, content: tuple[Decimal | None, CellState]) -> None:
    other = fact(1000, (UNRELATED, "a", PERIODS[0], (), "form"), content)
    assert outcome(with_facts(case, [*case.package.facts, other])) == outcome(case)


@given(case=cases())
def test_facts_of_a_value_sum_to_it(case: Case) -> None:
    facts = {one.id: one for one in case.package.facts}
    for value in outcome(case) or ():
        if value.status is Status.MEASURED:
            used = [facts[key] for key in value.facts]
            indicator = case.programme.indicator(value.place.indicator)
            assert value.numerator == by_hand(used, value.place, indicator.numerator)
            assert not indicator.is_share or value.denominator == by_hand(used, value.place, indicator.denominator)


def by_hand(facts: Sequence[Fact], place: Place, terms: tuple[Term, ...]) -> Decimal:
    """Each cell once, whatever the number of sources that give it."""
    total = Decimal(0)
    for term in terms:
        counted = {_cell(one): one.value for one in facts if one.value is not None and _counts(one, place, term)}
        total += term.weight * sum(counted.values(), Decimal(0))
    return total


def _cell(one: Fact) -> tuple[object, ...]:
    return one.element, one.organisation, one.period, one.breakdown


def _counts(one: Fact, place: Place, term: Term) -> bool:
    members = dict(one.breakdown)
    if one.element != term.element or one.period != place.period.shifted(term.shift):
        return False
    cut, _, member = place.breakdown.partition("=")
    return members.get(cut, "") == member and (term.where is None or holds(term.where, members) is True)


def holds(condition: Condition, members: dict[str, str]) -> bool | None:
    """The meaning of a condition, written without the engines: None where a member is not named."""
    match condition:
        case OneOf(field=field, values=values):
            return members[field] in values if field in members else None
        case Within(field=field, low=low, high=high):
            member = members.get(field, "")
            return low <= int(member) <= high if member.isdigit() else None
        case Not(part=part):
            inner = holds(part, members)
            return None if inner is None else not inner
        case AllOf(parts=parts):
            answers = [holds(part, members) for part in parts]
            return False if False in answers else None if None in answers else True
        case AnyOf(parts=parts):
            answers = [holds(part, members) for part in parts]
            return True if True in answers else None if None in answers else False
