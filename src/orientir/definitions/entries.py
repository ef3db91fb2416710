"""One entry of a YAML file -> one frozen object of the model, or its faults with their lines."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from enum import EnumMeta
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from orientir.definitions.conditions import parse_condition
from orientir.definitions.lines import Lines, Route
from orientir.errors import Fault

T = TypeVar("T")

_TERM_KEYS = frozenset({"numerator", "denominator", "formula", "left", "right"})


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def build(kind: type[T], raw: Any, lines: Lines, route: Route, faults: list[Fault]) -> T | None:
    """Validate one entry; None and added faults where it is wrong."""
    found = len(faults)
    prepared = _prepared(raw, lines, route, faults)
    try:
        entry: T = _adapter(cast(Hashable, kind)).validate_python(prepared)
    except ValidationError as error:
        for detail in error.errors():
            what, cure = _told(kind, detail)
            faults.append(Fault(lines.place((*route, *_steps(raw, detail["loc"]))), what, cure))
        return None
    return entry if len(faults) == found else None


def named(raw: Any) -> Any:
    """An entry that is only a title may be written as a string."""
    return {"title": raw} if isinstance(raw, str) else raw


def nearest(name: str, known: Iterable[str]) -> str:
    """«Возможно, имелось в виду …», where there is a name like this one."""
    close = get_close_matches(name, list(known), 1)
    return f"Возможно, имелось в виду «{close[0]}»." if close else ""


def _prepared(raw: Any, lines: Lines, route: Route, faults: list[Fault]) -> Any:
    """Shorthands written out: an element's id for a term, a mapping for a list of one, conditions typed."""
    if not isinstance(raw, dict):
        return raw
    prepared = dict(raw)
    for key in _TERM_KEYS & prepared.keys():
        if isinstance(raw[key], list):
            prepared[key] = [_term(term, lines, (*route, key, n), faults) for n, term in enumerate(raw[key])]
        else:
            prepared[key] = [_term(raw[key], lines, (*route, key), faults)]
    for key in ("counted_from", "records"):
        if isinstance(raw.get(key), dict):
            prepared[key] = _term(raw[key], lines, (*route, key), faults)
    return prepared


def _term(raw: Any, lines: Lines, route: Route, faults: list[Fault]) -> Any:
    if isinstance(raw, str):
        return {"element": raw}
    if not isinstance(raw, dict) or "where" not in raw:
        return raw
    try:
        return {**raw, "where": parse_condition(raw["where"])}
    except ValueError as error:
        faults.append(Fault(lines.place((*route, "where")), str(error), "Исправьте условие."))
        return {**raw, "where": None}


# ---- mistakes in words


def _steps(raw: Any, route: Route) -> Route:
    """The way to a value in the file: a term that was written without a list has no number."""
    if len(route) > 1 and route[0] in _TERM_KEYS and not isinstance(raw[route[0]], list):
        return (route[0], *route[2:])
    return route


_WANTED = {
    "string": ("нужна строка", "Возьмите значение в кавычки."),
    "int": ("нужно целое число", "Запишите его цифрами, без кавычек."),
    "decimal": ("нужно число", "Запишите его цифрами, дробную часть отделите точкой."),
    "date": ("нужна дата", "Запишите её как ГГГГ-ММ-ДД."),
    "bool": ("нужно true или false", "Исправьте запись."),
    "tuple": ("нужен список", "Запишите его как [первое, второе]."),
    "list": ("нужен список", "Запишите его как [первое, второе]."),
    "dict": ("нужны записи вида «ключ: значение»", "Исправьте запись."),
    "dataclass": ("нужны записи вида «ключ: значение»", "Исправьте запись."),
}


def _told(kind: Any, detail: ErrorDetails) -> tuple[str, str]:
    code, given = detail["type"], detail["input"]
    holder, key = _holder(kind, detail["loc"]), str(detail["loc"][-1]) if detail["loc"] else ""
    if code in ("missing", "missing_argument"):
        return "нет обязательного ключа.", "Добавьте его."
    if code in ("unexpected_keyword_argument", "extra_forbidden"):
        names = [field.name for field in fields(holder) if field.name != "id"] if is_dataclass(holder) else []
        return "такого ключа нет, программа его не использует.", nearest(key, names) or "Удалите его."
    if code == "enum":
        allowed = list(map(str, holder)) if isinstance(holder, EnumMeta) else []
        return f"недопустимое значение «{given}».", nearest(str(given), allowed) or f"Допустимы: {', '.join(allowed)}."
    what, cure = _WANTED.get(code.partition("_")[0], ("значение не подходит", "Проверьте его тип и запись."))
    return f"{what}, а записано {_shown(given)}.", cure


def _shown(given: Any) -> str:
    if isinstance(given, dict | list | tuple):
        return "несколько значений" if given else "пустое значение"
    return "пустое значение" if given is None else f"«{given}»"


def _holder(kind: Any, route: Iterable[int | str]) -> Any:
    """The type that the last step of the route stands in, or, for a value, is of."""
    found = kind
    for step in route:
        inner = _inner(found, step)
        if inner is None:
            break
        found = inner
    return found


def _inner(kind: Any, step: int | str) -> Any:
    if is_dataclass(kind):
        hint = get_type_hints(kind).get(str(step))
        return None if hint is None else _plain(hint)
    return None if isinstance(kind, EnumMeta) or isinstance(step, str) else kind


def _plain(hint: Any) -> Any:
    """`tuple[Term, ...]` and `Population | None` -> what they hold."""
    held = [one for one in get_args(hint) if one not in (type(None), Ellipsis)]
    return _plain(held[0]) if held else hint
