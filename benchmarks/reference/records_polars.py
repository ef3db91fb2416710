"""The 22 indicators in Polars, written by hand: two lazy plans for all cells, run by the streaming engine.

`python -m benchmarks.reference.records_polars PACKAGE OUT` writes OUT/values.parquet.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from benchmarks.reference.records_sql import COLUMNS, NAMES

PERSON, CELL = ("year", "pupil_id"), ("year", "school_id", "grade", "sex")
HIVE = {"year": pl.Int16, "region_id": pl.Int16}


def compute(folder: Path, out: Path) -> None:
    """Writes out/values.parquet."""
    records = folder / "records"
    out.mkdir(parents=True, exist_ok=True)
    everyone, leavers = (lazy.collect(engine="streaming") for lazy in _counts(records))
    cells = everyone.join(leavers, on=CELL, how="left").select(*CELL, *_columns())
    schools = pl.read_parquet(records / "dim_school.parquet", columns=["school_id", "mun_id", "region_id"])
    municipality = _summed(cells.join(schools, on="school_id"), "year", "mun_id", "region_id", "grade", "sex")
    region = _summed(municipality, "year", "region_id", "grade", "sex")
    country = _summed(region, "year", "grade", "sex").with_columns(country_id=pl.lit(0))
    levels = (
        (3, cells, "school_id"),
        (2, municipality, "mun_id"),
        (1, region, "region_id"),
        (0, country, "country_id"),
    )
    rows = [rows for level, source, unit in levels for rows in _broken_down(level, source, unit)]
    pl.concat(rows).write_parquet(out / "values.parquet", compression="zstd", compression_level=1)


def _counts(records: Path) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Of all pupils, and of those of the ninth and eleventh grades, who alone sit exams and are admitted."""
    near = _near(records)
    profile = near.select(profile="group_id", of_profile="college")
    leavers = _table(records, "enrolment").filter(pl.col("grade").is_in([9, 11])).select(*PERSON, *CELL[1:], "profile")
    joined = leavers.join(_admitted(records, near), on=PERSON, how="left").join(_exams(records), on=PERSON, how="left")
    return _of_all(records), _of_leavers(joined.join(profile, on="profile", how="left"))


def _table(records: Path, name: str) -> pl.LazyFrame:
    return pl.scan_parquet(records / name / "**/*.parquet", hive_partitioning=True, hive_schema=HIVE)


def _bit(column: str) -> pl.Expr:
    return pl.lit(2, pl.Int32).pow(pl.col(column).cast(pl.Int32)).cast(pl.Int32)


def _near(records: Path) -> pl.LazyFrame:
    """The mask of near subjects of each group of specialties."""
    rows = pl.scan_parquet(records / "dim_group_subject.parquet")
    masks = {
        "college": _bit("subject_id").filter(pl.col("role") == 3),
        "university": _bit("subject_id").filter(pl.col("role") == 2),
    }
    return rows.group_by("group_id").agg(**{name: mask.bitwise_or() for name, mask in masks.items()})


def _of_all(records: Path) -> pl.LazyFrame:
    activities = _table(records, "participation").select(*PERSON, done=_bit("activity"))
    done, disabled = pl.col("done"), pl.col("disability") == 1
    columns = (*PERSON, *CELL[1:], "disability", "adv", "add_edu")
    pupils = _table(records, "enrolment").select(columns)
    pupils = pupils.join(activities.group_by(PERSON).agg(pl.col("done").bitwise_or()), on=PERSON, how="left")
    return pupils.group_by(CELL).agg(
        pupils=pl.len(),
        disabled=disabled.sum(),
        juniors=((done & 2) != 0).sum(),
        classes=((done & 4) != 0).sum(),
        abilympics=(((done & 8) != 0) & disabled).sum(),
        abilympics_classes=(((done & 16) != 0) & disabled).sum(),
        ticket=((done & 32) != 0).sum(),
        municipal=((done & 64) != 0).sum(),
        tested=((done & 128) != 0).sum(),
        additional=(pl.col("add_edu") == 1).sum(),
        advanced=(pl.col("adv") == 1).sum(),
        several=(done.bitwise_count_ones() >= 3).sum(),
    )


