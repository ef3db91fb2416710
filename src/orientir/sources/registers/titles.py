"""Titles of columns: how like one of ours a title of a file is. Which titles make a header is decided in header.py."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from orientir.sources.registers.columns import Column

SURE, LEAST = 100.0, 60.0
_STEM = 6
_IDLE = frozenset("и в при наличии полностью на учебный год данные".split())
_SHORT = {"кол": "количе", "кл": "класс", "чел": "челове", "наим": "наимен", "орг": "органи", "образоват": "образо"}
# Words that turn a title into another thing: «количество участников» is no participant, «ФИО наставника» no pupil.
_TURNING = frozenset(
    "количе число дата код телефо адрес настав педаго учител руково ответс экспер курато сопров".split()
)
_PERSONAL = re.compile(
    r"\bф\.? ?и\.? ?о\b|фамили|отчеств|снилс|телефон|дата рожд|год рожд|паспорт|свидетельств|\bадрес (?:регистр|прож)|"
    r"e-?mail|электронн\w+ (?:почт|адрес)|ребен|законн\w+ предст|инн\b|полис"
)
_NAME_IN_CELL = re.compile(
    r"^[А-ЯЁ][а-яё-]+(?: [А-ЯЁ][а-яё-]+){1,2}$|^[А-ЯЁ][а-яё-]+ [А-ЯЁ]\. ?[А-ЯЁ]\.$|\d{3}-\d{3}-\d{3}"
)


def normal(title: str) -> str:
    """The title without case, marks and line ends."""
    return " ".join(re.sub(r"[^\w]+", " ", title.lower().replace("ё", "е")).split())


def is_personal(title: str) -> bool:
    """Does a column of this title hold what tells of a single person?"""
    return bool(_PERSONAL.search(" ".join(title.lower().replace("ё", "е").split())))


def is_content(cell: object) -> bool:
    """Is it a number, a date or a person: what stands in rows and not in a header?"""
    if not isinstance(cell, str):
        return True
    return bool(re.fullmatch(r"[\d\s.,/:-]+", cell)) or bool(_NAME_IN_CELL.search(cell.strip()))


def shown(titles: list[str]) -> str:
    """Titles as seen, for a message; what looks like the name of a person is not repeated."""
    return " | ".join("‹…›" if _NAME_IN_CELL.search(title) else title[:60] for title in titles if title)


@lru_cache(maxsize=20_000)
def likeness(title: str, column: Column) -> float:
    """100 for one of the column's own titles, at least 60 for a title that holds one, else 0."""
    plain = normal(title)
    if not plain:
        return 0.0
    return max(_likeness(plain, known) for known in _known(column))


@lru_cache(maxsize=1_000)
def _known(column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normal(known) for known in (column.title, *column.synonyms, column.id)))


def _likeness(title: str, known: str) -> float:
    if title == known:
        return SURE
    words, wanted = _stems(title), _stems(known)
    if words == wanted:
        return SURE - 1
    if (words - wanted) & _TURNING:
        return 0.0
    if wanted and wanted <= words and 3 * len(wanted) >= len(words):
        return LEAST + 35 * len(wanted) / len(words)
    if title[0] == known[0] and abs(len(title) - len(known)) <= 2 and len(known) > 5:
        ratio = SequenceMatcher(None, title, known).ratio()
        return 90 * ratio if ratio >= 0.85 else 0.0
    return 0.0


@lru_cache(maxsize=20_000)
def _stems(plain: str) -> frozenset[str]:
    return frozenset(_SHORT.get(word, word[:_STEM]) for word in plain.split() if word not in _IDLE and word != "во")
