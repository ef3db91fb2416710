"""Finished partitions are kept: a killed run goes on, a changed file and an added element recompute what they touch."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orientir.engines.records import duckdb as by_partition
from orientir.engines.records import postgres, run
from orientir.engines.records.duckdb import PartitionEngine
from orientir.engines.records.partitions import Partition, partitions_of
from orientir.engines.records.planning import RecordPlan, plan_records
from orientir.engines.records.run import Means, compute_records, megabytes
from orientir.engines.records.subjects import keep_subjects
from orientir.errors import UserError
from orientir.model.conditions import OneOf
from orientir.model.indicators import Element, RecordCount, Unit
from orientir.model.records import NEAR, GroupSubject, SubjectMap

from .conftest import values


@pytest.fixture(autouse=True)
def nothing_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A district would be computed at once."""
    monkeypatch.setattr(run, "_SMALL", 0)


def test_small_package_is_computed_at_once(district: Path, plan: RecordPlan, tmp_path: Path, monkeypatch) -> None:
    compute_records(district, plan, tmp_path / "parts", Means())
    monkeypatch.undo()
    (file,) = compute_records(district, plan, tmp_path / "whole", Means())
    assert values(tmp_path / "whole") == values(tmp_path / "parts")
    assert [file] == compute_records(district, plan, tmp_path / "whole", Means())


def test_processes_change_nothing(district: Path, plan: RecordPlan, tmp_path: Path) -> None:
    compute_records(district, plan, tmp_path / "one", Means())
    compute_records(district, plan, tmp_path / "two", Means(processes=2, memory=700))
    assert values(tmp_path / "one") == values(tmp_path / "two")
    assert not list(tmp_path.rglob("*.part"))


def test_second_run_reads_no_records(district: Path, plan: RecordPlan, tmp_path: Path, monkeypatch) -> None:
    compute_records(district, plan, tmp_path, Means())
    monkeypatch.setattr(PartitionEngine, "_cells", lambda *_: pytest.fail("computed again"))
    before = values(tmp_path)
    compute_records(district, plan, tmp_path, Means())
    assert values(tmp_path) == before


def test_added_element_reads_no_fact_that_is_known(
    district: Path, plan: RecordPlan, tmp_path: Path, monkeypatch
) -> None:
    few = plan.of(one.id for one in plan.elements if one.id != "three_activities_6_11")
    compute_records(district, few, tmp_path / "grown", Means())
    with monkeypatch.context() as patched:
        patched.setattr(by_partition, "pupils_text", lambda *_: pytest.fail("facts are read again"))
        compute_records(district, plan, tmp_path / "grown", Means())
    compute_records(district, plan, tmp_path / "whole", Means())
    assert values(tmp_path / "grown") == values(tmp_path / "whole")


def test_added_element_of_another_table_reads_it(district: Path, plan: RecordPlan, tmp_path: Path) -> None:
    tested = Element("tested", "tested", Unit.PERSON, records=RecordCount(OneOf("tested", ("yes",))))
    wider = RecordPlan((*plan.elements, *plan_records([tested]).elements))
    compute_records(district, plan, tmp_path / "grown", Means())
    compute_records(district, wider, tmp_path / "grown", Means())
    compute_records(district, wider, tmp_path / "whole", Means())
    assert values(tmp_path / "grown") == values(tmp_path / "whole")


def test_what_is_kept_of_pupils_names_none(district: Path, plan: RecordPlan, tmp_path: Path) -> None:
    """A row for each, without the key that would lead to the person."""
    compute_records(district, plan, tmp_path, Means())
    files = list((tmp_path / "pupils").iterdir())
    with duckdb.connect() as connection:
        told = {row[0] for file in files for row in connection.execute(f"DESCRIBE FROM '{file}'").fetchall()}
    assert len(files) == 6
    assert (tmp_path / "pupils").stat().st_mode & 0o077 == 0
    assert told == {
        "school_id", "grade", "sex", "disability", "adv", "add_edu", "activity_set", "subject_set", "score",
        "exam_count", "admitted_set", "near_set", "link_set", "profile_set",
    }  # fmt: skip


