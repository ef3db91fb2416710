"""A workbook that came back -> answers and remarks. Cells are found by their codes; nothing is guessed.

A remark goes back to the school with sheet and cell. An error keeps its cell out of the data: the cell is not reported,
never zero. Everything else in the form is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from orientir.model.collection import Answer, Breakdown, FormReading, Remark
from orientir.model.forms import AnswerKind, Form
from orientir.model.jumps import has_jumped
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.status import CellState
from orientir.sources.forms.agreeing import doubt
from orientir.sources.forms.answering import Understood, sum_of, understand
from orientir.sources.forms.finding import FoundSheet, cell_of, find_sheets
from orientir.sources.forms.layout import (
    LISTS,
    PASSPORT,
    CellPlace,
    Layout,
    RowPlace,
    SectionPlace,
    layout_of,
)
from orientir.sources.forms.recognising import recognise
from orientir.spreadsheets.numbers import read_count
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import Sheet

_SAID = {"да": 1.0, "нет": 0.0}


class FormReader:
    """Reads the forms of a programme for one period; the layout of each is worked out once."""

    def __init__(self, programme: Programme, organisations: Iterable[str], period: Period) -> None:
        self._programme = programme
        self._organisations = {one: one for one in organisations}
        self._period = period
        self._layouts: dict[str, Layout] = {}

    @cached_property
    def sheets(self) -> frozenset[str]:
        """The sheets from which forms are read, as the writer names them."""
        sections = (section for form in self._programme.forms for section in self.layout(form).sections)
        return frozenset((PASSPORT, *(section.sheet for section in sections)))

    def layout(self, form: Form) -> Layout:
        if form.id not in self._layouts:
            self._layouts[form.id] = layout_of(form, self._programme)
        return self._layouts[form.id]

    def read(self, sheets: Sequence[Sheet]) -> FormReading:
        """Raises Refusal where the workbook is no form of this programme, year and district."""
        known = recognise(sheets, self._programme, self._organisations, self._period)
        layout = self.layout(known.form)
        if known.fingerprint != layout.fingerprint:
            what = "состав вопросов в форме не тот, что в программе, хотя версия та же."
            raise Refusal(what, "Заполните форму, которую прислал координатор.")
        found, remarks = find_sheets(sheets, layout)
        for name, sheet in found.items():
            remarks += doubt(sheet, layout, name)
        reading = _Reading(found, remarks)
        answers = reading.answers(layout)
        return FormReading(
            form=known.form.id,
            version=known.form.version,
            organisation=known.organisation,
            period=self._period,
            answers=answers,
            remarks=tuple(reading.remarks),
        )


_PLAIN = 100_000  # above it a number is looked at more closely
_ANSWER = tuple.__new__  # an Answer in half the time; there are hundreds in a form, and thousands of forms


@lru_cache(maxsize=4096)
def _plain(number: float) -> Understood:
    """A whole number as a cell holds it: nearly every answer is one."""
    return Understood(Decimal(int(number)), CellState.VALUE if number else CellState.ZERO)


class _PlainCell(NamedTuple):
    column: int
    before: int
    element: str
    breakdown: Breakdown
    place: str
    is_yes_no: bool


class _PlainRow(NamedTuple):
    """Where a row and its cells stand in a form that is as it was sent; `width` is how far its cells reach."""

    row: int
    before: int
    mark: int
    reason: int
    width: int
    cells: tuple[_PlainCell, ...]


@lru_cache(maxsize=16)
def _plain_rows(layout: Layout) -> tuple[tuple[SectionPlace, tuple[_PlainRow, ...]], ...]:
    """The rows of each section, worked out once for thousands of forms."""
    return tuple((section, tuple(map(_plain_row, section.rows))) for section in layout.sections)


def _plain_row(row: RowPlace) -> _PlainRow:
    cells = tuple(
        _PlainCell(cell.column, cell.previous[1], *cell.key, cell.place, cell.answer is AnswerKind.YES_NO)
        for cell in row.cells
    )
    mark, reason = row.cells[0].mark[1], row.cells[0].reason[1]
    width = max(mark, reason, *(cell.column for cell in cells)) + 1
    return _PlainRow(row.row, row.cells[0].previous[0], mark, reason, width, cells)


def _plain_answers(rows: Sequence[Sequence[object]], row: _PlainRow) -> list[Answer] | None:
    """Nearly every row: whole numbers in their places and nothing to say of them. None for any other."""
    at, before, mark, reason, width, places = row
    cells = rows[at]
    then = rows[before] if before < len(rows) else ()
    if len(cells) < width or cells[mark] != "" or cells[reason] != "":
        return None
    found = []
    for column, past, element, breakdown, place, is_yes_no in places:
        content = cells[column]
        if is_yes_no:
            content = _SAID.get(str(content))
        if type(content) is not float or not 0 <= content < _PLAIN or not content.is_integer():
            return None
        typed = _plain(content)
        value, state = typed[0], typed[1]
        known = then[past] if past < len(then) else ""
        if known != "" and not is_yes_no and _has_jumped(known, value):
            return None
        found.append(_ANSWER(Answer, (element, breakdown, value, state, place, "", "")))
    return found


class _Reading:
    def __init__(self, found: dict[str, FoundSheet], remarks: list[Remark]) -> None:
        self.found = found
        self.remarks = remarks
        self.given: list[Answer] = []

    def answers(self, layout: Layout) -> tuple[Answer, ...]:
        """In the order of the layout: what is asked, then what follows from it."""
        given = self.given
        for section, rows in _plain_rows(layout):
            sheet = self.found.get(section.sheet)
            as_sent = sheet is not None and sheet.is_as_sent(section.sheet)
            for place, row in zip(section.rows, rows, strict=True):
                found = _plain_answers(sheet.rows, row) if sheet is not None and as_sent else None
                if found is None:
                    self._row(section, place)
                else:
                    given += found
        derived = [sum_of(total.key, [given[place] for place in parts]) for total, parts in layout.sums if total.key]
        self._totals(layout)
        return (*given, *derived)

    # ---- rows

    def _row(self, section: SectionPlace, row: RowPlace) -> None:
        first = row.cells[0]
        sheet = self.found.get(first.sheet)
        at = sheet.row_of(row.row, row.code) if sheet else None
        if sheet is None or at is None or row.code in sheet.doubtful:  # which has been told
            self.given += [Answer(*cell.key, None, CellState.NOT_REPORTED, "") for cell in row.cells]
            return
        cells = sheet.line(at)
        marked, explained = sheet.column_of(section, first.mark[1]), sheet.column_of(section, first.reason[1])
        mark = self._mark(sheet, cells, marked, at)
        reason = _text(cell_of(cells, explained))
        below = first.previous[0] - row.row
        before = sheet.line(at + below)
        jumped = False
        for cell in row.cells:
            column = sheet.column_of(section, cell.column)
            place = sheet.place(at, column)
            typed = self._typed(cell, cell_of(cells, column), mark, place)
            then = cell_of(before, column if below else sheet.column_of(section, cell.previous[1]))
            if then != "" and not jumped:
                jumped = cell.answer is not AnswerKind.YES_NO and _has_jumped(then, typed.value)
            self.given.append(Answer(*cell.key, typed.value, typed.state, place, reason, typed.repaired))
        if jumped and not reason:
            what = f"«{row.asked.title}»: число сильно изменилось против прошлого года, а причины нет."
            self._remark(sheet.place(at, explained), what, "Впишите причину или исправьте число.")

    def _mark(self, sheet: FoundSheet, cells: Sequence[object], column: int, at: int) -> str:
        """The state that the row's mark gives to its empty cells."""
        cell = cell_of(cells, column)
        if cell == "" or cell is None:
            return ""
        read = read_count(cell)
        if not read.mark:
            what = f"отметка «{_text(cell)[:40]}» непонятна."
            self._remark(sheet.place(at, column), what, "Выберите «нет данных» или «не применимо».")
        return read.mark

    def _typed(self, cell: CellPlace, content: object, mark: str, place: str) -> Understood:
        if type(content) is float and 0 <= content < _PLAIN and content.is_integer() and not mark:
            typed = _plain(content)
            if content < 2 or cell.answer is AnswerKind.NUMBER:
                return typed
        # The mark of a matrix row is for its empty cells.
        understood = understand(cell.answer, content, mark, one_of_both=cell.sheet == LISTS)
        if understood.what:
            self._remark(place, understood.what, understood.cure, understood.is_error)
        return understood

    def _remark(self, place: str, what: str, cure: str, is_error: bool = True) -> None:
        self.remarks.append(Remark(place, what, cure, is_error))

    # ---- what follows from the answers

    def _totals(self, layout: Layout) -> None:
        """Sums are made from their cells; one that says something else was typed over its formula, and is told."""
        for total, parts in layout.shown_sums:
            sheet = self.found.get(total.sheet)
            if sheet is None or not sheet.is_in_place:
                continue
            shown = sheet.cell(total.row, total.column)
            if shown == "" or shown is None:
                continue
            numbers = [number for place in parts if (number := self.given[place].value) is not None]
            own = sum(numbers)
            if own != shown and len(numbers) == len(parts):
                told = f"{shown:.15g}" if isinstance(shown, float) else _text(shown)[:40]
                what = f"итог «{told}», а сумма его ячеек {own}. Взята сумма."
                cure = "Итоги форма считает сама; проверьте числа, из которых он складывается."
                self._remark(sheet.place(total.row, total.column), what, cure, is_error=False)


def _has_jumped(then: object, now: Decimal | None) -> bool:
    return now is not None and isinstance(then, (int, float)) and has_jumped(Decimal(str(then)), now)


def _text(cell: object) -> str:
    return "" if cell is None or cell == "" else str(cell).strip()
