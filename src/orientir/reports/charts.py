"""Charts: a figure of the document as a Vega-Lite specification, drawn to SVG without a browser.

One specification serves the web page and the printed report. Native charts of Word and Excel are made by their own
renderers. What a chart says is decided by the sections: nothing is computed here but the places of what is drawn.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import combinations, product
from math import ceil
from textwrap import wrap
from typing import Any

from orientir.reports.document import Chart, Series

FONT = '"Libertinus Serif", "PT Serif", Georgia, serif'
INK = "#26323d"
GRID = "#dfe4e8"
# Neighbours differ in lightness as well as in hue, so that the picture survives a grey printer; none of the first
# is so dark that the lower half of an interval would be lost in its column.
PALETTE = ("#4e80ad", "#dba755", "#3f6a60", "#b9c4ce", "#8c4a46", "#a9b665", "#5b4f7d", "#cfa3a0")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond")
WIDTH, HEIGHT = 480, 165
TEXT_SIZE = 11
LABEL_SIZES = (10.5, 9)
# The mean width of a character as a part of the size of the type, for letters and for figures.
LETTER, FIGURE = 0.56, 0.5
# Where the label of a point may stand, in pixels above it, and how unwelcome each place is.
PLACES = {9: 0.0, -9: 1.0, 21: 3.0, -21: 4.0}

Spec = dict[str, Any]


@lru_cache(maxsize=256)
def svg(chart: Chart) -> str:
    """The chart as SVG with real text; drawing takes a tenth of a second, so pictures are kept."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(vega_lite(chart), format_locale="ru-RU", allowed_base_urls=[]))


def png(chart: Chart, stamp: str) -> bytes:
    """The chart as a picture that stands alone: its caption above it, and under that where it comes from."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_alone(chart, stamp), scale=2, format_locale="ru-RU", allowed_base_urls=[]))


def lone_svg(chart: Chart, stamp: str) -> str:
    """The same as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_alone(chart, stamp), format_locale="ru-RU", allowed_base_urls=[]))


def _alone(chart: Chart, stamp: str) -> Spec:
    width = int(WIDTH / (TEXT_SIZE * LETTER))
    title = {"text": wrap(chart.caption, width), "subtitle": wrap(stamp, width), "anchor": "start", "offset": 12}
    return vega_lite(chart) | {"title": title, "background": "white"}


@lru_cache(maxsize=1)
def javascript_bundle() -> str:
    """Vega for a page that works without a network: defines vegaEmbed, vega and vegaLite on the window.

    The function around it keeps the hundreds of names of the bundle away from the scripts of the page.
    """
    import vl_convert

    exports = "window.vegaEmbed = vegaEmbed; window.vega = vega; window.vegaLite = vegaLite;"
    bundle = str(vl_convert.javascript_bundle(exports)).replace("</script", "<\\/script")
    return f"(function () {{\n{bundle}\n}})();\n"


def vega_lite(chart: Chart) -> Spec:
    """The specification of a chart; the value axis starts from zero, a missing value stays a gap."""
    frame = _Frame(chart)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": chart.alt,
        "width": WIDTH,
        "height": HEIGHT,
        "padding": 5,
        "data": {"values": frame.rows},
        "encoding": _places(frame),
        "layer": [*_marks(frame), *_intervals(frame), _labels(frame)],
        "config": _CONFIG,
    }


# ---- places


