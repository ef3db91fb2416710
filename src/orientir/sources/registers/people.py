"""People are told apart and forgotten: names and dates of birth give a number and are held in memory only.

The number is the order in which a person was first met in this run. It says nothing of the person, and a hash, from
which a name could be guessed, is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Token = tuple[str, ...]


class People:
    """The people of one register: the same person has the same number in all its files of one run."""

    def __init__(self) -> None:
        self._known: dict[Token, int] = {}
        self._count = 0

    def number(self, place: str, *, name: str = "", birth: str = "", snils: str = "", grade: str = "") -> str:
        """«p12», or '' where nothing identifies the person. People are told apart within one organisation.

        A number of СНИЛС decides alone; else a name with the date of birth; else a name within a class.
        """
        tokens = list(_tokens(place, _plain(name), _plain(birth), re.sub(r"\D", "", snils), _plain(grade)))
        if not tokens:
            return ""
        found = next((self._known[token] for token in tokens if token in self._known), 0)
        if not found:
            self._count += 1
            found = self._count
        for token in tokens:
            self._known.setdefault(token, found)
        return f"p{found}"


def _tokens(place: str, name: str, birth: str, snils: str, grade: str) -> Iterator[Token]:
    if snils:
        yield ("snils", place, snils)
    if name and birth:
        yield ("birth", place, name, birth)
    elif name and not snils:
        yield ("grade", place, name, grade)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.lower().replace("ё", "е")).split())
