"""Cells whose formula gives an error: calamine hands them over as empty, and empty would be taken for no answer."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import ParseError, fromstring, iterparse

from orientir.spreadsheets.refusals import damaged

_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")


class BrokenCell(NamedTuple):
    """Place of the sheet in the book, row and column, all from 0, and the error as Excel names it."""

    sheet: int
    row: int
    column: int
    error: str


class Kind(str):
    """What a checked file is («xlsx», «xls», «ods», «csv»), with the broken cells seen on the way.

    Where `sheets` are named, only these were checked and only these may be read. `unpacked` holds what was checked, to
    be read in place of the file; it is empty where that would take too much memory.
    """

    broken: tuple[BrokenCell, ...]
    sheets: frozenset[str]
    unpacked: bytes

    def __new__(
        cls,
        name: str,
        broken: tuple[BrokenCell, ...] = (),
        sheets: frozenset[str] = frozenset(),
        unpacked: bytes = b"",
    ) -> Kind:
        kind = super().__new__(cls, name)
        kind.broken = broken
        kind.sheets = sheets
        kind.unpacked = unpacked
        return kind

    def covers(self, sheets: Collection[str]) -> bool:
        """Whether all that these sheets hold was checked; no names stand for all sheets."""
        return not self.sheets or (bool(sheets) and self.sheets.issuperset(sheets))


def in_workbook(index: bytes, links: bytes, sheets: dict[str, bytes]) -> tuple[BrokenCell, ...]:
    """Broken cells of an XLSX: its list of sheets, its list of links, and the XML of suspected sheets by part name."""
    try:
        targets = {link.get("Id"): _part(link.get("Target", "")) for link in fromstring(links)}
        ids = [_id(sheet.attrib) for sheet in fromstring(index).iter() if _local(sheet.tag) == "sheet"]
        return tuple(
            BrokenCell(place, row, column, error)
            for place, link in enumerate(ids)
            for row, column, error in _in_sheet(sheets.get(targets.get(link, ""), b""))
        )
    except (ParseError, ValueError):
        raise damaged("его части записаны с ошибками") from None


def _part(target: str) -> str:
    path = target.lower().removeprefix("/")
    return path if path.startswith("xl/") else f"xl/{path}"


def _id(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.endswith("}id")), "")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _in_sheet(xml: bytes) -> Iterator[tuple[int, int, str]]:
    if not xml:
        return
    row = column = 0
    for event, element in iterparse(io.BytesIO(xml), ("start", "end")):
        name = _local(element.tag)
        if event == "start" and name == "row":
            row, column = int(element.get("r", row + 1)), 0
        elif event == "end" and name == "c":
            place = _REFERENCE.fullmatch(element.get("r", "").upper())
            column = _column(place[1]) if place else column + 1
            if element.get("t") == "e":
                yield (int(place[2]) if place else row) - 1, column - 1, _shown("".join(element.itertext()))
        elif event == "end" and name == "row":
            element.clear()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _shown(text: str) -> str:
    """The error is the last thing the cell holds, after its formula."""
    return text[text.rfind("#") :] if "#" in text else "#VALUE!"
