"""Exports of pupils that can be recognised: their columns under the titles they go by, and what a row becomes.

Each is a register to the importer of registers; the rows are those of the record tables, still with the identity.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.pseudonyms import cells, words
from orientir.pseudonyms.columns import GRADE, IDENTITY, ORGANISATION, SEX, WHO, meaning, who
from orientir.sources.registers import cells as common
from orientir.sources.registers.cells import plain
from orientir.sources.registers.columns import Column, Record, Register, Unreadable
from orientir.sources.registers.situation import Situation

Rows = Iterator[dict[str, Any]]


def _enrolled(record: Record, situation: Situation) -> Rows:
    if not record.get("organisation"):
        raise Unreadable("школа не указана.", "Заполните столбец или назовите школу над таблицей.", "organisation")
    flags = {key: record.get(key) for key in ("disability", "adv", "add_edu", "profile", "sex")}
    yield {**who(record, situation), "grade": record["grade"], **flags}


ENROLMENT = Register(
    id="enrolment",
    title="Контингент: список обучающихся",
    row_means="один обучающийся",
    table="enrolment",
    words=("контингент", "списочн", "список обуч", "списки обуч", "список класс", "списки класс", "зачисление в школу"),
    columns=(
        *IDENTITY,
        Column("grade", "Класс", cells.grade, GRADE, required=True),
        ORGANISATION,
        SEX,
        meaning("disability", "ОВЗ или инвалидность", words.DISABILITY,
                ("ОВЗ", "Инвалидность", "Категория здоровья", "Наличие ОВЗ", "Ограниченные возможности здоровья")),
        meaning("adv", "Углублённое изучение", words.YES_NO, ("Углублённо", "Углублённое обучение", "Углубл.")),
        meaning("add_edu", "Дополнительное образование", words.YES_NO,
                ("ДОП", "Занят в дополнительном образовании", "Допобразование", "Кружки и секции")),
        meaning("profile", "Профиль", words.PROFILE,
                ("Профиль обучения", "Профиль класса", "УГСН профиля", "Группа специальностей"), cells.group_code),
    ),
    needs=(WHO,),
    rows=_enrolled,
)  # fmt: skip


def _exam(record: Record, situation: Situation) -> Rows:
    form = record.get("form")
    if form is None:
        raise Unreadable("форма экзамена не указана.", "Запишите в профиле: constants: {form: ОГЭ}.", "form")
    stage = words.STAGES.get(form) or record.get("grade")
    if stage not in (9, 11):
        raise Unreadable("не сказано, экзамен за 9 или за 11 класс.", "Заполните класс.", "grade")
    yield {**who(record, situation), "stage": stage, "form": form, "subject_id": record["subject"],
           "score": record.get("score")}  # fmt: skip


EXAM = Register(
    id="exam",
    title="Результаты ГИА",
    row_means="один экзамен одного участника",
    table="exam",
    words=("гиа", "егэ", "огэ", "экзамен", "результат", "гвэ"),
    columns=(
        *IDENTITY,
        meaning("subject", "Предмет", words.SUBJECT,
                ("Код предмета", "Наименование предмета", "Учебный предмет", "Экзамен"), cells.subject_code, True),
        meaning("form", "Форма", words.FORM, ("Форма ГИА", "Форма экзамена", "Форма сдачи"), seeks=True),
        Column("score", "Балл", cells.score,
               ("Баллы", "Тестовый балл", "Первичный балл", "Итоговый балл", "Результат")),
        Column("grade", "Класс", cells.grade, GRADE),
        ORGANISATION,
        SEX,
    ),
    needs=(WHO,),
    rows=_exam,
)  # fmt: skip


def _admission(record: Record, situation: Situation) -> Rows:
    specialty = record.get("specialty")
    kind = record.get("inst_type")
    if kind is None and specialty:
        kind = 1 if specialty[1] <= 2 else 2
    same = record.get("same_region")
    yield {**who(record, situation), "inst_type": kind, "institution": record.get("institution") or "",
           "specialty": specialty, "same_region": same}  # fmt: skip


def _admitted(cell: Any, _: Situation) -> str:
    written = " ".join(plain(cell).lower().replace("ё", "е").split())
    if any(written.startswith(stem) for stem in words.NOT_ADMITTED):
        raise cells.LeftOut("not_admitted", "не зачислен.")
    return ""


ADMISSION = Register(
    id="admission",
    title="Приём: зачисленные в колледжи и вузы",
    row_means="одно зачисление",
    table="admission",
    words=("зачислен", "прием", "поступ", "приказ", "фис"),
    columns=(
        *IDENTITY,
        Column("institution", "Организация приёма", common.text,
               ("Куда поступил", "Куда зачислен", "Вуз", "Колледж", "ПОО", "Наименование вуза", "Наименование ПОО",
                "Образовательная организация приёма", "Учреждение приёма"), required=True),
        Column("specialty", "Специальность", cells.specialty,
               ("Код специальности", "Направление подготовки", "Профессия, специальность", "Код направления",
                "Специальность (профессия)", "Код")),
        meaning("inst_type", "Тип организации", words.INSTITUTION, ("Уровень", "Уровень образования", "СПО или ВО")),
        meaning("same_region", "В своём регионе", words.SAME_REGION, ("Тот же регион",)),
        Column("status", "Статус", _admitted, ("Состояние", "Статус заявления", "Результат приёма")),
        Column("organisation", "Окончил школу", common.organisation,
               ("Школа", "Какую школу окончил", "ОО", "Образовательная организация", "Предыдущее образование"),
               seek=None),
        Column("grade", "Класс", cells.grade, (*GRADE, "После какого класса", "База")),
        SEX,
    ),
    needs=(WHO,),
    rows=_admission,
)  # fmt: skip


def _taken_part(record: Record, situation: Situation) -> Rows:
    yield {**who(record, situation), **{key: record.get(key) for key in ("activity", "day", "result")},
           "event_id": record.get("event")}  # fmt: skip


PARTICIPATION = Register(
    id="participation",
    title="Участие в мероприятиях",
    row_means="одно участие одного обучающегося",
    table="participation",
    day="day",
    words=("участник", "участие", "протокол", "абилимпикс", "чемпионат", "билет", "посещ", "олимпиад"),
    columns=(
        *IDENTITY,
        meaning("activity", "Вид мероприятия", words.ACTIVITY,
                ("Мероприятие", "Проект", "Чемпионат", "Конкурс", "Вид участия", "Активность"),
                required=True, seeks=True),
        Column("event", "Код мероприятия", cells.number_or_title,
               ("Номер мероприятия", "Название мероприятия", "Компетенция", "Наименование мероприятия")),
        Column("day", "Дата", common.day, ("Дата проведения", "Дата участия", "Когда")),
        meaning("result", "Результат", words.RESULT, ("Место", "Итог", "Диплом")),
        ORGANISATION,
        Column("grade", "Класс", cells.grade, GRADE),
        SEX,
    ),
    needs=(WHO,),
    rows=_taken_part,
)  # fmt: skip


def _tested(record: Record, situation: Situation) -> Rows:
    """Without consent, and a day until which it is kept, a test is not written."""
    if record.get("tested") == 0:
        raise cells.LeftOut("not_pupil", "тестирование родителя.")
    if record.get("consent") != 1:
        raise cells.LeftOut("no_consent", "согласия нет.")
    if record.get("kept_until") is None:
        raise cells.LeftOut("no_term", "срок хранения не назван.")
    yield {**who(record, situation), "day": record.get("day"), "method": record.get("method") or "", "consent": 1,
           "kept_until": record["kept_until"]}  # fmt: skip


DIAGNOSTICS = Register(
    id="diagnostics",
    title="Журнал диагностики",
    row_means="одно тестирование одного обучающегося",
    table="diagnostics",
    day="day",
    words=("диагност", "тестирован"),
    columns=(
        *IDENTITY,
        Column("day", "Дата диагностики", common.day, ("Дата тестирования", "Дата обследования", "Дата")),
        Column("method", "Методика", common.text, ("Тест", "Название методики", "Вид диагностики", "Диагностика"),
               required=True),
        meaning("consent", "Согласие", words.CONSENT,
                ("Согласие родителя", "Согласие законного представителя", "Наличие согласия")),
        Column("kept_until", "Хранить до", common.day, ("Срок хранения", "Срок хранения до", "Хранится до")),
        meaning("tested", "Кого тестировали", words.TESTED, ("Категория", "Ребёнок или родитель", "Кто прошёл")),
        ORGANISATION,
        Column("grade", "Класс", cells.grade, GRADE),
        SEX,
    ),
    needs=(WHO, ("consent", "kept_until")),
    rows=_tested,
)  # fmt: skip

EXPORTS: tuple[Register, ...] = (ENROLMENT, EXAM, ADMISSION, PARTICIPATION, DIAGNOSTICS)
