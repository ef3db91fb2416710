"""Invented records: the same seed gives the same, a region is the same alone, they look like what they stand for."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from orientir.errors import UserError
from orientir.synth.record_people import keyed
from orientir.synth.record_places import SCALES, YEARS, Scale, invented_places
from orientir.synth.records import DESCRIPTOR, Wanted, region_numbers, write_records

FACTS = ("enrolment", "participation", "exam", "admission", "diagnostics")
SMALL = Scale(regions=3, municipalities=7, schools=30, pupils=6_000)


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synth") / "district"
    write_records(Wanted("district", 1, values=True), folder)
    return folder


def checksums(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "datapackage.json")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def table(folder, name):
    return pq.read_table(folder / "records" / name)


def column(folder, name, of):
    return table(folder, name)[of].to_numpy()


# ---- the same from the same


def test_same_seed_gives_same_files(district, tmp_path):
    write_records(Wanted("district", 1, values=True), tmp_path / "again")
    assert checksums(tmp_path / "again") == checksums(district)


def test_other_seed_gives_other_records(district, tmp_path):
    write_records(Wanted("district", 2), tmp_path / "other")
    assert set(column(tmp_path / "other", "enrolment", "pupil_id")).isdisjoint(
        column(district, "enrolment", "pupil_id")
    )


def test_region_made_alone_is_the_same(tmp_path, monkeypatch):
    monkeypatch.setitem(SCALES, "district", SMALL)
    write_records(Wanted("district", 5), tmp_path / "all")
    write_records(Wanted("district", 5, regions=[2]), tmp_path / "one")
    whole, alone = checksums(tmp_path / "all"), checksums(tmp_path / "one")
    assert alone == {path: told for path, told in whole.items() if "region_id=" not in path or "region_id=2/" in path}
    assert any("region_id=2/" in path for path in alone)


def test_two_processes_make_what_one_makes(district, tmp_path):
    write_records(Wanted("district", 1, processes=2, values=True), tmp_path / "two")
    assert checksums(tmp_path / "two") == checksums(district)


# ---- how much, and of what


def test_scales_are_what_they_are_called():
    for scale in SCALES.values():
        places = invented_places(scale, 1)
        assert (len(places.school), len(places.regions)) == (scale.schools, scale.regions)
        assert len(np.unique(places.municipality)) == scale.municipalities
        pupils = places.intake.sum() * 9.86  # cohorts in a school
        assert pupils == pytest.approx(scale.pupils, rel=0.001)


def test_a_district_has_its_pupils_every_year(district):
    for year in YEARS:
        count = pq.read_table(district / "records" / "enrolment" / f"year={year}").num_rows
        assert count == pytest.approx(SCALES["district"].pupils, rel=0.05)


def test_columns_are_those_of_the_contract(district):
    columns = {
        "enrolment": "mun_id school_id pupil_id grade sex disability adv add_edu profile",
        "participation": "pupil_id activity day event_id result",
        "exam": "pupil_id stage form subject_id score",
        "admission": "pupil_id inst_type inst_id specialty_id same_region",
        "diagnostics": "pupil_id day method consent kept_until",
    }
    assert {name: table(district, name).column_names for name in FACTS} == {
        name: [*told.split(), "year", "region_id"] for name, told in columns.items()
    }


def test_a_pupil_is_enrolled_once_a_year(district):
    for year in YEARS:
        pupils = pq.read_table(district / "records" / "enrolment" / f"year={year}")["pupil_id"].to_numpy()
        assert len(np.unique(pupils)) == len(pupils)


def test_about_three_of_a_hundred_change_school(district):
    schools = []
    for year in YEARS[:2]:
        rows = pq.read_table(district / "records" / "enrolment" / f"year={year}")
        schools.append(dict(zip(rows["pupil_id"].to_pylist(), rows["school_id"].to_pylist(), strict=True)))
    both = schools[0].keys() & schools[1].keys()
    moved = sum(schools[0][pupil] != schools[1][pupil] for pupil in both) / len(both)
    assert 0.02 < moved < 0.04


def test_some_are_admitted_twice_and_take_part_twice(district):
    admitted = column(district, "admission", "pupil_id")
    assert 0.05 < 1 - len(np.unique(admitted)) / len(admitted) < 0.3
    participation = table(district, "participation").select(["year", "pupil_id", "activity"])
    assert participation.group_by(participation.column_names).aggregate([]).num_rows < participation.num_rows


def test_facts_arrive_by_day_and_by_subject_and_not_by_pupil(district):
    year = f"year={YEARS[0]}"
    assert np.all(np.diff(pq.read_table(district / "records" / "participation" / year)["day"].to_numpy()) >= 0)
    assert np.all(np.diff(pq.read_table(district / "records" / "exam" / year)["subject_id"].to_numpy()) >= 0)
    pupils = pq.read_table(district / "records" / "participation" / year)["pupil_id"].to_numpy()
    assert 0.45 < (np.diff(pupils) > 0).mean() < 0.55


def test_form_of_exam_follows_the_stage(district):
    exam = table(district, "exam").select(["stage", "form"]).to_pandas()
    usual = exam["form"] == exam["stage"].map({9: 1, 11: 2})
    assert 0.01 < (exam["form"] == 3).mean() < 0.05
    assert (usual | (exam["form"] == 3)).all()


def test_a_fifth_is_diagnosed_not_all_with_consent(district):
    grades = column(district, "enrolment", "grade")
    diagnosed = table(district, "diagnostics")
    assert 0.17 < diagnosed.num_rows / (grades >= 6).sum() < 0.23
    assert 0.9 < diagnosed["consent"].to_numpy().mean() < 1


def test_near_subjects_are_the_same_for_colleges_and_universities(district):
    rows = pq.read_table(district / "records" / "dim_group_subject.parquet").to_pandas()
    near = {role: set(map(tuple, rows[rows["role"] == role][["group_id", "subject_id"]].values)) for role in (2, 3)}
    assert near[2] == near[3]
    assert rows.groupby(["role", "group_id"]).size().eq(3).all()
    assert rows["valid_to"].isna().all()


def test_values_tell_all_elements_of_all_schools(district):
    values = pq.read_table(district / "data_values")
    assert values.num_rows == 490 * 19 * len(YEARS)
    assert values["value"].to_numpy().mean() == pytest.approx(199.5, rel=0.02)


def test_codes_of_pupils_differ_and_are_positive():
    codes = np.concatenate([keyed(np.arange(50_000), 1, region) for region in (1, 2)])
    assert len(np.unique(codes)) == len(codes)
    assert codes.min() >= 0
    assert codes.max() > 1 << 62


# ---- what it says of itself


def test_descriptor_says_that_all_is_invented(district):
    told = json.loads((district / DESCRIPTOR).read_text(encoding="utf-8"))
    assert (told["synthetic"], told["scale"], told["seed"]) == (True, "district", 1)
    assert {name: told["tables"][name]["rows"] for name in FACTS} == {
        name: table(district, name).num_rows for name in FACTS
    }


def test_no_text_is_written_at_all(district):
    """There is no column in which a name could lie."""
    files = list((district / "records").rglob("*.parquet"))
    kinds = {str(field.type) for file in files for field in pq.read_schema(file)}
    assert kinds <= {"int8", "int16", "int32", "int64"}


# ---- the command


def test_command_writes_and_tells_rows(tmp_path):
    said = command("synth", "records", "--scale", "district", "--seed", "1", "--out", str(tmp_path / "out"))
    assert said.returncode == 0, said.stderr
    assert "enrolment 30 266" in said.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--scale", "planet", "--seed", "1"), "--scale: размера «planet» нет."),
        (("--scale", "district", "--seed", "-1"), "--seed: число должно быть не меньше нуля."),
        (("--scale", "district", "--seed", "1", "--regions", "9"), "--regions: регионов 9 здесь нет."),
        (("--scale", "district", "--seed", "1", "--regions", "a"), "--regions: «a» — не номер региона."),
    ],
)
def test_command_refuses_what_there_is_none_of(tmp_path, arguments, told):
    said = command("synth", "records", *arguments, "--out", str(tmp_path / "out"))
    assert said.returncode == 2
    assert told in said.stderr
    assert not (tmp_path / "out").exists()


def test_folder_of_others_is_not_replaced(tmp_path):
    (tmp_path / "own.txt").write_text("important", encoding="utf-8")
    with pytest.raises(UserError, match="папка не пуста"):
        write_records(Wanted("district", 1), tmp_path)
    assert (tmp_path / "own.txt").read_text(encoding="utf-8") == "important"


def test_numbers_of_regions_are_read():
    assert region_numbers(" 1, 5 ,") == [1, 5]


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    line = [sys.executable, "-m", "orientir", *arguments]
    return subprocess.run(line, env=environment, capture_output=True, text=True, timeout=60)
