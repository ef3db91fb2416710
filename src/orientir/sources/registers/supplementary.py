"""Supplementary education: children and enrolments apart, since one child may be in several courses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Register
from orientir.sources.registers.common import GRADE, ORGANISATION, PEOPLE, PERSONS, WHO, who
from orientir.sources.registers.situation import Situation

DIRECTIONS = {
    "technical": ("техническ", "робот", "инженер", "айти", "it"),
    "natural_science": ("естествен", "эколог", "агро", "биолог"),
    "artistic": ("художествен", "театр", "музык", "хореограф"),
    "sport": ("спорт", "физкульт"),
    "tourism": ("турист", "краевед"),
    "social": ("социальн", "гуманитар", "педагог", "медиа", "профориент"),
}


def rows(record: Record, situation: Situation) -> Iterator[dict[str, Any]]:
    """One child in one course (one enrolment), or the numbers of a course."""
    people = who(record, situation)
    yield {
        "organisation": record.get("organisation") or "",
        "provider": record.get("provider") or "",
        "course": record.get("course") or "",
        "direction": record.get("direction") or "",
        **people,
        "enrolments": 1 if people["person"] else record.get("enrolments"),
        "grade": record.get("grade") or "",
    }


REGISTER = Register(
    id="supplementary",
    title="Дополнительное образование",
    row_means="один ребёнок на одной программе (или числа одной программы)",
    table="supplementary",
    words=("дополнительн", "навигатор", "кружк", "supplementary", "1-доп", "доп."),
    columns=(
        ORGANISATION,
        Column(
            "provider",
            "Организация дополнительного образования",
            cells.text,
            ("Учреждение дополнительного образования", "Поставщик", "Организатор программы", "УДО"),
        ),
        Column(
            "course",
            "Программа дополнительного образования",
            cells.text,
            ("Программа", "Объединение", "Кружок", "Наименование программы", "Секция", "Название программы"),
        ),
        Column(
            "direction",
            "Направленность",
            cells.Choice("direction", DIRECTIONS),
            ("Направление", "Направленность программы"),
        ),
        *PEOPLE,
        PERSONS,
        Column(
            "enrolments",
            "Зачислений",
            cells.count,
            ("Количество зачислений", "Записей", "Количество записей", "Количество заявок", "Число зачислений"),
        ),
        GRADE,
    ),
    needs=((*WHO, "enrolments"), ("course", "direction", "enrolments", "provider")),
    rows=rows,
)
