"""Figures: native charts with their data in an embedded workbook, so that both can be edited in Word."""

from __future__ import annotations

import io
from datetime import date, datetime

from orientir.reports.archive import repacked
from orientir.reports.document import Chart
from orientir.reports.docx.chart_markup import SHEET, chart_part
from orientir.reports.docx.markup import escaped, field, paragraph, run
from orientir.reports.docx.story import Story

_EMU_PER_CM = 360_000
_WIDTH = int(16.4 * _EMU_PER_CM)
_HEIGHT = int(5.8 * _EMU_PER_CM)


def figure(story: Story, block: Chart) -> str:
    """The chart and its caption below."""
    number = story.numbers.numbers[block.key]
    relation = story.add_chart(number, chart_part(block), workbook(block, story.date))
    caption = (
        run("Рисунок\u00a0")
        + story.marked(block.key, field(r"SEQ Рисунок \* ARABIC", number))
        + run(f" – {block.caption}")
    )
    return paragraph("Figure", _drawing(block, number, relation), keep_next=True) + paragraph("FigureCaption", caption)


def _drawing(block: Chart, number: str, relation: str) -> str:
    alternative = f'id="{number}" name="Рисунок {number}" descr="{escaped(block.alt)}" title="{escaped(block.caption)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{_WIDTH}" cy="{_HEIGHT}"/><wp:docPr {alternative}/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def workbook(chart: Chart, when: date) -> bytes:
    """The data of the chart as Word keeps them: categories down, series across."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(when.year, when.month, when.day)})
    sheet = book.add_worksheet(SHEET)
    sheet.write_column(1, 0, chart.categories)
    for column, series in enumerate(chart.series, start=1):
        sheet.write_string(0, column, series.name)
        for row, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(row, column, float(value))
    book.close()
    return repacked(target.getvalue(), when)
