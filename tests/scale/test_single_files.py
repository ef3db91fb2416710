"""Tables as one CSV file: every engine gives what it gives for the same rows by year and region in Parquet."""

import csv
from pathlib import Path

import pytest

from orientir.engines.records.memory import values_in_memory
from orientir.engines.records.run import Means, compute_records
from orientir.model.records import DIMENSIONS, PARTITION, TABLES
from scale.worlds import by_key, read_values


@pytest.fixture(scope="module")
def package(random_world, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("single")
    (folder / "records").mkdir()
    for name, columns in {**TABLES, **DIMENSIONS}.items():
        names = [*columns, *(PARTITION if name in TABLES else ())]
        with (folder / "records" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, names)
            writer.writeheader()
            writer.writerows(random_world.tables[name])
    return folder


@pytest.mark.parametrize("engine", ["duckdb", "postgres", "spark"])
def test_values_are_those_of_memory(random_world, package, tmp_path, request, engine):
    means = {
        "duckdb": lambda: Means(),
        "postgres": lambda: Means("postgres", address=f"{request.getfixturevalue('postgres')}?schema=single"),
        "spark": lambda: request.getfixturevalue("quick_java") or Means("spark", memory=1500, address="local[1]"),
    }[engine]()
    found = read_values(compute_records(package, random_world.plan, tmp_path, means))
    assert found == by_key(values_in_memory(random_world.plan, random_world.tables))
