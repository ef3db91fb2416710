"""An XLSX archive before it is read: is it harmless, and how many cells will it unfold into.

calamine allocates every cell from the first filled to the last and copies a shared string into each cell that shows it:
a file of 5 KB can ask for all the memory there is. So the XML is looked over first: cheaply, in a way that can only
overrate a sheet, and where that does not suffice, cell by cell (ooxml_cells.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from orientir.spreadsheets.archives import Member, inflated, unpacked
from orientir.spreadsheets.broken import Kind, in_workbook
from orientir.spreadsheets.limits import TEXT_BYTES
from orientir.spreadsheets.loads import Load
from orientir.spreadsheets.markup import check_markup, check_tags
from orientir.spreadsheets.ooxml_cells import string_sizes, weigh
from orientir.spreadsheets.refusals import damaged, macros

_SMALL_SHEET = 1_000_000  # bytes; above it the cheap look never suffices
_SMALL_BOOK = 2_000_000  # bytes; a larger one is not held twice
_LOOSE_GRID = 3_000_000  # cells that overrated sheets may claim together; in truth they are far smaller

# Digits, letters and quotes each become one sign, and what can never stand inside a reference goes:
# then "XFD1048576" is found as "AAA0 by a plain search, four times as fast as by a regular expression: from the end,
# which looks for the rare quote and not for the common digit.
_SIGNS = {b"0123456789": b"0", b"\"'": b'"', b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ": b"A"}
_SHAPE = bytes.maketrans(b"".join(_SIGNS), b"".join(sign * len(group) for group, sign in _SIGNS.items()))
_DROPPED = b"<=/ \t\r\n"
_TYPES, _BOOK, _LINKS = INDEX = ("[content_types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_NEVER_READ = ("docprops/", "xl/theme/")  # calamine opens neither, and what nobody inflates can do no harm
_SHEET_TAG = re.compile(rb"<(?:[\w.-]+:)?sheet\s([^<]*)")
_ID = re.compile(rb":id\s*=\s*[\"']([^\"']*)[\"']")
_NAME = re.compile(rb"\sname\s*=\s*[\"']([^\"']*)[\"']")
_LINK_TAG = re.compile(rb"<(?:[\w.-]+:)?Relationship\s([^<]*)")
_LINK_ID = re.compile(rb"\sId\s*=\s*[\"']([^\"']*)[\"']")
_TARGET = re.compile(rb"\sTarget\s*=\s*[\"']([^\"']*)[\"']")


def check_workbook(data: bytes, parts: Sequence[Member], only: Collection[str] = ()) -> Kind:
    """Its kind with the broken cells. Refusal for macros, XML bombs, broken parts, and where a limit is passed.

    Sheets of other names than `only` are left unchecked where all of these are there, and the kind then says so.
    """
    _check_names(parts)
    sheets: list[bytes] = []
    others: list[bytes] = []
    seen: list[tuple[Member, bytes]] = []
    index: dict[str, bytes] = {}
    view = memoryview(data)
    book, links = (inflated(view, next(part for part in parts if part.key == name)) for name in (_BOOK, _LINKS))
    left_out = _left_out(book, links, only) if only else frozenset[str]()
    for part in parts:
        if part.key in left_out or part.key.startswith(_NEVER_READ):
            continue
        xml = book if part.key == _BOOK else links if part.key == _LINKS else inflated(view, part)
        check_markup(xml, part.name)
        seen.append((part, xml))
        if xml.rfind(b"sheetData") >= 0:  # twice as fast as «in»
            sheets.append(xml)
            if b"#" in xml and (b'"e"' in xml or b"'e'" in xml):  # the sign alone is found in no time
                index[part.key] = xml
        else:
            others.append(xml)
            _check_index(xml, part.key, index)
    _check_load(sheets, others)
    broken = in_workbook(index[_BOOK], index[_LINKS], index) if len(index) > len(INDEX) else ()
    small = sum(part.size for part, _ in seen) <= _SMALL_BOOK
    return Kind("xlsx", broken, frozenset(only) if left_out else frozenset(), unpacked(seen) if small else b"")


def _left_out(book: bytes, links: bytes, only: Collection[str]) -> frozenset[str]:
    """Parts that nobody will read: of sheets that are not asked for. None where their names cannot be told for sure."""
    if b"&" in book:
        return frozenset()
    sheets = {_sole(_NAME, tag).decode("utf-8", "replace"): _sole(_ID, tag) for tag in _SHEET_TAG.findall(book)}
    targets = {_sole(_LINK_ID, tag): _sole(_TARGET, tag).lower() for tag in _LINK_TAG.findall(links)}
    if not sheets.keys() >= set(only) or b"" in sheets.values() or b"" in targets or "" in sheets:
        return frozenset()
    unread = [targets.get(key, b"").decode("latin-1") for name, key in sheets.items() if name not in only]
    return frozenset("xl/" + target.removeprefix("/").removeprefix("xl/") for target in unread)


def _sole(attribute: re.Pattern[bytes], tag: bytes) -> bytes:
    """The value of an attribute that the tag has once; of two, a reader might take the other."""
    values = attribute.findall(b" " + tag)
    return values[0] if len(values) == 1 else b""


def _check_names(parts: Iterable[Member]) -> None:
    names = "\n".join(part.key for part in parts)
    if "vbaproject" in names or "xl/macrosheets/" in names:
        raise macros()


def _check_index(xml: bytes, name: str, index: dict[str, bytes]) -> None:
    """No part stands for two sheets: it would be counted once and read twice."""
    if name in INDEX:
        index[name] = xml
    if name == _TYPES and b"macroEnabled" in xml:
        raise macros()
    if name == _BOOK:
        found = [_ID.search(tag) for tag in _SHEET_TAG.findall(xml)]
        _check_distinct([match[1] if match else b"" for match in found])
    elif name == _LINKS:
        targets = _TARGET.findall(xml)
        _check_distinct([target.lower().removeprefix(b"/").removeprefix(b"xl/") for target in targets])


def _check_distinct(keys: Sequence[bytes]) -> None:
    if len(set(keys)) < len(keys) or any(b"&" in key or b"./" in key or b"//" in key for key in keys):
        raise damaged("листы перечислены неверно")


def _check_load(sheets: Sequence[bytes], others: Sequence[bytes]) -> None:
    load = Load()
    loose_grid = 0
    # Cells stand between the first and the last «sheetData»; a form has more slashes behind them than among them.
    slashes = [xml.count(b"/", xml.find(b"sheetData"), xml.rfind(b"sheetData")) for xml in sheets]
    sizes = _string_sizes(sum(slashes) // 2, others)  # a cell with a value closes two tags
    for xml, count in zip(sheets, slashes, strict=True):
        load.add_sheet()
        grid = None if sizes else _loose_grid(xml, count)
        if grid is None or loose_grid + grid > _LOOSE_GRID:
            check_tags(xml)
            weigh(xml, sizes, load)
        else:
            loose_grid += grid


def _string_sizes(cells: int, others: Sequence[bytes]) -> Sequence[int]:
    """Sizes of the shared strings where repeating them might pass the limit; empty where it cannot."""
    if cells * max(map(len, others)) <= TEXT_BYTES:
        return ()
    strings = max((xml for xml in others if b"sst" in xml), key=len, default=b"")
    check_tags(strings)
    sizes = string_sizes(strings)
    return sizes if cells * max(sizes, default=0) > TEXT_BYTES else ()


def _loose_grid(xml: bytes, slashes: int) -> int | None:
    """No fewer cells than the sheet will take; None where this cheap look cannot tell.

    A cell or row without a reference stands next to the one before. Each takes at least one slash, in its own tag or
    in the closing one, so slashes bound how far such cells reach beyond the furthest reference.
    """
    start, end = xml.find(b"sheetData"), xml.rfind(b"sheetData")
    if end - start > _SMALL_SHEET:
        return None
    shape = xml[start:end].translate(_SHAPE, _DROPPED)
    if shape.rfind(b'"AAA0') >= 0:
        return None
    height = 99
    if shape.rfind(b'000"') >= 0:
        if shape.rfind(b'0000"') >= 0:
            return None
        height = 999
    width = 26 if height == 999 and shape.rfind(b'"AA0') < 0 else 702
    return ((width + height + slashes) // 2 + 1) ** 2
