"""The tables of a data package: their columns, said once, and how the text of a cell is read.

How a file becomes rows is in reading.py; what the codes in the cells mean is in registers.py and counts.py.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

Parser = Callable[[str], Any]
DIGITS = 15  # what every engine adds up exactly


@dataclass(frozen=True)
class Column:
    """A column: how its text is read, its type in the Frictionless schema, whether it may be empty or not be there."""

    parse: Parser
    kind: str
    required: bool = False
    may_lack: bool = False


def _text(text: str) -> str:
    # Codes and names stand in thousands of rows: each is held once.
    return sys.intern(text)


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"«{text}» — не дата. Запишите как ГГГГ-ММ-ДД, например 2022-04-28.") from error


_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"«{text}» — не число. Оставьте только цифры, без пробелов, запятых и слов.")
    value = Decimal(text)
    if value.adjusted() >= DIGITS:
        raise ValueError(f"в числе больше {DIGITS} знаков. Проверьте его.")
    return value or Decimal(0)  # «-0» is zero


def _amount(text: str) -> Decimal | None:
    value = _number(text)
    if value is not None and value < 0:
        raise ValueError(f"число {value} меньше нуля. Исправьте его.")
    return value


def _whole(text: str) -> int | None:
    value = _amount(text)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise ValueError(f"«{text}» — не целое число. Исправьте его.")
    return int(value)


def _ordinal(text: str) -> int | None:
    value = _whole(text)
    if value == 0:
        raise ValueError("порядковый номер начинается с 1.")
    return value


def _codes(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _sides(text: str) -> tuple[tuple[str, str], ...]:
    sides = tuple((code.strip(), value.strip()) for code, _, value in (one.partition("=") for one in _codes(text)))
    if not all(code and value for code, value in sides):
        raise ValueError(f"«{text}» — не стороны расхождения; пишутся, например, form=12; oo1=14.")
    return sides


TEXT, CODE = Column(_text, "string"), Column(_text, "string", required=True)
DATE, NUMBER, AMOUNT = Column(_date, "date"), Column(_number, "number"), Column(_amount, "number")
WHOLE, ORDINAL = Column(_whole, "integer"), Column(_ordinal, "integer", required=True)
CODES = Column(_codes, "string")


def _columns(**columns: Column) -> Mapping[str, Column]:
    return columns


def _may_lack(column: Column) -> Column:
    """The column of a table that older packages have without it."""
    return replace(column, may_lack=True)


ORGANISATIONS = _columns(
    id=CODE,
    title=CODE,
    kind=CODE,
    parent=TEXT,
    title_genitive=TEXT,
    title_prepositional=TEXT,
    valid_from=DATE,
    valid_to=DATE,
    successor=_may_lack(TEXT),
)
SOURCES = _columns(id=CODE, title=CODE, document=TEXT, place=TEXT, rank=ORDINAL, programme_source=TEXT, note=TEXT)
EVENTS = _columns(
    no=ORDINAL,
    title=CODE,
    date_printed=TEXT,
    date_from=DATE,
    date_to=DATE,
    link_printed=TEXT,
    link=TEXT,
    kind=TEXT,
    level=TEXT,
    format=TEXT,
    industry=TEXT,
    participants=WHOLE,
    source=CODE,
    note=TEXT,
    period=_may_lack(TEXT),
    organisation=_may_lack(TEXT),
    state=_may_lack(TEXT),
    classes=_may_lack(TEXT),
    persons=_may_lack(WHOLE),
    visits=_may_lack(WHOLE),
    origin=_may_lack(TEXT),
)
ACTIVITIES = _columns(
    id=CODE, title=CODE, period=CODE, value=AMOUNT, qualifier=TEXT, unit=CODE, part_of=TEXT, source=CODE, note=TEXT
)
OPEN_DAYS = _columns(
    host=TEXT,
    title=CODE,
    period=CODE,
    visits=WHOLE,
    source=CODE,
    note=TEXT,
    organisation=_may_lack(TEXT),
    day=_may_lack(DATE),
    persons=_may_lack(WHOLE),
    origin=_may_lack(TEXT),
)
ACTIONS = _columns(
    id=CODE,
    kind=CODE,
    form=TEXT,
    title=CODE,
    act=TEXT,
    number=TEXT,
    decided_on=DATE,
    owner=TEXT,
    due=DATE,
    indicators=CODES,
    organisations=CODES,
    finding=TEXT,
    status=TEXT,
    evidence=TEXT,
    source=CODE,
    note=TEXT,
)


_HEAD = {"organisation": TEXT, "period": CODE}
_TAIL = {"source": CODE, "note": TEXT, "origin": TEXT}
_PERSONS = {"person": TEXT, "persons": WHOLE}
# Tables that the importer of registers fills; `person` tells people apart and holds no name.
REGISTERS: Mapping[str, Mapping[str, Column]] = {
    "agreements": {
        **_HEAD,
        "partner": CODE,
        "kind": TEXT,
        "number": TEXT,
        "valid_from": DATE,
        "valid_to": DATE,
        "subject": TEXT,
        "industry": TEXT,
        **_TAIL,
    },
    "workplaces": {**_HEAD, "host": TEXT, "channel": TEXT, "industry": TEXT, "places": WHOLE, **_TAIL},
    "consultations": {**_HEAD, "day": DATE, "form": TEXT, **_PERSONS, "grade": TEXT, **_TAIL},
    "diagnostics": {
        **_HEAD,
        "day": DATE,
        "who": TEXT,
        **_PERSONS,
        "grade": TEXT,
        "method": TEXT,
        "consent": TEXT,
        "kept_until": DATE,
        **_TAIL,
    },
    "participants": {
        **_HEAD,
        "programme": CODE,
        "stage": TEXT,
        "day": DATE,
        **_PERSONS,
        "grade": TEXT,
        "competence": TEXT,
        "result": TEXT,
        **_TAIL,
    },
    "supplementary": {
        **_HEAD,
        "provider": TEXT,
        "course": TEXT,
        "direction": TEXT,
        **_PERSONS,
        "enrolments": WHOLE,
        "grade": TEXT,
        **_TAIL,
    },
    "populations": {**_HEAD, "counted_on": DATE, "kind": CODE, "grade": TEXT, "persons": WHOLE, **_TAIL},
    "industries": {
        "industry": CODE,
        "period": CODE,
        "valid_from": DATE,
        "valid_to": DATE,
        "groups": CODES,
        "basis": TEXT,
        **_TAIL,
    },
}

SUBMISSIONS = _columns(
    organisation=TEXT,
    form=TEXT,
    version=TEXT,
    period=CODE,
    received=DATE,
    seen=ORDINAL,
    file=CODE,
    sha256=CODE,
    original=TEXT,
    state=CODE,
    asked=WHOLE,
    answered=WHOLE,
    remarks=WHOLE,
    note=TEXT,
)


def fact_columns(dimensions: tuple[str, ...]) -> Mapping[str, Column]:
    """The columns of facts.csv under a programme with these breakdowns."""
    head = {"element": CODE, "organisation": CODE, "period": CODE}
    tail = {"value": NUMBER, "status": TEXT, "source": CODE, "note": TEXT}
    printed = {"reason": TEXT, "period_printed": TEXT, "label_printed": TEXT, "origin": _may_lack(TEXT)}
    # A programme that gains a breakdown still reads the packages made before.
    return {**head, **_breakdown_columns(dimensions), **tail, **printed}


def _breakdown_columns(dimensions: tuple[str, ...]) -> Mapping[str, Column]:
    return dict.fromkeys(dimensions, _may_lack(TEXT))


_DECIDED = {"author": CODE, "decided_on": Column(_date, "date", required=True), "reason": CODE}


def correction_columns(dimensions: tuple[str, ...]) -> Mapping[str, Column]:
    """The columns of corrections.csv: the fact that is meant, what was expected in it, what is put instead, and why."""
    head = {"id": CODE, "kind": CODE, "element": CODE, "organisation": CODE, "period": CODE}
    expected = {"source": CODE, "expected": NUMBER, "expected_status": _may_lack(TEXT)}
    instead = {"value": NUMBER, "status": _may_lack(TEXT)}
    return {**head, **_breakdown_columns(dimensions), **expected, **instead, **_DECIDED}


def choice_columns(dimensions: tuple[str, ...]) -> Mapping[str, Column]:
    """The columns of choices.csv: the cell in conflict, the side chosen, all sides as they were seen, and why.

    A row without a side withdraws the choice above it.
    """
    head = {"element": CODE, "organisation": CODE, "period": CODE}
    sides = {"source": TEXT, "seen": Column(_sides, "string")}
    return {**head, **_breakdown_columns(dimensions), **sides, **_DECIDED}


TEXTS = _columns(key=CODE, period=CODE, text=CODE, seen=TEXT, author=TEXT, written_on=DATE)

# Columns that a hand-made file may leave out.
OPTIONAL = frozenset({"note", "reason", "period_printed", "label_printed", "origin"})
