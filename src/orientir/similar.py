"""Organisations that are alike: groups in which a comparison is fair.

Each organisation is described by the programme's features (`similarity`), every one divided by what counts as one step
apart. The distance of two organisations is the root of the mean square of their differences over the features that both
have. Groups are made by complete linkage (Sørensen, 1948): within a group no two are more than one and a half steps
apart. A group of fewer than three is no group: a comparison with one neighbour is a comparison of two names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log, sqrt

from orientir.engines.memory import holds
from orientir.model.indicators import Term
from orientir.model.package import Fact, Package
from orientir.model.periods import Period
from orientir.model.programme import Feature, Programme

APART = 1.5  # steps; beyond this two organisations are not alike
SMALLEST = 3
FARTHEST = 100.0  # stands for «nothing in common to be compared by»

Features = Mapping[str, Decimal]


@dataclass(frozen=True)
class Group:
    """Organisations that are alike, and the least and the greatest of each feature among them."""

    number: int
    organisations: tuple[str, ...]
    ranges: Mapping[str, tuple[Decimal, Decimal]]


@dataclass(frozen=True)
class Similar:
    """Groups by size of their first member; `alone` are organisations without a group."""

    groups: tuple[Group, ...]
    alone: tuple[str, ...]
    features: Mapping[str, Features]

    def group_of(self, organisation: str) -> Group | None:
        return next((one for one in self.groups if organisation in one.organisations), None)


def similar_organisations(programme: Programme, package: Package, facts: Sequence[Fact], period: Period) -> Similar:
    """Groups among the reporting organisations, by their features in the period; empty without features."""
    places = [place.id for place in package.organisations if place.kind in programme.reporting_kinds]
    features = _features(programme, package, facts, period)
    known = [place for place in places if features.get(place)]
    found = _clusters(known, features, programme.similarity) if len(known) >= SMALLEST else []
    large = [members for members in found if len(members) >= SMALLEST]
    grouped = {place for members in large for place in members}
    groups = tuple(Group(number, tuple(members), _ranges(members, features)) for number, members in enumerate(large, 1))
    return Similar(groups, tuple(place for place in known if place not in grouped), features)


def _features(
    programme: Programme, package: Package, facts: Sequence[Fact], period: Period
) -> dict[str, dict[str, Decimal]]:
    own = _best(package, facts, period)
    found: dict[str, dict[str, Decimal]] = {}
    for place, cells in own.items():
        values = {feature.id: _value(feature, cells) for feature in programme.similarity}
        found[place] = {key: value for key, value in values.items() if value is not None}
    return found


def _best(package: Package, facts: Sequence[Fact], period: Period) -> dict[str, list[Fact]]:
    """Each known cell of each organisation once, from the best of its sources."""
    ranks = {source.id: source.rank for source in package.sources}
    best: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = (fact.organisation, fact.element, fact.breakdown)
        if fact.period != period or fact.value is None:
            continue
        if key not in best or ranks[fact.source] < ranks[best[key].source]:
            best[key] = fact
    by_place: dict[str, list[Fact]] = defaultdict(list)
    for fact in best.values():
        by_place[fact.organisation].append(fact)
    return by_place


def _value(feature: Feature, facts: Sequence[Fact]) -> Decimal | None:
    left = _sum(feature.numerator, facts)
    if not feature.denominator:
        return left
    right = _sum(feature.denominator, facts)
    return left / right if left is not None and right else None


def _sum(terms: Sequence[Term], facts: Sequence[Fact]) -> Decimal | None:
    total = Decimal(0)
    for term in terms:
        values = [fact.value for fact in facts if fact.element == term.element and fact.value is not None
                  and (term.where is None or holds(term.where, dict(fact.breakdown)))]  # fmt: skip
        if not values:
            return None
        total += term.weight * sum(values, Decimal(0))
    return total


def _distance(one: Features, other: Features, features: Sequence[Feature]) -> float:
    gaps = [_gap(feature, one[feature.id], other[feature.id])
            for feature in features if feature.id in one and feature.id in other]  # fmt: skip
    return sqrt(sum(gap * gap for gap in gaps) / len(gaps)) if gaps else FARTHEST


def _gap(feature: Feature, one: Decimal, other: Decimal) -> float:
    if feature.ratio_scale:
        return (log(float(one) + 1) - log(float(other) + 1)) / float(feature.scale)
    return float((one - other) / feature.scale)


def _clusters(places: Sequence[str], features: Mapping[str, Features], rules: Sequence[Feature]) -> list[list[str]]:
    """Complete linkage: two groups join while their farthest members are near enough."""
    from scipy.cluster.hierarchy import fcluster, linkage

    pairs = [
        _distance(features[one], features[other], rules)
        for number, one in enumerate(places)
        for other in places[number + 1 :]
    ]
    labels = fcluster(linkage(pairs, "complete"), APART, "distance")
    groups: dict[int, list[str]] = {}
    for place, label in zip(places, labels, strict=True):
        groups.setdefault(int(label), []).append(place)
    return list(groups.values())


def _ranges(members: Sequence[str], features: Mapping[str, Features]) -> dict[str, tuple[Decimal, Decimal]]:
    keys = dict.fromkeys(key for place in members for key in features[place])
    values = {key: [features[place][key] for place in members if key in features[place]] for key in keys}
    return {key: (min(own), max(own)) for key, own in values.items()}
