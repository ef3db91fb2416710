"""Numbers of the statistical form ОО-1: pupils by grade, in a row for each grade or in columns of grades."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Register
from orientir.sources.registers.common import GRADE, ORGANISATION, PERSONS
from orientir.sources.registers.situation import Situation

KINDS = {
    # Groups that reports give one number for; each is a population of its own, not a row of grades.
    "graduates_9_11": ("выпускники 9 и 11", "выпускники 9, 11"),
    "pupils_9_11": ("обучающиеся 9–11", "обучающиеся 9-11"),
    "disability": ("овз", "инвалид", "огранич"),
    "profile": ("профил",),
    "advanced": ("углубл",),
    "graduates": ("выпускн",),
    "classes": ("класс-комплект", "число классов", "количество классов"),
    "pupils": ("обучающ", "ученик", "учащ", "контингент", "всего", "численност"),
}
GRADES = tuple(map(str, range(1, 12)))


def rows(record: Record, situation: Situation) -> Iterator[dict[str, Any]]:
    """A number for each grade that the row gives; a row without grades is a number for all of them."""
    common = {
        "organisation": record.get("organisation") or "",
        "counted_on": record.get("counted_on"),
        "kind": record.get("kind") or "pupils",
    }
    wide = [number for number in GRADES if f"grade_{number}" in record]
    for number in wide:
        if record[f"grade_{number}"] is not None:
            yield {**common, "grade": number, "persons": record[f"grade_{number}"]}
    if not wide:
        yield {**common, "grade": record.get("grade") or "", "persons": record.get("persons")}


REGISTER = Register(
    id="populations",
    title="Численность по форме № ОО-1",
    row_means="численность одной организации (по классам — в столбцах или строках)",
    table="populations",
    day="counted_on",
    words=("оо-1", "оо1", "контингент", "численност", "populations"),
    columns=(
        ORGANISATION,
        Column("counted_on", "На дату", cells.day, ("Дата", "По состоянию на", "Дата учёта")),
        Column(
            "kind",
            "Показатель",
            cells.Choice("kind", KINDS),
            ("Категория", "Кого считают", "Категория обучающихся", "Наименование показателя"),
            seek=cells.Choice("kind", KINDS).seek,
        ),
        GRADE,
        PERSONS,
        *(
            Column(
                f"grade_{number}",
                f"{number} класс",
                cells.count,
                (f"{number} кл", f"Класс {number}", f"{number}-е классы"),
            )
            for number in GRADES
        ),
    ),
    needs=(("persons", *(f"grade_{number}" for number in GRADES)),),
    rows=rows,
)
