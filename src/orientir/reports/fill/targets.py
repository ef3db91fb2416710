"""What may be written into a cell: an indicator's share or counts, an element, the name of the territory or the year.

A target has a code that people read in a list («… [college_9.доля]») and may type. Which target a cell wants is found
in matching; its amount is computed in amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from orientir.model.dictionaries import Dimension
from orientir.model.indicators import IndicatorKind
from orientir.model.package import Organisation
from orientir.model.programme import Programme


class Part(StrEnum):
    """Which number of an indicator; an element and a text have no parts."""

    SHARE = "доля"
    NUMERATOR = "числитель"
    DENOMINATOR = "знаменатель"
    NUMBER = "число"
    WHOLE = ""


ORGANISATION, PERIOD = "организация", "период"
TEXTS = {ORGANISATION: "Название организации", PERIOD: "Отчётный период"}

Breakdown = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Target:
    """`key` is the id of an indicator (with a part), of an element (without), or one of TEXTS."""

    key: str
    part: Part = Part.WHOLE

    @property
    def code(self) -> str:
        return f"{self.key}.{self.part}" if self.part else self.key

    @property
    def is_text(self) -> bool:
        return not self.part and self.key in TEXTS


class Catalogue:
    """Every target, breakdown and organisation that a mapping may name, with the words by which people choose."""

    def __init__(self, programme: Programme, organisations: Iterable[Organisation]) -> None:
        self.programme = programme
        self.titles = dict(_targets(programme))
        self.organisations = {place.id: place for place in organisations}
        self._codes = {target.code.lower(): target for target in self.titles}
        self._dimensions = {one.id: one for one in programme.dimensions}

    def told(self, target: Target) -> str:
        """«Колледж после 9 класса — доля [college_9.доля]»."""
        return f"{self.titles[target]} [{target.code}]"

    def target(self, text: str) -> Target:
        """Raises ValueError, in words, where the programme has nothing of this code."""
        code = _bracketed(text).lower()
        if code not in self._codes:
            near = get_close_matches(code, self._codes, 1)
            hint = f" Возможно, имелось в виду «{near[0]}»." if near else ""
            raise ValueError(f"показателя или величины «{_bracketed(text)}» в программе нет.{hint}")
        return self._codes[code]

    def dimensions_of(self, target: Target) -> tuple[str, ...]:
        if target.is_text:
            return ()
        if target.part:
            return self.programme.indicator(target.key).breakdowns
        return self.programme.element(target.key).dimensions

    def breakdown_told(self, breakdown: Breakdown) -> str:
        """«5–9 классы [level=5-9]»; '' for the whole."""
        if not breakdown:
            return ""
        titles = [self._member(self._dimensions[name], member) for name, member in breakdown]
        return f"{', '.join(titles)} [{', '.join(f'{name}={member}' for name, member in breakdown)}]"

    def breakdowns(self) -> Iterator[str]:
        """Every member of every dimension, to choose from."""
        for dimension in self.programme.dimensions:
            for member in dimension.members:
                yield self.breakdown_told(((dimension.id, member.id),))

    def breakdown(self, text: str, target: Target) -> Breakdown:
        """Raises ValueError where the target is not counted by such a breakdown or it has no such member."""
        parts = [part.strip() for part in _bracketed(text).split(",") if part.strip()]
        found: dict[str, str] = {}
        for part in parts:
            name, _, member = (piece.strip() for piece in part.partition("="))
            if name not in self.dimensions_of(target):
                known = ", ".join(self.dimensions_of(target)) or "нет разрезов"
                raise ValueError(f"«{target.code}» не считается в разрезе «{part}»; допустимо: {known}.")
            if member not in {one.id for one in self._dimensions[name].members}:
                known = ", ".join(one.id for one in self._dimensions[name].members)
                raise ValueError(f"в разрезе «{name}» нет значения «{member}»; допустимы: {known}.")
            found[name] = member
        if target.part and len(found) > 1:
            raise ValueError("показатель считается по одному разрезу за раз.")
        return tuple(sorted(found.items()))

    def organisation_told(self, key: str) -> str:
        return f"{self.organisations[key].title} [{key}]"

    def organisation(self, text: str, territory: str) -> str:
        """The id; the territory where nothing is written. Raises ValueError for an unknown one."""
        if not text.strip():
            return territory
        key = _bracketed(text)
        titled = [place.id for place in self.organisations.values() if place.title.lower() == text.strip().lower()]
        if key not in self.organisations and len(titled) != 1:
            raise ValueError(f"организации «{text.strip()}» в пакете данных нет; выберите из списка.")
        return key if key in self.organisations else titled[0]

    def _member(self, dimension: Dimension, key: str) -> str:
        return next(one.title for one in dimension.members if one.id == key)


def _bracketed(text: str) -> str:
    found = re.search(r"\[([^\[\]]*)\]\s*$", text)
    return (found[1] if found else text).strip()


def _targets(programme: Programme) -> Iterator[tuple[Target, str]]:
    for indicator in programme.indicators:
        if indicator.kind is IndicatorKind.UNDEFINED:
            continue
        if indicator.is_share:
            for part in (Part.SHARE, Part.NUMERATOR, Part.DENOMINATOR):
                yield Target(indicator.id, part), f"{indicator.short} — {part}"
        else:
            yield Target(indicator.id, Part.NUMBER), f"{indicator.short} — {Part.NUMBER}"
    for element in programme.elements:
        yield Target(element.id), element.title
    for key, title in TEXTS.items():
        yield Target(key), title
