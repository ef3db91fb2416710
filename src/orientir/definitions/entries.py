"""One entry of a YAML file -> one frozen object of the model, or its faults with their lines."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, cast

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
        faults.extend(_fault(kind, detail, lines, route) for detail in error.errors())
        return None
    return entry if len(faults) == found else None


def named(raw: Any) -> Any:
    """An entry that is only a title may be written as a string."""
    return {"title": raw} if isinstance(raw, str) else raw


def _prepared(raw: Any, lines: Lines, route: Route, faults: list[Fault]) -> Any:
    """Shorthands written out: an element's id for a term, a mapping for a list of one, conditions typed."""
    if not isinstance(raw, dict):
        return raw
    prepared = dict(raw)
    for key in _TERM_KEYS & prepared.keys():
        terms = prepared[key] if isinstance(prepared[key], list) else [prepared[key]]
        prepared[key] = [_term(term, lines, (*route, key), faults) for term in terms]
    return prepared


def _term(raw: Any, lines: Lines, route: Route, faults: list[Fault]) -> Any:
    if isinstance(raw, str):
        return {"element": raw}
    if not isinstance(raw, dict) or "where" not in raw:
        return raw
    try:
        return {**raw, "where": parse_condition(raw["where"])}
    except ValueError as error:
        faults.append(Fault(lines.place((*route, "where")), str(error)))
        return {**raw, "where": None}


def _fault(kind: type, detail: ErrorDetails, lines: Lines, route: Route) -> Fault:
    what, cure = _told(kind, detail)
    return Fault(lines.place((*route, *detail["loc"])), what, cure)


def _told(kind: type, detail: ErrorDetails) -> tuple[str, str]:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing" | "missing_argument":
            return "нет обязательного ключа.", "Добавьте его."
        case "unexpected_keyword_argument" | "extra_forbidden":
            return "такого ключа нет, программа его не использует.", _nearest(kind, str(detail["loc"][-1]))
        case "enum":
            return f"недопустимое значение «{detail['input']}».", f"Допустимы: {context.get('expected')}."
        case "string_type":
            return f"нужна строка, а записано {detail['input']!r}.", "Возьмите значение в кавычки."
        case "dataclass_type":
            return "нужна запись вида «ключ: значение».", ""
        case _:
            return f"значение «{detail['input']}» не подходит ({detail['type']}).", "Проверьте тип и запись."


def _nearest(kind: type, key: str) -> str:
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else []
    close = get_close_matches(key, names, 1)
    return f"Возможно, имелось в виду «{close[0]}»." if close else "Удалите его."
