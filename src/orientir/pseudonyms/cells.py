"""What stands in a cell of an export of pupils, as the small numbers of the record tables.

A reader raises `Unreadable` for what means nothing, and `LeftOut` for a row that is understood and not wanted. Neither
says what the cell held where that may be a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orientir.pseudonyms import words
from orientir.sources.registers import cells
from orientir.sources.registers.cells import plain, quoted_yaml
from orientir.sources.registers.columns import Unreadable
from orientir.sources.registers.situation import Situation
from orientir.sources.registers.titles import normal

_SPECIALTY = re.compile(r"(?<!\d)(\d{2})\.(\d{2})\.(\d{2})(?!\d)")
_GROUPS, _LEVELS = range(1, 60), range(1, 6)
_LARGEST_CODE = 999_999_999  # of ten digits and more are documents, SNILS and telephones
_BEST_SCORE = 100


class LeftOut(Unreadable):
    """A row that is understood and not written: `reason` counts it, and nothing is to be mended."""

    def __init__(self, reason: str, what: str) -> None:
        super().__init__(what, "")
        self.reason = reason


@dataclass(frozen=True)
class Meaning:
    """A reader of words by their dictionary; a profile explains others: values: {sex: {"М.": 1}}."""

    column: str
    known: words.Words
    also: Callable[[str], int | None] = lambda _: None

    def __call__(self, cell: Any, situation: Situation) -> int | None:
        written = plain(cell)
        if not written or written.lower() in ("н/д", "не указано", "нет данных", "нет сведений"):
            return None
        found = self.seek_number(written, situation)
        if found is None:
            told = situation.quote(written)
            cure = (
                f"Исправьте или объясните в профиле: values: {{{self.column}: {{{quoted_yaml(told[1:-1])}: число}}}}."
            )
            raise Unreadable(f"{told} — непонятное значение.", cure)
        return found

    def seek(self, text: str, situation: Situation) -> str:
        """The code that a heading speaks of, as text; '' where it speaks of none."""
        found = self.seek_number(text, situation, by_codes=False)
        return "" if found is None else f"code {found}"

    def seek_number(self, written: str, situation: Situation, by_codes: bool = True) -> int | None:
        low = _low(written)
        if low.startswith("code "):  # what a heading was found to say, on its way back
            return int(low.removeprefix("code "))
        explained = {_low(key): code for key, code in situation.values.get(self.column, {}).items()}
        if low in explained:
            return _code(explained[low], self.column)
        own = self.also(low) if by_codes else None
        found = (code for code, stems in self.known.items() if any(_speaks(low, stem) for stem in stems))
        return own if own is not None else next(found, None)


def _low(written: str) -> str:
    return " ".join(written.lower().replace("ё", "е").split())


def _speaks(low: str, stem: str) -> bool:
    """Stems are beginnings of words: «да» is no part of «удалён»."""
    return low == stem[1:] if stem.startswith("=") else re.search(rf"(?<!\w){re.escape(stem)}", low) is not None


def _code(text: str, column: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text.strip()):
        cure = "В values профиля записывается число."
        raise Unreadable(f"«{text}» в профиле (values, {column}) — не число.", cure)
    return int(text)


def subject_code(low: str) -> int | None:
    """«02», «22 - Математика базовая»: the code of РИС ГИА, where one leads the cell."""
    match = re.match(r"^(\d{1,2})(?:\D|$)", low)
    return words.SUBJECT_CODES.get(int(match[1])) if match else None


def group_code(low: str) -> int | None:
    """«09.00.00», «09.02.07», «9»: the group of specialties."""
    match = re.match(r"^(\d{1,2})(?:\.\d{2}\.\d{2})?(?:\D|$)", low)
    return int(match[1]) if match and int(match[1]) in (0, *_GROUPS) else None


def grade(cell: Any, situation: Situation) -> int | None:
    found = cells.grade(cell, situation)
    return int(found) if found else None


def specialty(cell: Any, situation: Situation) -> tuple[int, int, int] | None:
    """«09.02.07 Информационные системы» as group, level and number."""
    written = plain(cell)
    if not written:
        return None
    match = _SPECIALTY.search(written)
    if not match or int(match[1]) not in _GROUPS or int(match[2]) not in _LEVELS:
        cure = "Запишите код, например 09.02.07."
        raise Unreadable(f"{situation.quote(written)} — не код специальности.", cure)
    return int(match[1]), int(match[2]), int(match[3])


def score(cell: Any, situation: Situation) -> int | None:
    """0 to 100. A pupil who did not come took no exam."""
    written = _low(plain(cell))
    if any(_speaks(written, stem) for stem in words.NOT_TAKEN):
        raise LeftOut("not_taken", "экзамен не сдавался.")
    found = cells.count(cell, situation)
    if found is not None and found > _BEST_SCORE:
        raise Unreadable(f"балл больше {_BEST_SCORE}.", "Исправьте балл.")
    return found


def number_or_title(cell: Any, _: Situation) -> int | str | None:
    """A number of an event as it is, or its title, for which the key has a number: a plain hash could be guessed."""
    written = plain(cell)
    if not written:
        return None
    digits = re.sub(r"[\s№./-]", "", written)
    return checked_code(int(digits)) if digits.isdecimal() else normal(written)


def checked_code(number: int) -> int:
    if number > _LARGEST_CODE:
        what = "в столбце кода — номер из десяти и более цифр: похоже на документ, СНИЛС или телефон."
        raise Unreadable(what, "Укажите в профиле другой столбец.")
    return number
