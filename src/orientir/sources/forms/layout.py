"""Where each cell of a form stands: the one truth that the writer and the reader share.

Lists share one sheet, matrices another. Every row carries a code in the hidden column A, and hidden rows hold the codes
of columns, so that a cell is known by its codes and not by its place. Rows and columns count from 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from orientir.definitions.questions import AskedRow, columns_of, derived_cells, derived_key, rows_of
from orientir.model.collection import Breakdown, CellKey
from orientir.model.forms import AnswerKind, Derived, Form, FormSection
from orientir.model.programme import Programme
from orientir.spreadsheets.sheets import address

START, LISTS, MATRICES, CHECKS, PASSPORT = "Начало", "Сведения", "По классам", "Проверка", "Паспорт"
NUMBER, QUESTION = 1, 2
# Columns of a list; the last one says that a reason is needed.
VALUE, MARK, PREVIOUS, SOURCE, REASON, NEEDED = 3, 4, 5, 6, 7, 8
LIST_CODES = (":number", ":question", ":value", ":mark", ":previous", ":source", ":reason", ":needed")
# Columns of a matrix: what belongs to a whole row stands before its members, however many they are.
TOTAL, MATRIX_MARK, MATRIX_REASON, FIRST = 3, 4, 5, 6
MATRIX_CODES = (":number", ":question", ":total", ":mark", ":reason")
HEADS, CODES, TOP = 1, 2, 3  # the school stands above, the sections from TOP on


@dataclass(frozen=True)
class CellPlace:
    """An asked cell and where it is answered, marked, compared and explained."""

    key: CellKey
    sheet: str
    row: int
    column: int
    mark: tuple[int, int]
    previous: tuple[int, int]
    reason: tuple[int, int]
    answer: AnswerKind
    place: str


@dataclass(frozen=True)
class RowPlace:
    code: str
    row: int
    asked: AskedRow
    number: int
    cells: tuple[CellPlace, ...]


@dataclass(frozen=True)
class SumPlace:
    """A sum that the sheet computes; a `key` makes it a fact. A sum of one cell stands in that cell."""

    title: str
    sheet: str
    row: int
    column: int
    cells: tuple[CellPlace, ...]
    key: CellKey | None = None
    is_shown: bool = True


@dataclass(frozen=True)
class SectionPlace:
    """A section on its sheet. The codes of its columns stand in the hidden `codes_row` from column NUMBER on."""

    section: FormSection
    sheet: str
    title_row: int
    codes_row: int
    columns: tuple[tuple[str, str], ...]
    rows: tuple[RowPlace, ...]
    sums: tuple[SumPlace, ...]
    note_row: int

    @property
    def codes(self) -> tuple[str, ...]:
        return (*MATRIX_CODES, *(member for member, _ in self.columns)) if self.columns else LIST_CODES

    @property
    def codes_name(self) -> str:
        """The code of the row that holds the codes of columns; lists share one."""
        return f"columns:{self.section.id}" if self.columns else "codes"

    @property
    def last_column(self) -> int:
        return FIRST + len(self.columns) - 1 if self.columns else REASON


@dataclass(frozen=True, eq=False)
class Layout:
    """The whole form. It is told from others by identity, so that what follows from it is worked out once."""

    form: Form
    programme: Programme
    sections: tuple[SectionPlace, ...]
    fingerprint: str

    @property
    def cells(self) -> Iterator[CellPlace]:
        for section in self.sections:
            for row in section.rows:
                yield from row.cells

    def sections_of(self, sheet: str) -> tuple[SectionPlace, ...]:
        return tuple(section for section in self.sections if section.sheet == sheet)

    @property
    def answers(self) -> tuple[CellKey, ...]:
        """What a reading of the form answers, in its order: what is asked, then what follows from it."""
        return (*(cell.key for cell in self.cells), *(one.key for one in self.derived if one.key is not None))

    @cached_property
    def sums(self) -> tuple[tuple[SumPlace, tuple[int, ...]], ...]:
        """What follows from the answers, and of which of them it is the sum."""
        return self._with_parts(self.derived)

    @cached_property
    def shown_sums(self) -> tuple[tuple[SumPlace, tuple[int, ...]], ...]:
        """Every sum with a cell of its own, and of which answers it is one."""
        return self._with_parts(one for section in self.sections for one in section.sums if one.is_shown)

    def _with_parts(self, sums: Iterable[SumPlace]) -> tuple[tuple[SumPlace, tuple[int, ...]], ...]:
        places = {cell.key: place for place, cell in enumerate(self.cells)}
        return tuple((one, tuple(places[cell.key] for cell in one.cells)) for one in sums)

    @property
    def derived(self) -> Iterator[SumPlace]:
        for section in self.sections:
            yield from (one for one in section.sums if one.key is not None)


def label_of(asked: AskedRow) -> str:
    """What stands in the column of questions."""
    return f"{asked.title}\n{asked.hint}" if asked.hint else asked.title


def place_of(sheet: str, row: int, column: int) -> str:
    """How a cell is named to people: «лист «Сведения», ячейка D14»."""
    return f"лист «{sheet}», ячейка {address(row, column)}"


@lru_cache(maxsize=4096)
def code_of(element: str, breakdown: Breakdown) -> str:
    return "|".join((element, *(f"{dimension}={member}" for dimension, member in breakdown)))


def layout_of(form: Form, programme: Programme) -> Layout:
    """Work it out once and hand it to every workbook of the form."""
    tops = {LISTS: TOP, MATRICES: TOP}
    sections = []
    number = 0
    for section in form.sections:
        sheet = MATRICES if section.columns else LISTS
        place = _section(section, programme, sheet, tops[sheet], number)
        number += len(place.rows)
        tops[sheet] = place.note_row + 2
        sections.append(place)
    return Layout(form, programme, tuple(sections), _fingerprint(form, sections))


def _section(section: FormSection, programme: Programme, sheet: str, top: int, number: int) -> SectionPlace:
    columns = columns_of(section, programme)
    is_matrix = bool(columns)
    first, step = (top + 3, 2) if is_matrix else (top + 1, 1)
    rows = tuple(
        _row(asked, sheet, first + place * step, number + place + 1, is_matrix)
        for place, asked in enumerate(rows_of(section, programme))
    )
    below = first + len(rows) * step
    sums = tuple(_sums(section, programme, sheet, rows, below))
    shown = {one.row for one in sums if one.is_shown and one.row >= below}
    codes_row = top + 1 if is_matrix else CODES
    return SectionPlace(section, sheet, top, codes_row, columns, rows, sums, below + len(shown))


def _row(asked: AskedRow, sheet: str, row: int, number: int, is_matrix: bool) -> RowPlace:
    cells = tuple(
        CellPlace(
            key=key,
            sheet=sheet,
            row=row,
            column=(FIRST if is_matrix else VALUE) + place,
            mark=(row, MATRIX_MARK if is_matrix else MARK),
            previous=(row + 1, FIRST + place) if is_matrix else (row, PREVIOUS),
            reason=(row, MATRIX_REASON if is_matrix else REASON),
            answer=asked.answer,
            place=place_of(sheet, row, (FIRST if is_matrix else VALUE) + place),
        )
        for place, key in enumerate(asked.cells)
    )
    return RowPlace(code_of(asked.element, asked.breakdown), row, asked, number, cells)


def _sums(
    section: FormSection, programme: Programme, sheet: str, rows: tuple[RowPlace, ...], below: int
) -> Iterator[SumPlace]:
    """Totals of rows, of columns, and the facts that follow, one under the other."""
    if section.row_total:
        yield from (SumPlace(section.row_total, sheet, row.row, TOTAL, row.cells) for row in rows)
    if section.column_total:
        for place in range(len(rows[0].cells)):
            cells = tuple(row.cells[place] for row in rows)
            yield SumPlace(section.column_total, sheet, below, FIRST + place, cells)
        if section.row_total:
            every = tuple(cell for row in rows for cell in row.cells)
            yield SumPlace(section.column_total, sheet, below, TOTAL, every)
        below += 1
    by_key = {cell.key: cell for row in rows for cell in row.cells}
    for rule in section.derived:
        cells = tuple(by_key[key] for key in derived_cells(section, rule, programme))
        shown = len(cells) > 1
        own = (below, TOTAL) if shown else (cells[0].row, cells[0].column)
        yield SumPlace(_title(rule, programme), sheet, *own, cells, derived_key(rule, programme), shown)
        below += shown


def _title(rule: Derived, programme: Programme) -> str:
    members = [next(one.title for one in programme.dimension(key).members if one.id == member)
               for key, member in rule.breakdown.items()]  # fmt: skip
    title = rule.title or programme.element(rule.element).title
    return f"{title}: {', '.join(members)}" if members else title


def _fingerprint(form: Form, sections: list[SectionPlace]) -> str:
    """Of everything by which a cell is known; a form changed without a new version is told apart by it."""
    codes = [f"{form.id} {form.version}"]
    for section in sections:
        codes += [section.section.id, *(member for member, _ in section.columns), *(row.code for row in section.rows)]
    return hashlib.sha256("\n".join(codes).encode()).hexdigest()[:16]


@lru_cache(maxsize=64)
def code_column(layout: Layout, sheet: str) -> Mapping[int, str]:
    """What stands in column A of the sheet, by row."""
    codes: dict[int, str] = {}
    for section in layout.sections:
        if section.sheet == sheet:
            codes[section.title_row] = f"section:{section.section.id}"
            codes[section.codes_row] = section.codes_name
            codes.update({row.row: row.code for row in section.rows})
    return codes
