"""What stands in a cell: text, count, date, code, yes or no, organisation. A reader tells what it cannot read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from orientir.characters import forbidden_character
from orientir.presentation import day as printed_day
from orientir.presentation import number
from orientir.sources.registers.columns import Unreadable
from orientir.sources.registers.dates import Days, read_days
from orientir.sources.registers.places import UnknownPlace
from orientir.sources.registers.situation import Situation
from orientir.spreadsheets.numbers import read_count

LONGEST = 500  # a text of a register is a title, not a page
_EMPTY = frozenset(("", "-", "–", "—", "нет", "нет данных", "н/д", "х", "x"))
_CLASS = re.compile(
    r"^(\d{1,2})\s*(?:-?(?:й|ый|ой|е))?\s*[«\"'-]?\s*([а-яёa-z]?)[»\"']?\s*(?:кл(?:асс)?\.?)?$", re.IGNORECASE
)
_UNKNOWN = frozenset(("", "-", "–", "—", "н/д", "нет данных", "не указано", "нет сведений"))
_SCHOOL_IN_HEADING = re.compile(
    r"(?:СОШ|ООШ|НОШ|[Шш]кол[аыеу]|[Гг]имнази[яию]|[Лл]ице[йяюе])\s*(?:№\s*)?\d+|"
    r"[«\"](?:СОШ|ООШ|Средняя|Основная|Гимназия|Лицей)[^»\"]*[»\"]"
)
_WITH_UNIT = re.compile(r"^(\d+)\s*(?:мест|посещен|зачислен|запис|заяв|родител|консультац)[а-яё]*\.?$", re.IGNORECASE)
_GROUP_CODE = re.compile(r"(?<!\d)(\d{2})(?:\.\d{2}\.\d{2})?(?!\d)")


def plain(cell: Any) -> str:
    """The cell as text: «5» and not «5.0», a date as it is printed, spaces once."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return printed_day(cell.date())
    if isinstance(cell, date):
        return printed_day(cell)
    written = " ".join(str(cell).split())
    if forbidden_character(written):
        written = "".join(sign for sign in written if not forbidden_character(sign))
    return written


def is_empty(cell: Any) -> bool:
    return plain(cell) == ""


def text(cell: Any, _: Situation) -> str:
    written = plain(cell)
    if len(written) > LONGEST:
        raise Unreadable(f"текст длиннее {LONGEST} знаков.", "Сократите его до названия.")
    return written


def count(cell: Any, situation: Situation) -> int | None:
    """A whole number of something; what was repaired («12 чел.») is told. A mark («нет данных») is no number."""
    unit = _WITH_UNIT.match(cell.strip()) if isinstance(cell, str) else None
    found = read_count(unit[1] if unit else cell)
    if unit and not found.fault:
        situation.repair(f"„{plain(cell)}“ прочитано как {found.value}")
    if found.fault and situation.is_guarded and not re.search(r"\d", plain(cell)):
        raise Unreadable("в ячейке текст, а не число.", "Впишите число цифрами.")
    if found.fault:
        what, _, cure = found.fault.partition(". ")
        raise Unreadable(f"{what.rstrip('.')}.", cure)
    if found.value is None:
        return None
    if found.value != found.value.to_integral_value():
        raise Unreadable(f"число {number(found.value, 2)} дробное, а считают целыми.", "Впишите целое число.")
    if found.repaired:
        situation.repair(found.repaired)
    return int(found.value)


def day(cell: Any, situation: Situation) -> date | None:
    found = days(cell, situation)
    if found is None:
        return None
    if found.first != found.last:
        raise Unreadable(
            f"{situation.quote(plain(cell))} — промежуток, а нужен один день.", "Запишите дату как ДД.ММ.ГГГГ."
        )
    return found.first


def days(cell: Any, situation: Situation) -> Days | None:
    if plain(cell).lower() in _EMPTY:
        return None
    try:
        found = read_days(cell, situation.period, situation.month_first)
    except ValueError:
        cure = "Запишите дату как 28.04.2022, промежуток — как 21-22.11.2022."
        raise Unreadable(f"{situation.quote(plain(cell))} — не дата.", cure) from None
    if found is not None and found.repaired:
        situation.repair(f"{situation.quote(plain(cell))}: {found.repaired}")
    return found


def birth(cell: Any, situation: Situation) -> str:
    """A date of birth as one spelling of it, to tell people apart; whatever is written will do."""
    try:
        found = read_days(cell, situation.period, situation.month_first)
    except ValueError:
        return plain(cell)
    return found.first.isoformat() if found else ""


