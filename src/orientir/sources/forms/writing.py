"""A form -> a workbook for one school, with what is known of it already. What comes back is read in reading.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from orientir.definitions.burden import burden_of
from orientir.model.collection import CellKey, Known
from orientir.model.forms import AnswerKind, Form
from orientir.model.jumps import AT_LEAST, FACTOR
from orientir.model.package import Organisation
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.status import CellState
from orientir.presentation import period_name
from orientir.sources.forms import looks
from orientir.sources.forms.checks_sheet import write_checks
from orientir.sources.forms.layout import (
    CHECKS,
    FIRST,
    LIST_CODES,
    LISTS,
    MATRICES,
    MATRIX_MARK,
    MATRIX_REASON,
    NUMBER,
    PASSPORT,
    QUESTION,
    REASON,
    SOURCE,
    START,
    TOP,
    TOTAL,
    VALUE,
    CellPlace,
    Layout,
    RowPlace,
    SectionPlace,
    SumPlace,
    code_column,
)
from orientir.sources.forms.start_sheet import write_start
from orientir.spreadsheets.sheets import address

_LIST_TITLES = ("Значение", "Отметка", "Прошлый год", "Источник", "Причина изменения")
MARKS = ("нет данных", "не применимо")
YES_NO = ("да", "нет")
SCHEMA = "orientir-form-1"


@dataclass(frozen=True)
class Addressee:
    """Who gets the form and for which year, and what is known of them."""

    organisation: Organisation
    period: Period
    territory: str
    synthetic: bool = False
    previous: Mapping[CellKey, Known] = field(default_factory=dict)
    prefilled: Mapping[CellKey, Known] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """What a school would type, by cell: numbers, marks, any text, or a formula with what it gave. For trials."""

    answers: Mapping[CellKey, object] = field(default_factory=dict)
    reasons: Mapping[CellKey, str] = field(default_factory=dict)


def deadline_of(form: Form, period: Period) -> date:
    """The form's day in the calendar year in which the period ends."""
    month, day = form.deadline.split("-")
    return date(period.ends_in, int(month), int(day))


def write_form(
    out: Path | Any, layout: Layout, programme: Programme, addressee: Addressee, filled: Filled | None = None
) -> None:
    """One XLSX. The same input gives the same bytes."""
    from xlsxwriter import Workbook

    with Workbook(str(out) if isinstance(out, Path) else out, {"in_memory": True}) as book:
        _Writing(book, layout, programme, addressee, filled or Filled()).write()


