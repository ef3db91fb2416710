"""Figures on sheets: a native chart that draws the table of numbers under it."""

from __future__ import annotations

from decimal import Decimal
from itertools import cycle
from typing import Any

from xlsxwriter.chart import Chart as Drawing

from orientir.reports.charts import PALETTE
from orientir.reports.document import Chart
from orientir.reports.xlsx.chart_data import Data, chart_table, distances, label_format, write_margins
from orientir.reports.xlsx.layout import column_widths, paper_width
from orientir.reports.xlsx.sheets import Book, add_sheet, write_top
from orientir.reports.xlsx.tables import least_widths, set_widths, write_grid

# In per cent: fills are paler than their edges, so that a label in a column can be read.
_PALE = 40
_GREY, _PALE_GREY, _DARK_GREY = "#BFBFBF", "#E3E3E3", "#595959"

_ROW_PIXELS = 20
_ROWS, _ROWS_OF_MANY = 19, 26
_MANY_COLUMNS = 18
# Where an axis of shares may end: the first that is not below the highest value or end of an interval.
_TOPS = tuple(Decimal(top) / 100 for top in (5, 10, 15, 20, 30, 40, 50, 60, 80, 100))
_KINDS = {"columns": {"type": "column"}, "line": {"type": "line"}}


def write_chart(book: Book, chart: Chart) -> None:
    table = chart_table(chart)
    landscape = len(chart.categories) * len(chart.series) > _MANY_COLUMNS
    sheet = add_sheet(book, book.sheet_name(chart.key), landscape)
    least = least_widths(book, table)
    widths = column_widths([leaf.width for leaf in table.leaves], least, paper_width(least, landscape=landscape))
    set_widths(sheet, widths)
    caption = write_top(book, sheet, chart, widths)
    rows = _ROWS_OF_MANY if landscape else _ROWS
    place = write_grid(book, sheet, caption + rows + 2, table, widths)
    data = Data(chart, sheet.get_name(), place)
    write_margins(book, sheet, data)
    drawing = _drawing(book, data)
    drawing.set_size({"width": sum(int(7 * width + 5) for width in widths), "height": rows * _ROW_PIXELS})
    sheet.insert_chart(caption + 1, 0, drawing, {"description": chart.alt, "object_position": 2})
    sheet.print_area(caption, 0, place.end - 1, len(widths) - 1)


def _drawing(book: Book, data: Data) -> Drawing:
    chart = data.chart
    drawing = book.workbook.add_chart(_KINDS[chart.kind])
    for index, colour in zip(range(len(chart.series)), cycle(PALETTE), strict=False):
        drawing.add_series(_source(data, index) | _look(chart, colour) | _error_bars(data, index))
    drawing.set_title({"none": True})
    drawing.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
    drawing.set_x_axis({"label_position": "low", "line": {"color": _GREY}})
    drawing.set_y_axis(_value_axis(chart))
    drawing.set_chartarea({"border": {"color": _GREY}})
    drawing.show_blanks_as("gap")
    return drawing


def _source(data: Data, index: int) -> dict[str, Any]:
    chart, column = data.chart, data.column(index)
    labels = {"value": True, "num_format": label_format(chart, chart.series[index]), "font": {"size": 9}}
    return {
        "name": [data.sheet, data.place.header, column],
        "categories": data.range(0),
        "values": data.range(column),
        "data_labels": labels | _label_position(chart, index),
    }


def _label_position(chart: Chart, index: int) -> dict[str, str]:
    """Neighbouring lines keep their labels apart; in columns with error bars they stand at the foot."""
    if chart.kind == "line":
        return {"position": "below" if index % 2 else "above"}
    return {"position": "inside_base"} if any(series.low for series in chart.series) else {}


def _look(chart: Chart, colour: str) -> dict[str, Any]:
    if chart.kind == "columns":
        fill = {"color": colour, "transparency": _PALE}
        return {"fill": fill, "border": {"color": colour}, "gap": 60, "overlap": -5}
    marker = {"type": "circle", "size": 7, "fill": {"color": colour}, "border": {"color": colour}}
    return {"line": {"color": colour, "width": 2.25}, "marker": marker}


def _error_bars(data: Data, index: int) -> dict[str, Any]:
    if not data.chart.series[index].low:
        return {}
    minus, plus = (data.range(column) for column in data.margins(index))
    below, above = distances(data.chart.series[index])
    bars = {"type": "custom", "minus_values": minus, "plus_values": plus, "minus_data": below, "plus_data": above}
    return {"y_error_bars": bars | {"line": {"color": _DARK_GREY, "width": 0.75}}}


def _value_axis(chart: Chart) -> dict[str, Any]:
    """From zero, so that a small difference does not look like a cliff."""
    known = [value for s in chart.series for value in (*s.values, *s.high, *s.low) if value is not None]
    axis: dict[str, Any] = {"major_gridlines": {"visible": True, "line": {"color": _PALE_GREY}}, "line": {"none": True}}
    axis |= {"name": chart.axis, "name_font": {"bold": False, "size": 9}}
    axis["num_format"] = "0%" if chart.percent else "#,##0"
    if min(known, default=Decimal(0)) >= 0:
        axis["min"] = 0
    if chart.percent and known:
        # A program that chooses the end by itself looks at the values alone and cuts the intervals off.
        axis["max"] = next((float(top) for top in _TOPS if max(known) <= top), None)
    return axis
