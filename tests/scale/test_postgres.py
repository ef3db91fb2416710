"""PostgreSQL as a server that is really there: what is loaded stays, and what it refuses is told plainly."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from orientir.engines.records.planning import plan_records
from orientir.engines.records.postgres import PostgresEngine, compute_in_postgres
from orientir.errors import UserError
from scale.language import element
from scale.random_records import YEARS, random_tables
from scale.servers import free_port
from scale.worlds import read_values, write_tables

PLAN = plan_records([element("pupils", ""), element("ticket", "{activity: ticket}")])


@pytest.fixture
def folder(tmp_path) -> Path:
    write_tables(random_tables(5, range(1, 3), 20), tmp_path / "package")
    return tmp_path / "package"


@pytest.fixture
def address(postgres, request) -> str:
    """A schema of the test's own."""
    return f"{postgres}?schema={request.node.name}"


def test_tables_stay(folder, address):
    """What is in the database already is not loaded again, by another session either; only what a plan asks for is."""
    assert _loaded(address, folder, PLAN.tables) == [
        "dim_school", "dim_specialty", "dim_group_subject",
        *(f"{name}_{year}" for year in YEARS for name in ("enrolment", "participation")),
    ]  # fmt: skip
    assert _loaded(address, folder, PLAN.tables) == []
    assert _loaded(address, folder, ["exam"]) == [f"exam_{year}" for year in YEARS]


def test_a_changed_file_is_loaded_again(folder, address):
    _loaded(address, folder, PLAN.tables)
    changed = folder / "records/participation/year=2021/region_id=1/part.parquet"
    changed.write_bytes((folder / "records/participation/year=2022/region_id=2/part.parquet").read_bytes())
    assert _loaded(address, folder, PLAN.tables) == ["participation_2021"]


def test_a_year_that_is_gone_is_forgotten(folder, address, tmp_path):
    compute_in_postgres(folder, PLAN, tmp_path, address)
    for table in ("enrolment", "participation", "exam", "admission", "diagnostics"):
        shutil.rmtree(folder / "records" / table / "year=2020")
    values = read_values([compute_in_postgres(folder, PLAN, tmp_path, address)])
    assert {year for year, *_ in values} == {2021, 2022}


def test_a_failed_load_leaves_the_old_tables(folder, address, tmp_path):
    """A broken file ends the session; what was there before is there still."""
    whole = read_values([compute_in_postgres(folder, PLAN, tmp_path, address)])
    broken = folder / "records/participation/year=2021/region_id=1/part.parquet"
    (folder / "records/dim_school.parquet").replace(broken)
    write_tables(random_tables(5, range(1, 3), 20), tmp_path / "again")
    (tmp_path / "again/records/dim_school.parquet").replace(folder / "records/dim_school.parquet")
    with pytest.raises(UserError, match="нет столбцов: pupil_id"):
        compute_in_postgres(folder, PLAN, tmp_path, address)
    with closing(PostgresEngine(address)) as engine:
        assert read_values([engine.compute(PLAN, tmp_path / "out")]) == whole


def test_nothing_is_left_beside_the_result(folder, address, tmp_path):
    file = compute_in_postgres(folder, PLAN, tmp_path / "out", address)
    assert file == tmp_path / f"out/values/postgres_{PLAN.key}.parquet"
    assert list(file.parent.iterdir()) == [file]


def test_no_known_school_gives_an_empty_table(tmp_path, address):
    tables = random_tables(6, range(1, 2), 5)
    write_tables(tables | {"dim_school": []}, tmp_path)
    assert read_values([compute_in_postgres(tmp_path, PLAN, tmp_path / "out", address)]) == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("postgres:secret@", "postgres:wrong@"), "сервер не впускает"),
        (("/postgres?", "/nowhere?"), "такой базы нет"),
        (("postgresql:", "mysql:"), "это не адрес PostgreSQL"),
        (("schema=", "schema=A-"), "это не адрес PostgreSQL"),
    ],
)
def test_a_wrong_address(postgres, change, told):
    """And no message repeats a password."""
    with pytest.raises(UserError, match=told) as caught:
        PostgresEngine(f"{postgres}?schema=records".replace(*change))
    assert "secret" not in str(caught.value)
    assert "wrong" not in str(caught.value)


def test_no_server():
    with pytest.raises(UserError, match=r"PostgreSQL не отвечает: .*Запустите сервер"):
        PostgresEngine(f"postgresql://postgres@127.0.0.1:{free_port()}/postgres")


def test_no_tables(address, tmp_path):
    with closing(PostgresEngine(address)) as engine, pytest.raises(UserError, match="таблиц со сведениями в базе нет"):
        engine.compute(PLAN, tmp_path)


@pytest.fixture(scope="module")
def guest(postgres) -> str:
    """The address for one who may connect, and no more."""
    with closing(PostgresEngine(postgres)) as engine:
        engine._run("CREATE ROLE guest LOGIN PASSWORD 'guest'")
    return postgres.replace("postgres:secret", "guest:guest")


@pytest.mark.parametrize("is_there", [False, True])
def test_no_rights(postgres, guest, folder, tmp_path, is_there):
    """To make the schema, or to use the one that is there."""
    schema = f"?schema=rights_{is_there}".lower()
    if is_there:
        compute_in_postgres(folder, PLAN, tmp_path, postgres + schema)
    with pytest.raises(UserError, match=r"не хватает прав .*GRANT CREATE"):
        compute_in_postgres(folder, PLAN, tmp_path, guest + schema)


def _loaded(address, folder, tables) -> list[str]:
    with closing(PostgresEngine(address)) as engine:
        return engine.load(folder, tables)
