"""Numbers of a sentence that are no values of its indicator: differences, thresholds and plans, shares of the rest."""

from __future__ import annotations

import re

_NUMBER = r"\d[\d\s\u00a0]*(?:[.,]\d+)?"
_DIFFERENCE = re.compile(
    rf"\bна\s+{_NUMBER}\s*(?:%|п\.\s?п\.|процентн\w+(?:\s+пункт\w*)?|раз\w*|чел\w*)", re.IGNORECASE
)
_BASE = re.compile(
    r"(?:по\s+сравнению\s+с(?:о)?|по\s+отношению\s+к|относительно|чем|против|к\s+уровню|показател\w+\s+за)"
    r"\s+(?:\w+\s+){0,2}?20\d\d(?:\s*[-–/]\s*\d{2,4})?",
    re.IGNORECASE,
)
_THRESHOLD = re.compile(
    r"(?:\b(?:выше|ниже|более|менее|больше|меньше|свыше|около|почти|порядка|примерно|превы\w+|не\s+достиг\w*)"
    rf"|\b(?:план\w*|порог\w*|цел\w+|норматив\w*)(?:\s+значени\w+)?)\s*[–—:-]?\s*{_NUMBER}\s*(?:%|процент)",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\d\s*(?:%|процент)", re.IGNORECASE)
_REST = re.compile(
    r"\bне\s+(?:прош|поступ|охва|участв|приня|получ|занима|выбра|обуча|продолж|вовлеч|посе[тщ]|име)", re.IGNORECASE
)


def values_only(text: str) -> str:
    """The text with spaces for differences and thresholds, and for the year with which a difference compares; nothing
    where these are its only shares, for what else it counts is something else."""
    left = _THRESHOLD.sub(_blank, text)
    if _DIFFERENCE.search(left):
        left = _BASE.sub(_blank, _DIFFERENCE.sub(_blank, left))
    return "" if left != text and not _SHARE.search(left) else left


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def is_about_the_rest(text: str, caption: str) -> bool:
    """«Не прошли диагностику 45 %» beside a table of those who did."""
    return bool(_REST.search(text)) and not _REST.search(caption)
