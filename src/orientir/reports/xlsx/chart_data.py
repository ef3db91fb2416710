"""The numbers under a figure, as a table of the report: a column by series, the ends of its interval beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_formula, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from orientir.reports.document import Cell, Chart, Column, Row, Series, Table
from orientir.reports.xlsx.numbers import number_format
from orientir.reports.xlsx.sheets import Book
from orientir.reports.xlsx.tables import Place

_ASIDE = {"font_color": "#8C8C8C", "font_size": 8, "text_wrap": True, "align": "right", "valign": "vcenter"}
_ASIDE_TITLES = ("До нижней границы", "До верхней границы")
_ASIDE_WIDTH = 12


@dataclass(frozen=True)
class Data:
    """Where the numbers of a figure stand on its sheet."""

    chart: Chart
    sheet: str
    place: Place

    def column(self, index: int) -> int:
        """The column of the values of a series."""
        return 1 + sum(len(column_of(self.chart, series).leaves) for series in self.chart.series[:index])

    def margins(self, index: int) -> tuple[int, int]:
        """The columns of the lengths of its error bars, aside from the table."""
        left = self.column(len(self.chart.series)) + 1 + 2 * index
        return left, left + 1

    def range(self, column: int) -> str:
        return str(xl_range_formula(self.sheet, self.place.body, column, self.place.end - 1, column))


def chart_table(chart: Chart) -> Table:
    columns = (Column("Категория", width=2), *(column_of(chart, series) for series in chart.series))
    rows = tuple(
        Row((Cell((category,)), *(cell for series in chart.series for cell in _cells(chart, series, index))))
        for index, category in enumerate(chart.categories)
    )
    return Table(chart.key, chart.caption, columns, rows)


def column_of(chart: Chart, series: Series) -> Column:
    if not series.low:
        return Column(series.name, align="right")
    titles = (chart.axis or "Значение", "Нижняя граница", "Верхняя граница")
    return Column(series.name, tuple(Column(title, align="right") for title in titles))


def label_format(chart: Chart, series: Series) -> str:
    return number_format(Cell((), None, _decimals(series.labels), chart.percent), "".join(series.labels[:1]))


# ---- error bars: a spreadsheet asks how far the ends are from the value


def distances(series: Series) -> tuple[list[float | None], list[float | None]]:
    """From the lower end to the value, and from the value to the upper end; nothing where one of them is missing."""
    below = [_difference(value, low) for low, value in zip(series.low, series.values, strict=True)]
    above = [_difference(high, value) for high, value in zip(series.high, series.values, strict=True)]
    return below, above


def write_margins(book: Book, sheet: Worksheet, data: Data) -> None:
    for index, series in enumerate(data.chart.series):
        if series.low:
            value = data.column(index)
            below, above = data.margins(index)
            style = book.style(_ASIDE, num_format=label_format(data.chart, series))
            sheet.set_column(below, above, _ASIDE_WIDTH)
            sheet.write_row(data.place.body - 1, below, _ASIDE_TITLES, book.style(_ASIDE))
            lengths = distances(series)
            _write_differences(sheet, data.place.body, below, (value, value + 1), lengths[0], style)
            _write_differences(sheet, data.place.body, above, (value + 2, value), lengths[1], style)


def _write_differences(
    sheet: Worksheet, top: int, column: int, of: tuple[int, int], results: list[float | None], style: Format
) -> None:
    for row, result in enumerate(results, start=top):
        if result is not None:
            larger, smaller = (xl_rowcol_to_cell(row, source) for source in of)
            sheet.write_formula(row, column, f"={larger}-{smaller}", style, result)


def _difference(larger: Decimal | None, smaller: Decimal | None) -> float | None:
    return None if larger is None or smaller is None else float(larger - smaller)


# ---- the table


def _cells(chart: Chart, series: Series, index: int) -> list[Cell]:
    decimals = _decimals(series.labels)
    value = Cell((series.labels[index],), series.values[index], decimals, chart.percent)
    ends = [Cell((), ends[index], decimals, chart.percent) for ends in (series.low, series.high) if ends]
    return [value, *ends]


def _decimals(labels: tuple[str, ...]) -> int:
    """As many digits as the report prints."""
    found = [re.search(r",(\d+)", label) for label in labels]
    return max((len(match[1]) for match in found if match), default=0)
