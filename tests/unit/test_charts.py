"""Charts: the picture tells what the model holds, in Russian, and never starts above zero."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from orientir.reports.charts import javascript_bundle, svg, vega_lite
from orientir.reports.document import Chart, Series
from sample_document import sample


@pytest.fixture
def chart() -> Chart:
    return next(block for block in sample().blocks if isinstance(block, Chart))


def of_values(*values: str | None, percent: bool = True, kind: str = "columns") -> Chart:
    numbers = tuple(None if value is None else Decimal(value) for value in values)
    labels = tuple(value or "" for value in values)
    categories = tuple(f"{2015 + index}/{16 + index}" for index in range(len(values)))
    return Chart("c", "Подпись", kind, categories, (Series("Ряд", numbers, labels),), percent, "Описание")  # type: ignore[arg-type]


def axis(chart: Chart) -> list[float]:
    return vega_lite(chart)["layer"][0]["encoding"]["y"]["axis"]["values"]


def rows(chart: Chart) -> list[dict[str, object]]:
    return vega_lite(chart)["data"]["values"]


def labels_at(chart: Chart, category: str) -> list[float]:
    return sorted(float(str(row["label_at"])) for row in rows(chart) if row["category"] == category)


def test_labels_are_real_text_with_a_decimal_comma(chart: Chart) -> None:
    drawn = svg(chart)
    assert ">51,1\u00a0%</text>" in drawn
    assert ">Поступили в вузы</text>" in drawn


def test_axis_is_written_in_russian() -> None:
    drawn = svg(of_values("0.004", "0.012"))
    assert ">0,5\u00a0%</text>" in drawn
    assert ">15\u00a0000</text>" in svg(of_values("12345", percent=False))


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        (("0.511", "0.575"), True, [0, 0.2, 0.4, 0.6]),
        (("0.985", "1"), True, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (("0.004",), True, [0, 0.001, 0.002, 0.003, 0.004]),
        (("0", None), True, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (("1", "2"), False, [0, 1, 2]),
        (("94", "77"), False, [0, 20, 40, 60, 80, 100]),
    ],
)
def test_axis_begins_at_zero_and_ends_above_the_highest(
    values: tuple[str | None, ...], percent: bool, expected: list[float]
) -> None:
    assert axis(of_values(*values, percent=percent)) == pytest.approx(expected)


def test_axis_leaves_room_for_intervals(chart: Chart) -> None:
    highest = max(high for series in chart.series for high in series.high if high is not None)
    assert axis(chart)[-1] >= highest


def test_missing_value_is_a_gap_not_a_zero(chart: Chart) -> None:
    missing = [row for row in rows(chart) if row["category"] == "2021/22" and row["series"] == "Поступили в колледжи"]
    assert [row["value"] for row in missing] == [None]


def test_intervals_are_drawn_only_where_they_are_known(chart: Chart) -> None:
    assert sum("low" in row for row in rows(chart)) == 3
    without = replace(chart, series=(chart.series[1],))
    assert len(vega_lite(without)["layer"]) < len(vega_lite(chart)["layer"])


def test_legend_keeps_the_order_of_the_series_and_one_series_needs_none(chart: Chart) -> None:
    colour = vega_lite(chart)["layer"][0]["encoding"]["color"]
    assert colour["scale"]["domain"] == ["Поступили в вузы", "Поступили в колледжи"]
    alone = vega_lite(of_values("0.5"))["layer"][0]["encoding"]["color"]
    assert alone["legend"] is None


def test_labels_stand_upright_where_columns_are_narrow(chart: Chart) -> None:
    series = tuple(Series(name, (Decimal("0.5"),) * 8, ("50,0\u00a0%",) * 8) for name in ("Округ", "Регион"))
    crowded = replace(chart, categories=tuple(map(str, range(2015, 2023))), series=series)
    assert vega_lite(crowded)["layer"][-1]["mark"]["angle"] == 270
    assert "angle" not in vega_lite(chart)["layer"][-1]["mark"]


@pytest.mark.parametrize("second", ["0.50", "0.51", "0.60"])
def test_labels_of_close_points_are_kept_apart(second: str) -> None:
    series = tuple(Series(name, (Decimal(value),), ("50,0\u00a0%",)) for name, value in (("А", "0.5"), ("Б", second)))
    line = replace(of_values("0.5", kind="line"), series=series)
    lower, upper = labels_at(line, line.categories[0])
    pixels = (upper - lower) / (axis(line)[-1] / vega_lite(line)["height"])
    assert pixels >= 12


def test_long_names_are_wrapped_into_lines_and_kept_whole_in_the_data(chart: Chart) -> None:
    names = ("Кемеровский муниципальный округ", "Новокузнецкий муниципальный район", "Кузбасс")
    renamed = replace(chart, categories=names)
    assert {row["category"] for row in rows(renamed)} == set(names)
    assert ">муниципальный район</tspan>" in svg(renamed)


def test_the_same_chart_is_drawn_the_same_way(chart: Chart) -> None:
    first = svg(chart)
    svg.cache_clear()
    assert svg(chart) == first


def test_bundle_keeps_its_names_to_itself() -> None:
    bundle = javascript_bundle()
    assert bundle.startswith("(function () {") and bundle.rstrip().endswith("})();")
    assert "window.vegaEmbed" in bundle
    assert "</script" not in bundle
