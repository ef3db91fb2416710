"""The looks of an official paper: page, type, paragraphs, tables, blanks. What a paper says is not known here.

The layout follows ГОСТ Р 7.0.97-2016: A4, margins of 30, 10, 20 and 20 mm, Times New Roman, text justified with an
indent of 1.25 cm, titles flush left, page numbers in the middle of the upper margin from the second page on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from orientir.reports.document import Row, Strong, Table, Text

FONT = "Times New Roman"
LEFT, RIGHT, TOP, BOTTOM = 30, 10, 20, 20
SHORT, LONG = 210, 297
INDENT = Mm(12.5)
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


# ---- page


def set_page(section: Any, turned: bool = False) -> None:
    """An upright or a turned sheet; turned, the binding stays at the same edge of the paper."""
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(LONG), Mm(SHORT)) if turned else (Mm(SHORT), Mm(LONG))
    margins = (BOTTOM, TOP, LEFT, RIGHT) if turned else (LEFT, RIGHT, TOP, BOTTOM)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = map(Mm, margins)
    section.header_distance = section.footer_distance = Mm(8)


def room(turned: bool = False) -> int:
    """The width of the text, in millimetres."""
    return LONG - BOTTOM - TOP if turned else SHORT - LEFT - RIGHT


def set_type(book: Any, size: float) -> None:
    style = book.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    style.element.rPr.append(language)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.widow_control = True


def running_head(section: Any, marks: Sequence[str], numbered: bool) -> None:
    """The page number, then the marks; the first page of an act has no number."""
    header = section.header if numbered else section.first_page_header
    header.is_linked_to_previous = False
    lines = [header.paragraphs[0]]
    if numbered:
        _page_field(lines[0])
    for place, mark in enumerate(marks):
        line = lines[0] if place == 0 and not numbered else header.add_paragraph()
        line.add_run(mark)
        lines.append(line)
    for line in lines:
        line.alignment = ALIGN["center"]
        for run in line.runs:
            run.font.size = Pt(9 if run.text in marks else 12)


def _page_field(line: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "2"), ("end", "")):
        run = line.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            char = OxmlElement("w:fldChar")
            char.set(qn("w:fldCharType"), kind)
            run._r.append(char)
        else:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)


# ---- paragraphs


def write(line: Any, text: Text, size: float | None = None, bold: bool = False) -> Any:
    """The text with its bold words; the numbers are already formatted."""
    for part in text:
        run = line.add_run(part if isinstance(part, str) else getattr(part, "text", ""))
        run.bold = bold or isinstance(part, Strong) or None
        run.font.size = Pt(size) if size else None
    return line


def line_of(
    book: Any, text: Text, align: str = "left", size: float | None = None, bold: bool = False, before: float = 0
) -> Any:
    line = write(book.add_paragraph(), text, size, bold)
    line.alignment = ALIGN[align]
    line.paragraph_format.space_before = Pt(before)
    return line


def body(book: Any, text: Text, indent: bool = True, align: str = "both") -> Any:
    """Justified, unless the text is mostly figures: lines that do not break at them would be torn apart."""
    line = line_of(book, text, align)
    line.paragraph_format.first_line_indent = INDENT if indent else None
    line.paragraph_format.line_spacing = 1.1 if indent else 1.0
    return line


def keep(line: Any) -> None:
    line.paragraph_format.keep_with_next = True


# ---- tables


def table(book: Any, block: Table, width: int, size: float) -> None:
    """Borders, a head on every page, rows that do not break."""
    made = book.add_table(rows=1, cols=len(block.leaves))
    made.style = "Table Grid"
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    whole = sum(column.width for column in block.leaves)
    widths = [Mm(width * column.width / whole) for column in block.leaves]
    for column, measure in zip(made.columns, widths, strict=True):
        column.width = measure
    _row(made.rows[0], [(column.title,) for column in block.leaves], ["center"] * len(widths), widths, size, True)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    aligns = [column.align for column in block.leaves]
    for row in block.rows:
        line = made.add_row()
        _row(line, [cell.text for cell in row.cells], aligns, widths, size, row.kind == "total")
        if _by_hand(row):
            line.height, line.height_rule = Mm(8), WD_ROW_HEIGHT_RULE.AT_LEAST


def _by_hand(row: Row) -> bool:
    """Something is left to be written into the row."""
    return not all("".join(part if isinstance(part, str) else "x" for part in cell.text) for cell in row.cells)


def _row(
    row: Any, texts: Sequence[Text], aligns: Sequence[str], widths: Sequence[Any], size: float, bold: bool
) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, align, width in zip(row.cells, texts, aligns, widths, strict=True):
        cell.width = width
        line = write(cell.paragraphs[0], text, size, bold)
        line.alignment = ALIGN[align]


def bare_table(book: Any, widths: Sequence[float]) -> Any:
    """One row without borders: what stands side by side in a head or beside a signature."""
    made = book.add_table(rows=1, cols=len(widths))
    made.autofit = False
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column, cell, width in zip(made.columns, made.rows[0].cells, widths, strict=True):
        column.width = cell.width = Mm(width)
    return made.rows[0].cells


def cell_lines(cell: Any, lines: Sequence[tuple[str, float]], align: str = "left", bold: bool = False) -> None:
    """Lines of a cell with their sizes."""
    for place, (text, size) in enumerate(lines):
        line = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        write(line, (text,), size, bold)
        line.alignment = ALIGN[align]
