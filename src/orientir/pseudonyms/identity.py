"""Who a row of an export is about, written so that two spellings of one person are one text. Nothing is hashed here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

_LATIN = str.maketrans("aceopxykmhtb", "асеорхукмнтв")  # letters that look alike and are typed for one another
_SNILS_DIGITS = 11
_UNCHECKED_SNILS = 1_001_998  # below it numbers were given before there was a checksum; today they are placeholders


@dataclass(frozen=True)
class Identity:
    """What tells a person from others; '' or None where the export is silent. Names hold Russian small letters only.

    `school`, `grade` and `sex` do not identify anybody: they help to link rows that have no common key.
    """

    surname: str = ""
    name: str = ""
    patronymic: str = ""
    birth: str = ""
    snils: str = ""
    document: str = ""
    school: int | None = None
    grade: int | None = None
    sex: int | None = None

    @property
    def letters(self) -> str:
        """The whole name in one word, however it was cut into columns."""
        return f"{self.surname}{self.name}{self.patronymic}"

    @property
    def key(self) -> str:
        """What the pseudonym is made of: a valid SNILS, else the name with the date of birth, else ''."""
        if self.snils:
            return f"snils:{self.snils}"
        return self.named_key

    @property
    def named_key(self) -> str:
        return f"person:{self.letters}:{self.birth}" if self.letters and self.birth else ""


def name_parts(full: str, surname: str, first: str, patronymic: str) -> tuple[str, str, str]:
    """Surname, name and patronymic, normalised, from one column or from three."""
    if surname and first:
        return letters_of(surname), letters_of(first), letters_of(patronymic)
    words = re.sub(r"\s*-\s*", "-", full or surname).split()
    parts = [letters_of(word) for word in words if letters_of(word)]
    if len(parts) < 2:
        return "".join(parts), "", ""
    return parts[0], parts[1], "".join(parts[2:])


def letters_of(text: str) -> str:
    """Letters alone, small, «ё» as «е», Latin look-alikes as Russian where the word is Russian."""
    low = text.lower().replace("ё", "е")
    if re.search("[а-я]", low):
        low = low.translate(_LATIN)
    return "".join(sign for sign in low if sign.isalpha())


def valid_snils(text: str) -> str:
    """The eleven digits, or '' where their checksum is wrong. A leading zero that a spreadsheet lost is put back."""
    digits = re.sub(r"\D", "", text)
    if not 9 <= len(digits) <= _SNILS_DIGITS:
        return ""
    digits = digits.zfill(_SNILS_DIGITS)
    number, control = digits[:9], int(digits[9:])
    total = sum(int(digit) * weight for digit, weight in zip(number, range(9, 0, -1), strict=True)) % 101
    return digits if int(number) > _UNCHECKED_SNILS and total % 100 == control else ""


def birth_of(text: str, oldest: int, youngest: int) -> str:
    """The day of birth as «2006-05-04»; '' where it is no date or of no pupil of these years."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return ""
    return text if oldest <= found.year <= youngest else ""


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


def shared_snils(identities: Sequence[Identity]) -> frozenset[str]:
    """Numbers that several people bear: a mother's instead of the child's, or one copied down a column."""
    bearers: dict[str, set[tuple[str, str]]] = {}
    for one in identities:
        if one.snils and one.name and one.birth:
            bearers.setdefault(one.snils, set()).add((one.name, one.birth))
    return frozenset(
        snils
        for snils, people in bearers.items()
        if any(_are_two(one, other) for one, other in combinations(sorted(people), 2))
    )


def _are_two(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """A slip changes the name or the birth, seldom both, and seldom the first letter: twins share the day of birth."""
    return one[0] != other[0] and (one[1] != other[1] or one[0][0] != other[0][0])
