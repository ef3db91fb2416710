"""The sheets of a form in a workbook, and the rows and columns in them, found by their hidden codes.

Usually everything stands where it was put, which one comparison shows. Otherwise codes lead: what moved together with
its code is found again and told; what has no code any more is not read. Whether the codes still belong to what stands
beside them is asked in agreeing.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from orientir.model.collection import Remark
from orientir.sources.forms.layout import (
    LISTS,
    MATRICES,
    NUMBER,
    Layout,
    RowPlace,
    SectionPlace,
    code_column,
    label_of,
    place_of,
)
from orientir.spreadsheets.sheets import Sheet

LOST_SHEET = "листа нет или коды его строк стёрты."
FILL_ANEW = "Возьмите чистую форму и перенесите в неё ответы."
NOWHERE = 10_000  # a column that no sheet of a form has: its cells are read as empty


@dataclass
class FoundSheet:
    """A sheet of the form as it came: where its rows and columns are now.

    `rows_moved` are rows by code, None where all stand in their places; `columns_moved` present columns by those of the
    layout, for each section in which they moved. `doubtful` rows are not read.
    """

    name: str
    rows: Sequence[Sequence[object]]
    rows_moved: Mapping[str, int] | None = None
    columns_moved: dict[str, Mapping[int, int]] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)

    @property
    def is_in_place(self) -> bool:
        return self.rows_moved is None and not self.columns_moved

    def row_of(self, row: int, code: str) -> int | None:
        """The present row of a coded one; None where its code is gone."""
        return row if self.rows_moved is None else self.rows_moved.get(code)

    def column_of(self, section: SectionPlace, column: int) -> int:
        moved = self.columns_moved.get(section.section.id) if self.columns_moved else None
        return column if moved is None else moved.get(column, column)

    def line(self, row: int) -> Sequence[object]:
        """The cells of a row, however many of them there are."""
        return self.rows[row] if row < len(self.rows) else ()

    def cell(self, row: int, column: int) -> object:
        return cell_of(self.line(row), column)

    def place(self, row: int, column: int) -> str:
        return place_of(self.name, row, column)

    def is_as_sent(self, name: str) -> bool:
        """Everything stands where the writer put it, under the name that it gave."""
        return self.is_in_place and not self.doubtful and self.name == name


def cell_of(cells: Sequence[object], column: int) -> object:
    """An empty cell where the row ends before it."""
    return cells[column] if column < len(cells) else ""


def find_sheets(sheets: Sequence[Sheet], layout: Layout) -> tuple[dict[str, FoundSheet], list[Remark]]:
    """The sheets by the name that the form gave them, and what has changed in them."""
    found: dict[str, FoundSheet] = {}
    remarks: list[Remark] = []
    for name in (LISTS, MATRICES):
        codes = code_column(layout, name)
        if codes:
            sheet = _sheet(sheets, name, codes)
            if sheet is None:
                remarks.append(Remark(f"лист «{name}»", LOST_SHEET, "Заполните форму заново, не удаляя листов."))
                continue
            if sheet.name != name:
                remarks.append(_renamed(sheet.name, name))
            found[name] = _found(sheet, layout.sections_of(name), codes, remarks)
    return found, remarks


def _renamed(now: str, before: str) -> Remark:
    return Remark(f"лист «{now}»", f"лист переименован: был «{before}». Он прочитан.", "", is_error=False)


def _sheet(sheets: Sequence[Sheet], name: str, codes: Mapping[int, str]) -> Sheet | None:
    """The sheet of this name if it holds the codes, else the one that holds most of them."""
    named = next((sheet for sheet in sheets if sheet.name == name), None)
    if named is not None and _is_in_place(named, codes):
        return named
    wanted = set(codes.values())
    rated = [(len(wanted & _codes(sheet)), sheet.name == name, -number, sheet) for number, sheet in enumerate(sheets)]
    best = max(rated, default=None, key=lambda one: one[:3])
    return best[3] if best is not None and best[0] * 2 > len(wanted) else None


def _is_in_place(sheet: Sheet, codes: Mapping[int, str]) -> bool:
    rows = sheet.rows
    return max(codes) < len(rows) and [rows[row][0] for row in codes] == list(codes.values())


def _codes(sheet: Sheet) -> set[object]:
    return {row[0] for row in sheet.rows if row and row[0] != ""}


def _found(
    sheet: Sheet, sections: Sequence[SectionPlace], codes: Mapping[int, str], remarks: list[Remark]
) -> FoundSheet:
    found = FoundSheet(sheet.name, sheet.rows)
    if not _is_in_place(sheet, codes):
        found.rows_moved = _moved_rows(sheet)
        remarks.append(Remark(f"лист «{sheet.name}»", "строки сдвинуты; найдены по кодам.", "", is_error=False))
        lost = [row for section in sections for row in section.rows if row.code not in found.rows_moved]
        remarks += [_lost(sheet.name, row) for row in lost]
    for section in sections:
        _find_columns(found, section, remarks)
    return found


def _lost(sheet: str, row: RowPlace) -> Remark:
    what = f"строка «{label_of(row.asked).partition(chr(10))[0]}» не найдена: удалена или сдвинута."
    return Remark(f"лист «{sheet}»", what, "Верните строку на место; лучше заполните форму заново.")


def _moved_rows(sheet: Sheet) -> dict[str, int]:
    """Rows by code; a code that stands twice leads nowhere."""
    rows: dict[str, int] = {}
    doubled: set[str] = set()
    for number, cells in enumerate(sheet.rows):
        code = str(cells[0]) if cells else ""
        if code in rows:
            doubled.add(code)
        rows.setdefault(code, number)
    return {code: number for code, number in rows.items() if code not in doubled}


def _find_columns(found: FoundSheet, section: SectionPlace, remarks: list[Remark]) -> None:
    """Columns of the section by the codes above them; lists share theirs, and their remark."""
    row = found.row_of(section.codes_row, section.codes_name)
    cells = () if row is None else found.line(row)
    wanted = section.codes
    if tuple(cells[NUMBER : NUMBER + len(wanted)]) == wanted:
        return
    present = {_code(cell): place for place, cell in enumerate(cells) if cell != ""}
    moved = {NUMBER + place: present.get(code, NOWHERE) for place, code in enumerate(wanted)}
    if all(now == before for before, now in moved.items()):
        return
    found.columns_moved[section.section.id] = moved
    told = _columns_told(found.name, section, [code for code in wanted if code not in present])
    if told not in remarks:
        remarks.append(told)


def _columns_told(sheet: str, section: SectionPlace, lost: Sequence[str]) -> Remark:
    where = f"лист «{sheet}»" + (f", раздел «{section.section.title}»" if section.columns else "")
    if not lost:
        return Remark(where, "столбцы сдвинуты; найдены по кодам.", "", is_error=False)
    titles = {**_OWN_TITLES, **dict(section.columns)}
    what = f"столбцы не найдены: {', '.join(titles[code] for code in lost)}."
    return Remark(where, what, "Верните столбцы на место; лучше заполните форму заново.")


_OWN_TITLES = {
    ":number": "номер",
    ":question": "вопрос",
    ":value": "значение",
    ":mark": "отметка",
    ":previous": "прошлый год",
    ":source": "источник",
    ":reason": "причина изменения",
    ":needed": "нужна ли причина",
    ":total": "всего",
}


def _code(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)