def grade(cell: Any, situation: Situation) -> str:
    """«9», «9 А», «9-й класс» -> the number of the grade."""
    written = plain(cell)
    if written.lower() in _EMPTY:
        return ""
    match = _CLASS.match(written)
    if not match or not 1 <= int(match[1]) <= 12:
        raise Unreadable(f"{situation.quote(written)} — не класс.", "Запишите номер класса, например 9 или 9 А.")
    return str(int(match[1]))


def organisation(cell: Any, situation: Situation) -> str:
    written = plain(cell)
    if not written:
        return ""
    try:
        return situation.places.id_of(written)
    except UnknownPlace as unknown:
        raise unknown_place(unknown, situation) from None


def unknown_place(unknown: UnknownPlace, situation: Situation) -> Unreadable:
    """What is said of a title that is none of the organisations, or several."""
    written = situation.quote(unknown.written)
    example = f"В профиле файла запишите: organisations: {{{quoted_yaml(written[1:-1])}: код}}."
    if unknown.candidates:
        several = "; ".join(unknown.candidates)
        return Unreadable(f"организация {written} не определена: подходят {several}.", example)
    what = f"организации {written} нет в organisations.csv."
    return Unreadable(what, f"Исправьте название или добавьте организацию. {example}")


def quoted_yaml(written: str) -> str:
    return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'


def yes_no(cell: Any, _: Situation) -> bool | None:
    """«да», «+», «1», a date (the day it was done) mean yes."""
    if isinstance(cell, date):
        return True
    written = plain(cell).lower().strip(".!")
    if written in ("", "нет", "-", "–", "—", "0", "не прошел", "не прошла", "false"):
        return False if written else None
    return True


def codes(cell: Any, situation: Situation) -> tuple[str, ...]:
    """Groups of specialties: «21.00.00; 15», «21.05.04» -> («21.00.00», «15.00.00»)."""
    found = [f"{match[1]}.00.00" for match in _GROUP_CODE.finditer(plain(cell))]
    if not found and not is_empty(cell):
        cure = "Запишите коды укрупнённых групп, например 21.00.00; 15.00.00."
        raise Unreadable(f"{situation.quote(plain(cell))} — не коды групп специальностей.", cure)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Choice:
    """A reader of codes. A code is known by beginnings of words, or by the whole text where a sign «=» stands.

    What the profile of the file explains counts first, then the members of the dimension of the programme.
    """

    column: str
    words: Mapping[str, tuple[str, ...]]
    dimension: str = ""

    def __call__(self, cell: Any, situation: Situation) -> str:
        written = plain(cell)
        if written.lower() in _UNKNOWN:
            return ""
        found = self.seek(written, situation)
        if not found:
            known = ", ".join(dict.fromkeys((*_members(situation, self.dimension), *self.words)))
            example = f"values: {{{self.column}: {{{quoted_yaml(situation.quote(written)[1:-1])}: код}}}}"
            cure = f"Исправьте слово или объясните его в профиле: {example}. Коды: {known}."
            raise Unreadable(f"{situation.quote(written)} — непонятное значение.", cure)
        return found

    def seek(self, written: str, situation: Situation) -> str:
        """The code that the text, a cell or a heading, speaks of; '' where it speaks of none."""
        low = _low(written)
        explained = {_low(key): code for key, code in situation.values.get(self.column, {}).items()}
        members = {_low(title): key for key, title in _members(situation, self.dimension).items()}
        exact = explained.get(low) or members.get(low) or (low if low in {*members.values(), *self.words} else "")
        return exact or next((code for code, stems in self.words.items() if any(_meets(low, one) for one in stems)), "")


def _meets(low: str, stem: str) -> bool:
    return low == stem[1:] if stem.startswith("=") else stem in low


def _low(written: str) -> str:
    return written.lower().replace("ё", "е")


def _members(situation: Situation, dimension: str) -> dict[str, str]:
    dimensions = situation.programme.dimensions if situation.programme else ()
    found = next((one for one in dimensions if one.id == dimension), None)
    return {member.id: member.title for member in found.members} if found else {}


def organisation_in(heading: str, situation: Situation) -> str:
    """The organisation that a heading names («Журнал диагностики МБОУ „СОШ № 5“»), '' where none is certain."""
    for match in _SCHOOL_IN_HEADING.finditer(heading):
        try:
            return situation.places.id_of(match[0])
        except UnknownPlace:
            continue
    return ""
