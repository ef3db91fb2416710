"""A workbook as a template: its sheets, and the same workbook with numbers in it and nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from orientir.reports.fill.container import Container, part_of
from orientir.reports.fill.entry import Entry
from orientir.reports.fill.labels import Slot, labelled
from orientir.reports.fill.properties import serialised, titled
from orientir.reports.fill.xlsx_looks import looks
from orientir.reports.fill.xlsx_sheet import Sheet, position, string_text, with_full_calculation

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


class XlsxTemplate:
    """Visible sheets only: what a ministry hides is not for people to fill."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._book = container.tree(_BOOK)
        links = container.tree(_LINKS)
        self._targets = {one.get("Id"): part_of(_BOOK, one.get("Target", "")) for one in links}
        self._kinds = {one.get("Type", "").rpartition("/")[2]: part_of(_BOOK, one.get("Target", "")) for one in links}
        self._sheets = dict(self._read_sheets())
        self._grids = {name: sheet.grid() for name, (sheet, visible) in self._sheets.items() if visible}
        self._at = {(grid.title, cell.address): cell for grid in self._grids.values() for cell in grid.cells.values()}

    def _read_sheets(self) -> Iterator[tuple[str, tuple[Sheet, bool]]]:
        names = f"{{{self._book.nsmap[self._book.prefix]}}}"
        found, strings = looks(self._optional("styles")), self._strings
        for one in self._book.iterfind(f"{names}sheets/{names}sheet"):
            link = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
            name = self._targets.get(link, "")
            root = self._container.tree(name) if name in self._container.names else None
            if root is not None and root.tag.endswith("}worksheet"):
                yield name, (Sheet(one.get("name", ""), root, found, strings), one.get("state", "visible") == "visible")

    def _optional(self, kind: str) -> Any:
        name = self._kinds.get(kind, "")
        return self._container.tree(name) if name in self._container.names else None

    @cached_property
    def _strings(self) -> list[str]:
        root = self._optional("sharedStrings")
        if root is None:
            return []
        names = f"{{{root.nsmap[root.prefix]}}}"
        return [string_text(one, names) for one in root.iterfind(f"{names}si")]

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(slot for grid in self._grids.values() for slot in labelled(grid))

    def text_at(self, place: str, address: str) -> str | None:
        """What stands in the cell now; None where the form has no such cell."""
        cell = self._at.get((place, address))
        return None if cell is None else cell.text

    def filled(self, entries: Sequence[Entry], mark: str) -> bytes:
        """The bytes of the filled workbook; a `mark` goes into its title."""
        changed = set()
        for name, (sheet, visible) in self._sheets.items():
            for entry in entries:
                if visible and entry.place == sheet.title:
                    percent = self._at[entry.place, entry.address].is_percent
                    number = entry.number if percent else entry.figure
                    sheet.write(position(entry.address), number, entry.text)
                    changed.add(name)
        changed |= {name for name, (sheet, _) in self._sheets.items() if sheet.forget_results()}
        with_full_calculation(self._book)
        parts = {name: serialised(self._sheets[name][0].root) for name in changed} | {_BOOK: serialised(self._book)}
        return self._container.rewritten(parts | (titled(self._container, mark) if mark else {}))

    def printed(self, entry: Entry) -> str:
        """As the cell will be read, for the list."""
        return entry.printed()
