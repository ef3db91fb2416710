"""Consultations with parents: persons, not presence at a meeting. Names tell parents apart and are forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Register
from orientir.sources.registers.common import DAY, GRADE, ORGANISATION, PEOPLE, PERSONS, WHO, who
from orientir.sources.registers.situation import Situation

FORMS = {
    "meeting": ("собрани", "лекц", "родительск", "встреч"),
    "group": ("группов",),
    "individual": ("индивид", "личн", "очн", "телефон", "онлайн", "дистанц", "консульт"),
}
_PARENTS = (
    "ФИО родителя",
    "ФИО родителя (законного представителя)",
    "Родитель",
    "Родитель (законный представитель)",
    "ФИО законного представителя",
    "ФИО обратившегося",
    "ФИО консультируемого",
)
_NAME = Column("name", "ФИО родителя", cells.text, (*_PARENTS, "ФИО"), personal=True)
_CHILD = Column("child", "ФИО ребёнка", cells.text, ("ФИО обучающегося", "Ребёнок", "Обучающийся"), personal=True)


def rows(record: Record, situation: Situation) -> Iterator[dict[str, Any]]:
    """One consultation; its class is that of the child and does not tell parents apart."""
    adult = {**record, "grade": ""}
    yield {
        "organisation": record.get("organisation") or "",
        "day": record.get("day"),
        "form": record.get("form") or "",
        **who(adult, situation),
        "grade": record.get("grade") or "",
    }


REGISTER = Register(
    id="consultations",
    title="Консультации родителей",
    row_means="одна консультация одного родителя (или число родителей)",
    table="consultations",
    day="day",
    words=("консультац", "родител", "consultations"),
    columns=(
        ORGANISATION,
        DAY,
        _NAME,
        _CHILD,
        *(column for column in PEOPLE if column.id != "name"),
        Column(
            "persons",
            "Родителей, человек",
            cells.count,
            ("Количество родителей", "Число родителей", "Родителей", *PERSONS.synonyms),
        ),
        GRADE,
        Column(
            "form", "Форма консультации", cells.Choice("form", FORMS), ("Форма", "Вид консультации", "Форма работы")
        ),
    ),
    needs=(WHO,),
    told_by_words=True,
    rows=rows,
)
