"""The journal of diagnostics: children, tests and parents apart; consent, and until when a record is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Register
from orientir.sources.registers.common import DAY, GRADE, ORGANISATION, PEOPLE, PERSONS, WHO, who
from orientir.sources.registers.situation import Situation

WHO_IS_TESTED = {
    "parent": ("родител", "мать", "отец", "законн", "взросл"),
    "child": ("ребен", "дет", "обучающ", "учени", "школьник", "учащ"),
}
CONSENT = {
    "refused": ("отказ", "не соглас", "не получен", "не дан", "не подпис", "без соглас", "=нет", "отсутств"),
    "given": ("соглас", "=да", "получен", "имеется", "=есть", "=+", "подписан"),
}


def rows(record: Record, situation: Situation) -> Iterator[dict[str, Any]]:
    """One test of one person; in a journal of numbers, of so many. Children are meant where nobody is named."""
    tested = record.get("who") or "child"
    person = record if tested == "child" else {**record, "grade": ""}
    yield {
        "organisation": record.get("organisation") or "",
        "day": record.get("day"),
        "who": tested,
        **who(person, situation),
        "grade": record.get("grade") or "",
        "method": record.get("method") or "",
        "consent": record.get("consent") or "",
        "kept_until": record.get("kept_until"),
    }


REGISTER = Register(
    id="diagnostics",
    title="Журнал диагностики",
    row_means="одно тестирование одного человека (или число человек)",
    table="diagnostics",
    day="day",
    words=("диагност", "тестирован", "diagnostics"),
    columns=(
        ORGANISATION,
        Column("day", "Дата диагностики", DAY.read, ("Дата тестирования", "Дата обследования", "Дата", *DAY.synonyms)),
        Column(
            "who",
            "Кого тестировали",
            cells.Choice("who", WHO_IS_TESTED),
            ("Категория", "Ребёнок или родитель", "Кто прошёл", "Категория обследуемого"),
        ),
        *PEOPLE,
        PERSONS,
        GRADE,
        Column(
            "method",
            "Методика",
            cells.text,
            ("Тест", "Название методики", "Вид диагностики", "Наименование теста", "Диагностика"),
        ),
        Column(
            "consent",
            "Согласие",
            cells.Choice("consent", CONSENT),
            ("Согласие родителя", "Согласие законного представителя", "Согласие или отказ", "Наличие согласия"),
        ),
        Column(
            "kept_until",
            "Хранить до",
            cells.day,
            ("Срок хранения", "Срок хранения до", "Дата уничтожения", "Хранится до"),
        ),
    ),
    needs=(WHO, ("method", "consent", "who", "kept_until")),
    rows=rows,
)