class _Writing:
    def __init__(self, book: Any, layout: Layout, programme: Programme, addressee: Addressee, filled: Filled) -> None:
        self.book = book
        self.layout = layout
        self.programme = programme
        self.addressee = addressee
        self.filled = filled
        self.formats = looks.formats_of(book)
        self.sheets: dict[str, Any] = {}
        self.values = self._values()

    def write(self) -> None:
        form, place = self.layout.form, self.addressee.organisation
        self.book.set_properties({"title": f"{form.title}. {place.title}", "created": looks.MADE})
        footer = f"{place.title} · {form.id}, версия {form.version} · {self.addressee.period}".replace("&", "&&")
        known = sum(cell.key in self.addressee.prefilled for cell in self.layout.cells)
        used = [sheet for sheet in (LISTS, MATRICES) if any(one.sheet == sheet for one in self.layout.sections)]
        for name in (START, *used, CHECKS):
            self.sheets[name] = self.book.add_worksheet(name)
            looks.set_page(self.sheets[name], footer, landscape=name == MATRICES)
        write_start(self.sheets[START], self.formats, form, programme=self.programme, place=place,
                    period=self.addressee.period, deadline=deadline_of(form, self.addressee.period),
                    burden=burden_of(form, self.programme, known), synthetic=self.addressee.synthetic,
                    territory=self.addressee.territory)  # fmt: skip
        for name in used:
            self._sheet(name)
        write_checks(self.sheets[CHECKS], self.formats, self.layout, self.programme, self.values)
        for sheet in self.sheets.values():
            sheet.protect("", {"select_locked_cells": True, "format_columns": True, "format_rows": True})
        self._passport()

    def _passport(self) -> None:
        """By this a form is known when it comes back, whatever its file is called."""
        sheet = self.book.add_worksheet(PASSPORT)
        for row, pair in enumerate(
            (
                ("schema", SCHEMA),
                ("form", self.layout.form.id),
                ("version", self.layout.form.version),
                ("programme", self.programme.id),
                ("programme_version", self.programme.version),
                ("period", str(self.addressee.period)),
                ("organisation", self.addressee.organisation.id),
                ("fingerprint", self.layout.fingerprint),
            )
        ):
            sheet.write_row(row, 0, pair)
        sheet.very_hidden()

    def _values(self) -> dict[CellKey, object]:
        """What stands in each asked cell when the workbook is opened."""
        known: dict[CellKey, object] = {
            key: one.value for key, one in self.addressee.prefilled.items() if one.value is not None
        }
        known |= {key: _MARK_OF[one.state] for key, one in self.addressee.prefilled.items() if one.state in _MARK_OF}
        return {**known, **self.filled.answers}

    # ---- the sheets of questions

    def _sheet(self, name: str) -> None:
        sheet = self.sheets[name]
        if name == LISTS:
            looks.set_list_columns(sheet)
            sheet.write_row(TOP - 1, 0, LIST_CODES)
            sheet.set_row(TOP - 1, None, None, {"hidden": True})
        else:
            looks.set_matrix_columns(sheet)
        place = self.addressee.organisation
        sheet.write(0, QUESTION, f"{place.title}, {period_name(self.addressee.period)}", self.formats["place"])
        sheet.set_row(0, 22)
        if self.addressee.synthetic:
            sheet.write(1, QUESTION, "СИНТЕТИЧЕСКИЕ ДАННЫЕ: школа и числа вымышлены", self.formats["invented"])
        for row, code in code_column(self.layout, name).items():
            sheet.write_string(row, 0, code)
        for section in self.layout.sections:
            if section.sheet == name:
                self._section(sheet, section)
        sheet.freeze_panes(TOP - 1, FIRST)

    def _section(self, sheet: Any, section: SectionPlace) -> None:
        formats = self.formats
        last = FIRST + len(section.columns) - 1 if section.columns else REASON
        wide = last if section.columns else QUESTION
        sheet.merge_range(section.title_row, NUMBER, section.title_row, wide, section.section.title, formats["section"])
        sheet.set_row(section.title_row, 18)
        self._head(sheet, section)
        for row in section.rows:
            self._row(sheet, section, row)
        for total in section.sums:
            if total.is_shown:
                self._sum(sheet, total)
        if section.section.note:
            sheet.merge_range(section.note_row, NUMBER, section.note_row, last, section.section.note, formats["note"])
            sheet.set_row(section.note_row, looks.height(section.section.note, 110, 11))

    def _head(self, sheet: Any, section: SectionPlace) -> None:
        formats = self.formats
        if not section.columns:
            for column, title in enumerate(_LIST_TITLES, VALUE):
                sheet.write(section.title_row, column, title, formats["head"])
            sheet.set_row(section.title_row, max(26, looks.height(section.section.title, 50, 15)))
            return
        sheet.set_row(section.codes_row, None, None, {"hidden": True})
        row = section.codes_row + 1
        sheet.write(row, NUMBER, "№", formats["head"])
        sheet.write(row, QUESTION, "", formats["head"])
        for column, (member, title) in enumerate(section.columns, FIRST):
            sheet.write_string(section.codes_row, column, member)
            sheet.write(row, column, title, formats["head"])
        tail = {TOTAL: section.section.row_total, MATRIX_MARK: "Отметка", MATRIX_REASON: "Причина изменения"}
        for column, title in tail.items():
            if title:
                sheet.write(row, column, title, formats["head"])
        sheet.set_row(row, 26)

    def _row(self, sheet: Any, section: SectionPlace, row: RowPlace) -> None:
        formats, asked = self.formats, row.asked
        sheet.write(row.row, NUMBER, row.number, formats["number"])
        title = f"{asked.title}\n{asked.hint}" if asked.hint else asked.title
        sheet.write(row.row, QUESTION, title, formats["question"])
        wide = 36 if section.columns else 56
        sheet.set_row(row.row, max(17, looks.height(title, wide)))
        if section.columns:
            sheet.write(row.row + 1, QUESTION, self._under(row), formats["previous"])
            sheet.set_row(row.row + 1, 12)
        for cell in row.cells:
            self._cell(sheet, cell)
        self._mark(sheet, row)
        self._reason(sheet, section, row)

    def _under(self, row: RowPlace) -> str:
        """What the grey row of a matrix says: last year, and where filled cells come from."""
        sources = dict.fromkeys(self.addressee.prefilled[cell.key].source
                                for cell in row.cells if cell.key in self.addressee.prefilled)  # fmt: skip
        return "; ".join(("в прошлом году", *(f"заполнено: {source}" for source in sources)))

    def _cell(self, sheet: Any, cell: CellPlace) -> None:
        value = self.values.get(cell.key)
        look = self.formats["known" if cell.key in self.addressee.prefilled else "answer"]
        if cell.answer is AnswerKind.YES_NO and value in (0, 1, Decimal(0), Decimal(1)):
            value = YES_NO[0] if value else YES_NO[1]
        if value is None or value in MARKS:
            sheet.write_blank(cell.row, cell.column, None, look)
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(cell.row, cell.column, float(value), look)
        elif isinstance(value, tuple):
            sheet.write_formula(cell.row, cell.column, value[0], look, value[1])
        else:
            sheet.write_string(cell.row, cell.column, str(value), look)
        sheet.data_validation(cell.row, cell.column, cell.row, cell.column, _validation(cell.answer))
        self._previous(sheet, cell)

    def _previous(self, sheet: Any, cell: CellPlace) -> None:
        known = self.addressee.previous.get(cell.key)
        row, column = cell.previous
        if known is None or known.value is None:
            sheet.write_blank(row, column, None, self.formats["previous"])
        elif cell.answer is AnswerKind.YES_NO:
            sheet.write_string(row, column, YES_NO[0] if known.value else YES_NO[1], self.formats["previous"])
        else:
            sheet.write_number(row, column, float(known.value), self.formats["previous"])

    def _mark(self, sheet: Any, row: RowPlace) -> None:
        place, column = row.cells[0].mark
        marks = {self.values.get(cell.key) for cell in row.cells if self.values.get(cell.key) in MARKS}
        sheet.write(place, column, marks.pop() if len(marks) == 1 else "", self.formats["mark"])
        sheet.data_validation(place, column, place, column, _MARKING)
        if row.cells[0].sheet == LISTS:
            known = self.addressee.prefilled.get(row.cells[0].key)
            sheet.write(row.row, SOURCE, known.source if known else "", self.formats["source"])

    def _reason(self, sheet: Any, section: SectionPlace, row: RowPlace) -> None:
        place, column = row.cells[0].reason
        given = [self.filled.reasons[cell.key] for cell in row.cells if cell.key in self.filled.reasons]
        sheet.write(place, column, given[0] if given else "", self.formats["reason"])
        if row.asked.answer is AnswerKind.YES_NO:
            return
        rule = {"type": "formula", "criteria": _jump_formula(row), "format": self.formats["wrong"]}
        sheet.conditional_format(place, column, place, column, rule)

    def _sum(self, sheet: Any, total: SumPlace) -> None:
        look = self.formats["total"]
        sheet.write_formula(total.row, total.column, f"=SUM({ranges(total.cells)})", look, self._summed(total))
        if total.row > total.cells[-1].row:
            sheet.write(total.row, QUESTION, total.title, self.formats["question"])
            sheet.set_row(total.row, max(15, looks.height(total.title, 36)))

    def _summed(self, total: SumPlace) -> float:
        values = [self.values.get(cell.key) for cell in total.cells]
        return float(sum(value for value in values if isinstance(value, int | float | Decimal)))


