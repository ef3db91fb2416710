"""Visits to open days of colleges and universities: visits are not persons, so both are kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Register
from orientir.sources.registers.common import DAY, ORGANISATION
from orientir.sources.registers.places import UnknownPlace
from orientir.sources.registers.situation import Situation


def rows(record: Record, situation: Situation) -> Iterator[dict[str, Any]]:
    """One host. A host that is not among the organisations keeps its title and has no code."""
    yield {
        "host": _code(record["host"], situation),
        "title": record["host"],
        "visits": record.get("visits"),
        "organisation": record.get("organisation") or "",
        "day": record.get("day"),
        "persons": record.get("persons"),
    }


def _code(written: str, situation: Situation) -> str:
    try:
        return situation.places.id_of(written)
    except UnknownPlace:
        return ""


REGISTER = Register(
    id="open_days",
    title="Посещения дней открытых дверей",
    row_means="посещения одного принимающего вуза или колледжа",
    table="open_days",
    day="day",
    words=("открытых двер", "дод", "open_days"),
    columns=(
        Column(
            "host",
            "Принимающая организация",
            cells.text,
            ("Вуз", "Вуз или колледж", "Учебное заведение", "Кто принимал", "Где", "Наименование вуза", "ВУЗ/ПОО"),
            required=True,
        ),
        ORGANISATION,
        DAY,
        Column(
            "visits",
            "Посещений",
            cells.count,
            ("Количество посещений", "Число посещений", "Посетили", "Количество посетивших", "Посещений выпускниками"),
            required=True,
        ),
        Column("persons", "Человек", cells.count, ("Уникальных человек", "Количество выпускников", "Выпускников")),
    ),
    rows=rows,
)
