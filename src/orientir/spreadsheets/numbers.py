"""One cell read as a number, an explicit mark, or a fault that says what to type instead.

People type «12 чел.» and «1 234»; that is understood and told. What can be understood in two ways is a fault, never a
guess. Whether a fraction or so large a number makes sense in its place is for the checks of the form.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from orientir.spreadsheets.number_words import MARKS, UNCLEAR, UNITS

NOT_REPORTED, NOT_APPLICABLE = "not_reported", "not_applicable"
_LARGEST = Decimal(10**9)  # no count of a district comes near; a telephone or a bank account does
_SHOWN_CHARACTERS = 40
_LONGEST = 200  # characters; nothing longer is a number with its unit
_TYPE_NUMBER = "Впишите число цифрами."

_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xAD])
_SAME = str.maketrans("０１２３４５６７８９．，＋－−‐‑–—", "0123456789.,+------")
_ERROR = re.compile(r"#(?:[A-ZА-Я_]+[!?]|(?:DIV|ДЕЛ)/0!|N/A|Н/Д|GETTING_DATA)")
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d*)?")
_WITH_UNIT = re.compile(rf"({_NUMBER.pattern}) ?([^\W\d][^\d]*)")
_THOUSANDS_OR_FRACTION = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
_LIKE_A_DATE = re.compile(r"0\d[.,]\d+")  # «01.09»
_LETTERS_FOR_DIGITS = str.maketrans("OoОоЗзIl|", "000033111")


@dataclass(frozen=True)
class Read:
    """What a cell says: a number, or a mark, or nothing; `repaired` and `fault` are Russian sentences or ""."""

    value: Decimal | None = None
    mark: str = ""
    repaired: str = ""
    fault: str = ""


EMPTY = Read()


def read_count(cell: object) -> Read:
    """The number in a cell of any type; an empty cell gives `EMPTY`: whether it must be filled, the form knows."""
    if isinstance(cell, bool):
        return Read(fault=f"в ячейке логическое значение «{'ИСТИНА' if cell else 'ЛОЖЬ'}», а не число. {_TYPE_NUMBER}")
    if isinstance(cell, float | int):
        return _typed(cell)
    if cell is None or cell == "":
        return EMPTY
    if isinstance(cell, str):
        return _text(cell)
    return _moment(cell)


def _typed(cell: float) -> Read:
    if not math.isfinite(cell):
        return Read(fault=f"в ячейке не число. {_TYPE_NUMBER}")
    # Excel itself keeps 15 digits: 0.1 + 0.2 comes as 0.30000000000000004.
    return _within_bounds(Decimal(int(cell)) if cell == int(cell) else Decimal(f"{cell:.15g}"))


def _within_bounds(value: Decimal, repaired: str = "") -> Read:
    if value < 0:
        return Read(fault=f"число {_shown(value)} меньше нуля. Впишите число не меньше нуля.")
    if value > _LARGEST:
        digits = value.adjusted() + 1
        return Read(fault=f"число слишком велико, цифр в нём {digits}. Проверьте, не вписан ли сюда телефон или счёт.")
    return Read(value=value, repaired=repaired)


def _shown(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",").replace("-", "\u2212")


def _moment(cell: object) -> Read:
    if isinstance(cell, datetime | date):
        typed = f"{cell.day}.{cell.month}"
        return Read(
            fault=f"в ячейке дата {cell:%d.%m.%Y}: Excel мог превратить в неё «{typed}» или «{cell.day}/{cell.month}». "
            "Выберите для ячейки формат «Числовой» и впишите число заново."
        )
    if isinstance(cell, time | timedelta):
        return Read(fault="в ячейке время, а не число. Выберите для ячейки формат «Числовой» и впишите число заново.")
    return Read(fault=f"в ячейке не число. {_TYPE_NUMBER}")


def _text(cell: str) -> Read:
    text = " ".join(cell.translate(_INVISIBLE).translate(_SAME).split()).removeprefix("'").strip()
    if not text:
        return EMPTY
    if len(text) > _LONGEST:
        return Read(fault=f"{_quoted(cell)}: в ячейке длинный текст, а нужно число. {_TYPE_NUMBER}")
    if _ERROR.fullmatch(text.upper()):
        return Read(fault=f"формула сломана и показывает «{text}». Исправьте формулу или впишите число.")
    mark = MARKS.get(_word(text))
    if mark:
        name, meaning = mark
        return Read(mark=name, repaired="" if text.lower() == meaning else _understood(cell, f"«{meaning}»"))
    return _unclear(cell, text) or _number(cell, text) or _fault(cell, text)


def _word(text: str) -> str:
    """«Н / Д.» and «нд» are one word."""
    return re.sub(r"[\s./\\()]", "", text.lower()).replace("ё", "е")


def _understood(cell: str, meaning: str) -> str:
    return f"{_quoted(cell)} прочитано как {meaning}"


def _quoted(cell: str) -> str:
    text = " ".join(cell.split())
    return f"„{text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + '…'}“"


def _unclear(cell: str, text: str) -> Read | None:
    """What means zero to one and «no data» to another."""
    if _word(text) not in UNCLEAR:
        return None
    return Read(
        fault=f"{_quoted(cell)} можно понять по-разному. Впишите 0, если таких нет, «нет данных», если неизвестно, "
        "«не применимо», если вопрос не относится к школе."
    )


def _number(cell: str, text: str) -> Read | None:
    """A number alone or with a known unit; None where it is something else."""
    unit = _WITH_UNIT.fullmatch(text)
    digits = unit[1] if unit and _word(unit[2]) in UNITS else text
    if not _NUMBER.fullmatch(digits) or not digits.isascii() or _LIKE_A_DATE.fullmatch(digits):
        return None
    if _THOUSANDS_OR_FRACTION.fullmatch(digits):
        return Read(
            fault=f"{_quoted(cell)}: непонятно, отделяет ли знак тысячи или дробную часть. "
            "Впишите целое число без разделителей, дробь — через запятую с одним или двумя знаками."
        )
    value = Decimal(digits.replace(" ", "").replace(",", ".").rstrip("."))
    plain = digits == cell and digits.isdigit() and not (len(digits) > 1 and digits.startswith("0"))
    return _within_bounds(_short(value), "" if plain else _understood(cell, _shown(_short(value))))


def _short(value: Decimal) -> Decimal:
    """«12,0» is 12."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() and value < 10**20 else value


_FAULTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\d.*%"), "в ячейке проценты, а нужно количество. Впишите число без знака «%»."),
    (re.compile(r"\d+ ?- ?\d+"), "в ячейке промежуток, а нужно одно число. Впишите точное число."),
    (re.compile(r"\d+ ?[/\\|;:] ?\d+.*"), "в ячейке два числа. Оставьте одно."),
    (re.compile(r"\d[\d.]*\d[./]\d{2,4}.*|0\d[.,]\d+"), "в ячейке дата, а нужно число. Впишите число."),
    (re.compile(r"=.*|[\d ]+(?:[-+*] ?[\d ]+)+=?.*"), "в ячейке записано вычисление. Впишите его итог одним числом."),
    (re.compile(r"(?:около|примерно|прим|ок|более|больше|свыше|менее|меньше|до|почти|не|от)\b.*\d.*|[~≈<>≥≤].*|\d+ ?\+",
                re.I), "число приблизительное. Впишите точное."),
    (re.compile(r"[-+]?\d+(?: \d+)+"), "в ячейке несколько чисел подряд. Впишите одно число без пробелов."),
    (re.compile(r"[-+]?[\d.,]+[eEеЕ][-+]?\d+"), "число записано с показателем степени. Впишите его обычными цифрами."),
)  # fmt: skip


def _fault(cell: str, text: str) -> Read:
    if text.count("-") == 1 and text.startswith("-") and _number(cell, text[1:].strip()):
        return Read(fault=f"{_quoted(cell)} меньше нуля или с лишней чертой. Впишите число не меньше нуля.")
    meant = text.translate(_LETTERS_FOR_DIGITS)
    if meant != text and meant.isdigit():
        return Read(fault=f"{_quoted(cell)} содержит букву вместо цифры; похоже на {meant}. Впишите число цифрами.")
    for pattern, what in _FAULTS:
        if pattern.fullmatch(text):
            return Read(fault=f"{_quoted(cell)}: {what}")
    if any(character.isdigit() for character in text):
        return Read(fault=f"{_quoted(cell)}: кроме числа, в ячейке есть другое. Оставьте только число.")
    return Read(fault=f"{_quoted(cell)} — не число. Впишите число цифрами, «нет данных» или «не применимо».")
