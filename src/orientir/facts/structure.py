"""Reorganisations: the years before a merger, told under the organisations of today.

Counts of a closed organisation are added to those of its last successor. A sum is known only where everyone who
existed and was asked has given his part. A split is not computed: nobody knows whose pupils were whose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from orientir.facts.merging import Member, Merging
from orientir.facts.relation import ancestors
from orientir.model.desk import Desk, Structure
from orientir.model.package import Fact, Organisation, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme


def in_structure(
    structure: Structure,
    package: Package,
    programme: Programme,
    decided: tuple[tuple[Fact, ...], Desk],
    day: date,
) -> tuple[Package, tuple[Fact, ...], Desk]:
    """The package, the facts that count and the desk under this structure; `day` says who is closed by now."""
    facts, desk = decided
    successors = last_successors(package, day) if structure is Structure.NOW else {}
    if not successors:
        return package, facts, desk
    moving = _Moving(package, programme, successors)
    kept = tuple(moving.counted(facts))
    aside = desk.aside + tuple(moving.aside)
    desk = replace(desk, aside=aside, parts=moving.merging.parts, successors=successors)
    return _reorganised(package, successors), kept, desk


# ---- who follows whom


def last_successors(package: Package, day: date) -> dict[str, str]:
    """The closed organisations of the territory, each with the last of the successors that took it in turn.

    One whose succession runs in a circle, leads out of the territory, or up or down its own branch has none: what it
    counted is counted there already, or nobody can say where.
    """
    places = {place.id: place for place in package.organisations}
    parents = {place.id: place.parent for place in package.organisations}
    found: dict[str, str] = {}
    for place in package.organisations:
        chain = list(successions(place.id, places, day))
        last = chain[-1] if chain else ""
        if not last or last in chain[:-1] or last == place.id:
            continue
        above, own = set(ancestors(last, parents)), set(ancestors(place.id, parents))
        if package.territory in above & own and last not in own and place.id not in above:
            found[place.id] = last
    return found


def successions(start: str, places: Mapping[str, Organisation], day: date) -> Iterator[str]:
    """The successors of a closed organisation one after another; one that comes again is the last."""
    seen = {start}
    step = places[start]
    while is_closed(step, day) and step.successor in places:
        step = places[step.successor]
        yield step.id
        if step.id in seen:
            return
        seen.add(step.id)


def is_closed(place: Organisation, day: date) -> bool:
    return place.valid_to is not None and place.valid_to < day


def _reorganised(package: Package, successors: Mapping[str, str]) -> Package:
    """Closed organisations leave the tree, what was below them goes to their successors, who have been there all along.

    They stay in the list: registers and documents name them.
    """
    merged: dict[str, list[Organisation]] = defaultdict(list)
    for place in package.organisations:
        merged[successors.get(place.id, place.id)].append(place)
    organisations = tuple(
        replace(place, parent="")
        if place.id in successors
        else replace(place, parent=successors.get(place.parent, place.parent), valid_from=_earliest(merged[place.id]))
        for place in package.organisations
    )
    actions = tuple(
        replace(one, organisations=tuple(dict.fromkeys(successors.get(key, key) for key in one.organisations)))
        for one in package.actions
    )
    return replace(package, organisations=organisations, actions=actions)


def _earliest(places: Sequence[Organisation]) -> date | None:
    """Since when the first of them has been there; None is since ever."""
    days = [place.valid_from for place in places]
    known = [day for day in days if day is not None]
    return min(known) if len(known) == len(days) else None


# ---- where the facts go


class _Moving:
    def __init__(self, package: Package, programme: Programme, successors: Mapping[str, str]) -> None:
        self._successors = successors
        self._places = {place.id: place for place in package.organisations}
        self._reporting = set(programme.reporting_kinds)
        self._members: dict[str, list[str]] = defaultdict(list)
        for place in package.organisations:
            if place.id in successors or place.id in set(successors.values()):
                self._members[successors.get(place.id, place.id)].append(place.id)
        dimensions = tuple(dimension.id for dimension in programme.dimensions)
        self.merging = Merging({source.id: source.rank for source in package.sources}, dimensions)
        self.aside: list[Fact] = []

    def counted(self, facts: Sequence[Fact]) -> Iterator[Fact]:
        """Facts of organisations without changes as they are, then those of successors with all that they took in."""
        groups: dict[tuple[str, str, Period], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        for fact in facts:
            last = self._successors.get(fact.organisation, fact.organisation)
            if last in self._members:
                groups[last, fact.element, fact.period][fact.organisation].append(fact)
            else:
                yield fact
        for (last, _, period), given in sorted(groups.items(), key=lambda group: group[0]):
            yield from self._moved(last, period, given)

    def _moved(self, last: str, period: Period, given: Mapping[str, list[Fact]]) -> Iterator[Fact]:
        silent = [key for key in self._members[last] if key not in given and self._is_expected(key, period)]
        if list(given) == [last] and not silent:
            yield from given[last]
            return
        if len(given) == 1 and not silent:
            ((key, rows),) = given.items()
            note = f"Сведения организации {self._title(key)}: она присоединена к {self._title(last)}."
            yield from (replace(one, organisation=last, note=_joined(one.note, note)) for one in rows)
            return
        self.aside += [one for rows in given.values() for one in rows]
        members = [Member(self._title(key), rows) for key, rows in given.items()]
        yield from self.merging.merged(last, members, [self._title(key) for key in silent])

    def _title(self, key: str) -> str:
        return self._places[key].title

    def _is_expected(self, key: str, period: Period) -> bool:
        """As coverage has it: it was there on the last day of the period, and its kind reports."""
        place, last = self._places[key], period.last_day
        begun = place.valid_from is None or place.valid_from <= last
        return place.kind in self._reporting and begun and (place.valid_to is None or place.valid_to >= last)


def _joined(*notes: str) -> str:
    return " ".join(note for note in notes if note)
