"""How numbers, periods and words are printed: the only place where anything is rounded.

Half-up in decimal arithmetic, decimal comma, no-break spaces before units, «п. п.» for differences of shares.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from orientir.model.periods import Period, PeriodKind

NBSP = "\u00a0"
MINUS = "\u2212"
HIDDEN = "скрыто"


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half-up, as people round."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def number(value: Decimal | int, decimals: int = 0) -> str:
    """«2194», «12 194», «57,5»: groups of three are set apart from five digits on."""
    figure = rounded(Decimal(value), decimals)
    whole, _, tail = f"{abs(figure):f}".partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", NBSP)
    sign = MINUS if figure < 0 else ""
    return sign + whole + (f",{tail}" if tail else "")


def bare_share(value: Decimal, decimals: int) -> str:
    """A share from 0 to 1 in per cent, for a column whose heading names the unit: «57,5»."""
    return number(value * 100, decimals)


def share(value: Decimal, decimals: int) -> str:
    """«57,5 %»."""
    return f"{bare_share(value, decimals)}{NBSP}%"


def _signed(text: str) -> str:
    return text if text.startswith(MINUS) or not text.strip("0,") else f"+{text}"


def points(change: Decimal, decimals: int) -> str:
    """A difference of shares: «+5,7 п. п.»."""
    return f"{_signed(number(change * 100, decimals))}{NBSP}п.{NBSP}п."


def difference(change: Decimal) -> str:
    """A difference of counts: «+2», «−7»."""
    return _signed(number(change))


def chance(p_value: float) -> str:
    """«p = 0,038», «p < 0,001»."""
    level = Decimal(str(p_value))
    if level < Decimal("0.001"):
        return f"p{NBSP}<{NBSP}0,001"
    return f"p{NBSP}={NBSP}{number(level, 3)}"


# Nouns whose forms after numerals do not follow from the dictionary form.
_IRREGULAR = {"человек": ("человек", "человека", "человек"), "год": ("год", "года", "лет")}


@cache
def _forms(noun: str) -> tuple[str, str, str]:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    word = _analyser().parse(noun)[0]
    one, few, many = (word.make_agree_with_number(number).word for number in (1, 2, 5))
    return one, few, many


@cache
def _analyser() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


def agreed(count: Decimal | int, noun: str) -> str:
    """The noun alone in the form that the number asks for."""
    one, few, many = _forms(noun)
    if count != int(count):
        return few
    last, tens = int(count) % 10, int(count) % 100
    if last == 1 and tens != 11:
        return one
    return few if last in (2, 3, 4) and tens not in (12, 13, 14) else many


def counted(count: Decimal | int, noun: str) -> str:
    """«21 школа», «2 человека», «5 лет»."""
    return f"{number(count)}{NBSP}{agreed(count, noun)}"


def period_name(period: Period) -> str:
    """«2021/22 уч. г.» or «2022 г.»."""
    if period.kind is PeriodKind.SCHOOL_YEAR:
        return f"{period}{NBSP}уч.{NBSP}г."
    return f"{period}{NBSP}г."


def in_period(period: Period) -> str:
    """«в 2021/22 учебном году», «в 2022 году»."""
    word = "учебном году" if period.kind is PeriodKind.SCHOOL_YEAR else "году"
    return f"в{NBSP}{period} {word}"


def day(value: date) -> str:
    """«28.04.2022»."""
    return f"{value:%d.%m.%Y}"


def day_in_words(value: date) -> str:
    """«28 апреля 2022 г.»."""
    from babel.dates import format_date

    return str(format_date(value, f"d{NBSP}MMMM y{NBSP}'г.'", locale="ru"))


def quoted(title: str) -> str:
    """The title in «ёлочки»; quotes inside it become „лапки“."""
    return f"«{title.replace('«', '„').replace('»', '“')}»"


def exact(value: Decimal, digits: int = 12) -> str:
    """A decimal of up to so many digits after the point, for files that machines read."""
    text = f"{rounded(value, digits):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
