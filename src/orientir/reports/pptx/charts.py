"""Native charts of slides: columns by category with their data in a workbook, so that both can be edited.

The numbers come rounded from the deck; nothing is rounded here.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from orientir.reports.archive import repacked
from orientir.reports.charts import PALETTE
from orientir.reports.document import Chart

FONT = "Arial"
INK = RGBColor(0x26, 0x32, 0x3D)
_GRID = RGBColor(0xDF, 0xE4, 0xE8)


def add_chart(page: Any, block: Chart, corners: tuple[Any, ...], on: date) -> Any:
    """Put it on the slide (left, top, width, height); returns its frame."""
    data = CategoryChartData(number_format=_format(block))
    data.categories = block.categories
    for series in block.series:
        data.add_series(series.name, [None if value is None else float(value) for value in series.values])
    frame = page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *corners, data)
    _dress(frame.chart, block)
    _settle(frame.chart.part, block, on)
    return frame


def _format(block: Chart) -> str:
    """As many digits as the labels of the report have; the unit stands at the axis, where it has room."""
    digits = max((len(label.partition(",")[2]) for series in block.series for label in series.labels), default=0)
    return "0." + "0" * digits if digits else "0"


def _dress(chart: Any, block: Chart) -> None:
    chart.has_title = False
    chart.has_legend = len(block.series) > 1
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(14), FONT, INK
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 0
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _format(block), False
    labels.position, labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(14)
    for series, colour in zip(plot.series, PALETTE, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    axis = chart.value_axis
    axis.minimum_scale, axis.has_major_gridlines = 0, True
    axis.major_gridlines.format.line.color.rgb = _GRID
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = f'0"\u00a0{block.axis}"', False


def _settle(part: Any, block: Chart, on: date) -> None:
    """What the library leaves to chance or gets wrong: the clock in the workbook, ids of axes, the language."""
    language = part._element.makeelement(qn("c:lang"), {"val": "ru-RU"})
    part._element.find(qn("c:date1904")).addnext(language)
    for tag in ("c:axId", "c:crossAx"):
        for node in part._element.iter(qn(tag)):
            node.set("val", str(int(node.get("val")) % 2**32))
    part.chart_workbook.update_from_xlsx_blob(_workbook(block, on))


def _workbook(block: Chart, on: date) -> bytes:
    """The data of the chart where PowerPoint looks for them, without the clock of the library's own workbook."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(on.year, on.month, on.day)})
    sheet = book.add_worksheet("Sheet1")  # the name to which the library's chart refers
    look = book.add_format({"num_format": _format(block)})
    sheet.write_column(1, 0, block.categories)
    for column, series in enumerate(block.series, start=1):
        sheet.write_string(0, column, series.name)
        for row, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(row, column, float(value), look)
    book.close()
    return repacked(target.getvalue(), on)
