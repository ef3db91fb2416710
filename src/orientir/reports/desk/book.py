"""The workbook of open conflicts: each row has a list of its own sides to choose from and a place for the reason.

How the filled workbook is read back is known in answers.py, which takes its columns from here.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from math import ceil
from typing import Any

import xlsxwriter

from orientir.model.desk import Conflict
from orientir.model.package import Package
from orientir.model.programme import Programme
from orientir.reports.archive import repacked
from orientir.reports.build import SYNTHETIC
from orientir.reports.desk.lines import Line, lines_of

NUMBER, CHOICE, REASON, CONTROL = "Номер", "Выбранный источник", "Причина", "Контроль"
SHEETS = ("Расхождения", "Как заполнить")
_BEFORE = ((NUMBER, 10), ("Что", 26), ("Организация", 20), ("Период", 14))
_AFTER = (("Разница", 8), ("От числа зависят", 26), (CHOICE, 26), (REASON, 26), (CONTROL, 16))
_SIDE = 22
_LINE = 13.5  # points
_FIRST_SIDE = len(_BEFORE)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FONT = {"font_name": "Liberation Sans", "font_size": 10, "valign": "top", "text_wrap": True}
_EDGE = {"border": 1, "border_color": "#BFBFBF"}
_HOW = (
    "В строке — число, которое источники называют по-разному. Решать не обязательно все строки: пустые останутся "
    "открытыми.",
    "1. В столбце «Выбранный источник» выберите из списка, какое число верно.",
    "2. В столбце «Причина» напишите, почему: по ней выбор поймут через год. Имён детей не пишите.",
    "3. Сохраните файл и передайте его: orientir conflicts ПАКЕТ --import ФАЙЛ --author РОЛЬ.",
    "Столбец «Контроль» не меняйте: по нему видно, что числа с тех пор не изменились. Если хотя бы одна строка "
    "не годится, не записывается ни одна, а все ошибки называются по ячейкам.",
)


def conflicts_book(package: Package, programme: Programme, conflicts: Sequence[Conflict], when: date) -> bytes:
    """The workbook; the same conflicts on the same day give the same bytes."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS | {"default_format_properties": dict(_FONT)}) as book:
        book.set_properties({"title": "Расхождения источников", "created": datetime.combine(when, time())})
        main, how = (book.add_worksheet(name) for name in SHEETS)
        _write(book, main, lines_of(package, programme, conflicts), [control(one) for one in conflicts])
        marks = (SYNTHETIC,) if package.synthetic else ()
        if marks:
            main.set_header(f"&C{SYNTHETIC}")
        how.set_column(0, 0, 110)
        for at, text in enumerate((*marks, package.title or package.name, *_HOW)):
            how.write_string(at, 0, text, book.add_format(_FONT))
    return repacked(target.getvalue(), when)


def control(one: Conflict) -> str:
    """What the sides were when the workbook was made."""
    return "; ".join(f"{code}={value}" for code, value in one.seen)


def _write(book: Any, sheet: Any, lines: Sequence[Line], controls: Sequence[str]) -> None:
    sides = max((len(line.sides) for line in lines), default=2)
    columns = (*_BEFORE, *((f"Источник {at}", _SIDE) for at in range(1, sides + 1)), *_AFTER)
    head = book.add_format(_FONT | {"bold": True, "bg_color": "#D9E2F3", "border": 1})
    for at, (title, width) in enumerate(columns):
        sheet.set_column(at, at, width, None, {"hidden": title == CONTROL})
        sheet.write_string(0, at, title, head)
    looks = {
        "plain": book.add_format(_FONT | _EDGE),
        "asked": book.add_format(_FONT | _EDGE | {"bg_color": "#FFF8DC", "locked": False}),
    }
    for row, (line, told) in enumerate(zip(lines, controls, strict=True), 1):
        _write_row(sheet, row, line, told, sides, looks)
    _arrange(sheet, len(lines), len(columns))


def _write_row(sheet: Any, row: int, line: Line, told: str, sides: int, looks: Mapping[str, Any]) -> None:
    empty = ("",) * (sides - len(line.sides))
    cells = (line.number, line.what, line.where, line.period, *line.sides, *empty, line.difference, line.dependants)
    sheet.set_row(row, _height(cells, sides))
    for column, text in enumerate((*cells, "", "", told)):
        asked = column in (len(cells), len(cells) + 1)
        sheet.write_string(row, column, text, looks["asked" if asked else "plain"])
    sheet.data_validation(row, len(cells), row, len(cells), _list(row, len(line.sides)))


def _height(cells: Sequence[str], sides: int) -> float:
    """Enough for the longest of the wrapped cells: not every program works it out by itself."""
    widths = [*(width for _, width in _BEFORE), *(_SIDE,) * sides, *(width for _, width in _AFTER)]
    lines = max(ceil(len(text) / (width - 3)) for text, width in zip(cells, widths, strict=False))
    return _LINE * lines + 2


def _list(row: int, sides: int) -> dict[str, Any]:
    """The sides of the row itself are what may be chosen."""
    from xlsxwriter.utility import xl_range_abs

    source = "=" + xl_range_abs(row, _FIRST_SIDE, row, _FIRST_SIDE + sides - 1)
    return {
        "validate": "list",
        "source": source,
        "error_title": "Выбранный источник",
        "error_message": "Выберите один из источников этой строки.",
    }


def _arrange(sheet: Any, rows: int, columns: int) -> None:
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(rows, 1), columns - 2)
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
