"""What is written by hand to be measured against computes the same: by four authors, in four ways."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest

from orientir.synth.records import Wanted, write_records

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def by_hand():
    """The modules of the references; they lie outside of the package."""
    sys.path.insert(0, str(ROOT))
    try:
        from benchmarks.reference import records_duckdb, records_pandas, records_polars

        yield {"duckdb": records_duckdb, "polars": records_polars, "pandas": records_pandas}
    finally:
        sys.path.remove(str(ROOT))


@pytest.fixture(scope="module")
def results(by_hand, tmp_path_factory):
    folder = tmp_path_factory.mktemp("references")
    write_records(Wanted("district", 3), folder / "package")
    for name, module in by_hand.items():
        module.compute(folder / "package", folder / name)
    return folder


@pytest.mark.parametrize("other", ["polars", "pandas"])
def test_references_agree_row_by_row(results, other):
    one, two = (f"'{results / name / 'values.parquet'}'" for name in ("duckdb", other))
    assert rows(f"FROM {one} EXCEPT ALL FROM {two}") == rows(f"FROM {two} EXCEPT ALL FROM {one}") == []


def test_large_path_of_the_reference_agrees_with_its_small_one(by_hand, results, monkeypatch):
    monkeypatch.setattr(by_hand["duckdb"], "SMALL", 0)
    by_hand["duckdb"].compute(results / "package", results / "large")
    one, two = (f"'{results / name / 'values.parquet'}'" for name in ("duckdb", "large"))
    assert rows(f"FROM {one} EXCEPT ALL FROM {two}") == rows(f"FROM {two} EXCEPT ALL FROM {one}") == []


def test_there_are_sixteen_groupings(results):
    kinds = f"SELECT DISTINCT level, grade = -1, sex = -1 FROM '{results / 'duckdb' / 'values.parquet'}'"
    assert len(rows(kinds)) == 16


def test_one_number_counted_by_hand(results):
    """Ninth-graders of the country in the last year who went to a college."""
    package = results / "package" / "records"
    counted = f"""
        SELECT count(DISTINCT e.pupil_id)
        FROM read_parquet('{package}/enrolment/*/*/*.parquet') e
            JOIN read_parquet('{package}/admission/*/*/*.parquet') a ON a.pupil_id = e.pupil_id AND a.year = e.year
        WHERE e.year = 2022 AND e.grade = 9 AND a.inst_type = 1
    """
    told = f"""
        SELECT i01 FROM '{results / "duckdb" / "values.parquet"}'
        WHERE year = 2022 AND level = 0 AND grade = -1 AND sex = -1
    """
    assert rows(told) == rows(counted)


def rows(query: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(query).fetchall()
