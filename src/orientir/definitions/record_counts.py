"""Do the counts from records ask for what a pupil's year has: fields, members, sums, keys of cells."""

from __future__ import annotations

from collections.abc import Iterator

from orientir.definitions.entries import nearest
from orientir.definitions.folder import Folder
from orientir.errors import Fault
from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within
from orientir.model.indicators import Element, RecordCount
from orientir.model.records import FIELDS, KEYS, SUMS


def record_faults(folder: Folder) -> Iterator[Fault]:
    """Every `records` that cannot be counted."""
    for element in folder.programme.elements:
        if element.records is not None:
            where = folder.place("elements", element.id, "records")
            yield from _faults(element, element.records, where)


def _faults(element: Element, rule: RecordCount, where: str) -> Iterator[Fault]:
    if rule.sum and rule.sum not in SUMS:
        yield Fault(where, f"«{rule.sum}» не складывается.", f"Допустимы: {', '.join(SUMS)}.")
    if rule.where is not None:
        for part in _leaves(rule.where):
            yield from _leaf(part, where)
    for dimension, key in rule.by.items():
        if dimension not in element.dimensions:
            yield Fault(where, f"у величины нет разреза «{dimension}».", nearest(dimension, element.dimensions))
        if key not in KEYS:
            yield Fault(where, f"по «{key}» сведения не делятся.", f"Допустимы: {', '.join(KEYS)}.")


def _leaves(condition: Condition) -> Iterator[OneOf | Within]:
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part=part):
            yield from _leaves(part)
        case OneOf() | Within():
            yield condition


def _leaf(part: OneOf | Within, where: str) -> Iterator[Fault]:
    field = FIELDS.get(part.field)
    if field is None:
        yield Fault(
            where, f"у обучающегося нет поля «{part.field}».",
            nearest(part.field, FIELDS) or f"Допустимы: {', '.join(FIELDS)}.",
        )  # fmt: skip
    elif isinstance(part, Within) and field.members:
        yield Fault(where, f"у поля «{part.field}» нет промежутков.", "Перечислите значения.")
    elif isinstance(part, OneOf):
        yield from _members(part, where)


def _members(part: OneOf, where: str) -> Iterator[Fault]:
    names = list(FIELDS[part.field].members or ())
    for value in part.values:
        if names and value not in names:
            yield Fault(
                where, f"у поля «{part.field}» нет значения «{value}».",
                nearest(value, names) or f"Допустимы: {', '.join(names)}.",
            )  # fmt: skip
        if not names and not value.isdecimal():
            yield Fault(where, f"«{part.field}» — число, а записано «{value}».", "Запишите его цифрами.")
