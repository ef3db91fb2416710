"""Tables as one file or as CSV: the same values, laid out once, and all that is wrong with them at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orientir.engines.records import layout, run
from orientir.engines.records.layout import LAID_OUT, arranged
from orientir.engines.records.planning import RecordPlan
from orientir.engines.records.run import Means, compute_records
from orientir.errors import UserError

from .conftest import values
from .loose import FORMS, WHOLE_CSV, add_row, in_form, small_package


@pytest.fixture(scope="session")
def expected(district: Path, plan: RecordPlan, tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    out = tmp_path_factory.mktemp("expected")
    compute_records(district, plan, out, Means())
    return values(out)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return small_package(tmp_path / "package")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("is_small", [True, False])
def test_the_same_values(
    district: Path, plan: RecordPlan, expected: list[object], tmp_path: Path, monkeypatch, form: str, is_small: bool
) -> None:
    monkeypatch.setattr(run, "_SMALL", 1 << 40 if is_small else 0)
    compute_records(in_form(district, tmp_path / "package", form), plan, tmp_path / "out", Means())
    assert values(tmp_path / "out") == expected


def test_what_lies_well_stays_where_it_is(district: Path, tmp_path: Path) -> None:
    assert arranged(district, tmp_path).folder == district
    assert list(tmp_path.iterdir()) == []


def test_a_table_in_another_form_beside_tables_that_lie_well(
    district: Path, plan: RecordPlan, expected: list[object], tmp_path: Path
) -> None:
    package, other = tmp_path / "package", in_form(district, tmp_path / "other", WHOLE_CSV)
    shutil.copytree(district, package)
    shutil.rmtree(package / "records" / "exam")
    shutil.copy(other / "records" / "exam.csv", package / "records")
    compute_records(package, plan, tmp_path / "out", Means())
    assert values(tmp_path / "out") == expected


def test_a_file_is_laid_out_once(package: Path, tmp_path: Path, monkeypatch) -> None:
    first = arranged(package, tmp_path / "out")
    monkeypatch.setattr(layout, "_write", lambda *_: pytest.fail("laid out again"))
    assert arranged(package, tmp_path / "out") == first


def test_a_changed_file_is_laid_out_again_and_the_others_are_not(package: Path, tmp_path: Path) -> None:
    arranged(package, tmp_path / "out")
    before = folders(tmp_path / "out")
    add_row(package / "records" / "participation.csv", "2021 1 7002 5 11 1 0")
    arranged(package, tmp_path / "out")
    after = folders(tmp_path / "out")
    assert {name.rpartition("_")[0] for name in before ^ after} == {"participation", "package"}
    assert len(after) == len(before)


def test_only_the_owner_may_read_the_copy(package: Path, tmp_path: Path) -> None:
    arranged(package, tmp_path / "out")
    assert (tmp_path / "out" / LAID_OUT).stat().st_mode & 0o077 == 0


def test_killed_run_leaves_nothing_half(
    district: Path, plan: RecordPlan, expected: list[object], tmp_path: Path
) -> None:
    package, out = in_form(district, tmp_path / "package", WHOLE_CSV), tmp_path / "out"
    command = [sys.executable, "-m", "orientir", "records", "compute", str(package), "--out", str(out)]
    for begun in (1, 2, 4):
        killed = subprocess.Popen(command, start_new_session=True)
        while killed.poll() is None and len(list(out.glob(f"{LAID_OUT}/*"))) < begun:
            time.sleep(0.001)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
    compute_records(package, plan, out, Means())
    assert values(out) == expected
    assert not list(out.rglob("*.part"))


def test_numbers_as_other_programs_write_them(package: Path, plan: RecordPlan, tmp_path: Path) -> None:
    """Semicolons, spaces around, 9.0 of a column that has empty cells."""
    compute_records(package, plan, tmp_path / "plain", Means())
    file = package / "records" / "enrolment.csv"
    text = file.read_text(encoding="utf-8").replace(",9,", ", 9.0 ,").replace(",", ";").replace("\n", "\n\n")
    file.write_text("\ufeff" + text, encoding="utf-8")
    compute_records(package, plan, tmp_path / "other", Means())
    assert values(tmp_path / "other") == values(tmp_path / "plain")


# ---- what is wrong


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2021 1 10 100 7009 9.5 0 0 0 0 0", "grade"),
        ("2021 1 10 100 7009 девятый 0 0 0 0 0", "grade"),
        ("2021 1 10 100 1e9 9 0 0 0 0 0", "pupil_id"),
        ("2021 1 10 100 99999999999999999999 9 0 0 0 0 0", "pupil_id"),
        ("2021 1 10 100 Иванов 9 0 0 0 0 0", "pupil_id"),
        ("2021/22 1 10 100 7009 9 0 0 0 0 0", "year"),
        ("2021 - 10 100 7009 9 0 0 0 0 0", "region_id"),
        ("2021 1 10 100 7009 9 0 0 0 0 70000", "profile"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_by_its_place(package: Path, tmp_path: Path, row: str, column: str) -> None:
    """And never by what stands in it."""
    line = add_row(package / "records" / "enrolment.csv", row)
    (told,) = faults(package, tmp_path)
    assert told.startswith(f"records/enrolment.csv:{line}: {column}: не целое число")
    assert "Иванов" not in told
    assert "7009" not in told


def test_all_is_told_at_once(package: Path, tmp_path: Path) -> None:
    root = package / "records"
    add_row(root / "enrolment.csv", "2021 1 10 100 Иванов 9 0 0 0 0 0")
    add_row(root / "enrolment.csv", "")
    line = add_row(root / "enrolment.csv", "2021 1 10 100 7009 x x 0 0 0 0")
    add_row(root / "enrolment.csv", "2021 1 10 100 7010 9 0 0 0 0 0 0")
    add_row(root / "enrolment.csv", "2021 1 10")
    (root / "participation.csv").write_text("year,region_id,pupil,activity,day,event_id,result\n", encoding="utf-8")
    (root / "exam.parquet").write_text("not at all", encoding="utf-8")
    (root / "dim_specialty.csv").write_text("код\n".encode("cp1251").decode("latin-1"), encoding="latin-1")
    told = "\n".join(faults(package, tmp_path))
    for text in (
        f"enrolment.csv:{line - 2}: pupil_id: ", f"enrolment.csv:{line}: grade: ", f"enrolment.csv:{line}: sex: ",
        "ячеек больше, чем столбцов; таких строк 1", "ячеек меньше, чем столбцов; таких строк 1",
        "participation.csv:1: pupil: неизвестный столбец. Возможно, имелось в виду «pupil_id».",
        "participation.csv:1: pupil_id: нет обязательного столбца",
        "records/exam.parquet: файл не читается", "dim_specialty.csv:1: файл не в кодировке UTF-8",
    ):  # fmt: skip
        assert text in told
    assert not [one for one in (tmp_path / "out").rglob("*") if one.is_file() and "enrolment" in str(one)]


def test_lines_that_end_differently(package: Path, tmp_path: Path) -> None:
    file = package / "records" / "enrolment.csv"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n") + b"\n2021,1,10,100,7009,9,0,0,0,0,0\r\n")
    (told,) = faults(package, tmp_path)
    assert "строки в нём кончаются по-разному" in told


def test_one_table_in_two_forms_is_refused(package: Path, tmp_path: Path) -> None:
    root = package / "records"
    (root / "enrolment.parquet").touch()
    part = root / "participation" / "year=2021" / "region_id=1" / "part.csv"
    part.parent.mkdir(parents=True)
    part.touch()
    part.with_suffix(".parquet").touch()
    (root / "exam").mkdir()
    (root / "exam" / "part.parquet").touch()
    assert [told.partition(" ")[2] for told in faults(package, tmp_path)] == [
        "таблица «enrolment» дана дважды: records/enrolment.parquet, records/enrolment.csv. Оставьте одно, второе "
        "уберите из пакета.",
        "файл лежит не в папке года и региона. Переложите его в records/exam/year=ГГГГ/region_id=НН/.",
        "таблица «participation» дана дважды: records/participation.csv, "
        "records/participation/year=2021/region_id=1/part.csv, "
        "records/participation/year=2021/region_id=1/part.parquet. Оставьте одно, второе уберите из пакета.",
        "рядом лежит part.parquet: строки были бы посчитаны дважды. Оставьте один файл или назовите их по-разному.",
    ]


def faults(package: Path, tmp_path: Path) -> list[str]:
    with pytest.raises(UserError) as caught:
        arranged(package, tmp_path / "out")
    return [str(fault) for fault in caught.value.faults]


def folders(out: Path) -> set[str]:
    return {one.name for one in (out / LAID_OUT).iterdir()}