_MARK_OF = {CellState.NOT_APPLICABLE: MARKS[1]}

_MARKING = {
    "validate": "list",
    "source": list(MARKS),
    "error_title": "Отметка",
    "error_message": "Выберите «нет данных» или «не применимо».",
}


def _validation(kind: AnswerKind) -> dict[str, Any]:
    if kind is AnswerKind.YES_NO:
        return {"validate": "list", "source": list(YES_NO), "error_title": "Ответ",
                "error_message": "Выберите «да» или «нет»."}  # fmt: skip
    return {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "error_title": "Число",
        "error_message": "Впишите целое число, 0 или больше, без слов. Если числа нет, выберите отметку.",
    }


def ranges(cells: Sequence[CellPlace]) -> str:
    """Cells as ranges of one row or column: «D5:N5», or one by one where they do not touch."""
    first, last = cells[0], cells[-1]
    spanned = (abs(last.row - first.row) + 1) * (abs(last.column - first.column) + 1)
    if spanned == len(cells) and (first.row == last.row or first.column == last.column):
        return f"{address(first.row, first.column)}:{address(last.row, last.column)}"
    return ",".join(address(cell.row, cell.column) for cell in cells)


def _jump_formula(row: RowPlace) -> str:
    """True where a number has jumped (model/jumps.py) and nobody says why."""
    reason = address(*row.cells[0].reason)
    jumped = [_jumped(address(cell.row, cell.column), address(*cell.previous)) for cell in row.cells]
    return f'=AND({reason}="",OR({",".join(jumped)}))'


def _jumped(now: str, then: str) -> str:
    numbers = f"ISNUMBER({now}),ISNUMBER({then})"
    return f"AND({numbers},ABS({now}-{then})>={AT_LEAST},MAX({now},{then})>=MIN({now},{then})*{FACTOR})"
