"""Organisations as people write them: «СОШ № 5», «МБОУ "СОШ №5"», a code, a title, a name without its legal form.

A title that fits several organisations is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from orientir.model.package import Organisation
from orientir.presentation import quoted

# Words that a school bears by law and that tell it from no other.
_LEGAL = re.compile(
    r"^(?:муниципальн|государствен|областн|краев|частн|автономн|бюджетн|казенн|учрежден|организац|образовательн|"
    r"общеобразовательн|город|района|округа|муницип|имени$|им$|г$|с$|п$|пос$|д$|село$|поселок$|деревня$)"
)
_FORMS = frozenset("мбоу маоу моу мкоу мку мбу мау гбоу гаоу гоу гкоу чоу ано оу мбоус мбдоу мадоу".split())
_SHORT = {
    "сош": ("средняя", "школа"),
    "оош": ("основная", "школа"),
    "нош": ("начальная", "школа"),
    "соош": ("средняя", "школа"),
    "шк": ("школа",),
    "ош": ("школа",),
    "спш": ("специальная", "школа"),
    "ддт": ("дом", "детского", "творчества"),
}
_STEM = 6
_KINDS = frozenset(word[:_STEM] for words in _SHORT.values() for word in words) | {"гимназ", "лицей", "интерн"}


_MARKS = frozenset("г город с село п пос поселок пгт д деревня ст станица им имени".split())


class Words(NamedTuple):
    """What a title is made of: numbers, telling words, words of the kind («средняя», «школа», «лицей»)."""

    numbers: frozenset[str]
    names: frozenset[str]
    kinds: frozenset[str]


class UnknownPlace(ValueError):
    """No organisation has such a title, or several do; `candidates` are those it may mean, in words."""

    def __init__(self, written: str, candidates: Sequence[str]) -> None:
        super().__init__(written)
        self.written, self.candidates = written, tuple(candidates)


class Places:
    """The organisations, found by what is written in a cell. `aliases` are titles that a profile explains."""

    def __init__(self, organisations: Sequence[Organisation], aliases: dict[str, str] | None = None) -> None:
        self._organisations = tuple(organisations)
        self._ids = {place.id: place.id for place in organisations}
        self._aliases = {_written(title): key for title, key in (aliases or {}).items()}
        self._words = {place.id: _words(place.title) for place in organisations}
        self._found: dict[str, str] = {}

    def explained(self, aliases: dict[str, str]) -> Places:
        """The same places, with the titles that the profile of a file explains."""
        return Places(self._organisations, aliases) if aliases else self

    def id_of(self, written: str) -> str:
        """The code of the organisation. Raises UnknownPlace, with candidates where several would do."""
        if written not in self._found:
            self._found[written] = self._search(written)
        return self._found[written]

    def title(self, key: str) -> str:
        return next((place.title for place in self._organisations if place.id == key), key)

    def _search(self, written: str) -> str:
        plain = _written(written)
        known = self._aliases.get(plain) or self._ids.get(written.strip()) or self._ids.get(plain)
        if known:
            return known
        meant = _words(written)
        exact = [key for key, words in self._words.items() if words == meant]
        found = exact if len(exact) == 1 else self._fitting(meant, _spare(written))
        if len(found) == 1:
            return found[0]
        raise UnknownPlace(written, [self._told(key) for key in found or self._near(meant)])

    def _fitting(self, meant: Words, spare: frozenset[str]) -> list[str]:
        """Those of these numbers and of every word that is written; the kind decides where it tells them apart."""
        if not meant.numbers and not meant.names:
            return []
        alike = [key for key, own in self._words.items() if own.numbers == meant.numbers and _is_akin(own, meant)]
        fitting = [key for key in alike if meant.names <= self._words[key].names]
        if not fitting and meant.numbers:  # the town or the hero it is named after may lack in the list
            fitting = [key for key in alike if meant.names - spare <= self._words[key].names]
        same_kind = [key for key in fitting if meant.kinds <= self._words[key].kinds]
        return same_kind if len(fitting) > 1 and same_kind else fitting

    def _near(self, meant: Words) -> list[str]:
        near = (key for key, own in self._words.items() if own.numbers & meant.numbers or own.names & meant.names)
        return list(islice(near, 5))

    def _told(self, key: str) -> str:
        return f"{quoted(self.title(key))} ({key})"


def _written(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.lower().replace("ё", "е")).split())


def _tokens(text: str) -> list[str]:
    spaced = re.sub(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])", " ", _written(text))
    return [part for token in spaced.split() for part in _SHORT.get(token, (token,))]


def _words(text: str) -> Words:
    """The words of a title without endings and legal forms."""
    tokens = [token for token in _tokens(text) if token not in _FORMS and not _LEGAL.match(token)]
    numbers = frozenset(token.lstrip("0") for token in tokens if token.isdigit())
    stems = frozenset(token[:_STEM] for token in tokens if not token.isdigit())
    return Words(numbers, stems - _KINDS, stems & _KINDS)


def _spare(text: str) -> frozenset[str]:
    """The words behind «г.», «с.», «имени»: where the organisation stands and whose name it bears."""
    tokens = _tokens(text)
    marked = [tokens[at + 1 : at + 4] for at, token in enumerate(tokens) if token in _MARKS]
    return frozenset(word[:_STEM] for words in marked for word in words)


def _is_akin(own: Words, meant: Words) -> bool:
    return not own.kinds or not meant.kinds or bool(own.kinds & meant.kinds)
