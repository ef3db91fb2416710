"""How wordings are compared: telling words without endings, sentences, grades, likeness. One indicator is written in
many ways («охваченных проектом», «принявших участие в проекте»), so nothing is compared letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from orientir.reports.fill.words import words

_MARK = re.compile(r"^\s*(?:\[bookmark: [^\]]*\]\s*)*(?:[•·●▪♦*]\s*|[-–—−]\s*(?=[^\s\d]))?")
_NUMBERED = re.compile(
    r"^\s*(?:(?i:раздел|глава)\s+)?"
    r"(?:(\d{1,2}(?:\.\d{1,2})+)\.?\s+(?=[А-ЯЁA-Z«\d])|(\d{1,2})(?:[.)]\s*(?=[^\d\s])|\s+(?=[А-ЯЁA-Z«]))"
    r"|([IVX]{1,5})[.)]\s+(?=[А-ЯЁ«]))"
)
_ROMAN = {"I": 1, "V": 5, "X": 10}
_BASE = re.compile(r"\(?\bот\s+(?:общ\w+\s+|всего\s+)?(?:числ|количеств|численност)\w+")
_ASIDE = re.compile(r"\([^()]*(?:числител|знаменат|источник|формул|рассчит)[^()]*\)")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[А-ЯЁ«•])")
_CLASS = re.compile(r"кл(?:асс|\b)", re.IGNORECASE)
_SERIES = re.compile(r"(?:\d++|[\s,–—-]|и|по|[хей]|ых|го|ый)++$")
_RANGE = re.compile(r"(\d{1,2})\s*(?:-\s*х)?\s*(?:[-–—]|по)\s*(\d{1,2})")
# What stands in most names of indicators and tells none apart.
_COMMON = frozenset("процентный данный выборка направление организовать охватить проводить уровень разрез".split())


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The text without marks of lists and bookmarks, in one line."""
    return " ".join(_MARK.sub("", text).split())


@lru_cache(maxsize=20_000)
def numbering(text: str) -> tuple[int, ...]:
    """The number before a title: (5, 1) of «5.1 Источники», (4,) of «IV. Источники», () where there is none."""
    found = _NUMBERED.match(plain(text))
    if found and found[3]:
        return (_roman(found[3]),)
    return tuple(int(part) for part in (found[1] or found[2]).split(".")) if found else ()


def _roman(number: str) -> int:
    """A sign before a larger one is taken off."""
    values = [_ROMAN[sign] for sign in number]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def unnumbered(text: str) -> str:
    """The line without its list mark and its number."""
    return _NUMBERED.sub("", plain(text)).strip()


def folded(text: str) -> str:
    """For patterns: no marks and numbers, small letters, no «ё»."""
    return unnumbered(text).lower().replace("ё", "е")


@lru_cache(maxsize=20_000)
def sentences(text: str) -> tuple[str, ...]:
    return tuple(filter(None, _SENTENCE.split(plain(text))))


@lru_cache(maxsize=20_000)
def telling(text: str) -> frozenset[str]:
    """Words that tell one indicator from another, in dictionary form: no grades, no years, no words of counting."""
    return frozenset(word for word in words(unnumbered(text)) if word[0].isalpha() and word not in _COMMON)


@cache
def is_dictionary_word(word: str) -> bool:
    """Whether the dictionary has this form, in small letters; abbreviations it has too («вуз»)."""
    return bool(_analyser().word_is_known(word))


@cache
def _analyser() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


def own_words(text: str) -> frozenset[str]:
    """Telling words of an indicator before «от общего числа ...»: what is counted, not of whom."""
    cut = _BASE.split(_ASIDE.sub("", unnumbered(text).lower()), maxsplit=1)[0]
    return telling(cut) or telling(text)


def bases(text: str) -> int:
    """How many times a text says of what number its share is taken."""
    return len(_BASE.findall(text.lower()))


@lru_cache(maxsize=20_000)
def grades(text: str) -> frozenset[int]:
    """Grades that a text names: {9, 10, 11} of «9-11 классов»; empty where none are named."""
    found: set[int] = set()
    for word in _CLASS.finditer(text):
        before = _SERIES.search(text[max(0, word.start() - 40) : word.start()])
        series = before[0] if before else ""
        for first, last in _RANGE.findall(series):
            found.update(range(int(first), int(last) + 1))
        found.update(map(int, re.findall(r"\d{1,2}", series)))
    return frozenset(grade for grade in found if 1 <= grade <= 11)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: the words in common among all words of the two."""
    return len(one & other) / len(one | other) if one and other else 0.0


def pairs(ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]], least: float) -> dict[int, int]:
    """Which of ours is which of theirs: the most alike are joined first, each once, none below `least`."""
    near = ((likeness(one, other), i, j) for i, one in enumerate(ours) for j, other in enumerate(theirs))
    joined: dict[int, int] = {}
    for _, i, j in sorted((found for found in near if found[0] >= least), key=lambda found: (-found[0], found[1:])):
        if i not in joined and j not in joined.values():
            joined[i] = j
    return joined
