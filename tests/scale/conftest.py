"""Each engine computes all stories and the random records once, in one go: starting and planning is what costs time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orientir.engines.records.memory import values_in_memory
from orientir.engines.records.planning import plan_records
from orientir.engines.records.run import Means, compute_records
from scale.language import Placed
from scale.random_records import random_elements, random_tables
from scale.servers import check_java, postgres_server, spark_cluster
from scale.stories import STORIES
from scale.worlds import Values, World, by_key, read_values, united, write_tables

ENGINES = ("memory", "duckdb", "postgres", "spark")
PLACED = tuple(Placed(number, story) for number, story in enumerate(STORIES, 1))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """All stories, and three regions at random."""
    folder = tmp_path_factory.mktemp("world")
    tables = united([*(one.tables for one in PLACED), random_tables(1, range(80, 83), 150)])
    write_tables(tables, folder)
    elements = [element for one in PLACED for element in one.elements]
    return World(tables, folder, plan_records([*elements, *random_elements(2, 24)]))


@pytest.fixture(scope="session")
def random_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One region at random, in which nobody was ever tested."""
    folder = tmp_path_factory.mktemp("random")
    tables = random_tables(3, range(7, 8), 200) | {"diagnostics": []}
    write_tables(tables, folder)
    return World(tables, folder, plan_records(random_elements(4, 12)))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with postgres_server() as address:
        yield address


@pytest.fixture(scope="session")
def quick_java() -> Iterator[None]:
    """The compiler that begins at once: Spark's code runs too shortly here for the thorough one to pay."""
    check_java()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


@pytest.fixture(scope="session")
def spark_master(quick_java: None) -> Iterator[str]:
    with spark_cluster() as address:
        yield address


@pytest.fixture(scope="session")
def in_memory(world: World) -> Values:
    return by_key(values_in_memory(world.plan, world.tables))


@pytest.fixture(scope="session")
def in_duckdb(world: World, tmp_path_factory: pytest.TempPathFactory) -> Values:
    return _computed(world, tmp_path_factory.mktemp("duckdb"), Means())


@pytest.fixture(scope="session")
def in_postgres(world: World, tmp_path_factory: pytest.TempPathFactory, postgres: str) -> Values:
    return _computed(world, tmp_path_factory.mktemp("postgres"), Means("postgres", address=postgres))


@pytest.fixture(scope="session")
def in_spark(world: World, tmp_path_factory: pytest.TempPathFactory, quick_java: None) -> Values:
    return _computed(world, tmp_path_factory.mktemp("spark"), Means("spark", address="local[1]"))


@pytest.fixture(scope="session")
def on_cluster(random_world: World, tmp_path_factory: pytest.TempPathFactory, spark_master: str) -> Values:
    return _computed(random_world, tmp_path_factory.mktemp("cluster"), Means("spark", address=spark_master))


@pytest.fixture(params=ENGINES)
def values(request: pytest.FixtureRequest) -> Values:
    """What an engine makes of the world."""
    found: Values = request.getfixturevalue(f"in_{request.param}")
    return found


def _computed(world: World, out: Path, means: Means) -> Values:
    return read_values(compute_records(world.folder, world.plan, out, means))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process runs all of them, so that each server is started once."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("servers"))
