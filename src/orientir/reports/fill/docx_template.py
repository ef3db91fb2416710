"""A Word document as a template: its tables, the blanks of its paragraphs, and the same document filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from orientir.reports.fill.container import MAIN, Container, part_of
from orientir.reports.fill.docx_text import BLANK, W, blanks, has_fields, paragraphs, put_in_blank, put_text, text_of
from orientir.reports.fill.entry import Entry
from orientir.reports.fill.grid import POSITIONS, Grid, GridCell, Holds, text_holds, whole
from orientir.reports.fill.labels import Labels, Slot, is_part, labelled
from orientir.reports.fill.properties import serialised, titled
from orientir.spreadsheets.refusals import Refusal, damaged

_NUMBER = re.compile(r"[\d\s\xa0]*\d(?:[.,]\d+)?\s*%?")
_UNIT = re.compile(r"\W{0,2}(%|процент\w*|чел\w*\.?|ед\w*\.?|шт\w*\.?)", re.IGNORECASE)
_PERCENT = re.compile(r"%|процент", re.IGNORECASE)
_STRICT_MAIN = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
_CAPTIONS = 4
_COLUMNS = 63  # of a table in Word
TEXT = "Текст"

Place = tuple[str, str]


class DocxTemplate:
    """Tables are numbered as they come, nested ones too; a blank is told by its paragraph."""

    def __init__(self, container: Container) -> None:
        self._container = container
        links = container.tree("_rels/.rels")
        mains = [one.get("Target", "") for one in links if one.get("Type") in (MAIN, _STRICT_MAIN)]
        self._part = part_of("", mains[0]) if mains else "word/document.xml"
        self._root = container.tree(self._part)
        body = self._root.find(f"{W}body")
        if body is None:
            raise damaged("в нём нет текста")
        self._body = body
        self._cells: dict[Place, Any] = {}
        self._grids = list(self._read_tables())
        self._texts = {(grid.title, cell.address): cell.text for grid in self._grids for cell in grid.cells.values()}
        self._blanks = {slot.cell.address: slot for slot in self._read_blanks()}

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return (*self._blanks.values(), *(slot for grid in self._grids for slot in labelled(grid)))

    def text_at(self, place: str, address: str) -> str | None:
        """What stands in the cell now; None where the form has no such cell or blank."""
        if place == TEXT:
            return "" if address in self._blanks else None
        return self._texts.get((place, address))

    def filled(self, entries: Sequence[Entry], mark: str) -> bytes:
        """The bytes of the filled document; a `mark` goes into its title."""
        numbered = list(paragraphs(self._body))
        # From the end: a blank that is filled is no longer counted among those of its paragraph.
        for entry in sorted(entries, key=self._from_the_end):
            text = self.printed(entry)
            if entry.place == TEXT:
                cell = self._blanks[entry.address].cell
                if text:
                    put_in_blank(numbered[cell.row], cell.column, text)
            else:
                put_text(self._cells[entry.place, entry.address], text)
        self._refresh_fields()
        parts = {self._part: serialised(self._root)}
        return self._container.rewritten(parts | (titled(self._container, mark) if mark else {}))

    def printed(self, entry: Entry) -> str:
        """A share without its sign where the labels have it."""
        return entry.printed(bare=(entry.place, entry.address) in self._in_percent)

    @cached_property
    def _in_percent(self) -> frozenset[Place]:
        return frozenset(
            (slot.place, slot.cell.address)
            for slot in self.slots
            if any(_PERCENT.search(text) for text in (*slot.labels.row, *slot.labels.column))
        )

    def _from_the_end(self, entry: Entry) -> tuple[int, int]:
        if entry.place != TEXT:
            return (1, 0)
        cell = self._blanks[entry.address].cell
        return (-cell.row, -cell.column)

    def _refresh_fields(self) -> None:
        """Word computes «=SUM(ABOVE)» anew on opening where it is told that the result is old."""
        for field in self._root.iter(f"{W}fldSimple"):
            if field.get(f"{W}instr", "").strip().startswith("="):
                field.set(f"{W}dirty", "true")
        for code in self._root.iter(f"{W}instrText"):
            begin = code.getparent().getprevious()
            start = begin.find(f"{W}fldChar") if begin is not None else None
            if (code.text or "").strip().startswith("=") and start is not None:
                start.set(f"{W}dirty", "true")

    def _read_blanks(self) -> Iterator[Slot]:
        captions: list[str] = []
        for at, paragraph in enumerate(paragraphs(self._body)):
            whole = ""
            for number, (before, after) in enumerate(blanks(paragraph)):
                label = _UNIT.sub("", before, count=1).strip(" ,;:–—-") if number else before.rstrip(" :–—-")
                unit, part = _UNIT.match(after), is_part(label)
                cell = GridCell(at, number, f"абзац {at + 1}, пропуск {number + 1}")
                heads = (unit[1],) if unit else ()
                if label:
                    yield Slot(TEXT, cell, Labels((label,), heads, "", whole if part else "", tuple(captions[-3:])))
                whole = whole if part else label
            text = BLANK.sub("", text_of_paragraph(paragraph)).strip()
            captions += [text] if text else []

    def _read_tables(self) -> Iterator[Grid]:
        for number, table in enumerate(self._body.iter(f"{W}tbl"), 1):
            title = f"Таблица {number}"
            yield Grid(title, dict(self._table_cells(title, table)), _before(table))

    def _table_cells(self, title: str, table: Any) -> Iterator[tuple[tuple[int, int], GridCell]]:
        spans = _layout(table)
        for row, column, width, height, element in spans:
            address = f"строка {row + 1}, столбец {column + 1}"
            self._cells[title, address] = element
            text = text_of(element)
            cell = GridCell(row, column, address, text, _holds(element, text), height, width)
            for down in range(height):
                for right in range(width):
                    yield (row + down, column + right), cell


def text_of_paragraph(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter(f"{W}t"))


def _holds(cell: Any, text: str) -> Holds:
    if has_fields(cell):
        return Holds.FORMULA
    if next(cell.iter(f"{W}tbl", f"{W}drawing", f"{W}pict"), None) is not None or next(paragraphs(cell), None) is None:
        return Holds.CLOSED
    return Holds.NUMBER if _NUMBER.fullmatch(text.strip()) else text_holds(text)


def _before(table: Any) -> tuple[str, ...]:
    """The last paragraphs above the table."""
    found: list[str] = []
    for one in table.itersiblings(preceding=True):
        if one.tag == f"{W}tbl" or len(found) == _CAPTIONS:
            break
        text = BLANK.sub("", "".join(part.text or "" for part in one.iter(f"{W}t"))).strip()
        found += [text] if text else []
    return tuple(reversed(found))


def _layout(table: Any) -> list[tuple[int, int, int, int, Any]]:
    """Row, column, width, height and element of each cell; a cell merged downwards once."""
    found: list[tuple[int, int, int, int, Any]] = []
    reached = 0
    open_at: dict[int, int] = {}  # column -> place in `found` of the cell that goes on downwards
    for row, line in enumerate(_unwrapped(table, f"{W}tr")):
        column = _columns(line.find(f"{W}trPr/{W}gridBefore"))
        for cell in _unwrapped(line, f"{W}tc"):
            settings = cell.find(f"{W}tcPr")
            width = max(_columns(settings.find(f"{W}gridSpan")), 1) if settings is not None else 1
            merge = settings.find(f"{W}vMerge") if settings is not None else None
            if merge is not None and merge.get(f"{W}val", "continue") == "continue" and column in open_at:
                top = found[open_at[column]]
                found[open_at[column]] = (*top[:3], row - top[0] + 1, top[4])
            else:
                open_at.pop(column, None)
                if merge is not None:
                    open_at[column] = len(found)
                found.append((row, column, width, 1, cell))
            column += width
        reached = max(reached, column)
        if (row + 1) * reached > POSITIONS:
            raise Refusal("таблица в документе слишком велика для формы.", "Разделите её на части.")
    return found


def _unwrapped(parent: Any, tag: str) -> Iterator[Any]:
    """Rows or cells, those inside content controls and marked insertions too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _unwrapped(child, tag)


def _columns(element: Any) -> int:
    """How many columns a setting speaks of; more than Word has are none that it wrote."""
    return min(whole(element.get(f"{W}val"), 0), _COLUMNS) if element is not None else 0
