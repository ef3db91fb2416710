"""Groups of organisations that are alike."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from smallest import PACKAGE, PROGRAMME, fact, subject

from orientir.model.indicators import Term
from orientir.model.package import Fact, Organisation
from orientir.model.programme import Feature
from orientir.similar import Similar, similar_organisations

SIZE = Feature("size", "читатели", (Term("readers"),), scale=Decimal("0.7"), ratio_scale=True)
DENSITY = Feature("density", "доля", (Term("readers"),), (Term("residents"),), scale=Decimal("0.1"))
NAMES = ("a", "b", "c", "d")
PLACES = (PACKAGE.organisations[0], *(Organisation(name, name, "library", "area") for name in NAMES))


def grouped(facts: list[Fact], *features: Feature) -> Similar:
    one = subject(facts, replace(PROGRAMME, similarity=features), organisations=PLACES)
    return similar_organisations(one.programme, one.package, one.facts, one.periods[-1])


def sizes(*values: int) -> list[Fact]:
    return [fact("readers", value, organisation=name) for name, value in zip(NAMES, values, strict=True)]


def test_those_near_each_other_are_a_group_and_the_far_one_is_alone() -> None:
    found = grouped(sizes(100, 120, 140, 2000), SIZE)
    assert [group.organisations for group in found.groups] == [("a", "b", "c")]
    assert found.alone == ("d",)


def test_two_are_no_group() -> None:
    found = grouped(sizes(100, 110, 2000, 2200), SIZE)
    assert found.groups == ()
    assert set(found.alone) == set(NAMES)


def test_group_tells_the_range_of_what_it_has_in_common() -> None:
    found = grouped(sizes(100, 120, 140, 2000), SIZE)
    assert found.groups[0].ranges == {"size": (Decimal(100), Decimal(140))}


def test_organisation_is_compared_by_the_features_that_it_has() -> None:
    facts = [
        *sizes(100, 120, 140, 130),
        fact("residents", 1000, organisation="a"),
        fact("residents", 900, organisation="b"),
    ]
    (group,) = grouped(facts, SIZE, DENSITY).groups
    assert set(group.organisations) == set(NAMES)


def test_organisation_of_which_nothing_is_known_is_in_no_group() -> None:
    found = grouped(sizes(100, 120, 140, 130)[:3], SIZE)
    assert "d" not in found.features
    assert found.groups[0].organisations == ("a", "b", "c")


def test_programme_without_features_has_no_groups() -> None:
    assert grouped(sizes(1, 2, 3, 4)).groups == ()
