"""The drawing of a native chart: series with their labels and intervals, axes, type. The data lie in charts.py."""

from __future__ import annotations

import re
from decimal import Decimal

from orientir.reports.charts import PALETTE, value_ticks
from orientir.reports.document import Chart, Series
from orientir.reports.docx.markup import escaped, part

SHEET = "Данные"

_COLOURS = tuple(colour.lstrip("#").upper() for colour in PALETTE)
_MARKERS = ("circle", "square", "triangle", "diamond")
_CATEGORY_AXIS, _VALUE_AXIS = 1, 2

# Labels of more points than this run into each other.
_MOST_LABELS = 18


def chart_part(chart: Chart) -> bytes:
    plot = _columns(chart) if chart.kind == "columns" else _line(chart)
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    return part(
        "c:chartSpace",
        '<c:date1904 val="0"/><c:lang val="ru-RU"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}{_axes(chart)}</c:plotArea>'
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{_text(1000)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>',
    )


# ---- series


def _columns(chart: Chart) -> str:
    gap = 60 if len(chart.series) > 1 else 120
    return (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{_all_series(chart)}<c:gapWidth val="{gap}"/><c:overlap val="0"/>{_axis_ids()}</c:barChart>'
    )


def _line(chart: Chart) -> str:
    return (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{_all_series(chart)}<c:marker val="1"/>{_axis_ids()}</c:lineChart>'
    )


def _axis_ids() -> str:
    return f'<c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/>'


def _all_series(chart: Chart) -> str:
    return "".join(_one_series(chart, index, series) for index, series in enumerate(chart.series))


def _one_series(chart: Chart, index: int, series: Series) -> str:
    column = _column_letter(index + 1)
    last = len(chart.categories) + 1
    line = chart.kind == "line"
    return "".join(
        (
            f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>',
            f"<c:tx>{_texts(f'${column}$1', (series.name,))}</c:tx>",
            _line_look(index) if line else _column_look(index),
            _labels(chart, index),
            _intervals(chart, series),
            f"<c:cat>{_texts(f'$A$2:$A${last}', chart.categories)}</c:cat>",
            f"<c:val>{_numbers(f'${column}$2:${column}${last}', series, chart)}</c:val>",
            '<c:smooth val="0"/>' if line else "",
            "</c:ser>",
        )
    )


def _column_look(index: int) -> str:
    return f'<c:spPr>{_fill(index)}</c:spPr><c:invertIfNegative val="0"/>'


def _line_look(index: int) -> str:
    symbol = _MARKERS[index % len(_MARKERS)]
    return (
        f'<c:spPr><a:ln w="28575" cap="rnd">{_fill(index)}<a:round/></a:ln></c:spPr>'
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="7"/><c:spPr>{_fill(index)}</c:spPr></c:marker>'
    )


def _fill(index: int) -> str:
    return _solid(_COLOURS[index % len(_COLOURS)])


def _labels(chart: Chart, index: int) -> str:
    series = chart.series[index]
    if len(chart.categories) * len(chart.series) > _MOST_LABELS:
        return ""
    place = _label_place(chart, index)
    colour = _readable_on(index) if place == "inBase" else "000000"
    # Beside its point the label lies on the line, which must not cross it out.
    ground = _solid("FFFFFF") if place == "r" else "<a:noFill/>"
    return (
        f'<c:dLbls><c:numFmt formatCode="{escaped(_format(chart, _decimals(series)))}" sourceLinked="0"/>'
        f"<c:spPr>{ground}<a:ln><a:noFill/></a:ln></c:spPr>{_text(900, colour)}"
        f'<c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _label_place(chart: Chart, index: int) -> str:
    """Where the label meets neither the whiskers of its interval nor the other line."""
    intervals = any(chart.series[index].low)
    if chart.kind == "columns":
        return "inBase" if intervals else "outEnd"
    means = [_mean(series) for series in chart.series]
    return "r" if intervals else "b" if means[index] < max(means) else "t"


def _mean(series: Series) -> Decimal:
    known = [value for value in series.values if value is not None]
    return sum(known, Decimal(0)) / max(1, len(known))


def _readable_on(index: int) -> str:
    """White on a dark column, black on a light one."""
    colour = bytes.fromhex(_COLOURS[index % len(_COLOURS)])
    light = sum(weight * part for weight, part in zip((0.299, 0.587, 0.114), colour, strict=True))
    return "000000" if light > 140 else "FFFFFF"


def _intervals(chart: Chart, series: Series) -> str:
    """Whiskers from `low` to `high`, kept as distances from the value."""
    if not any(series.low):
        return ""
    ends = list(zip(series.values, series.low, series.high, strict=True))
    below = [None if value is None or low is None else value - low for value, low, _ in ends]
    above = [None if value is None or high is None else high - value for value, _, high in ends]
    direction = '<c:errDir val="y"/>' if chart.kind == "line" else ""
    return (
        f'<c:errBars>{direction}<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_literal(above)}</c:plus><c:minus>{_literal(below)}</c:minus>"
        f"{_stroke(12700, '404040')}</c:errBars>"
    )


def _decimals(series: Series) -> int:
    """As many digits after the comma as the labels of the document have."""
    return max((len(digits) for label in series.labels for digits in re.findall(r",(\d+)", label)), default=0)


def _format(chart: Chart, decimals: int) -> str:
    digits = "0." + "0" * decimals if decimals else "0"
    return f'{digits}"\u00a0"%' if chart.percent else f"#,##{digits}"


# ---- data


def _texts(cells: str, texts: tuple[str, ...]) -> str:
    points = "".join(f'<c:pt idx="{index}"><c:v>{escaped(text)}</c:v></c:pt>' for index, text in enumerate(texts))
    cache = f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'
    return f"<c:strRef><c:f>{SHEET}!{cells}</c:f>{cache}</c:strRef>"


def _numbers(cells: str, series: Series, chart: Chart) -> str:
    cache = f"<c:formatCode>{escaped(_format(chart, _decimals(series)))}</c:formatCode>{_points(series.values)}"
    return f"<c:numRef><c:f>{SHEET}!{cells}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"


def _literal(values: list[Decimal | None]) -> str:
    return f"<c:numLit><c:formatCode>General</c:formatCode>{_points(tuple(values))}</c:numLit>"


def _points(values: tuple[Decimal | None, ...]) -> str:
    """What is missing has no point at all: a gap, not a zero."""
    known = ((index, float(value)) for index, value in enumerate(values) if value is not None)
    points = "".join(f'<c:pt idx="{index}"><c:v>{value!r}</c:v></c:pt>' for index, value in known)
    return f'<c:ptCount val="{len(values)}"/>{points}'


def _column_letter(index: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(index))


# ---- axes


def _axes(chart: Chart) -> str:
    limits, unit, decimals = _scale(chart)
    return (
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'{_axis_look(_VALUE_AXIS)}<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>{limits}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>{_stroke(6350, "D9D9D9")}</c:majorGridlines>'
        f'{_axis_title(chart)}<c:numFmt formatCode="{escaped(_format(chart, decimals))}" sourceLinked="0"/>'
        f'{_axis_look(_CATEGORY_AXIS)}<c:crossBetween val="between"/>{unit}</c:valAx>'
    )


def _scale(chart: Chart) -> tuple[str, str, int]:
    """Limits, unit and decimals of the value axis: from zero, lest small differences look like cliffs, to above
    all whiskers, which Word does not heed by itself. Where there are values below zero, the choice is left to it."""
    if any(value < 0 for series in chart.series for value in series.values if value is not None):
        return "", "", 0
    ticks = value_ticks(chart)
    step = Decimal(str(ticks[1])) * (100 if chart.percent else 1)
    decimals = max(0, -int(step.normalize().as_tuple().exponent))
    return f'<c:max val="{ticks[-1]!r}"/><c:min val="0"/>', f'<c:majorUnit val="{ticks[1]!r}"/>', decimals


def _axis_look(crossed: int) -> str:
    return (
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{_stroke(9525, "808080")}<c:crossAx val="{crossed}"/><c:crosses val="autoZero"/>'
    )


def _axis_title(chart: Chart) -> str:
    if not chart.axis:
        return ""
    return (
        '<c:title><c:tx><c:rich><a:bodyPr rot="-5400000" vert="horz"/><a:p><a:pPr><a:defRPr b="0"/></a:pPr>'
        f'<a:r><a:rPr lang="ru-RU" sz="1000" b="0"/><a:t>{escaped(chart.axis)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
    )


def _text(size: int, colour: str = "000000") -> str:
    """Type of the chart in hundredths of a point."""
    face = '<a:latin typeface="Times New Roman"/><a:cs typeface="Times New Roman"/>'
    look = f'<a:pPr><a:defRPr sz="{size}">{_solid(colour)}{face}</a:defRPr></a:pPr>'
    return f'<c:txPr><a:bodyPr/><a:p>{look}<a:endParaRPr lang="ru-RU"/></a:p></c:txPr>'


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _stroke(width: int, colour: str) -> str:
    """A line as wide as so many EMU, 12 700 to the point."""
    return f'<c:spPr><a:ln w="{width}">{_solid(colour)}</a:ln></c:spPr>'
