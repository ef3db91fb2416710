"""What is typed into one cell of a form, understood: a workbook and a page read it by the same rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from orientir.model.collection import Answer, CellKey
from orientir.model.forms import AnswerKind
from orientir.model.status import CellState
from orientir.spreadsheets.numbers import Read, read_count

INCOMPLETE = "ячейка не заполнена."
_YES_NO = {"да": 1, "нет": 0, "1": 1, "0": 0}
_STATES = {"not_reported": CellState.NOT_REPORTED, "not_applicable": CellState.NOT_APPLICABLE}
_NOTHING = Decimal(0)


class Understood(NamedTuple):
    """A number or a state; `what` and `cure` are a remark about the cell, which an error leaves not reported."""

    value: Decimal | None
    state: CellState
    repaired: str = ""
    what: str = ""
    cure: str = ""
    is_error: bool = True


def understand(kind: AnswerKind, content: object, mark: str = "", one_of_both: bool = True) -> Understood:
    """`mark` is the state that a row gives to its empty cells; with `one_of_both` a number may not stand beside it."""
    if kind is AnswerKind.YES_NO and isinstance(content, str) and content.strip().lower() in _YES_NO:
        content = _YES_NO[content.strip().lower()]
    read = read_count(content)
    if fault := read.fault or _fault(kind, read):
        return _wrong(fault, "")
    if read.value is not None and mark and one_of_both:
        return _wrong("стоят и число, и отметка.", "Оставьте что-то одно.")
    told = (read.repaired, "Проверьте, так ли это.", False) if read.repaired else ("", "", True)
    if read.value is not None:
        return Understood(read.value, CellState.VALUE if read.value else CellState.ZERO, read.repaired, *told)
    if not (read.mark or mark):
        return _wrong(INCOMPLETE, "Впишите число, 0 или отметку.")
    return Understood(None, _STATES[read.mark or mark], read.repaired, *told)


def _wrong(what: str, cure: str) -> Understood:
    return Understood(None, CellState.NOT_REPORTED, "", what, cure)


def _fault(kind: AnswerKind, read: Read) -> str:
    """What is a number and no answer to this question."""
    if read.value is None:
        return ""
    if kind is AnswerKind.YES_NO and read.value not in (0, 1):
        return "нужно «да» или «нет»."
    if read.value != read.value.to_integral_value():
        return f"число {str(read.value.normalize()).replace('.', ',')} дробное, а нужно целое. Впишите целое число."
    return ""


def sum_of(key: CellKey, parts: Sequence[Answer]) -> Answer:
    """What follows from its cells; unknown with any of them, not applicable where none applies."""
    place = parts[0].place if len(parts) == 1 else f"{parts[0].place} — {parts[-1].place.rpartition(' ')[2]}"
    whole = Answer(*key, None, CellState.NOT_REPORTED, place, parts[0].reason)
    states = {part.state for part in parts}
    if CellState.NOT_REPORTED in states:
        return whole
    if states == {CellState.NOT_APPLICABLE}:
        return whole._replace(state=CellState.NOT_APPLICABLE)
    value = sum([part.value for part in parts if part.value], _NOTHING)
    return whole._replace(value=value, state=CellState.VALUE if value else CellState.ZERO)
