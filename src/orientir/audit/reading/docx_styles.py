"""What paragraph styles of a DOCX say: levels of headings, lists, contents; and the numbers Word counts out itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from orientir.audit.reading.docx_package import VAL, W, is_on, whole_number

_HEADING = re.compile(r"(?:heading|заголовок)\s*([1-9])$", re.IGNORECASE)
_HEADING_ID = re.compile(r"Heading([1-9])$")
_CONTENTS = re.compile(r"(?:toc|contents|оглавление)\s*[1-9]$|table of figures$|table of authorities$", re.IGNORECASE)
_BODY_TEXT = 9  # the outline level of what is no heading
_LONGEST_CHAIN = 50
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LETTERS = {"lowerLetter": "abcdefghijklmnopqrstuvwxyz", "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя"}


class Style(NamedTuple):
    """`heading` is its level from 1, 0 for body text; `list_id` is "" where there is no list."""

    heading: int = 0
    list_id: str = ""
    level: int | None = None
    on_new_page: bool = False
    is_contents: bool = False


class Styles:
    """Paragraph styles by their id, each with what it inherits."""

    def __init__(self, root: Any | None) -> None:
        found = root.iterfind(W + "style") if root is not None else ()
        self._elements = {one.get(W + "styleId", ""): one for one in found}
        self._known: dict[str, Style] = {}

    def get(self, style_id: str) -> Style:
        style = self._known.get(style_id)
        if style is None:
            style = self._known[style_id] = self._resolved(style_id)
        return style

    def _resolved(self, style_id: str) -> Style:
        chain = self._chain(style_id)
        if not chain:
            match = _HEADING_ID.match(style_id)
            return Style(int(match[1]) if match else 0)
        names = [(one.find(W + "name"), one) for one in chain]
        printed = [name.get(VAL, "") if name is not None else "" for name, _ in names]
        list_id, level = _list(chain)
        on_new_page = _first(chain, "pageBreakBefore")
        return Style(_level(printed, chain), list_id, level, is_on(on_new_page), bool(_CONTENTS.match(printed[0])))

    def _chain(self, style_id: str) -> list[Any]:
        """The style and those it is based on; a ring of styles is followed once around."""
        chain: list[Any] = []
        while (one := self._elements.get(style_id)) is not None and one not in chain and len(chain) < _LONGEST_CHAIN:
            chain.append(one)
            base = one.find(W + "basedOn")
            style_id = base.get(VAL, "") if base is not None else ""
        return chain


def _first(chain: list[Any], name: str) -> Any | None:
    found = (one.find(f"{W}pPr/{W}{name}") for one in chain)
    return next((one for one in found if one is not None), None)


def _level(names: list[str], chain: list[Any]) -> int:
    """The nearest style that is named a heading or has a level of its own decides."""
    for name, one in zip(names, chain, strict=True):
        match = _HEADING.match(name)
        if match:
            return int(match[1])
        level = one.find(f"{W}pPr/{W}outlineLvl")
        if level is not None:
            return outline(level)
    return 0


def outline(element: Any) -> int:
    """Level of a heading from 1; 0 for body text."""
    level = whole_number(element.get(VAL), _BODY_TEXT, _BODY_TEXT)
    return 0 if level == _BODY_TEXT else level + 1


def _list(chain: list[Any]) -> tuple[str, int | None]:
    return list_of(_first(chain, "numPr"))


def list_of(properties: Any | None) -> tuple[str, int | None]:
    """Id of the list («0»: expressly none, "": not said) and the level in it, None where that is not said."""
    if properties is None:
        return "", None
    list_id, level = properties.find(W + "numId"), properties.find(W + "ilvl")
    return (
        "" if list_id is None else list_id.get(VAL, ""),
        None if level is None else whole_number(level.get(VAL), 0, 8),
    )


class Level(NamedTuple):
    """How a level of a list is numbered: «%1.%2» stands for the numbers of its first two levels."""

    start: int
    kind: str
    pattern: str
    style: str
    is_legal: bool


@dataclass
class Numbering:
    """The lists of a document and how far each has been counted."""

    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _lists: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    _counted: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Any | None) -> Numbering:
        numbering = cls()
        if root is not None:
            for one in root.iterfind(W + "abstractNum"):
                numbering._levels[one.get(W + "abstractNumId", "")] = dict(map(_read_level, one.iterfind(W + "lvl")))
            for one in root.iterfind(W + "num"):
                abstract = one.find(W + "abstractNumId")
                if abstract is not None:
                    numbering._lists[one.get(W + "numId", "")] = (abstract.get(VAL, ""), _restarts(one))
        return numbering

    def next(self, list_id: str, level: int | None, style_id: str) -> str:
        """What Word prints before the next element of this list: «1.2.», «а)»; "" for a bullet and an unknown list."""
        abstract, restarts = self._lists.get(list_id, ("", {}))
        levels = self._levels.get(abstract, {})
        if level is None:
            level = next((number for number, one in levels.items() if style_id and one.style == style_id), 0)
        if level not in levels:
            return ""
        counted = self._counted.setdefault(abstract, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for restarted, start in restarts.items():
                counted[restarted] = start - 1
        counted[level] = counted.get(level, levels[level].start - 1) + 1
        for deeper in [number for number in counted if number > level]:
            del counted[deeper]
        return _printed(levels, level, counted)


def _read_level(element: Any) -> tuple[int, Level]:
    said = {one.tag: one.get(VAL, "") for one in element}
    level = Level(
        whole_number(said.get(W + "start"), 1, 10**6),
        said.get(W + "numFmt", "decimal"),
        said.get(W + "lvlText", "")[:100],
        said.get(W + "pStyle", ""),
        W + "isLgl" in said,
    )
    return whole_number(element.get(W + "ilvl"), 0, 8), level


def _restarts(element: Any) -> dict[int, int]:
    found = ((one, one.find(W + "startOverride")) for one in element.iterfind(W + "lvlOverride"))
    return {
        whole_number(one.get(W + "ilvl"), 0, 8): whole_number(start.get(VAL), 1, 10**6)
        for one, start in found
        if start is not None
    }


def _printed(levels: dict[int, Level], level: int, counted: dict[int, int]) -> str:
    here = levels[level]
    if here.kind in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        one = levels.get(place)
        if one is None:
            return ""
        return numeral(counted.get(place, one.start), "decimal" if here.is_legal else one.kind)

    return re.sub("%([1-9])", number, here.pattern).strip()


def numeral(number: int, kind: str) -> str:
    """A number as a list prints it: «4», «IV», «г»."""
    if kind in ("upperRoman", "upperLetter", "russianUpper"):
        lower = {"upperRoman": "lowerRoman", "upperLetter": "lowerLetter", "russianUpper": "russianLower"}[kind]
        return numeral(number, lower).upper()
    if kind == "lowerRoman" and 0 < number < 4000:
        return _roman(number).lower()
    if kind in _LETTERS and 0 < number < 1000:
        letters = _LETTERS[kind]
        return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
    return f"{number:02}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    said = ""
    for value, sign in _ROMAN:
        said += sign * (number // value)
        number %= value
    return said
