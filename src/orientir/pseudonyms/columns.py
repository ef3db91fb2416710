"""Columns that exports of pupils share: who the pupil is, the school, the class, the sex."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from orientir.pseudonyms import words
from orientir.pseudonyms.cells import Meaning
from orientir.pseudonyms.identity import Identity, birth_of, digits_of, name_parts, valid_snils
from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Record, Unreadable
from orientir.sources.registers.common import ORGANISATION as OF_REGISTERS
from orientir.sources.registers.common import PEOPLE
from orientir.sources.registers.situation import Situation

WHO = ("name", "surname", "snils")
GRADE = ("Класс обучения", "Класс, литера", "Класс участника", "Параллель", "Класс (курс)")
_PUPIL_AGES = range(5, 22)

# A parent and a teacher are named beside the pupil: their columns are known so that they are taken for no pupil.
_OTHERS = (
    Column("parent", "ФИО родителя", cells.text,
           ("Родитель", "ФИО законного представителя", "ФИО родителя (законного представителя)", "Мать", "Отец"),
           personal=True),
    Column("teacher", "ФИО педагога", cells.text, ("Педагог", "ФИО наставника", "Учитель", "Психолог"), personal=True),
)  # fmt: skip
IDENTITY: tuple[Column, ...] = (
    *PEOPLE,
    Column("document", "Документ", cells.text,
           ("Номер документа", "Серия и номер документа", "Паспорт", "Свидетельство о рождении", "Документ, номер",
            "Серия и номер паспорта"), personal=True),
    *_OTHERS,
)  # fmt: skip
ORGANISATION = Column(
    OF_REGISTERS.id, OF_REGISTERS.title, OF_REGISTERS.read, (*OF_REGISTERS.synonyms, "Код ОО", "Код школы"),
    seek=OF_REGISTERS.seek,
)  # fmt: skip


def meaning(
    key: str,
    title: str,
    known: words.Words,
    synonyms: tuple[str, ...],
    also: Callable[[str], int | None] = lambda _: None,
    required: bool = False,
    seeks: bool = False,
) -> Column:
    """A column of words that mean numbers; one that `seeks` may be told by the heading or the name of the file."""
    read = Meaning(key, known, also)
    return Column(key, title, read, synonyms, required, seek=read.seek if seeks else None)


SEX = meaning("sex", "Пол", words.SEX, ("Пол участника", "Пол обучающегося"))


def who(record: Record, situation: Situation) -> dict[str, Any]:
    """The identity of the row, and the school as the importer knows it. Raises Unreadable where nobody is named."""
    full, surname, first, patronymic = (str(record.get(key) or "") for key in _NAMES)
    parts = name_parts(full, surname, first, patronymic)
    written = str(record.get("snils") or "")
    years = situation.period.start - _PUPIL_AGES[-1], situation.period.start - _PUPIL_AGES[0]
    identity = Identity(
        *parts,
        birth=birth_of(str(record.get("birth") or ""), *years),
        snils=valid_snils(written),
        document=digits_of(str(record.get("document") or "")),
        grade=record.get("grade"),
        sex=record.get("sex"),
    )
    if not identity.letters and not identity.snils:
        raise Unreadable("никто не назван: ни имени, ни СНИЛС.", "Заполните их.", "name")
    place = record.get("organisation") or ""
    return {"who": identity, "organisation": place, "bad_snils": bool(written) and not identity.snils}


_NAMES = ("name", "surname", "first_name", "patronymic")
