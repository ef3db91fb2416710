"""Running headers and footers: lines that stand at the top or bottom of several pages, and the numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orientir.audit.reading.pdf.layout import Element, Layout
from orientir.audit.reading.pdf.lines import Line

# A header or footer has at most so many lines, and stands within this share of the page from its edge.
LINES = 4
MARGIN = 0.16
# Of two pages only what is nearer is believed to be repeated.
NARROW = 0.08
# What stands so on more pages than this is no text of the report.
PAGES = 2

_DIGITS = re.compile(r"\d+")
_CAPTION = re.compile(r"^(?:таблица|табл|рис|диаграмма|приложение|раздел|глава|продолжение|показатель)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^(?:стр(?:аница)?\.?\s*)?[-–— ]*(\d+)[-–— ]*(?:(?:из|/)\s*\d+)?$", re.IGNORECASE)


def without_margins(layouts: Sequence[Layout]) -> list[Layout]:
    """The pages without what is repeated on them."""
    margin = MARGIN if len(layouts) > PAGES else NARROW
    seen: Counter[tuple[str, str]] = Counter()
    for layout in layouts:
        seen.update({(side, _key(line)) for side in ("top", "bottom") for line in _edge(layout, side, margin)})
    enough = PAGES if len(layouts) != PAGES else PAGES - 1
    repeated = {key for key, pages in seen.items() if pages > enough}
    return [_cut(layout, repeated, margin) for layout in layouts]


def _edge(layout: Layout, side: str, margin: float) -> Iterator[Line]:
    """Lines from the edge inwards, up to the first table."""
    elements: Sequence[Element] = layout.elements if side == "top" else layout.elements[::-1]
    for element in elements[:LINES]:
        if not isinstance(element, Line):
            return
        depth = element.bottom if side == "top" else layout.height - element.top
        if depth > margin * layout.height:
            return
        yield element


def _key(line: Line) -> str:
    """The text up to its digits: the page number changes. The number of a caption tells it from another one."""
    text = " ".join(line.text.lower().split())
    return text if _CAPTION.match(text) else _DIGITS.sub("#", text)


def _cut(layout: Layout, repeated: set[tuple[str, str]], margin: float) -> Layout:
    elements = list(layout.elements)
    for side in ("top", "bottom"):
        for line in list(_edge(layout, side, margin)):
            if line not in elements:
                continue
            if (side, _key(line)) not in repeated and not _numbers_page(line, layout.number):
                break
            elements.remove(line)
    return replace(layout, elements=elements)


def _numbers_page(line: Line, number: int) -> bool:
    match = _PAGE_NUMBER.match(line.text.strip())
    return bool(match and int(match[1]) == number)
