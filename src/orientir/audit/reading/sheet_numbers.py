"""A value of a spreadsheet as it is shown: with the decimals and the percent sign of its number format, in Russian.

Of a format only that is taken: colours, currencies and words around the number are not.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

_NBSP = "\u00a0"
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_DROPPED = re.compile(r"\[[^\]]*\]|[_*].")
_NUMBER = re.compile(r"[0#?][0#?, ]*(?:\.([0#?]*))?")
_NO_NUMBER = re.compile(r"[dmyhs@/]|general|e[+-]|,\s*(?:$|%)", re.IGNORECASE)
_LARGEST = 1e15  # above it a floating number has no decimals to speak of
_MOST_DECIMALS = 15
BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
            37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """Between how many decimals a number is shown, and whether as a percentage of one (%) or with a mere sign."""

    least: int
    most: int
    is_percent: bool = False
    has_sign: bool = False


def format_of(code: str) -> Format | None:
    """What an Excel number format says of a positive number; None for dates, texts, fractions and «General»."""
    signs = "".join(first or second for first, second in _LITERAL.findall(code[:200]))
    plain = _DROPPED.sub("", _LITERAL.sub("", code[:200])).split(";")[0]
    match = _NUMBER.search(plain)
    if _NO_NUMBER.search(plain) or not match:
        return None
    decimals = (match[1] or "")[:_MOST_DECIMALS]
    return Format(decimals.count("0"), len(decimals), "%" in plain, "%" in signs)


def shown(value: object, form: Format | None = None) -> str:
    """The text of a cell. A number without a format has as many decimals as it needs."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, datetime):
        has_time = (value.hour, value.minute) != (0, 0)
        return value.strftime("%d.%m.%Y %H:%M" if has_time else "%d.%m.%Y")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return _duration(value) if isinstance(value, timedelta) else str(value)


def _duration(value: timedelta) -> str:
    minutes = int(value.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"


def _number(value: int | float, form: Format | None) -> str:
    if not math.isfinite(value) or abs(value) >= _LARGEST:
        return f"{value:.10g}".replace(".", ",")
    if form is None:
        return _written(Decimal(f"{value:.10g}") if isinstance(value, float) else Decimal(value), 0)
    exact = Decimal(repr(value)) * (100 if form.is_percent else 1)
    if isinstance(value, float):
        exact = Decimal(f"{exact:.13g}")  # 0.575 * 100 as people multiply it, not as the machine holds it
    rounded = exact.quantize(Decimal(1).scaleb(-form.most), ROUND_HALF_UP)
    sign = f"{_NBSP}%" if form.is_percent or form.has_sign else ""
    return _written(rounded, form.least) + sign


def _written(value: Decimal, least: int) -> str:
    """With a decimal comma, and without zeros behind it that nobody asked for."""
    whole, _, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    return f"{whole},{decimals}" if decimals else "0" if whole == "-0" else whole
