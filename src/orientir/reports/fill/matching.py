"""How like a title of the programme the labels of a cell are. Which like one is good enough, proposals decides.

Both are sets of words; rare words weigh more. A title must be found in the labels (recall), and the cell's own labels
must not say more than the title (precision); grades that differ speak against it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from orientir.model.indicators import Indicator, IndicatorKind
from orientir.model.programme import Programme
from orientir.reports.fill.targets import Breakdown, Part, Target
from orientir.reports.fill.words import words

_BY_DIMENSION = re.compile(r",?\s+по (?:уровням|классам|профилям|предметам|месту)\b[^,]*")
_UNKNOWN_WEIGHT = 1.5  # of a word that no title has
_FAR = 0.7  # how much a word of a caption counts beside one of a heading
_OTHER_GRADE = 0.55
# Words of sections that narrow nothing; «сельская местность» does, and makes a proposal doubtful.
_STYLE = frozenset("работа информация мониторинг деятельность образование форма результат профориентация".split())


@dataclass(frozen=True)
class Said:
    """The words of a cell's labels: its own (row, headings), those around (section, parent row), those far above."""

    own: frozenset[str]
    near: frozenset[str] = frozenset()
    far: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """`meaning` is equal for two targets that are one number (an element and a numerator made of it alone).

    `unsaid` are words of the labels that the title does not have and that may narrow it: «девочек», «на бюджет».
    """

    target: Target
    breakdown: Breakdown
    score: float
    meaning: str
    unsaid: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Entry:
    target: Target
    titles: tuple[frozenset[str], ...]
    dimensions: tuple[str, ...]
    meaning: str
    by_member: tuple[frozenset[str], ...] = ()  # the titles without «по уровням …», for where a level is named


class Matcher:
    """The titles of a programme, weighed once; then asked for every cell."""

    def __init__(self, programme: Programme) -> None:
        self._members = {
            one.id: [(member.id, frozenset(words(member.title))) for member in one.members]
            for one in programme.dimensions
        }
        self._counts = [*_elements(programme), *_indicators(programme, Part.NUMBER)]
        self._parts = {part: list(_indicators(programme, part)) for part in (Part.SHARE, *_COUNTED)}
        self._known: dict[tuple[Said, Part], list[Match]] = {}
        titles = [title for entry in (*self._counts, *self._parts[Part.SHARE]) for title in entry.titles]
        used = Counter(word for title in titles for word in title)
        self._weights = {word: math.log((len(titles) + 1) / (count + 0.5)) for word, count in used.items()}

    def matches(self, said: Said, part: Part) -> list[Match]:
        """The best first, each meaning once; `part` WHOLE asks for elements and counts."""
        key = (said, part)
        if key not in self._known:  # rows of schools ask the same under every heading
            self._known[key] = self._found(said, part)
        return self._known[key]

    def _found(self, said: Said, part: Part) -> list[Match]:
        entries = self._counts if part is Part.WHOLE else self._parts[part]
        best: dict[tuple[str, Breakdown], Match] = {}
        for entry in entries:
            match = self._match(entry, said)
            key = (match.meaning, match.breakdown)
            if match.score > best.get(key, _NONE).score:
                best[key] = match
        return sorted(best.values(), key=lambda one: (-one.score, one.target.code))

    def _match(self, entry: _Entry, said: Said) -> Match:
        near = said.own | said.near
        found = [(name, *self._member(name, near)) for name in entry.dimensions]
        breakdown = tuple(sorted((name, member) for name, member, _ in found if member))
        spent = frozenset(word for _, _, used in found for word in used)
        titles = entry.by_member if spent and entry.by_member else entry.titles
        score, title = max(((self._score(title, said, spent - title), title) for title in titles), key=_by_score)
        around = said.near - spent - title - _STYLE
        return Match(entry.target, breakdown, score, entry.meaning, (said.own - spent - title) | around)

    def _member(self, dimension: str, near: Collection[str]) -> tuple[str, frozenset[str]]:
        """The member of which the labels hold every word; of several the one with most words."""
        fits = [(key, used) for key, used in self._members[dimension] if used and used <= set(near)]
        best = max(fits, key=lambda one: len(one[1]), default=("", frozenset[str]()))
        is_clear = sum(len(used) == len(best[1]) for _, used in fits) == 1
        return best if is_clear else ("", frozenset())

    def _score(self, title: frozenset[str], said: Said, spent: frozenset[str]) -> float:
        own, near = said.own - spent, said.near - spent
        asked = own or near
        common = asked & title
        if not common:
            return 0.0
        # A word that other titles have says that another thing is meant; one that none has may be the form's own style.
        other = self._weight(word for word in asked - title if word in self._weights)
        precision = self._weight(common) / (self._weight(asked) + other)
        far = (said.far & title) - own - near
        recall = (self._weight(title & (own | near)) + _FAR * self._weight(far)) / self._weight(title)
        return _grades(title, own, near) * 2 * precision * recall / (precision + recall)

    def _weight(self, found: Iterable[str]) -> float:
        return sum(self._weights.get(word, _UNKNOWN_WEIGHT) for word in found) or 1e-9


def _by_score(scored: tuple[float, frozenset[str]]) -> float:
    return scored[0]


_COUNTED = (Part.NUMERATOR, Part.DENOMINATOR)
_NONE = Match(Target(""), (), 0.0, "")


def _grades(title: frozenset[str], own: frozenset[str], near: frozenset[str]) -> float:
    """Other grades are another population."""
    meant = {word for word in title if word[0].isdigit()}
    said = {word for word in own if word[0].isdigit()} or {word for word in near if word[0].isdigit()}
    return 1.0 if meant == said else 0.9 if not said else _OTHER_GRADE


def _elements(programme: Programme) -> Iterator[_Entry]:
    for element in programme.elements:
        whole, by_member = (frozenset(words(title)) for title in (element.title, _BY_DIMENSION.sub("", element.title)))
        yield _Entry(Target(element.id), (whole,), element.dimensions, element.id, (by_member,))


def _indicators(programme: Programme, part: Part) -> Iterator[_Entry]:
    for one in programme.indicators:
        if one.kind is not IndicatorKind.UNDEFINED and one.is_share == (part is not Part.NUMBER):
            titles = tuple(frozenset(words(title)) for title in (one.title, one.short))
            yield _Entry(Target(one.id, part), titles, one.breakdowns, _meaning(one, part))


def _meaning(indicator: Indicator, part: Part) -> str:
    """The element, where the part is nothing but it."""
    terms: Sequence[object] = ()
    if part in (Part.NUMBER, Part.NUMERATOR):
        terms = indicator.numerator
    elif part is Part.DENOMINATOR:
        terms = indicator.denominator
    if len(terms) == 1:
        term = (indicator.denominator if part is Part.DENOMINATOR else indicator.numerator)[0]
        if term.where is None and term.weight == 1 and not term.shift:
            return term.element
    return f"{indicator.id}.{part}"
