"""Columns that many registers share: the organisation, the class, the people in them and the number of people."""

from __future__ import annotations

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record
from orientir.sources.registers.situation import Situation

ORGANISATION = Column(
    "organisation",
    "Образовательная организация",
    cells.organisation,
    (
        "ОО",
        "Школа",
        "Организация",
        "Наименование ОО",
        "Наименование организации",
        "Наименование образовательной организации",
        "Общеобразовательная организация",
        "Образовательное учреждение",
        "ОУ",
        "Наименование ОУ",
        "Место учёбы",
        "Учебное заведение",
    ),
    seek=cells.organisation_in,
)
GRADE = Column("grade", "Класс", cells.grade, ("Класс обучения", "Класс (курс)", "Класс ребёнка", "Параллель"))
PERSONS = Column(
    "persons",
    "Количество человек",
    cells.count,
    (
        "Число участников",
        "Количество участников",
        "Кол-во участников",
        "Численность",
        "Количество обучающихся",
        "Число обучающихся",
        "Количество детей",
        "Человек",
        "Чел",
        "Всего человек",
        "Охват, чел",
    ),
)
DAY = Column("day", "Дата", cells.day, ("Дата проведения", "Когда проведено", "Число, месяц, год"))
PEOPLE = (
    Column(
        "name",
        "ФИО",
        cells.text,
        (
            "Фамилия, имя, отчество",
            "Фамилия имя",
            "ФИО участника",
            "ФИО обучающегося",
            "ФИО ребёнка",
            "ФИО ученика",
            "ФИО полностью",
            "Участник",
            "Обучающийся",
            "Ученик",
        ),
        personal=True,
    ),
    Column("surname", "Фамилия", cells.text, ("Фамилия участника", "Фамилия обучающегося"), personal=True),
    Column("first_name", "Имя", cells.text, ("Имя участника", "Имя обучающегося"), personal=True),
    Column("patronymic", "Отчество", cells.text, ("Отчество (при наличии)",), personal=True),
    Column(
        "birth", "Дата рождения", cells.birth, ("Год рождения", "Д.р.", "Число, месяц, год рождения"), personal=True
    ),
    Column("snils", "СНИЛС", cells.text, ("Номер СНИЛС", "Страховой номер"), personal=True),
)
# A file needs one of these to tell how many people it is about.
WHO = ("name", "surname", "snils", "persons")


def person(record: Record, situation: Situation) -> str:
    """The number that stands for the person of the row, '' where the row names nobody."""
    parts = (record.get(key) or "" for key in ("name", "surname", "first_name", "patronymic"))
    return situation.people.number(
        record.get("organisation") or "",
        name=" ".join(part for part in parts if part),
        birth=record.get("birth") or "",
        snils=record.get("snils") or "",
        grade=record.get("grade") or "",
    )


def who(record: Record, situation: Situation) -> dict[str, object]:
    """The columns `person` and `persons` of a row: a person, or a number of people where none is named."""
    number = person(record, situation)
    return {"person": number, "persons": None if number else record.get("persons")}
