"""The tables of a data package: their columns, said once; reading them tells every mistake by file, line, column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from orientir.errors import Fault

Parser = Callable[[str], Any]


@dataclass(frozen=True)
class Column:
    """A column: how its text is read, its type in the Frictionless schema, and whether it may be empty."""

    parse: Parser
    kind: str
    required: bool = False


def _text(text: str) -> str:
    return text


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"«{text}» — не дата. Запишите как ГГГГ-ММ-ДД, например 2022-04-28.") from error


_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        if not _NUMBER.fullmatch(text):
            raise InvalidOperation
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"«{text}» — не число. Оставьте только цифры, дробную часть отделите точкой.") from error


def _whole(text: str) -> int | None:
    number = _number(text)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise ValueError(f"«{text}» — не целое число.")
    return int(number)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


TEXT, CODE = Column(_text, "string"), Column(_text, "string", required=True)
DATE, NUMBER = Column(_date, "date"), Column(_number, "number")
WHOLE, COUNTER = Column(_whole, "integer"), Column(_whole, "integer", required=True)
CODES = Column(_codes, "string")


def _columns(**columns: Column) -> Mapping[str, Column]:
    return columns


ORGANISATIONS = _columns(
    id=CODE,
    title=CODE,
    kind=CODE,
    parent=TEXT,
    title_genitive=TEXT,
    title_prepositional=TEXT,
    valid_from=DATE,
    valid_to=DATE,
)
SOURCES = _columns(id=CODE, title=CODE, document=TEXT, place=TEXT, rank=COUNTER, programme_source=TEXT, note=TEXT)
EVENTS = _columns(
    no=COUNTER,
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
)
ACTIVITIES = _columns(
    id=CODE, title=CODE, period=CODE, value=NUMBER, qualifier=TEXT, unit=CODE, part_of=TEXT, source=CODE, note=TEXT
)
OPEN_DAYS = _columns(host=CODE, title=CODE, period=CODE, visits=WHOLE, source=CODE, note=TEXT)
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


def fact_columns(dimensions: tuple[str, ...]) -> Mapping[str, Column]:
    """The columns of facts.csv under a programme with these breakdowns."""
    head = {"element": CODE, "organisation": CODE, "period": CODE}
    tail = {"value": NUMBER, "status": TEXT, "source": CODE, "note": TEXT}
    printed = {"reason": TEXT, "period_printed": TEXT, "label_printed": TEXT}
    return {**head, **dict.fromkeys(dimensions, TEXT), **tail, **printed}


# Columns that a hand-made file may leave out.
OPTIONAL = frozenset({"note", "reason", "period_printed", "label_printed"})


@dataclass(frozen=True)
class TableRow:
    """A row as read; `line` counts from 1 with the header."""

    line: int
    cells: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]


def read_table(name: str, data: bytes, columns: Mapping[str, Column], faults: list[Fault]) -> list[TableRow]:
    """The rows of a CSV file; what is wrong is added to the faults and its row left out."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        faults.append(Fault(name, "файл не в кодировке UTF-8.", "Сохраните его как «CSV UTF-8»."))
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if _header_faults(name, header, columns, faults):
            return []
        rows = [_row(name, reader.line_num, header, cells, columns, faults) for cells in reader if any(cells)]
    except csv.Error as error:
        faults.append(Fault(f"{name}:{reader.line_num}", f"строка не разобрана: {error}.", "Проверьте кавычки."))
        return []
    return [row for row in rows if row is not None]


def _header_faults(name: str, header: list[str], columns: Mapping[str, Column], faults: list[Fault]) -> bool:
    wrong = [Fault(f"{name}:1: {column}", "неизвестный столбец.", f"Допустимы: {', '.join(columns)}.")
             for column in header if column not in columns]  # fmt: skip
    missing = [column for column in columns if column not in header and column not in OPTIONAL]
    wrong += [Fault(f"{name}:1", f"нет столбца «{column}».", "Добавьте его.") for column in missing]
    wrong += [
        Fault(f"{name}:1: {column}", "столбец повторяется.") for column in set(header) if header.count(column) > 1
    ]
    faults += wrong
    return bool(wrong)


def _row(
    name: str, line: int, header: list[str], cells: list[str], columns: Mapping[str, Column], faults: list[Fault]
) -> TableRow | None:
    if len(cells) != len(header):
        what = f"в строке {len(cells)} ячеек вместо {len(header)}: файл записан не до конца или сдвинут."
        faults.append(Fault(f"{name}:{line}", what, "Восстановите строку."))
        return None
    given = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    read: dict[str, Any] = {}
    for column, rule in columns.items():
        try:
            read[column] = rule.parse(given.get(column, ""))
            if rule.required and read[column] in ("", None):
                raise ValueError("ячейка пуста, а значение обязательно.")
        except ValueError as error:
            faults.append(Fault(f"{name}:{line}: {column}", str(error)))
    return TableRow(line, read) if len(read) == len(columns) else None
