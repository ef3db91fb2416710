"""A CSV file -> its rows; every mistake is told by file, line and column.

A row with a mistake is kept, with nothing in the wrong cell, so that the rest of it is checked as well.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from orientir.characters import forbidden_character
from orientir.errors import Fault
from orientir.facts.tables import OPTIONAL, Column


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as read; `line` counts from 1 with the header. A row that is not sound holds None where it is wrong."""

    line: int
    cells: Mapping[str, Any]
    sound: bool = True

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]


def read_rows(name: str, data: bytes, columns: Mapping[str, Column], faults: list[Fault]) -> list[TableRow] | None:
    """The rows of the file; None, and added faults, where it cannot be read as a table with these columns."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        faults.append(Fault(f"{name}:{line}", "файл не в кодировке UTF-8.", "Сохраните его как «CSV UTF-8»."))
        return None
    lines = _lines(name, data, faults)
    _, header = next(lines, (1, []))
    if _header_faults(name, header, columns, faults):
        return None
    rows = (_row(name, line, header, cells, columns, faults) for line, cells in lines if any(cells))
    return [row for row in rows if row is not None]


LONGEST = 131_072  # the csv module's own limit, which any other library may have raised for the whole process
_UNREADABLE = {
    "field larger": "ячейка длиннее 131 072 знаков: вероятно, не закрыта кавычка",
    "unexpected end": "файл кончился внутри ячейки: не закрыта кавычка",
    "',' expected": "после закрывающей кавычки нет запятой",
}


def _lines(name: str, data: bytes, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins, up to the first that cannot be read."""
    # Line by line: a whole table as text takes four times its bytes.
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            if any(len(cell) > LONGEST for cell in cells):
                raise csv.Error("field larger")
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        what = next((told for said, told in _UNREADABLE.items() if str(error).startswith(said)), "запись не разобрана")
        faults.append(Fault(f"{name}:{start}", f"{what}.", "Проверьте кавычки в этой строке и ниже."))


def _header_faults(name: str, header: list[str], columns: Mapping[str, Column], faults: list[Fault]) -> bool:
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        what = "столбцы разделены не запятой."
        faults.append(Fault(f"{name}:1", what, "Сохраните файл как CSV с запятой между столбцами."))
        return True
    may_lack = {column for column, rule in columns.items() if rule.may_lack or column in OPTIONAL}
    missing = [column for column in columns if column not in header and column not in may_lack]
    unknown = dict.fromkeys(column for column in header if column not in columns)
    doubled = dict.fromkeys(column for column in header if header.count(column) > 1)
    wrong = [Fault(f"{name}:1: {column}", "неизвестный столбец.", _meant(column, columns)) for column in unknown]
    wrong += [Fault(f"{name}:1: {column}", "нет обязательного столбца.", "Добавьте его.") for column in missing]
    wrong += [Fault(f"{name}:1: {column}", "столбец повторяется.", "Оставьте один.") for column in doubled]
    faults += wrong
    return bool(wrong)


def _meant(column: str, columns: Mapping[str, Column]) -> str:
    close = get_close_matches(column, columns, 1)
    return f"Возможно, имелось в виду «{close[0]}»." if close else f"Допустимы: {', '.join(columns)}."


def _row(
    name: str, line: int, header: list[str], cells: list[str], columns: Mapping[str, Column], faults: list[Fault]
) -> TableRow | None:
    if len(cells) != len(header):
        what = f"в строке ячеек: {len(cells)}, а столбцов: {len(header)}; файл записан не до конца или строка сдвинута."
        faults.append(Fault(f"{name}:{line}", what, "Восстановите строку."))
        return None
    given = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    read: dict[str, Any] = {}
    sound = True
    for column, rule in columns.items():
        try:
            read[column] = _cell(rule, given.get(column, ""))
        except ValueError as error:
            faults.append(Fault(f"{name}:{line}: {column}", str(error)))
            read[column], sound = None, False
    return TableRow(line, read, sound)


def _cell(rule: Column, text: str) -> Any:
    if character := forbidden_character(text):
        raise ValueError(f"в ячейке недопустимый знак {character}. Удалите его.")
    if rule.required and not text:
        raise ValueError("ячейка пуста, а значение обязательно. Заполните её.")
    return rule.parse(text)