def test_changed_file_recomputes_its_partition_alone(
    district: Path, plan: RecordPlan, tmp_path: Path, monkeypatch
) -> None:
    folder, out = tmp_path / "records", tmp_path / "out"
    shutil.copytree(district, folder)
    compute_records(folder, plan, out, Means())
    file = next((folder / "records" / "participation" / "year=2021").rglob("*.parquet"))
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM read_parquet('{file}') LIMIT 100) TO '{file}.new' (FORMAT parquet)")
    Path(f"{file}.new").replace(file)
    made: list[int] = []
    cells = PartitionEngine._cells

    def counted(self: PartitionEngine, partition: Partition, *rest: Any) -> Any:
        made.append(partition.year)
        return cells(self, partition, *rest)

    monkeypatch.setattr(PartitionEngine, "_cells", counted)
    compute_records(folder, plan, out, Means())
    assert set(made) == {2021}
    compute_records(folder, plan, tmp_path / "anew", Means())
    assert values(out) == values(tmp_path / "anew")


def test_killed_run_leaves_whole_files_and_goes_on(district: Path, plan: RecordPlan, tmp_path: Path) -> None:
    code = "from orientir.engines.records import run; run._SMALL = 0; from orientir.cli import main; main()"
    command = [sys.executable, "-c", code, "records", "compute", str(district)]
    for processes in ("1", "2"):
        out = tmp_path / processes
        killed = subprocess.Popen([*command, "--out", str(out), "--processes", processes], start_new_session=True)
        while killed.poll() is None and not list(out.glob("*/*")):
            time.sleep(0.002)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
        with duckdb.connect() as connection:
            for file in out.rglob("*.parquet"):
                assert connection.execute(f"SELECT count(*) FROM read_parquet('{file}')").fetchone() is not None
        compute_records(district, plan, out, Means())
        assert not list(out.rglob("*.part"))
    compute_records(district, plan, tmp_path / "whole", Means())
    assert values(tmp_path / "1") == values(tmp_path / "2") == values(tmp_path / "whole")


@pytest.mark.parametrize(("text", "amount"), [("", 0), ("700MB", 700), ("2 gb", 2048)])
def test_memory(text: str, amount: int) -> None:
    assert megabytes(text) == amount


@pytest.mark.parametrize("text", ["много", "2", "-1GB", "2TB"])
def test_memory_in_other_words(text: str) -> None:
    with pytest.raises(UserError, match="не объём памяти"):
        megabytes(text)


def test_what_is_lacking_is_told(plan: RecordPlan, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="сведений об обучающихся в пакете нет"):
        partitions_of(tmp_path)
    with pytest.raises(UserError, match="движка «oracle» нет"):
        compute_records(tmp_path, plan, tmp_path, Means(engine="oracle"))
    with pytest.raises(UserError, match="ничего не считает"):
        compute_records(tmp_path, RecordPlan(()), tmp_path, Means())


def test_year_of_which_the_map_says_nothing_is_refused(district: Path, plan: RecordPlan, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    shutil.copytree(district, folder)
    (folder / "records" / "dim_group_subject.parquet").unlink()
    rows = (GroupSubject(1, 3, NEAR, 3, 2022, None),)
    keep_subjects(tmp_path / "out", SubjectMap(rows))
    for engine in ("duckdb", "postgres", "spark"):
        with pytest.raises(UserError, match=r"не действует в 202[01]/2[12] учебном году"):
            compute_records(folder, plan, tmp_path / "out", Means(engine))
    keep_subjects(tmp_path / "out", SubjectMap((replace(rows[0], valid_from=2020),)))
    compute_records(folder, plan, tmp_path / "out", Means())
    assert values(tmp_path / "out")


def test_values_of_one_engine_stay_alone(district: Path, plan: RecordPlan, tmp_path: Path, monkeypatch) -> None:
    """Two of them together would be counted twice."""
    first, *_ = compute_records(district, plan, tmp_path, Means())

    def computed(folder: Path, plan: RecordPlan, out: Path, address: str) -> Path:
        return Path(shutil.copy(first, out / "values" / "postgres_1.parquet"))

    monkeypatch.setattr(postgres, "compute_in_postgres", computed)
    (file,) = compute_records(district, plan, tmp_path, Means("postgres"))
    assert list((tmp_path / "values").iterdir()) == [file]
