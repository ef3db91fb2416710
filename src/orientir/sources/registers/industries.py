"""Industries that the district needs people for, with dates and groups of specialties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Register, Unreadable
from orientir.sources.registers.situation import Situation


def rows(record: Record, _: Situation) -> Iterator[dict[str, Any]]:
    if record.get("valid_from") and record.get("valid_to") and record["valid_to"] < record["valid_from"]:
        raise Unreadable("последний день раньше первого.", "Исправьте одну из дат.", "valid_to")
    yield {
        "industry": record["industry"],
        "valid_from": record.get("valid_from"),
        "valid_to": record.get("valid_to"),
        "groups": record.get("groups") or (),
        "basis": record.get("basis") or "",
    }


REGISTER = Register(
    id="industries",
    title="Востребованные отрасли",
    row_means="одна отрасль и срок, в который она востребована",
    table="industries",
    words=("востребован", "отрасл", "industries", "угс"),
    columns=(
        Column(
            "industry",
            "Отрасль",
            cells.text,
            ("Востребованная отрасль", "Отрасль экономики", "Наименование отрасли"),
            required=True,
        ),
        Column(
            "groups",
            "Группы специальностей",
            cells.codes,
            ("УГСН", "УГС", "Укрупнённые группы", "Коды УГСН", "Укрупнённые группы специальностей", "Код УГСН"),
            required=True,
        ),
        Column("valid_from", "Востребована с", cells.day, ("С какой даты", "Начало", "Действует с", "Дата начала")),
        Column(
            "valid_to", "Востребована по", cells.day, ("По какую дату", "Окончание", "Действует по", "Дата окончания")
        ),
        Column("basis", "Основание", cells.text, ("Документ", "Источник", "Реквизиты документа")),
    ),
    rows=rows,
)
