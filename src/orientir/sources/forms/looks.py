"""How a form looks: its cell formats, page set-up and widths. What is asked is not decided here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from orientir.sources.forms.layout import (
    FIRST,
    LISTS,
    MATRICES,
    MATRIX_MARK,
    MATRIX_REASON,
    NUMBER,
    QUESTION,
    SOURCE,
    TOTAL,
)

_WIDEST = 30  # columns of members that get a width of their own
INVENTED = "СИНТЕТИЧЕСКИЕ ДАННЫЕ: школа и числа вымышлены"
LETTERS = {LISTS: 62, MATRICES: 40}  # in a line of a question
SOURCE_LETTERS, HEADING_LETTERS = 24, 80
HEADING_ENDS = {LISTS: SOURCE, MATRICES: FIRST}  # the last column under the heading
MADE = datetime(2020, 1, 1)  # the same form gives the same bytes
_FACE = {"font_name": "Arial", "font_size": 10, "valign": "vcenter"}
_BOX = {**_FACE, "border": 1, "border_color": "#9AA5B1"}
_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "text": {**_FACE, "text_wrap": True, "valign": "top"},
    "title": {**_FACE, "font_size": 14, "bold": True, "text_wrap": True},
    "place": {**_FACE, "font_size": 12, "bold": True, "text_wrap": True},
    "invented": {**_FACE, "font_size": 12, "bold": True, "font_color": "#9C0006", "text_wrap": True},
    "strong": {**_FACE, "bold": True, "text_wrap": True, "valign": "top"},
    "synthetic": {**_FACE, "bold": True, "font_color": "#9C0006", "text_wrap": True},
    "section": {**_FACE, "font_size": 11, "bold": True, "bg_color": "#DCE6F1", "text_wrap": True},
    "head": {**_BOX, "bold": True, "align": "center", "text_wrap": True, "font_size": 9, "bg_color": "#F2F5F9"},
    "number": {**_BOX, "align": "center", "font_color": "#52606D"},
    "question": {**_BOX, "text_wrap": True},
    "answer": {**_BOX, "locked": False, "num_format": "0", "bg_color": "#FFFBE6", "align": "right"},
    "known": {**_BOX, "locked": False, "num_format": "0", "bg_color": "#E3F4E8", "align": "right"},
    "mark": {**_BOX, "locked": False, "font_size": 9, "bg_color": "#FFFBE6"},
    "reason": {**_BOX, "locked": False, "font_size": 9, "bg_color": "#FFFBE6", "text_wrap": True},
    "previous": {**_BOX, "font_color": "#7B8794", "italic": True, "num_format": "0", "align": "right", "font_size": 9},
    "under": {
        **_BOX,
        "font_color": "#7B8794",
        "italic": True,
        "font_size": 8,
        "text_wrap": True,
        "left": 0,
        "right": 0,
    },
    "needed": {**_FACE, "font_size": 9, "bold": True, "font_color": "#9C0006"},
    "source": {**_BOX, "font_color": "#52606D", "font_size": 8, "text_wrap": True},
    "total": {**_BOX, "bold": True, "num_format": "0", "bg_color": "#EEF1F5", "align": "right"},
    "note": {**_FACE, "font_size": 8, "italic": True, "font_color": "#52606D", "text_wrap": True, "valign": "top"},
    "sign": {**_FACE, "bottom": 1},
    "wrong": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
}
_SAMPLES = ("answer", "known", "total", "needed")  # shown on the first sheet, where nothing is typed


def formats_of(book: Any) -> dict[str, Any]:
    formats = {name: book.add_format(dict(given)) for name, given in _FORMATS.items()}
    samples = {f"{name}_sample": book.add_format({**_FORMATS[name], "locked": True}) for name in _SAMPLES}
    return {**formats, **samples}


def set_page(sheet: Any, footer: str, landscape: bool) -> None:
    """A4, as wide as the sheet, with the school and the page on each."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&8{footer}&R&8Страница &P из &N")
    sheet.hide_gridlines(2)


def set_list_columns(sheet: Any) -> None:
    sheet.set_column(0, 0, 1, None, {"hidden": True})
    for column, width in enumerate((5, 56, 11, 15, 10, 20, 26, 13), NUMBER):
        sheet.set_column(column, column, width)


def set_matrix_columns(sheet: Any) -> None:
    sheet.set_column(0, 0, 1, None, {"hidden": True})
    sheet.set_column(NUMBER, NUMBER, 5)
    sheet.set_column(QUESTION, QUESTION, 36)
    sheet.set_column(FIRST, FIRST + _WIDEST - 1, 7.5)
    sheet.set_column(TOTAL, TOTAL, 9)
    sheet.set_column(MATRIX_MARK, MATRIX_MARK, 14)
    sheet.set_column(MATRIX_REASON, MATRIX_REASON, 24)


def height(text: str, width: int, line: float = 13.5) -> float:
    """A row's height for the text: LibreOffice lays rows over each other where none is given."""
    lines = sum(max(1, -(-len(part) // width)) for part in text.split("\n"))
    return lines * line + 2
