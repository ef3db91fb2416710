"""facts.csv -> facts: what each row counts, where, when, by which breakdown, and in which state the cell is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from orientir.facts.reading import Reading
from orientir.facts.rows import TableRow
from orientir.model.indicators import Element, Unit
from orientir.model.package import Fact
from orientir.model.periods import Period
from orientir.model.status import CellState

_Breakdown = tuple[tuple[str, str], ...]


def facts(reading: Reading) -> Iterator[Fact]:
    """Every sound row; what is wrong with the others is told, all of it."""
    elements = {element.id: element for element in reading.programme.elements}
    places, documents = reading.keys("organisations"), reading.keys("sources")
    seen: dict[tuple[Any, ...], int] = {}
    for row in reading.rows("facts"):
        reading.check_known(row, "facts", "element", elements, "такой величины")
        reading.check_known(row, "facts", "organisation", places, "такой организации")
        reading.check_known(row, "facts", "source", documents, "такого источника")
        period = reading.period(row, "facts")
        element = elements.get(row["element"])
        breakdown = tuple(breakdown_of(reading, row, element, "facts"))
        state = _state(reading, row, element)
        if element is not None:
            _collected(reading, row, element)
        if period is not None and row.sound:
            _once(reading, row, seen, (row["element"], row["organisation"], period, breakdown, row["source"]))
            if state is not None:
                yield _fact(reading, row, period, breakdown, state)


def _once(reading: Reading, row: TableRow, seen: dict[tuple[Any, ...], int], key: tuple[Any, ...]) -> None:
    if seen.setdefault(key, row.line) != row.line:
        what = f"повторяет строку {seen[key]}: те же величина, организация, период, разрез и источник."
        reading.fault_at("facts", row, "", what, "Оставьте одну из строк.")


def _collected(reading: Reading, row: TableRow, element: Element) -> None:
    """What the programme computes itself would otherwise be counted twice, or not at all.

    A number that is counted from a register may be reported as well, and both are then held against each other, if the
    element names `sources` that report it; without them it is only counted.
    """
    if element.formula or (element.counted_from and not element.sources):
        what = f"величина «{element.id}» не собирается: программа вычисляет её сама."
        reading.fault_at("facts", row, "element", what, "Удалите строку.")


def _fact(reading: Reading, row: TableRow, period: Period, breakdown: _Breakdown, state: CellState) -> Fact:
    return Fact(
        id=f"f{row.line}",
        element=row["element"],
        organisation=row["organisation"],
        period=period,
        breakdown=breakdown,
        value=row["value"],
        state=state,
        source=row["source"],
        note=row["note"],
        reason=row["reason"],
        period_printed=row["period_printed"],
        label_printed=row["label_printed"],
        origin=row["origin"] or "",
        file=reading.path("facts"),
        row=row.line,
    )


def breakdown_of(reading: Reading, row: TableRow, element: Element | None, table: str) -> Iterator[tuple[str, str]]:
    """The members of the row's cell in the order of the programme's dimensions; what is wrong with them is told."""
    for dimension in reading.programme.dimensions:
        member = row[dimension.id]
        if not member:
            continue
        if element is not None and dimension.id not in element.dimensions:
            what = f"у величины «{element.id}» нет разреза «{dimension.id}»."
            reading.fault_at(table, row, dimension.id, what, "Очистите ячейку.")
        members = [one.id for one in dimension.members]
        reading.check_known(row, table, dimension.id, members, f"в разрезе «{dimension.title}» такого значения")
        yield dimension.id, member


def _state(reading: Reading, row: TableRow, element: Element | None) -> CellState | None:
    """The state of the cell; a state that contradicts the value is a fault, an empty cell needs one."""
    value, status = row["value"], row["status"]
    reading.check_known(row, "facts", "status", list(CellState), "такого состояния")
    if not row.sound or (status and status not in set(CellState)):
        return None
    if value is None:
        return _state_without_value(reading, row, status)
    _value_faults(reading, row, value, element.unit if element else None)
    expected = CellState.VALUE if value else CellState.ZERO
    if status not in ("", expected):
        what = f"состояние «{status}» противоречит числу {value}."
        reading.fault_at("facts", row, "status", what, f"Запишите «{expected}» или очистите ячейку с числом.")
    return expected


def _state_without_value(reading: Reading, row: TableRow, status: str) -> CellState | None:
    if status in ("", CellState.VALUE, CellState.ZERO):
        cure = "Запишите число или состояние: not_reported (нет данных), not_applicable (не применимо)."
        reading.fault_at("facts", row, "value", "ячейка пуста, а пустая ячейка — не ноль.", cure)
        return None
    return CellState(status)


_UNITS: Mapping[Unit, str] = {
    Unit.PERSON: "людей",
    Unit.ORGANISATION: "организации",
    Unit.PLACE: "места",
    Unit.EVENT: "мероприятия",
    Unit.WORK: "работы",
    Unit.VISIT: "посещения",
    Unit.AGREEMENT: "соглашения",
    Unit.CHOICE: "сделанные выборы",
    Unit.KILOMETRE: "целые километры",
    Unit.HOUR: "целые часы",
    Unit.CLASS: "классы",
}


def _value_faults(reading: Reading, row: TableRow, value: Decimal, unit: Unit | None) -> None:
    if value < 0:
        reading.fault_at("facts", row, "value", f"число {value} меньше нуля.", "Исправьте его.")
    elif value != value.to_integral_value():
        what = f"число {value} дробное, а считают {_UNITS[unit] if unit else 'единицы'}."
        reading.fault_at("facts", row, "value", what, "Запишите целое.")
