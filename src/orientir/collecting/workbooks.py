"""A table of words as one XLSX sheet: the board and the protocols, ready for printing. Same rows, same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZipFile, ZipInfo

from orientir.sources.forms.looks import MADE, height

_LINE = 15.5
_HEAD = 4  # title, what it is about, the synthetic mark or nothing, then the heads of columns


@dataclass(frozen=True)
class Table:
    """`columns` are heads and widths in characters; rows are as long as they are."""

    sheet: str
    title: str
    about: str
    columns: tuple[tuple[str, int], ...]
    rows: Iterable[Sequence[str | int]]


def write_workbook(path: Path | IO[bytes], table: Table, synthetic: bool, long: bool = False) -> None:
    """Rows of a `long` table are written as they come and not held, which costs twice the time."""
    from xlsxwriter import Workbook

    how: dict[str, object] = {"in_memory": True}
    if long and isinstance(path, Path):  # temporary files lie beside it, where a killed run is cleared up
        how = {"constant_memory": True, "tmpdir": str(path.parent)}
    with Workbook(str(path) if isinstance(path, Path) else path, how) as book:
        book.set_properties({"title": table.title, "created": MADE})
        sheet = book.add_worksheet(table.sheet)
        sheet.set_default_row(_LINE)
        last = len(table.columns) - 1
        for column, (_, width) in enumerate(table.columns):
            sheet.set_column(column, column, width)
        sheet.write(0, 0, table.title, book.add_format({"bold": True, "font_size": 13}))
        sheet.write(1, 0, table.about)
        if synthetic:
            mark = book.add_format({"bold": True, "font_color": "#9C0006"})
            sheet.write(2, 0, "СИНТЕТИЧЕСКИЕ ДАННЫЕ: организации и числа вымышлены", mark)
        box = {"border": 1, "border_color": "#9AA5B1", "text_wrap": True, "valign": "top"}
        top = book.add_format({**box, "bold": True, "bg_color": "#EEF1F5"})
        for column, (text, _) in enumerate(table.columns):
            sheet.write(_HEAD - 1, column, text, top)
        body = book.add_format(box)
        widths = [width for _, width in table.columns]
        count = _HEAD
        for count, cells in enumerate(table.rows, _HEAD):
            tall = [height(cell, width) for cell, width in zip(cells, widths, strict=True)
                    if isinstance(cell, str) and len(cell) > width]  # fmt: skip
            if tall:
                sheet.set_row(count, max(tall))
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(count, column, cell, body)
                else:
                    sheet.write_number(count, column, cell, body)
        sheet.autofilter(_HEAD - 1, 0, count, last)
        sheet.freeze_panes(_HEAD, 0)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD - 1)
        sheet.set_footer("&R&8Страница &P из &N")


_TITLE, _ABOUT = "TITLE-OF-THE-TABLE", "ABOUT-THE-TABLE"
_UNUSUAL = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML has no way to say these


class EmptyWorkbook:
    """A table without rows, made once: only the words above it differ, and thousands of schools get one each."""

    def __init__(self, table: Table, synthetic: bool) -> None:
        made = BytesIO()
        write_workbook(made, replace(table, title=_TITLE, about=_ABOUT, rows=()), synthetic)
        common = BytesIO()
        self._telling: list[tuple[ZipInfo, str]] = []
        with ZipFile(made) as book, ZipFile(common, "w") as rest:
            for part in book.infolist():
                content = book.read(part)
                if _TITLE.encode() in content:
                    self._telling.append((ZipInfo(part.filename, part.date_time), content.decode()))
                else:
                    rest.writestr(part, content)
        self._common = common.getvalue()

    def told(self, title: str, about: str) -> bytes:
        """The workbook with these words."""
        out = BytesIO(self._common)
        with ZipFile(out, "a") as book:
            for part, text in self._telling:
                book.writestr(part, text.replace(_TITLE, _words(title)).replace(_ABOUT, _words(about)))
        return out.getvalue()


def _words(text: str) -> str:
    return escape(_UNUSUAL.sub("\ufffd", text))
