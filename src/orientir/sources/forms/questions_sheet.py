"""The sheets of questions: sections with their rows, last year's numbers, totals, marks and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from orientir.model.collection import CellKey, Known
from orientir.model.forms import AnswerKind
from orientir.model.jumps import has_jumped
from orientir.sources.forms import looks
from orientir.sources.forms.formulas import NEEDS_REASON, jump_formulas, sum_formulas
from orientir.sources.forms.layout import (
    CODES,
    FIRST,
    HEADS,
    LIST_CODES,
    LISTS,
    MATRIX_REASON,
    NEEDED,
    NUMBER,
    QUESTION,
    REASON,
    SOURCE,
    TOP,
    TOTAL,
    VALUE,
    CellPlace,
    Layout,
    RowPlace,
    SectionPlace,
    SumPlace,
    code_column,
    label_of,
)
from orientir.sources.forms.limits import MARKS, YES_NO, limit
from orientir.spreadsheets.sheets import address

LIST_HEADS = ("№", "Вопрос", "Значение", "Отметка", "Прошлый год", "Источник", "Причина изменения")


@dataclass(frozen=True)
class Contents:
    """What stands on the sheets when the workbook is opened: `values` and `reasons` in the open cells."""

    heading: str
    synthetic: bool
    values: Mapping[CellKey, object]
    reasons: Mapping[CellKey, str] = field(default_factory=dict)
    previous: Mapping[CellKey, Known] = field(default_factory=dict)
    prefilled: Mapping[CellKey, Known] = field(default_factory=dict)


class QuestionsSheet:
    """One sheet of a workbook: all lists, or all matrices."""

    def __init__(self, sheet: Any, name: str, formats: Mapping[str, Any], layout: Layout, contents: Contents) -> None:
        self.sheet = sheet
        self.formats = formats
        self.layout = layout
        self.name = name
        self.contents = contents
        self.sums = sum_formulas(layout)
        self.jumps = jump_formulas(layout)

    def write(self) -> None:
        set_columns = looks.set_list_columns if self.name == LISTS else looks.set_matrix_columns
        set_columns(self.sheet)
        self._top()
        for row, code in code_column(self.layout, self.name).items():
            self.sheet.write_string(row, 0, code)
        for section in self.layout.sections:
            if section.sheet == self.name:
                self._section(section)
        self._red_where_needed()
        self.sheet.freeze_panes(TOP, VALUE)
        self.sheet.repeat_rows(0, HEADS)

    def _top(self) -> None:
        """Whose form it is and, of lists, the heads of columns: on top of each printed page."""
        heading, look = self.contents.heading, "place"
        if self.contents.synthetic:
            heading, look = f"{heading} — {looks.INVENTED}", "invented"
        self.sheet.merge_range(0, NUMBER, 0, looks.HEADING_ENDS[self.name], heading, self.formats[look])
        self.sheet.set_row(0, looks.height(heading, looks.HEADING_LETTERS, 17) + 4)
        self.sheet.set_row(CODES, None, None, {"hidden": True})
        if self.name == LISTS:
            for column, head in enumerate(LIST_HEADS, NUMBER):
                self.sheet.write_string(HEADS, column, head, self.formats["head"])
            self.sheet.set_row(HEADS, 26)
            self.sheet.write_row(CODES, NUMBER, LIST_CODES)

    def _red_where_needed(self) -> None:
        """One rule a sheet: the text that asks for a reason stands beside its cell, or under it."""
        column, (down, right) = (REASON, (0, NEEDED)) if self.name == LISTS else (MATRIX_REASON, (1, MATRIX_REASON))
        last = max(row.row for one in self.layout.sections if one.sheet == self.name for row in one.rows)
        told = f'={address(TOP + down, right)}="{NEEDS_REASON}"'
        rule = {"type": "formula", "criteria": told, "format": self.formats["wrong"]}
        self.sheet.conditional_format(TOP, column, last, column, rule)

    # ---- sections

    def _section(self, section: SectionPlace) -> None:
        look, last = self.formats["section"], section.last_column
        self.sheet.merge_range(section.title_row, NUMBER, section.title_row, last, section.section.title, look)
        self.sheet.set_row(section.title_row, 18)
        if section.columns:
            self._heads(section)
        for row in section.rows:
            self._row(section, row)
        for total in section.sums:
            if total.is_shown:
                self._sum(total)
        limit(self.sheet, section)
        if section.section.note:
            look = self.formats["note"]
            self.sheet.merge_range(section.note_row, NUMBER, section.note_row, last, section.section.note, look)
            self.sheet.set_row(section.note_row, looks.height(section.section.note, 110, 11))

    def _heads(self, section: SectionPlace) -> None:
        look = self.formats["head"]
        self.sheet.write_row(section.codes_row, NUMBER, section.codes)
        self.sheet.set_row(section.codes_row, None, None, {"hidden": True})
        own = ("№", "Вопрос", section.section.row_total, "Отметка", "Причина изменения")
        for column, title in enumerate((*own, *(title for _, title in section.columns)), NUMBER):
            if title:
                self.sheet.write_string(section.codes_row + 1, column, title, look)
        self.sheet.set_row(section.codes_row + 1, 26)

    # ---- rows

    def _row(self, section: SectionPlace, row: RowPlace) -> None:
        formats, label = self.formats, label_of(row.asked)
        self.sheet.write_number(row.row, NUMBER, row.number, formats["number"])
        self.sheet.write_string(row.row, QUESTION, label, formats["question"])
        self.sheet.set_row(row.row, max(17, looks.height(label, looks.LETTERS[self.name]), self._source_height(row)))
        if section.columns:
            under = self._under(row)
            self.sheet.write_string(row.row + 1, QUESTION, under, formats["under"])
            self.sheet.set_row(row.row + 1, looks.height(under, 46, 11))
        for cell in row.cells:
            self._answer(cell)
            self._previous(cell)
        self._mark(row)
        self._reason(row)

    def _under(self, row: RowPlace) -> str:
        """What the grey row of a matrix says: last year, and where filled cells come from."""
        prefilled = self.contents.prefilled
        sources = dict.fromkeys(prefilled[cell.key].source for cell in row.cells if cell.key in prefilled)
        return "; ".join(("в прошлом году", *(f"заполнено: {source}" for source in sources)))

    def _source_height(self, row: RowPlace) -> float:
        known = self.contents.prefilled.get(row.cells[0].key) if self.name == LISTS else None
        return looks.height(known.source, looks.SOURCE_LETTERS, 11) if known else 0

    def _answer(self, cell: CellPlace) -> None:
        value = self.contents.values.get(cell.key)
        look = self.formats["known" if cell.key in self.contents.prefilled else "answer"]
        if cell.answer is AnswerKind.YES_NO and value in (0, 1):
            value = YES_NO[0] if value else YES_NO[1]
        if value is None or value in MARKS:
            self.sheet.write_blank(cell.row, cell.column, None, look)
        elif isinstance(value, int | float | Decimal):
            self.sheet.write_number(cell.row, cell.column, float(value), look)
        elif isinstance(value, tuple):
            self.sheet.write_formula(cell.row, cell.column, value[0], look, value[1])
        else:
            self.sheet.write_string(cell.row, cell.column, str(value), look)

    def _previous(self, cell: CellPlace) -> None:
        known = self.contents.previous.get(cell.key)
        row, column = cell.previous
        if known is None or known.value is None:
            self.sheet.write_blank(row, column, None, self.formats["previous"])
        elif cell.answer is AnswerKind.YES_NO:
            self.sheet.write_string(row, column, YES_NO[0] if known.value else YES_NO[1], self.formats["previous"])
        else:
            self.sheet.write_number(row, column, float(known.value), self.formats["previous"])

    def _mark(self, row: RowPlace) -> None:
        values = (self.contents.values.get(cell.key) for cell in row.cells)
        marks = {value for value in values if value in MARKS}
        self._text(*row.cells[0].mark, marks.pop() if len(marks) == 1 else "", "mark")
        if self.name == LISTS:
            known = self.contents.prefilled.get(row.cells[0].key)
            self._text(row.row, SOURCE, known.source if known else "", "source")

    def _reason(self, row: RowPlace) -> None:
        """The cell for the reason, and the text that asks for it."""
        place, column = row.cells[0].reason
        reason = next((given for cell in row.cells if (given := self.contents.reasons.get(cell.key))), "")
        self._text(place, column, reason, "reason")
        formula = self.jumps.get((self.name, row.row))
        if formula:
            asked = "" if reason or not self._has_jumped(row) else NEEDS_REASON
            at = (row.row, NEEDED) if self.name == LISTS else (row.row + 1, MATRIX_REASON)
            self.sheet.write_formula(*at, formula, self.formats["needed"], asked)

    def _has_jumped(self, row: RowPlace) -> bool:
        pairs = ((self.contents.values.get(cell.key), self.contents.previous.get(cell.key)) for cell in row.cells)
        return any(_jumped(now, then) for now, then in pairs)

    def _sum(self, total: SumPlace) -> None:
        formula = self.sums[total.sheet, total.row, total.column]
        known = known_sum(total.cells, self.contents.values)
        self.sheet.write_formula(total.row, total.column, formula, self.formats["total"], known)
        if total.row > total.cells[-1].row and total.column in (TOTAL, FIRST):
            self.sheet.write_string(total.row, QUESTION, total.title, self.formats["question"])
            self.sheet.set_row(total.row, max(15, looks.height(total.title, looks.LETTERS[self.name])))

    def _text(self, row: int, column: int, text: str, look: str) -> None:
        if text:
            self.sheet.write_string(row, column, text, self.formats[look])
        else:
            self.sheet.write_blank(row, column, None, self.formats[look])


def known_sum(cells: Sequence[CellPlace], values: Mapping[CellKey, object]) -> float:
    """As the sheet would compute it: what is no number adds nothing."""
    known = (values.get(cell.key) for cell in cells)
    return float(sum(value for value in known if isinstance(value, int | float | Decimal)))


def _jumped(now: object, then: Known | None) -> bool:
    if then is None or then.value is None or not isinstance(now, int | float | Decimal):
        return False
    return has_jumped(then.value, Decimal(now))
