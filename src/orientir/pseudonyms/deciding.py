"""Which probable pairs are linked at once, which a person has to look at, and which are none.

Precision comes before recall: a wrong link is an error in a pupil's record, a missing one is a row less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from orientir.pseudonyms.keys import Key
from orientir.pseudonyms.linking import Pair, probable_pairs
from orientir.pseudonyms.persons import TRUST, Person

SURE = 0.99
MARGIN = 6.0  # bits between the best pair and the next: of two that fit nearly alike neither is chosen
DOUBTFUL = 0.2


@dataclass(frozen=True)
class Doubt:
    """A pair for a person to decide; `answer` is what was said: True, False, or None for nothing yet."""

    id: str
    probability: float
    left: Person
    right: Person
    answer: bool | None = None


@dataclass
class Linked:
    """How persons were brought together."""

    automatic: int = 0
    confirmed: int = 0
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def unanswered(self) -> int:
        return sum(doubt.answer is None for doubt in self.doubts)


def link(persons: Sequence[Person], key: Key, answers: Mapping[str, bool]) -> tuple[list[Person], Linked]:
    """The persons after linking; rows of a linked one are with the person of the base table, under one key."""
    base = next((table for table in TRUST[:2] if any(table in one.tables for one in persons)), "")
    left = [one for one in persons if base in one.tables]
    right = [one for one in persons if base not in one.tables]
    if not left or not right:
        return list(persons), Linked()
    told = Linked()
    gained: dict[int, list[Person]] = defaultdict(list)
    for choice in _choices(left, right, persons, base):
        doubts = [_doubt(pair, left, right, key, answers) for pair in choice]
        yes = [(pair, doubt) for pair, doubt in zip(choice, doubts, strict=True) if doubt.answer]
        if yes:
            told.confirmed += 1
            told.doubts += doubts
            gained[yes[0][0].left].append(right[yes[0][0].right])
        elif _is_sure(choice, left, right) and doubts[0].answer is None:
            told.automatic += 1
            gained[choice[0].left].append(right[choice[0].right])
        else:
            told.doubts += [one for one in doubts if one.probability >= DOUBTFUL or one.answer is not None]
    return _merged(left, right, gained), told


def _choices(left: Sequence[Person], right: Sequence[Person], persons: Sequence[Person], base: str) -> list[list[Pair]]:
    """For each person without a row in the base table, the pairs with those who have one, the likeliest first.

    The model learns from everybody: those who are linked by their key already show what slips look like.
    """
    known = [Person(one.key, rest) for one in persons if base in one.tables
             if (rest := [row for row in one.rows if row.table != base])]  # fmt: skip
    others = [*right, *known]
    pairs = probable_pairs([one.identity for one in left], [one.identity for one in others])
    wanted = [pair for pair in pairs if pair.right < len(right) and _may_be_one(left[pair.left], right[pair.right])]
    return [list(group) for _, group in groupby(wanted, key=lambda pair: pair.right)]


def _may_be_one(one: Person, other: Person) -> bool:
    numbers = {one.identity.snils, other.identity.snils} - {""}
    return len(numbers) < 2


def _is_sure(choice: Sequence[Pair], left: Sequence[Person], right: Sequence[Person]) -> bool:
    """Learned, probable, far ahead of the next, of like names, and no second row where a pupil mostly has one."""
    best = choice[0]
    rivals = [pair.weight for pair in choice[1:]]
    ahead = not rivals or best.weight - max(rivals) >= MARGIN
    taken = "admission" in left[best.left].tables & right[best.right].tables
    return best.learned and best.probability >= SURE and ahead and best.names_agree and not taken


def _doubt(pair: Pair, left: Sequence[Person], right: Sequence[Person], key: Key, answers: Mapping[str, bool]) -> Doubt:
    one, other = left[pair.left], right[pair.right]
    name = key.pair(_signature(one), _signature(other))
    return Doubt(name, pair.probability, one, other, answers.get(name))


def _signature(person: Person) -> str:
    who = person.identity
    return person.key or f"{who.letters}:{who.school}:{who.grade}"


def _merged(left: Sequence[Person], right: Sequence[Person], gained: Mapping[int, Sequence[Person]]) -> list[Person]:
    """A SNILS, on whichever side it stands, makes the key of the whole."""
    taken = {id(one) for some in gained.values() for one in some}
    found = []
    for number, person in enumerate(left):
        new = gained.get(number, ())
        keys = [person.key, *(one.key for one in new)]
        key = next((one for one in keys if one.startswith("snils:")), next(filter(None, keys), ""))
        found.append(Person(key, [*person.rows, *(row for one in new for row in one.rows)]))
    return [*found, *(one for one in right if id(one) not in taken)]
