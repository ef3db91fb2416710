"""Do the counts from registers ask of a register what it has: columns, members, days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orientir.definitions.entries import nearest
from orientir.definitions.folder import Folder
from orientir.errors import Fault
from orientir.model.conditions import fields_of
from orientir.model.indicators import Element, RegisterCount, Tally
from orientir.model.registers import REGISTERS, Shape

_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def register_faults(folder: Folder) -> Iterator[Fault]:
    """Every `counted_from` that cannot be counted."""
    for element in folder.programme.elements:
        rule = element.counted_from
        if rule is None:
            continue
        where = folder.place("elements", element.id, "counted_from")
        shape = REGISTERS.get(rule.register)
        if shape is None:
            known = ", ".join(REGISTERS)
            yield Fault(
                where, f"реестра «{rule.register}» нет.", nearest(rule.register, REGISTERS) or f"Допустимы: {known}."
            )
            continue
        yield from _what_is_counted(rule, shape, where)
        yield from _columns(rule, shape, where)
        yield from _breakdowns(folder, element, rule, where)


def _what_is_counted(rule: RegisterCount, shape: Shape, where: str) -> Iterator[Fault]:
    if rule.sum and rule.sum not in shape.sums:
        allowed = f"Допустимы: {', '.join(shape.sums)}." if shape.sums else "Считайте строки."
        yield Fault(where, f"столбец «{rule.sum}» не складывается.", allowed)
    if rule.count is Tally.PERSONS and (rule.sum or not shape.persons):
        what = (
            "люди и сумма столбца названы вместе." if rule.sum else f"в реестре «{rule.register}» людей не различают."
        )
        yield Fault(where, what, "Уберите sum." if rule.sum else "Сложите столбец (sum) или считайте строки.")
    if shape.is_span != bool(rule.valid_on):
        cure = (
            "Укажите valid_on — день, например 05-31."
            if shape.is_span
            else "Уберите valid_on: у строк этого реестра есть год."
        )
        yield Fault(
            where, "не сказано, на какой день считать." if shape.is_span else "день valid_on здесь лишний.", cure
        )
    elif rule.valid_on and not _DAY.fullmatch(rule.valid_on):
        yield Fault(where, f"«{rule.valid_on}» — не день года.", "Запишите месяц и день, например 05-31.")


def _columns(rule: RegisterCount, shape: Shape, where: str) -> Iterator[Fault]:
    asked = sorted(fields_of(rule.where)) if rule.where is not None else []
    for column in [*asked, *rule.by.values()]:
        if column not in shape.fields:
            cure = nearest(column, shape.fields) or f"Допустимы: {', '.join(shape.fields)}."
            yield Fault(where, f"столбца «{column}» у реестра «{rule.register}» нет.", cure)


def _breakdowns(folder: Folder, element: Element, rule: RegisterCount, where: str) -> Iterator[Fault]:
    for dimension in rule.by:
        if dimension not in element.dimensions:
            yield Fault(where, f"у величины нет разреза «{dimension}».", nearest(dimension, element.dimensions))
    if not rule.ladder:
        return
    if len(rule.by) != 1 or rule.count is not Tally.PERSONS:
        what = "лестница (ladder) возможна, только когда считают людей по одному разрезу."
        yield Fault(where, what, "Укажите count: persons и один разрез в by.")
        return
    found = next((one for one in folder.programme.dimensions if one.id in rule.by), None)
    members = [one.id for one in found.members] if found else list(rule.ladder)
    for rung in rule.ladder:
        if rung not in members:
            yield Fault(where, f"ступени «{rung}» в разрезе нет.", nearest(rung, members))
