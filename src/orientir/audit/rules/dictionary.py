"""What the dictionary says of a word: loaded when first asked."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any


@lru_cache(maxsize=10_000)
def tags(word: str) -> frozenset[str]:
    """Grammatical marks of all likely readings: «Name», «Surn», «VERB», «past» ..."""
    readings = (one for one in _analyser().parse(word) if one.score >= 0.1)
    return frozenset(str(mark) for one in readings for mark in one.tag.grammemes)


@cache
def _analyser() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()