@dataclass(frozen=True)
class _Frame:
    """The measures of one picture, in pixels unless said otherwise."""

    chart: Chart

    @property
    def names(self) -> list[str]:
        return [series.name for series in self.chart.series]

    @property
    def step(self) -> float:
        return WIDTH / max(1, len(self.chart.categories))

    @property
    def group(self) -> float:
        """The columns of one category together: never so wide that three years look like walls."""
        return min(self.step * 0.8, 72 * len(self.chart.series))

    @cached_property
    def ticks(self) -> list[float]:
        return value_ticks(self.chart)

    @property
    def pixel(self) -> float:
        """One pixel of height in units of the value axis."""
        return self.ticks[-1] / HEIGHT

    @cached_property
    def label(self) -> tuple[float, bool]:
        """The size of the labels, and whether they stand upright because they do not fit side by side."""
        several = self.chart.kind == "columns" and len(self.chart.series) > 1
        room = self.group / len(self.chart.series) if several else self.step
        fitting = [size for size in LABEL_SIZES if self.longest * size * FIGURE <= room]
        return (fitting[0], False) if fitting else (LABEL_SIZES[0], True)

    @property
    def longest(self) -> int:
        return max((len(label) for series in self.chart.series for label in series.labels), default=0)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        rows = [
            _row(category, series, index)
            for index, category in enumerate(self.chart.categories)
            for series in self.chart.series
        ]
        for category in self.chart.categories:
            self._place_labels([row for row in rows if row["category"] == category])
        return rows

    def _place_labels(self, rows: list[dict[str, Any]]) -> None:
        gap = (5 if self.label[1] else 9) * self.pixel
        for row in rows:
            row["label_at"] = row.get("high", row["value"] or 0.0) + gap
        points = [row for row in rows if row["value"] is not None]
        if self.chart.kind == "line" and 1 < len(points) < 6:
            heights = [row["value"] / self.pixel for row in points]
            for row, height in zip(points, _label_heights(heights), strict=True):
                row["label_at"] = height * self.pixel


def _label_heights(points: list[float]) -> list[float]:
    """Places for the labels of points that stand one above another: the least crowded of all choices."""

    def crowding(offsets: tuple[int, ...]) -> float:
        labels = [point + offset for point, offset in zip(points, offsets, strict=True)]
        on_labels = sum(2 * max(0, 12 - abs(one - other)) for one, other in combinations(labels, 2))
        on_points = sum(max(0, 9 - abs(label - point)) for label in labels for point in points)
        below_axis = sum(100 for label in labels if label < 6)
        return on_labels + on_points + below_axis + sum(PLACES[offset] for offset in offsets)

    best = min(product(PLACES, repeat=len(points)), key=crowding)
    return [point + offset for point, offset in zip(points, best, strict=True)]


def _row(category: str, series: Series, index: int) -> dict[str, Any]:
    value, label = series.values[index], series.labels[index]
    row: dict[str, Any] = {"category": category, "series": series.name, "label": label}
    row["value"] = None if value is None else float(value)
    row["tip"] = f"{series.name}, {category}: {label}"
    if index < len(series.low) and index < len(series.high):
        low, high = series.low[index], series.high[index]
        if low is not None and high is not None:
            row |= {"low": float(low), "high": float(high)}
    return row


def value_ticks(chart: Chart) -> list[float]:
    """Round marks of the value axis, from zero to the first that no value and no end of an interval exceeds."""
    numbers = (number for series in chart.series for number in (*series.values, *series.high) if number is not None)
    highest = max(numbers, default=Decimal(0))
    if highest <= 0:
        highest = Decimal(1)
    exponent = highest.adjusted() - 1
    steps = (Decimal(digit).scaleb(power) for power in (exponent, exponent + 1) for digit in (1, 2, 5))
    step = next(step for step in steps if highest / step <= 5)
    if not chart.percent:
        # Counts have no half people.
        step = max(step, Decimal(1))
    return [float(step * number) for number in range(ceil(highest / step) + 1)]


# ---- axes


def _places(frame: _Frame) -> Spec:
    space = 1 - frame.group / frame.step
    columns = frame.chart.kind == "columns"
    scale = {"paddingInner": space, "paddingOuter": space / 2} if columns else {"type": "point", "padding": 0.5}
    places: Spec = {
        "x": {
            "field": "category",
            "type": "ordinal",
            "sort": None,
            # Said outright: a year without a bar would otherwise come last.
            "scale": {**scale, "domain": list(frame.chart.categories)},
            "axis": _category_axis(frame),
        }
    }
    if columns and len(frame.names) > 1:
        places["xOffset"] = {"field": "series", "sort": None, "scale": {"domain": frame.names, "paddingInner": 0.08}}
    return places


def _category_axis(frame: _Frame) -> Spec:
    """Names of categories are wrapped; where a word does not fit, they stand upright."""
    characters = int((frame.step - 6) / (TEXT_SIZE * LETTER))
    words = [word for category in frame.chart.categories for word in category.split(" ")]
    upright = max(map(len, words), default=0) > characters
    axis: Spec = {"title": None, "labelAngle": 0, "labelLimit": 0, "ticks": False, "labelPadding": 7}
    axis["labelExpr"] = _wrapped(frame.chart.categories, 32 if upright else characters)
    return axis | ({"labelAngle": -90, "labelAlign": "right", "labelBaseline": "middle"} if upright else {})


