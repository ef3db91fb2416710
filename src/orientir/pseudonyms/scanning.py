"""The last look at what is about to be written: does any of it name somebody? One such value, and nothing is written.

It trusts neither the mapping of columns nor the code that made the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from orientir.errors import Fault, UserError
from orientir.pseudonyms.identity import Identity, letters_of

_CYRILLIC = re.compile(r"[а-яё]|\\u04[0-9a-f]{2}", re.IGNORECASE)  # also as JSON may write it
_LOOKS = (
    ("адрес электронной почты", re.compile(r"[\w.+-]+@[\w-]+\.\w+")),
    ("СНИЛС", re.compile(r"(?<!\w)\d{3}[- ]\d{3}[- ]\d{3}[- ]\d{2}(?!\w)")),
    ("телефон", re.compile(r"(?<!\w)(?:\+7|8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\w)")),
    ("номер документа", re.compile(r"(?<!\w)(?:\d{2}\s?\d{2}\s\d{6}|\d{10,11}|[IVX]{1,4}-[А-Я]{2}\s?\d{6})(?!\w)")),
)
_LONG = 10**9
_SHORTEST = 8  # digits of a number that is known to be somebody's; shorter ones are like any code
_PSEUDONYM = "pupil_id"


@dataclass(frozen=True)
class Named:
    """What must not be met: the words of names, and the numbers of people."""

    words: frozenset[str]
    numbers: frozenset[int]


def named(people: Iterable[Identity]) -> Named:
    words: set[str] = set()
    numbers: set[int] = set()
    for one in people:
        words.update(filter(None, (one.surname, one.name, one.patronymic)))
        numbers.update(int(digits) for digits in (one.snils, one.document) if len(digits) >= _SHORTEST)
    return Named(frozenset(words), frozenset(numbers))


def scan_tables(tables: Iterable[tuple[str, Any]], people: Named) -> None:
    """Raises UserError, with every column that holds what looks like a person."""
    _raise(fault for name, table in tables for fault in _table_faults(name, table, people))


def scan_titles(titles: Iterable[tuple[str, str]], people: Named) -> None:
    """Texts that only their hash is written of: a hash of a name is a name to whoever has a list of them."""
    named_in = {column for column, title in titles if any(letters_of(word) in people.words for word in title.split())}
    _raise(_fault(column, "слово из имени") for column in sorted(named_in))


def scan_text(name: str, text: str) -> None:
    """A log or a descriptor: what is written there for people to read later has no Russian word in it at all."""
    what = _look(text)
    if what:
        _raise([_fault(name, what)])


def _table_faults(name: str, table: Any, people: Named) -> Iterator[Fault]:
    for column in table.column_names:
        values = set(table.column(column).to_pylist()) - {None}
        texts = [str(value) for value in values if not isinstance(value, int)]
        found = next(filter(None, map(_look, texts)), "")
        whole = {value for value in values if isinstance(value, int)}
        if whole & people.numbers:
            found = "номер из документов или СНИЛС этих людей"
        elif column != _PSEUDONYM and any(abs(value) >= _LONG for value in whole):
            found = "номер из десяти и более цифр"
        elif any(value < 0 for value in whole):
            found = "отрицательное число"
        if found:
            yield _fault(f"{name}: {column}", found)


def _look(text: str) -> str:
    if _CYRILLIC.search(text):
        return "русское слово: похоже на имя"
    return next((what for what, pattern in _LOOKS if pattern.search(text)), "")


def _fault(place: str, what: str) -> Fault:
    cure = "Ничего не записано. Проверьте профиль: какой столбец файла стал этим."
    return Fault(place, f"среди того, что записывается, — {what}.", cure)


def _raise(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise UserError(found)


def masked(text: str, people: Named) -> str:
    """A message for the screen without the words of anybody's name."""
    return re.sub(r"[\w-]+", lambda word: "…" if letters_of(word[0]) in people.words else word[0], text)
