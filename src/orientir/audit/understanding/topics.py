"""By which words tables, sentences and items of lists are known to speak of one indicator."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

Thing = TypeVar("Thing")

_WORD = re.compile(r"[а-яёa-z]+(?:-[а-яёa-z]+)*", re.IGNORECASE)
_STEM = 6
# Words that stand in every indicator and tell none from another.
_COMMON = frozenset(
    word[:_STEM]
    for word in """доля доли процент процентная удельный вес показатель количество число численность охват общего общее
    обучающихся обучающиеся учащихся учащиеся школьников выпускников выпускники выпускник классов класса классы детей
    муниципального муниципальный округа округ района район области общеобразовательных образовательных организаций
    организации организациях учреждений данного данной выборке года году годах период таблица табл отчетный всего
    системы работы самоопределению профессиональной ориентации составляет составила составил составило который которым
    которые разрезе уровней общего образования расчете одного направление направления числа принявших приняли участие
    участия участников динамика мониторинг мониторинга реализации рамках человек""".split()
)


@lru_cache(maxsize=4096)
def topic_of(text: str) -> frozenset[str]:
    """Stems of the words that tell indicators apart; grades («9», «11») belong to them."""
    words = {word.lower().replace("ё", "е")[:_STEM] for word in _WORD.findall(text) if len(word) > 3}
    short = {word.lower() for word in _WORD.findall(text) if word.isupper() and 1 < len(word) <= 5}
    return frozenset((words | short) - _COMMON)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller topic that the other has too."""
    if not one or not other:
        return 0.0
    return len(one & other) / min(len(one), len(other))


class ByWords(Generic[Thing]):
    """Things by the words that tell them apart: those without a word in common need not be compared."""

    def __init__(self, things: Iterable[tuple[frozenset[str], Thing]]) -> None:
        self._with: dict[str, list[Thing]] = defaultdict(list)
        for words, thing in things:
            for word in words:
                self._with[word].append(thing)

    def near(self, words: Iterable[str]) -> set[Thing]:
        """Those that have one of the words."""
        return {thing for word in words for thing in self._with.get(word, ())}
