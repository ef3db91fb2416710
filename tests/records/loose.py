"""A package whose tables come in other forms than by year and region in Parquet."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import duckdb

from orientir.model.records import DIMENSIONS, TABLES

WHOLE_CSV, WHOLE_PARQUET, CSV_PARTS = "whole_csv", "whole_parquet", "csv_parts"
FORMS = (WHOLE_CSV, WHOLE_PARQUET, CSV_PARTS)


def in_form(package: Path, target: Path, form: str) -> Path:
    """The same rows; dimensions as CSV, where tables are."""
    root = target / "records"
    root.mkdir(parents=True)
    with duckdb.connect() as connection:
        for name, columns in TABLES.items():
            source = f"read_parquet('{package}/records/{name}/*/*/*.parquet', hive_partitioning = true)"
            names = ", ".join(columns)
            if form == CSV_PARTS:
                options = "FORMAT csv, PARTITION_BY (year, region_id)"
                connection.execute(
                    f"COPY (SELECT {names}, year, region_id FROM {source}) TO '{root}/{name}' ({options})"
                )
            else:
                kind = form.removeprefix("whole_")
                query = f"SELECT region_id, {names}, year FROM {source}"
                connection.execute(f"COPY ({query}) TO '{root}/{name}.{kind}' (FORMAT {kind})")
        for name, columns in DIMENSIONS.items():
            own = package / "records" / f"{name}.parquet"
            if form == WHOLE_PARQUET:
                shutil.copy(own, root)
            else:
                query = f"SELECT {', '.join(columns)} FROM read_parquet('{own}')"
                connection.execute(f"COPY ({query}) TO '{root}/{name}.csv' (FORMAT csv, DELIMITER ';')")
    return target


def write_csv(file: Path, *rows: object) -> None:
    """Each row is a text with spaces between its cells; «-» is an empty one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(
            [cell if cell != "-" else "" for cell in str(row).split()] for row in rows
        )


def small_package(folder: Path) -> Path:
    """Two regions, three pupils, all well."""
    root = folder / "records"
    write_csv(
        root / "enrolment.csv",
        "year region_id mun_id school_id pupil_id grade sex disability adv add_edu profile",
        "2021 1 10 100 7001 9 0 0 0 0 0",
        "2021 1 10 101 7002 11 1 0 0 0 -",
        "2021 2 20 200 7003 9 1 1 0 - 0",
    )
    write_csv(
        root / "participation.csv",
        "year region_id pupil_id activity day event_id result",
        "2021 1 7001 5 10 1 0",
        "2021 2 7003 6 10 1 0",
    )
    write_csv(root / "dim_school.csv", "school_id mun_id region_id rural", "100 10 1 0", "101 10 1 0", "200 20 2 0")
    write_csv(root / "dim_specialty.csv", "specialty_id group_id", "1 1")
    write_csv(root / "dim_group_subject.csv", "group_id subject_id role strength valid_from valid_to", "1 3 3 3 2000 -")
    return folder


def add_row(file: Path, row: str) -> int:
    """The line of the row."""
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerow([cell if cell != "-" else "" for cell in row.split()])
    return len(file.read_text(encoding="utf-8").splitlines())
