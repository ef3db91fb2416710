"""Indicators from values of elements in Polars, written by hand: the sum of two elements of three by the third.

It is not fast enough to be measured against, which the bare scan is: it tells whether the values are right.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

Elements = tuple[int, int, int]  # two of the numerator, one of the denominator


def elements_of(indicator: int) -> Elements:
    return 3 * indicator + 1, 3 * indicator + 2, 3 * indicator + 3


def compute(folder: Path, out: Path, indicators: int) -> None:
    """Writes out/values.parquet: year, level, unit, indicator (v000, ...), numerator, denominator."""
    values = pl.scan_parquet(folder / "data_values" / "year=*.parquet", hive_partitioning=False)
    schools = pl.scan_parquet(folder / "records" / "dim_school.parquet").select("school_id", "mun_id", "region_id")
    number = (pl.col("element_id") - 1) // 3
    is_whole = (pl.col("element_id") - 1) % 3 == 2
    sums = (
        values.filter(pl.col("element_id") <= 3 * indicators)
        .group_by("period", "org_id", k=number)
        .agg(
            numerator=pl.col("value").filter(~is_whole).sum(),
            denominator=pl.col("value").filter(is_whole).sum(),
        )
        .join(schools, left_on="org_id", right_on="school_id")
        .collect(engine="streaming")
    )
    levels: tuple[tuple[int, list[str]], ...] = ((3, ["org_id"]), (2, ["mun_id"]), (1, ["region_id"]), (0, []))
    out.mkdir(parents=True, exist_ok=True)
    pl.concat([_level(sums, level, unit) for level, unit in levels]).write_parquet(out / "values.parquet")


def _level(sums: pl.DataFrame, level: int, unit: Sequence[str]) -> pl.DataFrame:
    found = sums.group_by("period", "k", *unit).agg(pl.col("numerator", "denominator").sum())
    return found.select(
        year=pl.col("period").cast(pl.Int32),
        level=pl.lit(level, pl.Int8),
        unit=(pl.col(unit[0]) if unit else pl.lit(0)).cast(pl.Int32),
        indicator=pl.format("v{}", pl.col("k").cast(pl.String).str.zfill(3)),
        numerator="numerator",
        denominator="denominator",
    )
