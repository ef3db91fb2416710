"""Invented forms as ministries make them: two-level headings, merged cells, colours, formulas, a picture, a chart."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import xlsxwriter
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

YEARS = ("2019/20 уч. г.", "2020/21 уч. г.", "2021/22 уч. г.")
ROWS = (
    ("Выпускники 9 классов, всего", "чел."),
    ("из них поступили в колледжи и техникумы", "чел."),
    ("Доля выпускников 9 классов, поступивших в ПОО", "%"),
    ("Выпускники 11 классов, всего", "чел."),
    ("из них поступили в вузы", "чел."),
    ("Доля выпускников 11 классов, поступивших в вузы", "%"),
)
FIRST = 6  # the row of the form, from 1, in which the figures begin


def picture() -> bytes:
    """A square of 20 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x20\x60\xa0" * 20 for _ in range(20))
    head = struct.pack(">2I5B", 20, 20, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def ministry_form(path: Path, years: tuple[str, ...] = YEARS, inserted: int = 0) -> Path:
    """Form «П-1»: years as columns, formulas under the figures, print settings; `inserted` rows push it down."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Форма П-1")
        look = {"border": 1, "font_name": "Liberation Serif"}
        head = book.add_format(look | {"bold": True, "bg_color": "#C6E0B4", "align": "center", "text_wrap": True})
        label, cell = book.add_format(look | {"text_wrap": True}), book.add_format(look | {"bg_color": "#FFF2CC"})
        percent = book.add_format(look | {"bg_color": "#FFF2CC", "num_format": "0.0%"})
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 8, 13)
        sheet.merge_range(0, 0, 0, 4, "Сведения о поступлении выпускников", book.add_format({"bold": True, "size": 14}))
        sheet.write(1, 0, "Срок представления — 15.10.2022")
        top = 3 + inserted
        sheet.merge_range(top - 1, 0, top, 0, "Показатель", head)
        sheet.merge_range(top - 1, 1, top, 1, "Ед. изм.", head)
        sheet.merge_range(top - 1, 2, top - 1, 1 + len(years), "Учебный год", head)
        for at, year in enumerate(years):
            sheet.write(top, 2 + at, year, head)
        for at in range(2 + len(years)):
            sheet.write(top + 1, at, at + 1, head)
        for at, (title, unit) in enumerate(ROWS):
            row = top + 2 + at
            sheet.write(row, 0, title, label)
            sheet.write(row, 1, unit, label)
            for column in range(len(years)):
                sheet.write_blank(row, 2 + column, None, percent if unit == "%" else cell)
        total, first = top + 2 + len(ROWS), top + 3
        sheet.write(total, 0, "Выпускники, всего", label)
        sheet.write(total, 1, "чел.", label)
        for column in range(len(years)):
            letter = "CDEFGH"[column]
            sheet.write_formula(total, 2 + column, f"={letter}{first}+{letter}{first + 3}", cell, 0)
        sheet.data_validation(top + 2, 2, total - 1, 4, {"validate": "decimal", "criteria": ">=", "value": 0})
        sheet.conditional_format(top + 2, 2, total, 4, {"type": "cell", "criteria": "<", "value": 0, "format": head})
        sheet.insert_image(total + 2, 0, "mark.png", {"image_data": io.BytesIO(picture())})
        chart: Any = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='Форма П-1'!$C${first}:$E${first}"})
        sheet.insert_chart(total + 2, 1, chart)
        book.define_name("Итого", f"='Форма П-1'!$C${total + 1}")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.print_area(0, 0, total + 20, 4)
        sheet.set_footer("&CФорма П-1, стр. &P")
        other = book.add_worksheet("Свод")
        other.write(0, 0, "Всего выпускников за отчётный год")
        other.write_formula(0, 1, f"='Форма П-1'!E{total + 1}", None, 0)
    return path


def schools_form(path: Path, schools: tuple[str, ...]) -> Path:
    """Schools as rows, a two-level heading, a sum below."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Школы")
        look = {"border": 1}
        head, cell = book.add_format(look | {"bold": True, "text_wrap": True}), book.add_format(look)
        percent = book.add_format(look | {"num_format": "0%"})
        sheet.set_column(1, 1, 30)
        sheet.merge_range(0, 0, 0, 6, "Профориентация в 2021-2022 учебном году", head)
        sheet.merge_range(1, 0, 2, 0, "№ п/п", head)
        sheet.merge_range(1, 1, 2, 1, "Наименование ОО", head)
        sheet.merge_range(1, 2, 1, 4, "Обучающиеся", head)
        for at, level in enumerate(("1-4 классы", "5-9 классы", "10-11 классы")):
            sheet.write(2, 2 + at, level, head)
        sheet.merge_range(1, 5, 1, 6, "Выпускники 9 классов, поступившие в колледжи", head)
        sheet.write(2, 5, "чел.", head)
        sheet.write(2, 6, "доля, %", head)
        for at, school in enumerate(schools):
            sheet.write(3 + at, 0, at + 1, cell)
            sheet.write(3 + at, 1, school, cell)
            for column in range(2, 7):
                sheet.write_blank(3 + at, column, None, percent if column == 6 else cell)
        end = 3 + len(schools)
        sheet.write_blank(end, 0, None, cell)
        sheet.write(end, 1, "Итого", cell)
        for column in range(2, 6):
            letter = "ABCDEFG"[column]
            sheet.write_formula(end, column, f"=SUM({letter}4:{letter}{end})", cell, 0)
        sheet.write_blank(end, 6, None, percent)
    return path


def institute_form(path: Path) -> Path:
    """A document: blanks in its paragraphs, a table with a merged heading and a run of its own look."""
    document: Any = Document()
    document.add_heading("Мониторинг профориентации", 1)
    line = document.add_paragraph("Муниципальное образование: ")
    line.add_run("______________").bold = True
    document.add_paragraph("Выпускников 9 классов: ____ чел., из них поступили в колледжи ____ %.")
    document.add_paragraph("Сведения за 2021/22 учебный год")
    table = document.add_table(rows=4, cols=4, style="Table Grid")
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Показатель"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Учебный год"
    table.cell(0, 3).merge(table.cell(1, 3)).text = "Примечание"
    table.cell(1, 1).text, table.cell(1, 2).text = "2020/21", "2021/22"
    table.cell(2, 0).text = "Выпускники 11 классов"
    table.cell(3, 0).text = "Доля выпускников 11 классов, поступивших в вузы"
    look = OxmlElement("w:rPr")
    look.append(OxmlElement("w:b"))
    table.cell(2, 1).paragraphs[0]._p.get_or_add_pPr().append(look)
    run = table.cell(2, 2).paragraphs[0].add_run("____")
    run.font.size = Pt(14)
    run.font.name = "Liberation Serif"
    run._r.rPr.rFonts.set(qn("w:hAnsi"), "Liberation Serif")
    document.save(path)
    return path


def parts(path: Path) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked_with(path: Path, changes: dict[str, bytes], dropped: tuple[str, ...] = ()) -> Path:
    """The archive with these parts put into it or taken out."""
    content = parts(path) | changes
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            if name not in dropped:
                archive.writestr(name, data)
    return path
