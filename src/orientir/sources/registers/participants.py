"""Lists of participants: championships, Abilympics, «Билет в будущее». A pupil at one stage, or with all steps.

Whether a pupil counts once, on the highest stage reached, is decided where the register is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Register, Unreadable
from orientir.sources.registers.common import DAY, GRADE, ORGANISATION, PEOPLE, PERSONS, WHO, who
from orientir.sources.registers.situation import Situation

PROGRAMMES = {
    "abilympics": ("абилимпикс", "abilympics"),
    "ticket": ("билет в будущее", "билет_в_будущее", "бвб", "билет"),
    "championship": ("чемпионат", "профессионал", "worldskills", "ворлдскил", "юниор"),
}
STAGES = {
    "registered": ("регистрац", "зарегистр"),
    "tested": ("диагност", "тестир"),
    "open_day": ("открытых двер",),
    "trial": ("проб",),
    "recommended": ("рекоменд",),
    "school": ("школьн",),
    "municipal": ("муницип", "районн", "окружн"),
    "regional": ("регион", "област", "отборо"),
    "national": ("национ", "всеросс", "федерал", "финал"),
    "master_class": ("мастер-класс", "мастер класс"),
}
# One row for a pupil and a column for each step, as the platform of the project exports it.
STEPS = {
    "registered": ("Регистрация", "Зарегистрирован", "Регистрация на платформе"),
    "tested": ("Диагностика", "Прошёл диагностику", "Тестирование", "Онлайн-диагностика", "Пройдена диагностика"),
    "open_day": ("День открытых дверей", "Посетил день открытых дверей", "ДОД"),
    "trial": ("Профессиональная проба", "Профпроба", "Проба", "Прошёл пробу", "Участие в пробе"),
    "recommended": ("Рекомендация", "Получил рекомендацию", "Рекомендация выдана", "Рекомендация получена"),
    "regional": ("Региональный этап", "Участие в региональном этапе"),
    "national": ("Национальный этап", "Финал", "Участие в финале", "Участие в национальном этапе"),
}


def rows(record: Record, situation: Situation) -> Iterator[dict[str, Any]]:
    """A row for each step that the pupil took; a list without stages gives one row."""
    if not record.get("programme"):
        cure = "Запишите в профиле, например: constants: {programme: abilympics}."
        raise Unreadable("не сказано, чьи это участники.", cure, "programme")
    common = {
        "organisation": record.get("organisation") or "",
        "programme": record["programme"],
        "day": record.get("day"),
        **who(record, situation),
        "grade": record.get("grade") or "",
        "competence": record.get("competence") or "",
        "result": record.get("result") or "",
    }
    wide = [step for step in STEPS if f"step_{step}" in record]
    taken = [step for step in wide if record[f"step_{step}"]]
    for stage in taken if wide else [record.get("stage") or ""]:
        yield {**common, "stage": stage}


REGISTER = Register(
    id="participants",
    title="Участники чемпионатов, «Абилимпикса» и «Билета в будущее»",
    row_means="один участник на одном этапе (или все этапы участника в одной строке)",
    table="participants",
    day="day",
    words=("участник", "участниц", "чемпионат", "абилимпикс", "билет", "participants", "протокол"),
    columns=(
        Column(
            "programme",
            "Чемпионат или проект",
            cells.Choice("programme", PROGRAMMES),
            ("Чемпионат", "Проект", "Конкурс", "Программа", "Наименование чемпионата", "Название конкурса"),
            required=True,
            seek=cells.Choice("programme", PROGRAMMES).seek,
        ),
        Column(
            "stage",
            "Этап",
            cells.Choice("stage", STAGES, "stage"),
            ("Этап чемпионата", "Этап участия", "Уровень этапа", "Шаг", "Этап (шаг)", "Уровень"),
            seek=cells.Choice("stage", STAGES, "stage").seek,
        ),
        ORGANISATION,
        *PEOPLE,
        PERSONS,
        GRADE,
        DAY,
        Column("competence", "Компетенция", cells.text, ("Наименование компетенции", "Профессия", "Направление")),
        Column("result", "Результат", cells.text, ("Место", "Итог", "Результат участия", "Диплом")),
        *(Column(f"step_{step}", titles[0], cells.yes_no, titles[1:]) for step, titles in STEPS.items()),
    ),
    needs=(WHO,),
    rows=rows,
)