def _wrapped(texts: Iterable[str], width: int) -> str:
    """An expression that gives the lines of a label; the data keep the text whole."""
    lines = {text: wrap(text, max(4, width)) or [""] for text in texts}
    return f"{json.dumps(lines, ensure_ascii=False)}[datum.value]"


def _value(frame: _Frame, field: str = "value") -> Spec:
    named = frame.chart.percent and "%" in frame.chart.axis
    number = "format(datum.value * 100, ',~f')" if frame.chart.percent else "format(datum.value, ',~f')"
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, frame.ticks[-1]], "nice": False},
        "axis": {
            "title": frame.chart.axis or None,
            "values": frame.ticks,
            "labelExpr": number if named or not frame.chart.percent else f"{number} + '\u00a0%'",
        },
    }


# ---- layers


def _marks(frame: _Frame) -> list[Spec]:
    encoding = {"y": _value(frame), "color": _colour(frame), "tooltip": {"field": "tip", "type": "nominal"}}
    if frame.chart.kind == "columns":
        return [{"mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.5}, "encoding": encoding}]
    dash = _by_series(frame.names, DASHES) | {"legend": None}
    shape = _by_series(frame.names, SHAPES) | {"legend": _legend(frame)}
    line = {"mark": {"type": "line", "strokeWidth": 2}, "encoding": encoding | {"strokeDash": dash}}
    points = {
        "mark": {"type": "point", "filled": True, "opacity": 1, "size": 50},
        "encoding": encoding | {"shape": shape},
    }
    return [line, points]


def _intervals(frame: _Frame) -> list[Spec]:
    if not any("low" in row for row in frame.rows):
        return []
    measured = [{"filter": "isValid(datum.low)"}]
    colour = _colour(frame) if frame.chart.kind == "line" else {"value": INK}
    span = {"y": _value(frame, "low"), "y2": {"field": "high"}, "color": colour}
    cap = {"type": "tick", "orient": "horizontal", "size": 8, "thickness": 1.2}
    ends = [{"y": _value(frame, end), "color": colour} for end in ("low", "high")]
    rule = {"transform": measured, "mark": {"type": "rule", "strokeWidth": 1.2}, "encoding": span}
    return [rule, *({"transform": measured, "mark": cap, "encoding": end} for end in ends)]


def _labels(frame: _Frame) -> Spec:
    size, upright = frame.label
    mark = {"type": "text", "baseline": "middle", "fontSize": size, "color": INK}
    mark |= {"align": "left", "angle": 270} if upright else {"align": "center"}
    text = {"field": "label", "type": "nominal"}
    return {"mark": mark, "encoding": {"y": _value(frame, "label_at"), "text": text}}


def _colour(frame: _Frame) -> Spec:
    return _by_series(frame.names, PALETTE) | {"legend": _legend(frame)}


def _by_series(names: Sequence[str], looks: Sequence[Any]) -> Spec:
    chosen = [looks[index % len(looks)] for index in range(len(names))]
    return {"field": "series", "type": "nominal", "sort": None, "scale": {"domain": list(names), "range": chosen}}


def _legend(frame: _Frame) -> Spec | None:
    """None for a single series: its name is the caption of the figure."""
    if len(frame.names) < 2:
        return None
    widest = max(map(len, frame.names)) * TEXT_SIZE * LETTER + 36
    columns = max(1, min(len(frame.names), int(WIDTH // widest)))
    lines = _wrapped(frame.names, int(WIDTH / (TEXT_SIZE * LETTER)))
    outline = 0.5 if frame.chart.kind == "columns" else 0
    return {"title": None, "orient": "bottom", "columns": columns, "labelExpr": lines, "symbolStrokeWidth": outline}


_CONFIG: Spec = {
    "font": FONT,
    "aria": False,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": TEXT_SIZE,
        "titleFontSize": TEXT_SIZE,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": "#8795a1",
    },
    "axisY": {"domain": False, "ticks": False, "gridColor": GRID, "labelPadding": 6, "titlePadding": 10},
    "axisX": {"grid": False},
    "legend": {
        "labelFontSize": TEXT_SIZE,
        "labelColor": INK,
        "labelLimit": 0,
        "symbolSize": 110,
        "offset": 14,
        "columnPadding": 22,
        "layout": {"bottom": {"anchor": "middle"}},
    },
}