def _admitted(records: Path, near: pl.LazyFrame) -> pl.LazyFrame:
    specialty = pl.scan_parquet(records / "dim_specialty.parquet").join(near, on="group_id")
    to_college = pl.col("inst_type") == 1
    to_university = 4 + 8 * pl.col("same_region").cast(pl.Int32)
    rows = (
        _table(records, "admission")
        .join(specialty, on="specialty_id")
        .select(
            *PERSON,
            went=pl.when(to_college).then(pl.lit(2, pl.Int32)).otherwise(to_university),
            of_college=pl.when(to_college).then("college").otherwise(pl.lit(0, pl.Int32)),
            of_university=pl.when(to_college).then(pl.lit(0, pl.Int32)).otherwise("university"),
        )
    )
    return rows.group_by(PERSON).agg(pl.col("went", "of_college", "of_university").bitwise_or())


def _exams(records: Path) -> pl.LazyFrame:
    rows = _table(records, "exam").select(*PERSON, taken=_bit("subject_id"), points=pl.col("score").cast(pl.Int32))
    return rows.group_by(PERSON).agg(pl.col("taken").bitwise_or(), pl.col("points").sum())


def _of_leavers(pupils: pl.LazyFrame) -> pl.LazyFrame:
    went, taken = pl.col("went"), pl.col("taken")
    near = {
        "near_college": pl.col("of_college"),
        "near_university": pl.col("of_university"),
        "near_any": pl.col("of_college") | pl.col("of_university"),
        "near_profile": pl.col("of_profile"),
    }
    return pupils.group_by(CELL).agg(
        examined=taken.count(),
        college=((went & 2) != 0).sum(),
        university=((went & 4) != 0).sum(),
        own_region=((went & 8) != 0).sum(),
        score=pl.col("points").sum(),
        **{name: ((taken & subjects) != 0).sum() for name, subjects in near.items()},
    )


def _columns() -> list[pl.Expr]:
    return [_asked(pl.col(count).fill_null(0), grades).cast(pl.Int64).alias(name) for name, count, grades in COLUMNS]


def _asked(count: pl.Expr, grades: str) -> pl.Expr:
    """The conditions are written as for SQL."""
    if not grades:
        return count
    word, _, rest = grades.partition(" ")
    bounds = [int(number) for number in rest.strip("()").replace("AND", ",").split(",")]
    grade = pl.col("grade")
    asked = grade.is_between(*bounds) if word == "BETWEEN" else grade.is_in(bounds)
    return pl.when(asked).then(count).otherwise(0)


def _summed(rows: pl.DataFrame, *keys: str) -> pl.DataFrame:
    return rows.group_by(keys).agg(pl.col(NAMES).sum())


def _broken_down(level: int, rows: pl.DataFrame, unit: str) -> Sequence[pl.DataFrame]:
    by_sex = _summed(rows, "year", unit, "sex")
    kinds = (rows, _summed(rows, "year", unit, "grade"), by_sex, _summed(by_sex, "year", unit))
    return [_told(level, kind, unit) for kind in kinds]


def _told(level: int, rows: pl.DataFrame, unit: str) -> pl.DataFrame:
    keys = [pl.col(key) if key in rows.columns else pl.lit(-1).alias(key) for key in ("grade", "sex")]
    place = (
        pl.col("year").cast(pl.Int32),
        pl.lit(level, pl.Int8).alias("level"),
        pl.col(unit).cast(pl.Int32).alias("unit"),
    )
    return rows.select(*place, *(key.cast(pl.Int8) for key in keys), *NAMES)


if __name__ == "__main__":
    compute(Path(sys.argv[1]), Path(sys.argv[2]))
