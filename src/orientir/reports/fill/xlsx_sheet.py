"""One sheet of a workbook: its cells as a grid, and numbers put into its XML without touching anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from orientir.presentation import exact
from orientir.reports.fill.grid import POSITIONS, Grid, GridCell, Holds, text_holds, whole
from orientir.reports.fill.xlsx_looks import Look
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import address

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
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
            row = whole(line.get("r"), row + 2) - 1
            column = -1
            for cell in line.iterfind(self._name("c")):
                column = position(cell.get("r"))[1] if cell.get("r") else column + 1
                yield (row, column), cell

    # ---- reading

    def grid(self) -> Grid:
        """As far as the sheet has words, and one column further; Refusal where that is larger than any form."""
        inside = self._extent()
        merged = {span[:2]: span for span in self._spans("mergeCell", inside)}
        covered = {place for span in merged.values() for place in _covered(span) if place != span[:2]}
        spilled = {place for span in self._spans("f", inside) for place in _covered(span)}
        found: dict[Position, GridCell] = {}
        for place in sorted(self._cells.keys() - covered):
            if place[0] <= inside[0] and place[1] <= inside[1]:
                span = merged.get(place, (*place, *place))
                cell = self._grid_cell(place, span, place in spilled)
                if cell.holds is not Holds.EMPTY or cell.is_drawn:
                    found |= dict.fromkeys(_covered(span), cell)
        return Grid(self.title, found)

    def _extent(self) -> Position:
        filled = [place for place, cell in self._cells.items() if len(cell)]
        bottom = max((row for row, _ in filled), default=0)
        right = max((column for _, column in filled), default=0) + 1
        self._check_size((bottom + 1) * (right + 1))
        return bottom, right

    def _spans(self, tag: str, inside: Position) -> list[Span]:
        """Merged blocks, or those that one formula fills; cut off where the sheet has no more words."""
        found = []
        for element in self.root.iter(self._name(tag)):
            first, _, last = (element.get("ref") or "").partition(":")
            if last and element.get("t", "array") in ("array", "dataTable"):
                (top, left), (bottom, right) = position(first), position(last)
                span = (top, left, min(bottom, inside[0]), min(right, inside[1]))
                found += [span] if top <= span[2] and left <= span[3] else []
        self._check_size(sum((span[2] - span[0] + 1) * (span[3] - span[1] + 1) for span in found))
        return found

    def _check_size(self, count: int) -> None:
        if count > POSITIONS:
            cure = "Удалите лишние строки и столбцы, в которых что-то записано далеко от формы."
            raise Refusal("лист слишком велик для формы.", cure, f"лист «{self.title}»")

    def _grid_cell(self, place: Position, span: Span, is_spilled: bool) -> GridCell:
        cell, (row, column) = self._cells[place], place
        look = self._look(cell)
        text = self._text(cell)
        holds = Holds.FORMULA if is_spilled else self._holds(cell, text)
        is_closed = self._is_hidden(place) or (self._is_protected and look.is_locked)
        if is_closed and holds in (Holds.EMPTY, Holds.NUMBER):
            holds = Holds.CLOSED
        drawn = look.is_drawn or (self._is_protected and not look.is_locked)
        size = (span[2] - span[0] + 1, span[3] - span[1] + 1)
        return GridCell(row, column, address(row, column), text, holds, *size, drawn, look.is_percent)

    def _look(self, cell: Any) -> Look:
        style = whole(cell.get("s"), 0)
        return self._looks[style] if style < len(self._looks) else Look()

    def _is_hidden(self, place: Position) -> bool:
        if self._cells[place].getparent().get("hidden") in _ON:
            return True
        return any(first <= place[1] + 1 <= last for first, last in self._hidden)

    @cached_property
    def _hidden(self) -> list[tuple[int, int]]:
        columns = self.root.iterfind(f"{self._name('cols')}/{self._name('col')}")
        return [(whole(one.get("min"), 0), whole(one.get("max"), 0)) for one in columns if one.get("hidden") in _ON]

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
            at = whole(value, len(self._strings))
            return self._strings[at] if at < len(self._strings) else ""
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


def _covered(span: Span) -> Iterator[Position]:
    for row in range(span[0], span[2] + 1):
        for column in range(span[1], span[3] + 1):
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
