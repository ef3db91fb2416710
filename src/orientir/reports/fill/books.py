"""The two workbooks that go with a filled form: the mapping to confirm and the list of what was filled and what not.

A workbook and not CSV: Excel takes «5-9» in a CSV for a date, and a workbook has lists to choose from.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from math import ceil
from typing import Any

import xlsxwriter

from orientir.reports.archive import repacked
from orientir.reports.fill.mapping import TITLES, Row
from orientir.reports.fill.proposals import State
from orientir.reports.fill.targets import Catalogue
from orientir.reports.fill.years import shift_in_words

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FONT = {"font_name": "Liberation Sans", "font_size": 10, "valign": "top", "text_wrap": True}
_WIDTHS = (13, 16, 20, 52, 52, 24, 28, 14, 15, 13, 46, 14)
_COLOURS = {
    State.YES: "#E2F0D9",
    State.PROPOSED: "#FFF8DC",
    State.DOUBTFUL: "#FBE5D6",
    State.UNKNOWN: "#F2F2F2",
    State.NO: "#FFFFFF",
}
_SHEETS = ("Соответствие", "Как заполнить", "Справочник")
_HOW = (
    "Этот файл говорит, какое число в какую ячейку чужой формы записать. Его подтверждают один раз.",
    "1. На листе «Соответствие» просмотрите строки. «Предложено» — надписи поняты; «сомнительно» — похоже, "
    "но проверьте; «не понято» — выберите сами.",
    "2. Верно — поставьте в первом столбце «да» (можно протянуть вниз). Не заполнять — «нет». "
    "Без «да» ячейка останется пустой.",
    "3. Столбцы «Что записать», «Разрез», «Организация», «Период» можно исправить: в них есть списки. "
    "Пустая организация — вся территория.",
    "4. «Отчётный» и «предыдущий» год считаются от --period, поэтому файл годится и для следующей формы.",
    "5. Столбец «Контроль» не меняйте: по нему видно, что в форме изменились надписи.",
    "6. Повторите команду, добавив --mapping и этот файл.",
)


def mapping_book(rows: Sequence[Row], catalogue: Catalogue, when: date, marks: Sequence[str]) -> bytes:
    """The workbook of a mapping; equal rows give equal bytes."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS | {"default_format_properties": dict(_FONT)}) as book:
        book.set_properties({"title": "Соответствие формы и показателей", "created": datetime.combine(when, time())})
        main, how, lists = (book.add_worksheet(name) for name in _SHEETS)
        _write_rows(book, main, rows)
        counts = _write_lists(lists, catalogue)
        _offer(main, len(rows), counts)
        how.set_column(0, 0, 110)
        for at, line in enumerate((*marks, *_HOW)):
            how.write_string(at, 0, line, book.add_format(_FONT))
    return repacked(target.getvalue(), when)


def _write_rows(book: Any, sheet: Any, rows: Sequence[Row]) -> None:
    head = book.add_format(_FONT | {"bold": True, "bg_color": "#D9E2F3", "border": 1})
    looks = {str(state): book.add_format(_FONT | {"bg_color": colour, "border": 1, "border_color": "#BFBFBF"})
             for state, colour in _COLOURS.items()}  # fmt: skip
    for column, (title, width) in enumerate(zip(TITLES.values(), _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for at, row in enumerate(rows, 1):
        look = looks.get(row.state.strip().lower(), looks[State.NO])
        sheet.set_row(at, _height([getattr(row, key) for key in TITLES], _WIDTHS))
        for column, key in enumerate(TITLES):
            sheet.write_string(at, column, getattr(row, key), look)
    sheet.set_row(0, 27)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(len(rows), 1), len(TITLES) - 1)
    _on_paper(sheet)


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Enough for the longest text: not every program fits rows to wrapped texts by itself."""
    lines = max(ceil(len(text) / width) for text, width in zip(texts, widths, strict=True))
    return 13.5 * max(lines, 1)


def _on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_lists(sheet: Any, catalogue: Catalogue) -> dict[str, int]:
    """What may be chosen, a column each; how many there are of it."""
    columns = {
        "target": [catalogue.told(target) for target in catalogue.titles],
        "breakdown": list(catalogue.breakdowns()),
        "organisation": [catalogue.organisation_told(key) for key in catalogue.organisations],
        "period": [shift_in_words(shift) for shift in (0, -1, -2, -3)],
    }
    for column, (key, choices) in enumerate(columns.items()):
        sheet.set_column(column, column, 60 if column == 0 else 40)
        sheet.write_string(0, column, TITLES[key])
        for at, choice in enumerate(choices, 1):
            sheet.write_string(at, column, choice)
    return {key: len(choices) for key, choices in columns.items()}


def _offer(sheet: Any, rows: int, counts: Mapping[str, int]) -> None:
    """Lists to choose from; another text may be typed, it is checked when the form is filled."""
    keys = list(TITLES)
    for column, (key, count) in enumerate(counts.items()):
        letter = "ABCD"[column]
        source = f"='{_SHEETS[2]}'!${letter}$2:${letter}${max(count, 1) + 1}"
        rule = {"validate": "list", "source": source, "error_type": "information", "ignore_blank": True}
        sheet.data_validation(1, keys.index(key), max(rows, 1), keys.index(key), rule)
    states = {"validate": "list", "source": [State.YES, State.NO], "error_type": "information"}
    sheet.data_validation(1, 0, max(rows, 1), 0, states)


LISTED = ("Лист или таблица", "Ячейка", "Надписи в форме", "Что", "Организация", "Период")
Line = tuple[str, ...]


def listing_book(about: Sequence[Line], unfilled: Sequence[Line], filled: Sequence[Line], when: date) -> bytes:
    """The list beside a filled form: about the file, what was not filled and why, what was and from where."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS | {"default_format_properties": dict(_FONT)}) as book:
        book.set_properties({"title": "Перечень к заполненной форме", "created": datetime.combine(when, time())})
        head = book.add_format(_FONT | {"bold": True, "bg_color": "#D9E2F3", "border": 1})
        cell = book.add_format(_FONT | {"border": 1, "border_color": "#BFBFBF"})
        _write_table(book.add_worksheet("О файле"), (), about, (34, 90), head, cell)
        reasons = (*LISTED, "Почему не заполнено")
        _write_table(book.add_worksheet("Не заполнено"), reasons, unfilled, (16, 20, 52, 40, 28, 16, 70), head, cell)
        origins = (*LISTED, "Записано", "Откуда")
        _write_table(book.add_worksheet("Заполнено"), origins, filled, (16, 20, 52, 40, 28, 16, 14, 60), head, cell)
    return repacked(target.getvalue(), when)


def _write_table(
    sheet: Any, head: Sequence[str], lines: Sequence[Line], widths: Sequence[int], bold: Any, plain: Any
) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for at, line in enumerate(lines, 1 if head else 0):
        sheet.set_row(at, _height(line, widths))
        for column, text in enumerate(line):
            sheet.write_string(at, column, text, bold if not head and not column else plain)
    if head:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(lines), 1), len(head) - 1)
    _on_paper(sheet)
