"""Organisations opened, closed and merged: their rows join organisations.csv by code. No sums are made here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.presentation import quoted
from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Register, Unreadable
from orientir.sources.registers.places import UnknownPlace
from orientir.sources.registers.situation import Situation


def rows(record: Record, situation: Situation) -> Iterator[dict[str, Any]]:
    """One organisation: a known one by its title, a new one by the code that the file gives it."""
    key = _known(record, situation)
    opened, closed = record.get("opened"), record.get("closed")
    if opened and closed and closed < opened:
        raise Unreadable("организация закрыта раньше, чем открыта.", "Исправьте одну из дат.", "closed")
    successor = record.get("successor") or ""
    if successor and closed is None:
        raise Unreadable("преемник назван, а дата закрытия — нет.", "Укажите, когда организация закрыта.", "closed")
    if successor == key:
        raise Unreadable("организация названа преемником самой себя.", "Назовите другую.", "successor")
    yield {
        "id": key,
        "title": record["title"],
        "kind": record.get("kind") or "",
        "valid_from": opened,
        "valid_to": closed,
        "successor": successor,
    }


def _known(record: Record, situation: Situation) -> str:
    if record.get("id"):
        return str(record["id"])
    try:
        return situation.places.id_of(record["title"])
    except UnknownPlace as unknown:
        if unknown.candidates:
            raise cells.unknown_place(unknown, situation) from None
        cure = "Добавьте столбец «Код» и дайте ей код латиницей, например school_20."
        raise Unreadable(f"организации {quoted(unknown.written)} нет в organisations.csv.", cure, "title") from None


REGISTER = Register(
    id="organisations",
    title="Организации и их реорганизация",
    row_means="одна организация: открыта, закрыта, присоединена",
    table="organisations",
    words=("реорганиз", "реестр организац", "сеть организац", "organisations"),
    columns=(
        Column(
            "title",
            "Организация",
            cells.text,
            ("Наименование организации", "Наименование", "Образовательная организация", "Название"),
            required=True,
        ),
        Column("id", "Код", cells.text, ("Код организации", "Идентификатор")),
        Column("kind", "Вид организации", cells.text, ("Код вида",)),
        Column("opened", "Открыта", cells.day, ("Дата открытия", "Дата создания", "Действует с")),
        Column(
            "closed", "Закрыта", cells.day, ("Дата закрытия", "Дата ликвидации", "Дата реорганизации", "Действует по")
        ),
        Column(
            "successor",
            "Преемник",
            cells.organisation,
            ("Правопреемник", "Присоединена к", "К какой организации присоединена", "Организация-преемник"),
        ),
    ),
    needs=(("opened", "closed", "successor"),),
    rows=rows,
)
