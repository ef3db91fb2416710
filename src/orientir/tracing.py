"""The way back from a printed number: its formula, its facts, the rows and documents they were read from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orientir.errors import Fault, UserError
from orientir.tabular import NUMBERS


def trace(folder: Path, number: str) -> Iterator[str]:
    """Lines that lead from the number to its sources. Raises UserError for a folder or an id that is not there."""
    register = _register(folder)
    entry = register["numbers"].get(number)
    if entry is None:
        cure = "Код показан при наведении на число и в приложении о происхождении чисел."
        raise UserError(Fault(number, "такого числа в отчёте нет.", cure))
    yield f"{number}: {entry['text']}"
    yield f"  что это: {entry['title']}"
    yield f"  как получено: {entry['formula']}"
    if not entry["facts"]:
        yield f"  источник: {entry['sources']}"
    for key in entry["facts"]:
        yield from _fact(key, register["facts"])


def _register(folder: Path) -> Any:
    path = folder / NUMBERS
    cure = "Укажите папку отчёта или соберите его заново."
    try:
        register = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(Fault(str(path), "реестра чисел нет: это не папка отчёта.", cure)) from error
    except ValueError as error:
        raise UserError(Fault(str(path), "реестр чисел повреждён.", cure)) from error
    if not isinstance(register, dict) or not {"numbers", "facts"} <= register.keys():
        raise UserError(Fault(str(path), "это не реестр чисел отчёта.", cure))
    return register


def _fact(key: str, facts: dict[str, Any], indent: str = "  ") -> Iterator[str]:
    """The fact, what was decided about it, and the facts that it was added up from."""
    fact = facts[key]
    yield from (f"{indent}{line}" for line in _lines(key, fact))
    for part in fact.get("parts", ()):
        yield from _fact(part, facts, f"{indent}    ")


def _lines(key: str, fact: dict[str, Any]) -> Iterator[str]:
    value = fact["value"] or "нет данных"
    yield f"{key}: {value} — {fact['title']}; {fact['organisation']}, {fact['period']}"
    yield from (f"    {told}" for told in fact.get("history", ()))
    if fact.get("parts"):
        yield f"    {fact['note']}"
        return
    yield f"    строка {fact['row']} файла snapshot/{fact['file']}"
    yield f"    источник: {', '.join(part for part in (fact['document'], fact['place']) if part)}"
    if fact.get("origin"):
        yield f"    подлинник: {fact['origin']}"
    printed = [f"«{fact[name]}»" for name in ("label_printed", "period_printed") if fact[name]]
    if printed:
        yield f"    напечатано: {', '.join(printed)}"
    if fact["note"]:
        yield f"    примечание: {fact['note']}"
