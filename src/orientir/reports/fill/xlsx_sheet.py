"""One sheet of a workbook: its cells as a grid, and numbers put into its XML without touching anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from orientir.presentation import exact
from orientir.reports.fill.grid import Grid, GridCell, Holds, text_holds
from orientir.reports.fill.xlsx_looks import Look
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import address

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_POSITIONS = 300_000  # cells of a form, merged ones by every position they cover
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ON = ("1", "true")

Position = tuple[int, int]
Span = tuple[int, int, int, int]  # first row, first column, last row, last column


class Sheet:
    """`title` is its tab; `root` its XML, which is changed in place."""

    def __init__(self, title: str, root: Any, looks: Sequence[Look], strings: Sequence[str]) -> None:
        self.title = title
        self.root = root
        self._names = f"{{{root.nsmap[root.prefix]}}}"
        self._looks = looks
        self._strings = strings
        self._cells = dict(self._positions())
        protection = root.find(self._name("sheetProtection"))
        self._is_protected = protection is not None and protection.get("sheet") in _ON

    def _name(self, tag: str) -> str:
        return self._names + tag

    def _positions(self) -> Iterator[tuple[Position, Any]]:
        """Rows and cells may leave out their references: each then follows the one before."""
        row = -1
        for line in self.root.iterfind(f"{self._name('sheetData')}/{self._name('row')}"):
            row = int(line.get("r")) - 1 if line.get("r") else row + 1
            column = -1
            for cell in line.iterfind(self._name("c")):
                column = position(cell.get("r"))[1] if cell.get("r") else column + 1
                yield (row, column), cell

    # ---- reading

    def grid(self) -> Grid:
        """Refusal where the sheet is larger than any form."""
        merged = {span[:2]: span for span in self._spans(self.root.iter(self._name("mergeCell")))}
        spilled = list(self._spans(self.root.iter(self._name("f"))))
        found: dict[Position, GridCell] = {}
        bottom = max((row for row, _ in self._cells), default=0)
        right = max((column for _, column in self._cells), default=0)
        inside = {place for span in merged.values() for place in _covered(span, bottom, right) if place != span[:2]}
        for place in sorted(self._cells.keys() - inside):
            span = merged.get(place, (*place, *place))
            cell = self._grid_cell(place, span, spilled)
            if cell.holds is not Holds.EMPTY or cell.is_drawn:
                found |= dict.fromkeys(_covered(span, bottom, right), cell)
            self._check_size(len(found))
        return Grid(self.title, found)

    def _spans(self, elements: Iterator[Any]) -> Iterator[Span]:
        for element in elements:
            first, _, last = (element.get("ref") or "").partition(":")
            if last and element.get("t", "array") in ("array", "dataTable"):
                yield (*position(first), *position(last))

    def _check_size(self, count: int) -> None:
        if count > _POSITIONS:
            cure = "Удалите оформление пустых строк и столбцов."
            raise Refusal("лист слишком велик для формы.", cure, f"лист «{self.title}»")

    def _grid_cell(self, place: Position, span: Span, spilled: Sequence[Span]) -> GridCell:
        cell, (row, column) = self._cells[place], place
        look = self._look(cell)
        text = self._text(cell)
        holds = self._holds(cell, text)
        if any(one[0] <= row <= one[2] and one[1] <= column <= one[3] for one in spilled):
            holds = Holds.FORMULA
        elif holds in (Holds.EMPTY, Holds.NUMBER) and (
            self._is_hidden(place) or (self._is_protected and look.is_locked)
        ):
            holds = Holds.CLOSED
        drawn = look.is_drawn or (self._is_protected and not look.is_locked)
        size = (span[2] - span[0] + 1, span[3] - span[1] + 1)
        return GridCell(row, column, address(row, column), text, holds, *size, drawn, look.is_percent)

    def _look(self, cell: Any) -> Look:
        style = cell.get("s", "0")
        return self._looks[int(style)] if style.isdigit() and int(style) < len(self._looks) else Look()

    def _is_hidden(self, place: Position) -> bool:
        if self._cells[place].getparent().get("hidden") in _ON:
            return True
        columns = self.root.iterfind(f"{self._name('cols')}/{self._name('col')}")
        return any(
            one.get("hidden") in _ON and int(one.get("min")) <= place[1] + 1 <= int(one.get("max")) for one in columns
        )

    def _holds(self, cell: Any, text: str) -> Holds:
        if cell.find(self._name("f")) is not None:
            return Holds.FORMULA
        if cell.get("t", "n") in ("n", "b", "e", "d"):
            return Holds.NUMBER if text else Holds.EMPTY
        return text_holds(text)

    def _text(self, cell: Any) -> str:
        value = cell.findtext(self._name("v")) or ""
        kind = cell.get("t", "n")
        if kind == "s":
            return self._strings[int(value)] if value.isdigit() and int(value) < len(self._strings) else ""
        if kind == "inlineStr":
            return string_text(cell.find(self._name("is")), self._names)
        return value.removesuffix(".0")

    # ---- writing

    def write(self, place: Position, number: Decimal | None, text: str) -> None:
        """A number, a text, or neither: then the cell is left empty. Its style stays as it is."""
        cell = self._cells[place]
        for part in list(cell):
            cell.remove(part)
        cell.attrib.pop("t", None)
        if number is not None:
            self._sub(cell, "v").text = exact(number)
        elif text:
            cell.set("t", "inlineStr")
            inside = self._sub(self._sub(cell, "is"), "t")
            inside.text = text
            inside.set(_SPACE, "preserve")

    def _sub(self, parent: Any, tag: str) -> Any:
        element = parent.makeelement(self._name(tag))
        parent.append(element)
        return element

    def forget_results(self) -> bool:
        """Drop what formulas gave before; True where there was any. What another book gave cannot be computed anew."""
        changed = False
        for cell in self._cells.values():
            formula, value = cell.find(self._name("f")), cell.find(self._name("v"))
            if formula is not None and value is not None and "[" not in (formula.text or ""):
                cell.remove(value)
                cell.attrib.pop("t", None)
                changed = True
        return changed


def _covered(span: Span, bottom: int, right: int) -> Iterator[Position]:
    """The positions of a block, as far as the sheet has cells: a whole row may be merged to its end."""
    for row in range(span[0], max(span[0], min(span[2], bottom)) + 1):
        for column in range(span[1], max(span[1], min(span[3], right)) + 1):
            yield row, column


def position(reference: str) -> Position:
    """Row and column from 0 of «D14»; Refusal for what is no reference."""
    found = _ADDRESS.fullmatch(reference)
    if not found:
        raise Refusal("файл повреждён: адрес ячейки неверен.", "Откройте форму в Excel и сохраните заново.")
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def string_text(element: Any, names: str) -> str:
    """The text of a string with its runs, without the phonetic hints of eastern scripts."""
    if element is None:
        return ""
    skipped = {id(one) for hint in element.iter(f"{names}rPh") for one in hint.iter(f"{names}t")}
    return "".join(one.text or "" for one in element.iter(f"{names}t") if id(one) not in skipped)


def with_full_calculation(workbook: Any) -> None:
    """Ask whoever opens the book to compute everything anew."""
    names = f"{{{workbook.nsmap[workbook.prefix]}}}"
    settings = workbook.find(f"{names}calcPr")
    if settings is None:
        settings = workbook.makeelement(f"{names}calcPr")
        before = [workbook.find(f"{names}{tag}") for tag in _BEFORE_CALCULATION]
        last = max((workbook.index(one) for one in before if one is not None), default=-1)
        workbook.insert(last + 1, settings)
    settings.set("fullCalcOnLoad", "1")


_BEFORE_CALCULATION = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "
    "definedNames"
).split()
