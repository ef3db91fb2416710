"""Structured conditions of the YAML files -> the typed form of the model.

`{stage: regional}`, `{stage: [a, b]}`, `{grade: {from: 6, to: 11}}`, `{any: [...]}`, `{not: {...}}`;
several keys mean "and".
"""

from __future__ import annotations

from typing import Any

from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within


def parse_condition(raw: Any) -> Condition:
    """Raises ValueError with a plain message when the structure means nothing."""
    if not isinstance(raw, dict) or not raw:
        raise ValueError("условие пишется как «разрез: значение», список, {from, to}, any или not.")
    parts = tuple(_part(str(key), value) for key, value in raw.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _part(key: str, value: Any) -> Condition:
    if key == "not":
        return Not(parse_condition(value))
    if key == "any":
        if not isinstance(value, list) or not value:
            raise ValueError("после any нужен непустой список условий.")
        return AnyOf(tuple(map(parse_condition, value)))
    if isinstance(value, dict):
        return _range(key, value)
    members = value if isinstance(value, list) else [value]
    if not members or any(isinstance(member, dict | list) or member is None for member in members):
        raise ValueError(f"{key}: нужно значение или непустой список значений.")
    return OneOf(key, tuple(str(member) for member in members))


def _range(key: str, value: dict[str, Any]) -> Within:
    if set(value) != {"from", "to"} or not all(isinstance(end, int) for end in value.values()):
        raise ValueError(f"{key}: промежуток пишется как {{from: 6, to: 11}}.")
    if value["from"] > value["to"]:
        raise ValueError(f"{key}: начало промежутка больше конца.")
    return Within(key, value["from"], value["to"])
