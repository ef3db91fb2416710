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

_CAPTION = re.compile(r"^(?:таблица|табл|рис|диаграмма|приложение|раздел|глава|продолжение|показатель)", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,6}")
_PAGE_NUMBER = re.compile(r"^(?:стр(?:аница)?\.?\s*)?[-–— ]*(\d{1,6})[-–— ]*(?:(?:из|/)\s*\d+)?$", re.IGNORECASE)

# Side of the page, text, and by how much the number that was taken out of the text differs from that of the page.
Key = tuple[str, str, int | None]


def without_margins(layouts: Sequence[Layout]) -> list[Layout]:
    """The pages without what is repeated on them."""
    margin = MARGIN if len(layouts) > PAGES else NARROW
    seen: Counter[Key] = Counter()
    for layout in layouts:
        for side in ("top", "bottom"):
            seen.update({key for line in _edge(layout, side, margin) for key in _keys(line, side, layout)})
    within = _within(layouts, margin) if seen else Counter()
    enough = PAGES if len(layouts) != PAGES else PAGES - 1
    repeated = {key for key, pages in seen.items() if pages > max(enough, within[key[1]])}
    return [_cut(layout, repeated, margin) for layout in layouts]


def _within(layouts: Sequence[Layout], margin: float) -> Counter[str]:
    """How often a text stands elsewhere on the pages: more often than at their edges it does as a row of a table or as
    a sentence that comes again."""
    found: Counter[str] = Counter()
    for layout in layouts:
        edges = {id(line) for side in ("top", "bottom") for line in _edge(layout, side, margin)}
        lines = (element for element in layout.elements if isinstance(element, Line) and id(element) not in edges)
        found.update(_plain(line) for line in lines)
    return found


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


def _plain(line: Line) -> str:
    return " ".join(line.text.lower().split())


def _keys(line: Line, side: str, layout: Layout) -> Iterator[Key]:
    """What a running line is known by: its text, of which one number may be that of the page. Neither rows of a table
    that differ in their numbers are one line, nor captions."""
    text = _plain(line)
    yield side, text, None
    for match in _DIGITS.finditer(text) if not _CAPTION.match(text) else ():
        yield side, f"{text[: match.start()]}#{text[match.end() :]}", int(match[0]) - layout.number


def _cut(layout: Layout, repeated: set[Key], margin: float) -> Layout:
    elements = list(layout.elements)
    for side in ("top", "bottom"):
        for line in list(_edge(layout, side, margin)):
            if line not in elements:
                continue
            if repeated.isdisjoint(_keys(line, side, layout)) and not _numbers_page(line, layout.number):
                break
            elements.remove(line)
    return replace(layout, elements=elements)


def _numbers_page(line: Line, number: int) -> bool:
    match = _PAGE_NUMBER.match(line.text.strip())
    return bool(match and int(match[1]) == number)
