"""corrections.csv and choices.csv: what was decided about facts. Whether it still holds is found in corrections.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from orientir.facts.counts import breakdown_of
from orientir.facts.reading import Reading
from orientir.facts.rows import TableRow
from orientir.model.collection import Choice, Correction, CorrectionKind
from orientir.model.indicators import Element
from orientir.model.status import CellState

_WITHOUT_NUMBER = (CellState.NOT_REPORTED, CellState.NOT_APPLICABLE, CellState.SUPPRESSED)
_PUT_INSTEAD = (CellState.NOT_REPORTED, CellState.NOT_APPLICABLE)


def corrections(reading: Reading) -> Iterator[Correction]:
    """Every sound correction, in the order of the file."""
    reading.unique("corrections")
    documents = reading.keys("sources")
    for row, cell in _cells(reading, "corrections"):
        reading.check_known(row, "corrections", "source", documents, "такого источника")
        reading.check_known(row, "corrections", "kind", list(CorrectionKind), "такого вида исправления")
        reading.check_known(row, "corrections", "expected_status", _WITHOUT_NUMBER, "такого состояния без числа")
        reading.check_known(row, "corrections", "status", _PUT_INSTEAD, "такого состояния вместо числа")
        expected, state = row["expected_status"], row["status"]
        are_known = expected in ("", None, *_WITHOUT_NUMBER) and state in ("", None, *_PUT_INSTEAD)
        if row.sound and row["kind"] in set(CorrectionKind) and are_known:
            _check_values(reading, row)
            yield Correction(
                id=row["id"],
                kind=CorrectionKind(row["kind"]),
                **cell,
                source=row["source"],
                expected=row["expected"],
                expected_state=CellState(expected) if expected else None,
                value=row["value"],
                state=CellState(state) if state else None,
                author=row["author"],
                decided_on=row["decided_on"],
                reason=row["reason"],
                file=reading.path("corrections"),
                row=row.line,
            )


def _check_values(reading: Reading, row: TableRow) -> None:
    """An override has a whole number or a state, the others none; what was expected is a number or a state."""
    value, is_override = row["value"], row["kind"] == CorrectionKind.OVERRIDE
    told = (value is not None) + bool(row["status"])
    if told != is_override:
        what, cure = _wrongly_put(str(row["kind"]), told)
        reading.fault_at("corrections", row, "value", what, cure)
    if value is not None and (value < 0 or value != value.to_integral_value()):
        reading.fault_at("corrections", row, "value", f"{value} — не целое число от нуля.", "Исправьте его.")
    if row["kind"] != CorrectionKind.WITHDRAW and (row["expected"] is None) == (not row["expected_status"]):
        what = "не сказано, что стояло в исправленной ячейке." if row["expected"] is None else "и число, и состояние."
        cure = "Запишите число в expected или состояние в expected_status."
        reading.fault_at("corrections", row, "expected", what, cure)


def _wrongly_put(kind: str, told: int) -> tuple[str, str]:
    if kind != CorrectionKind.OVERRIDE:
        return f"при виде «{kind}» нового числа не бывает.", "Очистите ячейку."
    if told:
        return "стоят и новое число, и состояние.", "Оставьте что-то одно: value или status."
    return "у исправления нет нового числа.", "Запишите его или состояние в status."


def choices(reading: Reading) -> Iterator[Choice]:
    """Every sound choice, in the order of the file; of several about one cell the last holds."""
    for row, cell in _cells(reading, "choices"):
        if bool(row["source"]) != bool(row["seen"]):
            what = "выбранная сторона и увиденные числа записываются вместе."
            reading.fault_at("choices", row, "seen", what, "Заполните обе ячейки; обе пустые отзывают выбор.")
        if row.sound:
            yield Choice(
                **cell,
                source=row["source"],
                seen=row["seen"],
                author=row["author"],
                decided_on=row["decided_on"],
                reason=row["reason"],
                file=reading.path("choices"),
                row=row.line,
            )


def _cells(reading: Reading, table: str) -> Iterator[tuple[TableRow, Mapping[str, Any]]]:
    """Each row with the cell that it means; rows that mean none are told."""
    elements = {element.id: element for element in reading.programme.elements}
    places = reading.keys("organisations")
    for row in reading.rows(table):
        reading.check_known(row, table, "element", elements, "такой величины")
        reading.check_known(row, table, "organisation", places, "такой организации")
        period = reading.period(row, table)
        element: Element | None = elements.get(row["element"])
        breakdown = tuple(breakdown_of(reading, row, element, table))
        if element is not None and period is not None:
            place = {"organisation": row["organisation"], "period": period, "breakdown": breakdown}
            yield row, {"element": element.id, **place}
