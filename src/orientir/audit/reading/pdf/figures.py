"""What is written inside a chart belongs to the picture: labels beside the caption of a figure are no text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from orientir.audit.reading.pdf.layout import Element, Layout
from orientir.audit.reading.pdf.lines import Line

_CAPTION = re.compile(r"^(?:рисунок|рис\.|диаграмма|график|схема)\s*№?\s*\d", re.IGNORECASE)
_VALUES = re.compile(r"^[\d\s.,%/–−-]+(?:(?:уч\.?\s*)?гг?\.?)?$")
# Labels are set smaller than the text and are short.
SMALLER = 0.95
LETTERS = 70


def without_labels(layout: Layout, size: float) -> Layout:
    """The page without the labels of its charts; `size` is that of the text."""
    elements = layout.elements
    dropped: set[int] = set()
    for number, element in enumerate(elements):
        if isinstance(element, Line) and _CAPTION.match(element.text):
            above = _labels(elements, range(number - 1, -1, -1), size)
            dropped |= above or _labels(elements, range(number + 1, len(elements)), size)
    if not dropped:
        return layout
    return replace(layout, elements=[element for number, element in enumerate(elements) if number not in dropped])


def _labels(elements: list[Element], numbers: Iterable[int], size: float) -> set[int]:
    found: set[int] = set()
    for number in numbers:
        element = elements[number]
        if not (isinstance(element, Line) and _is_label(element, size)):
            break
        found.add(number)
    return found


def _is_label(line: Line, size: float) -> bool:
    if _VALUES.match(line.text):
        return True
    return line.size < SMALLER * size and len(line.text) < LETTERS and line.text[-1:] not in (".", ";", ":")
