"""The numbers that an ODT counts out itself, before headings and elements of lists: «1.2», «а)»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from orientir.audit.reading.docx_styles import numeral
from orientir.audit.reading.odt_parts import LOEXT, STYLE, TEXT, number_of

_KINDS = {"1": "decimal", "i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter"}
_RUSSIAN = (("а, б", "russianLower"), ("А, Б", "russianUpper"))
_MOST = 100  # characters of a pattern
_COUNTED = re.compile(r"%([0-9]{1,2})%")


class _Level(NamedTuple):
    """`pattern` is «%1%.%2%.», which is written by newer programs only; `shown` levels stand between the affixes."""

    kind: str
    pattern: str
    prefix: str
    suffix: str
    shown: int
    start: int


_Levels = Mapping[int, _Level]


class Numbering:
    """How far each list, and the headings, have been counted."""

    def __init__(self, roots: Mapping[str, Any]) -> None:
        self._outline: _Levels = {}
        self._styles: dict[str, _Levels] = {}
        self._headings: dict[int, int] = {}
        self._counted: dict[str, dict[int, int]] = {}
        self._open: list[str] = []
        for root in (roots.get("styles.xml"), roots.get("content.xml")):
            if root is None:
                continue
            for style in root.iter(TEXT + "list-style"):
                self._styles[style.get(STYLE + "name", "")] = _levels(style)
            for style in root.iter(TEXT + "outline-style"):
                self._outline = _levels(style)

    def start_list(self, element: Any) -> None:
        """A list within another has its style, unless it has one of its own; one that does not go on starts anew."""
        style = element.get(TEXT + "style-name") or (self._open[-1] if self._open else "")
        goes_on = element.get(TEXT + "continue-numbering") == "true" or element.get(TEXT + "continue-list")
        if not self._open and not goes_on:
            self._counted.pop(style, None)
        self._open.append(style)

    def end_list(self) -> None:
        if self._open:
            self._open.pop()

    def of_item(self, start: int | None) -> str:
        """What is printed before the next element of the innermost list; "" for a bullet."""
        style = self._open[-1] if self._open else ""
        return _next(self._styles.get(style, {}), self._counted.setdefault(style, {}), len(self._open), start)

    def of_heading(self, element: Any, level: int) -> str:
        """What is printed before a heading that stands in no list."""
        if element.get(TEXT + "is-list-header") == "true":
            return ""
        restarts = element.get(TEXT + "restart-numbering") == "true"
        start = number_of(element, TEXT + "start-value") if restarts else None
        return _next(self._outline, self._headings, level, start)


def _levels(style: Any) -> dict[int, _Level]:
    """Levels with numbers; those with bullets and pictures are left out."""
    levels = {}
    for one in style:
        kind = _kind(one.get(STYLE + "num-format", ""))
        if kind:
            pattern = one.get(STYLE + "num-list-format") or one.get(LOEXT + "num-list-format") or ""
            prefix, suffix = (one.get(f"{STYLE}num-{place}", "")[:_MOST] for place in ("prefix", "suffix"))
            shown, start = number_of(one, TEXT + "display-levels"), number_of(one, TEXT + "start-value")
            levels[number_of(one, TEXT + "level")] = _Level(kind, pattern[:_MOST], prefix, suffix, shown, start)
    return levels


def _kind(stated: str) -> str:
    return _KINDS.get(stated) or next((kind for letters, kind in _RUSSIAN if stated.startswith(letters)), "")


def _next(levels: _Levels, counted: dict[int, int], level: int, start: int | None) -> str:
    here = levels.get(level)
    first = start if start is not None else here.start if here else 1
    counted[level] = counted[level] + 1 if level in counted and start is None else first
    for deeper in [number for number in counted if number > level]:
        del counted[deeper]
    if here is None:
        return ""

    def printed(number: int) -> str:
        one = levels.get(number)
        return numeral(counted.get(number, one.start), one.kind) if one else ""

    if here.pattern:
        return _COUNTED.sub(lambda match: printed(int(match[1])), here.pattern).strip()
    parts = [printed(number) for number in range(max(level - here.shown, 0) + 1, level + 1)]
    return (here.prefix + ".".join(part for part in parts if part) + here.suffix).strip()
