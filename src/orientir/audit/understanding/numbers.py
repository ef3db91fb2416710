"""Numbers as people print them in tables and sentences: «57», «6,5 %», «12 345», «283 (67 %)»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from orientir.audit.report import Number

_SPACES = "\u00a0\u2009\u202f "
_DIGITS = rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+"
_NUMBER = rf"(?P<whole>{_DIGITS})(?:[.,](?P<part>\d{{1,4}}))?"
_UNIT = r"(?:чел(?:овек\w*|\.)?|шт\.?|ед\.?|мест\w*|час\w*|ч\.|%|процент\w*|п\.\s?п\.)"
_CELL = re.compile(rf"^\s*{_NUMBER}\s*(?P<unit>{_UNIT})?\s*\*?$", re.IGNORECASE)
_PAIR = re.compile(
    rf"^\s*({_DIGITS})\s*(?:чел\.?)?\s*(?:[(/;]|,\s|\s[–-]\s)\s*(\d+(?:[.,]\d+)?)\s*%\s*\)?$", re.IGNORECASE
)
_PART_OF_WHOLE = re.compile(
    rf"^\s*({_DIGITS})\s*(?:чел\.?)?\s+из\s+({_DIGITS})\s*(?:чел\.?)?(?:\s*[(/;,–-]?\s*(\d+(?:[.,]\d+)?)\s*%\s*\)?)?$",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(rf"(?<![\d.,№/])(?<!\d[-–]){_NUMBER}(?P<percent>\s*(?:%|процент\w*))?", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def cell_numbers(text: str) -> tuple[Number, ...]:
    """The number of a cell; two where a count and its share stand together, a part and its whole before these; none in
    any other cell."""
    flat = " ".join(text.replace("\n", " ").split())
    if counted := _PART_OF_WHOLE.match(flat):
        counts = tuple(_number(count, None, count, False) for count in counted.groups()[:2])
        return (*counts, *(_share(counted[3]) if counted[3] else ()))
    pair = _PAIR.match(flat)
    if pair:
        return (_number(pair[1], None, pair[1], False), *_share(pair[2]))
    match = _CELL.match(flat)
    if not match:
        return ()
    unit = (match["unit"] or "").lower()
    return (_number(match["whole"], match["part"], flat, unit.startswith(("%", "процент"))),)


def is_part_of_whole(text: str) -> bool:
    """«283 из 420 (67 %)»."""
    return bool(_PART_OF_WHOLE.match(" ".join(text.split())))


def _share(text: str) -> tuple[Number, ...]:
    whole, _, part = text.replace(",", ".").partition(".")
    return (_number(whole, part or None, f"{text} %", True),)


def _number(whole: str, part: str | None, printed: str, is_percent: bool) -> Number:
    digits = re.sub(rf"[{_SPACES}]", "", whole)
    value = Decimal(f"{digits}.{part}") if part else Decimal(digits)
    return Number(value, len(part or ""), printed, is_percent)


def numbers_in(text: str) -> Iterator[tuple[Number, int, int]]:
    """Each number of a sentence with where it begins and ends."""
    return iter(_in_text(text))


@lru_cache(maxsize=20_000)
def _in_text(text: str) -> tuple[tuple[Number, int, int], ...]:
    return tuple(
        (_number(match["whole"], match["part"], match[0].strip(), bool(match["percent"])), match.start(), match.end())
        for match in _IN_TEXT.finditer(text)
    )


def shown(value: Decimal) -> str:
    """With a decimal comma."""
    return f"{value:f}".replace(".", ",")
