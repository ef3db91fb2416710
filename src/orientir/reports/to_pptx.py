"""A deck as PPTX, 16:9: titles in placeholders, tables and charts that can be edited, notes for the speaker.

The same deck and day give the same bytes. Which size of type fits is estimated, so that no table runs off its slide.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from textwrap import wrap
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from orientir.reports.archive import repacked
from orientir.reports.document import Strong, Table, Text
from orientir.reports.papers.model import Deck, Slide
from orientir.reports.pptx.charts import FONT, INK, add_chart

_PROGRAM = "Ориентир"
_WIDE, _HIGH, _NARROW = 13.333, 7.5, 10.0  # inches of a slide, and of the template's own
_MARGIN, _TOP, _FLOOR = 0.6, 1.45, 6.6  # what stands between these is the slide's body
_ACCENT, _MARK = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0xA3, 0x1F, 0x1F)
_GREY, _WHITE = RGBColor(0x59, 0x66, 0x72), RGBColor(0xFF, 0xFF, 0xFF)
_SIZES = (18, 17, 16, 15, 14, 13, 12)  # of tables, the largest that fits
_BULLET_SIZES = (24, 22, 20, 18, 16)
_REMARK, _FOOT, _NUMBER = 16, 11, 1.2
_LETTER = 0.56  # the mean width of a letter as a part of its size
_COVER, _CONTENT, _TITLE_ONLY = 0, 1, 5  # layouts of the template


def to_pptx(deck: Deck, on: date) -> bytes:
    show = Presentation()
    _begin(show, deck, on)
    _cover(show, deck)
    for slide in deck.slides:
        _slide(show, deck, slide, on)
    target = io.BytesIO()
    show.save(target)
    return repacked(target.getvalue(), on)


def _begin(show: Any, deck: Deck, on: date) -> None:
    show.slide_width, show.slide_height = Inches(_WIDE), Inches(_HIGH)
    for page in (show.slide_master, *show.slide_layouts):
        for shape in page.placeholders:
            # The template is 4:3 and as high; a slide that the user adds is laid out for this width too.
            shape.left, shape.width = (Emu(int(side * _WIDE / _NARROW)) for side in (shape.left, shape.width))
    properties = show.core_properties
    properties.title, properties.subject, properties.language = deck.cover[:255], "", "ru-RU"
    properties.author = properties.last_modified_by = _PROGRAM
    properties.created = properties.modified = datetime(on.year, on.month, on.day)
    properties.revision = 1


# ---- slides


def _cover(show: Any, deck: Deck) -> None:
    page = show.slides.add_slide(show.slide_layouts[_COVER])
    _place(page.shapes.title, 1.7, 2.0)
    _say(page.shapes.title.text_frame, [(deck.cover,)], 34 if len(deck.cover) < 150 else 30, _ACCENT, bold=True)
    _place(page.placeholders[1], 4.2, 1.6)
    _say(page.placeholders[1].text_frame, [(line,) for line in deck.lines if line], 20, INK)
    _foot(page, deck, 1)
    _note(page, deck.cover_notes)


def _slide(show: Any, deck: Deck, slide: Slide, on: date) -> None:
    layout = _CONTENT if slide.bullets else _TITLE_ONLY
    page = show.slides.add_slide(show.slide_layouts[layout])
    _place(page.shapes.title, 0.35, 0.9)
    _say(page.shapes.title.text_frame, [(slide.title,)], 30, _ACCENT, bold=True)
    page.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    remark = _high(_plain(slide.remark), _WIDE - 2 * _MARGIN - 0.2, _REMARK) + 0.15 if slide.remark else 0.0
    floor = _FLOOR - remark
    if slide.bullets:
        _bullets(page, slide.bullets, floor)
    if slide.table:
        _table(page, slide.table, floor)
    if slide.chart:
        corners = (Inches(_MARGIN), Inches(_TOP), Inches(_WIDE - 2 * _MARGIN), Inches(floor - _TOP))
        _describe(add_chart(page, slide.chart, corners, on), slide.chart.alt)
    if slide.remark:
        _box(page, floor, remark, [slide.remark], _REMARK, INK)
    _foot(page, deck, len(show.slides))
    _note(page, slide.notes)


def _place(shape: Any, top: float, height: float) -> None:
    shape.left, shape.top = Inches(_MARGIN), Inches(top)
    shape.width, shape.height = Inches(_WIDE - 2 * _MARGIN), Inches(height)


def _box(
    page: Any, top: float, height: float, texts: Sequence[Text], size: int, colour: RGBColor, spared: float = 0.0
) -> None:
    """`spared` inches at its right are left to another box."""
    box = page.shapes.add_textbox(Inches(_MARGIN), Inches(top), Inches(_WIDE - 2 * _MARGIN - spared), Inches(height))
    _say(box.text_frame, texts, size, colour)


def _foot(page: Any, deck: Deck, number: int) -> None:
    """What marks the figures, where they come from, the number of the slide: below every slide."""
    _box(page, _FLOOR + 0.08, 0.3, [(". ".join(deck.marks),)], _FOOT, _MARK, spared=_NUMBER)
    _box(page, _FLOOR + 0.38, 0.3, [(deck.source,)], _FOOT, _GREY)
    corner = page.shapes.add_textbox(
        Inches(_WIDE - _MARGIN - _NUMBER), Inches(_FLOOR + 0.08), Inches(_NUMBER), Inches(0.3)
    )
    _say(corner.text_frame, [(f"Слайд {number}",)], _FOOT, _GREY)
    corner.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _say(frame: Any, texts: Sequence[Text], size: int, colour: RGBColor, bold: bool = False) -> None:
    frame.word_wrap = True
    for place, text in enumerate(texts):
        line = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        for part in text:
            run = line.add_run()
            run.text = _plain((part,))
            run.font.size, run.font.name = Pt(size), FONT
            run.font.bold = bold or isinstance(part, Strong)
            run.font.color.rgb, run.font.language_id = colour, MSO_LANGUAGE_ID.RUSSIAN


def _plain(text: Text) -> str:
    return "".join(part if isinstance(part, str) else getattr(part, "text", "") for part in text)


def _note(page: Any, notes: Sequence[Text]) -> None:
    page.notes_slide.notes_text_frame.text = "\n".join(_plain(note) for note in notes)


# ---- bodies


def _bullets(page: Any, texts: Sequence[Text], floor: float) -> None:
    shape = page.placeholders[1]
    _place(shape, _TOP, floor - _TOP)
    room = floor - _TOP - 0.3
    size = next((one for one in _BULLET_SIZES if _lines_high(texts, one) <= room), _BULLET_SIZES[-1])
    _say(shape.text_frame, texts, size, INK)
    for line in shape.text_frame.paragraphs:
        line.space_after = Pt(size / 2)


def _lines_high(texts: Sequence[Text], size: int) -> float:
    return sum(_high(_plain(text), _WIDE - 2 * _MARGIN - 0.6, size) + size / 144 for text in texts)


def _high(text: str, width: float, size: int) -> float:
    """Inches of a paragraph."""
    return (len(wrap(text, max(4, int(width * 72 / (size * _LETTER))))) or 1) * size * 1.2 / 72


def _table(page: Any, block: Table, floor: float) -> None:
    whole, room = sum(column.width for column in block.leaves), _WIDE - 2 * _MARGIN
    widths = [room * column.width / whole for column in block.leaves]
    rows: list[list[Text]] = [[(column.title,) for column in block.leaves]]
    rows += [[cell.text for cell in row.cells] for row in block.rows]
    size = next((one for one in _SIZES if sum(_heights(rows, widths, one)) <= floor - _TOP), _SIZES[-1])
    heights = _heights(rows, widths, size)
    corners = (Inches(_MARGIN), Inches(_TOP), Inches(room), Inches(sum(heights)))
    frame = page.shapes.add_table(len(rows), len(widths), *corners)
    _describe(frame, block.caption)
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Inches(width)
    for place, (row, height) in enumerate(zip(rows, heights, strict=True)):
        frame.table.rows[place].height = Inches(height)
        for cell, text in zip(frame.table.rows[place].cells, row, strict=True):
            _say(cell.text_frame, [text], size, INK if place else _WHITE, bold=not place)
            if not place:
                cell.fill.solid()
                cell.fill.fore_color.rgb = _ACCENT


def _heights(rows: Sequence[Sequence[Text]], widths: Sequence[float], size: int) -> list[float]:
    return [
        max(_high(_plain(text), width - 0.2, size) for text, width in zip(row, widths, strict=True)) + 0.12
        for row in rows
    ]


def _describe(frame: Any, text: str) -> None:
    """What one who cannot see it is told."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", text)
