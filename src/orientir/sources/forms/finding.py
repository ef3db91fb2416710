"""The sheets of a form in a workbook, and the rows and columns in them, found by their hidden codes.

Usually everything stands where it was put, which one comparison shows. Otherwise codes lead: what moved together with
its code is found again and told; what has no code any more is not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from orientir.model.collection import Remark
from orientir.sources.forms.layout import FIRST, LISTS, MATRICES, CellPlace, Layout, SectionPlace, code_column
from orientir.spreadsheets.sheets import Sheet, address

LOST_SHEET = "листа нет или коды его строк стёрты."


@dataclass
class FoundSheet:
    """A sheet of the form as it came: where its rows and columns are now."""

    name: str
    rows: Sequence[Sequence[object]]
    rows_moved: Mapping[str, int] | None = None
    columns_moved: Mapping[tuple[str, int], int] = field(default_factory=dict)
    sections: Mapping[int, str] = field(default_factory=dict)

    def row_of(self, row: int, code: str) -> int | None:
        """The present row of a coded one; None where its code is gone."""
        return row if self.rows_moved is None else self.rows_moved.get(code)

    def column_of(self, cell: CellPlace) -> int:
        if not self.columns_moved:
            return cell.column
        return self.columns_moved.get((self.sections.get(cell.row, ""), cell.column), cell.column)

    def line(self, row: int) -> Sequence[object]:
        """The cells of a row, however many of them there are."""
        return self.rows[row] if row < len(self.rows) else ()

    def cell(self, row: int, column: int) -> object:
        return cell_of(self.line(row), column)

    def place(self, row: int, column: int) -> str:
        return _place(self.name, row, column)


@lru_cache(maxsize=4096)
def _place(sheet: str, row: int, column: int) -> str:
    return f"лист «{sheet}», ячейка {address(row, column)}"


def cell_of(cells: Sequence[object], column: int) -> object:
    """An empty cell where the row ends before it."""
    return cells[column] if column < len(cells) else ""


def find_sheets(sheets: Sequence[Sheet], layout: Layout) -> tuple[dict[str, FoundSheet], list[Remark]]:
    """The sheets by the name that the form gave them, and what has changed in them."""
    found: dict[str, FoundSheet] = {}
    remarks: list[Remark] = []
    for name in (LISTS, MATRICES):
        sections = [section for section in layout.sections if section.sheet == name]
        if sections:
            sheet = _sheet(sheets, name, code_column(layout, name))
            if sheet is None:
                cure = "Заполните форму заново, не удаляя листов."
                remarks.append(Remark(f"лист «{name}»", LOST_SHEET, cure))
                continue
            if sheet.name != name:
                remarks.append(_renamed(sheet.name, name))
            found[name] = _found(sheet, sections, code_column(layout, name), remarks)
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
    rows, height = sheet.rows, len(sheet.rows)
    return all(row < height and rows[row][0] == code for row, code in codes.items())


def _codes(sheet: Sheet) -> set[object]:
    return {row[0] for row in sheet.rows if row and row[0] != ""}


def _found(
    sheet: Sheet, sections: Sequence[SectionPlace], codes: Mapping[int, str], remarks: list[Remark]
) -> FoundSheet:
    found = FoundSheet(sheet.name, sheet.rows)
    if not _is_in_place(sheet, codes):
        found.rows_moved = _moved_rows(sheet)
        remarks.append(Remark(f"лист «{sheet.name}»", "строки сдвинуты; найдены по кодам.", "", is_error=False))
    for section in sections:
        if section.columns:
            _find_columns(found, section, remarks)
    return found


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
    """Members of a matrix by the codes above them."""
    row = found.row_of(section.codes_row, f"columns:{section.section.id}")
    wanted = [member for member, _ in section.columns]
    if row is not None and [_code(found.cell(row, FIRST + place)) for place in range(len(wanted))] == wanted:
        return
    present = {} if row is None else {_code(cell): place for place, cell in enumerate(found.rows[row]) if cell != ""}
    moved = {(section.section.id, FIRST + place): present.get(member, _NOWHERE) for place, member in enumerate(wanted)}
    found.columns_moved = {**found.columns_moved, **moved}
    found.sections = {**found.sections, **{one.row: section.section.id for one in section.rows}}
    lost = [title for member, title in section.columns if member not in present]
    told = f"не найдены: {', '.join(lost)}." if lost else "столбцы сдвинуты; найдены по кодам."
    cure = "Верните столбцы на место; лучше заполните форму заново." if lost else ""
    where = f"лист «{found.name}», раздел «{section.section.title}»"
    remarks.append(Remark(where, told, cure, is_error=bool(lost)))


_NOWHERE = 10_000  # a column that no sheet of a form has: its cells are read as empty


def _code(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)
