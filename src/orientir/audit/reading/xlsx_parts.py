"""What the sheets of a checked XLSX say besides their values: merged cells, number formats, hyperlinks.

Only for bytes that the guard of `spreadsheets` has passed: no macros, no entities, within bounds.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from orientir.audit.reading.sheet_numbers import BUILT_IN, Format, format_of
from orientir.spreadsheets.archives import Member, inflated, members, same_name
from orientir.spreadsheets.refusals import damaged

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
Area = tuple[int, int, int, int]  # first row and column, last row and column, from 0


@dataclass(eq=False)
class SheetMarks:
    """`formats` and `links` by row and column from 0; `uncounted` are formulas whose results nobody has saved."""

    areas: list[Area] = field(default_factory=list)
    formats: dict[tuple[int, int], Format] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    uncounted: int = 0


def marks_of(data: bytes) -> dict[str, SheetMarks]:
    """The marks of every sheet by its name. Refusal where a part is no XML."""
    parts = {part.key: part for part in members(data)}
    formats = _formats(data, parts)
    targets = _targets(data, parts, "xl/workbook.xml")
    found: dict[str, SheetMarks] = {}
    for sheet in _elements(data, parts, "xl/workbook.xml", "sheet"):
        part = targets.get(sheet.get(_ID) or sheet.get(_STRICT_ID) or "", "")
        found[sheet.get("name", "")] = _marks(data, parts, part, formats)
    return found


def _elements(data: bytes, parts: Mapping[str, Member], name: str, *tags: str) -> Iterator[Any]:
    """The elements of these names in their order, each emptied when it has been looked at."""
    from lxml import etree

    part = parts.get(same_name(name))
    if part is None:
        return
    wanted = [f"{{*}}{tag}" for tag in tags]
    stream = io.BytesIO(inflated(data, part))
    try:
        for _, element in etree.iterparse(
            stream, tag=wanted, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        ):
            yield element
            element.clear()
            while element.getprevious() is not None and element.getparent() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        raise damaged(f"часть «{part.name}» не читается") from None


def _targets(data: bytes, parts: Mapping[str, Member], name: str) -> dict[str, str]:
    """Where the relationships of a part lead: to other parts by their full names, or out of the file."""
    folder, file = posixpath.split(name)
    found = {}
    for one in _elements(data, parts, f"{folder}/_rels/{file}.rels", "Relationship"):
        target = one.get("Target", "")
        if one.get("TargetMode") != "External":
            target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[one.get("Id", "")] = target
    return found


def _formats(data: bytes, parts: Mapping[str, Member]) -> list[Format | None]:
    """The number format of each cell style."""
    codes = dict(BUILT_IN)
    formats: list[Format | None] = []
    for element in _elements(data, parts, "xl/styles.xml", "numFmt", "cellXfs"):
        if element.tag.endswith("}numFmt"):
            codes[_whole(element.get("numFmtId"))] = element.get("formatCode", "")
        else:
            formats += [format_of(codes.get(_whole(style.get("numFmtId")), "")) for style in element]
    return formats


def _marks(data: bytes, parts: Mapping[str, Member], name: str, formats: list[Format | None]) -> SheetMarks:
    marks = SheetMarks()
    targets: dict[str, str] | None = None
    for element in _elements(data, parts, name, "c", "mergeCell", "hyperlink"):
        tag = element.tag.rpartition("}")[2]
        if tag == "c":
            _mark_cell(element, marks, formats)
        elif tag == "mergeCell":
            marks.areas += areas_of(element.get("ref", ""))
        else:
            targets = _targets(data, parts, name) if targets is None else targets
            target = targets.get(element.get(_ID) or element.get(_STRICT_ID) or "")
            for area in areas_of(element.get("ref", "")) if target else ():
                marks.links[area[:2]] = target or ""
    return marks


def _mark_cell(element: Any, marks: SheetMarks, formats: list[Format | None]) -> None:
    style = _whole(element.get("s"))
    form = formats[style] if style < len(formats) else None
    place = areas_of(element.get("r", "")) if form else []
    if form and place:
        marks.formats[place[0][:2]] = form
    children = [child.tag.rpartition("}")[2] for child in element]
    marks.uncounted += "f" in children and "v" not in children


def areas_of(reference: str) -> list[Area]:
    """«B2:D4» -> rows and columns from 0; nothing for what is no reference."""
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
    if not start or not end:
        return []
    top, left, bottom, right = int(start[2]) - 1, _column(start[1]), int(end[2]) - 1, _column(end[1])
    return [(top, left, bottom, right)] if 0 <= top <= bottom and left <= right else []


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _whole(stated: str | None) -> int:
    return int(stated) if stated and stated.isascii() and stated.isdigit() and len(stated) < 8 else 0
