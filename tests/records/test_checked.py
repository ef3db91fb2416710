"""Records are checked before they are counted: what is wrong is told by table, file, row and column, never by pupil."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from orientir.cli import app
from orientir.engines.records import checked, run
from orientir.engines.records.checked import check_records
from orientir.engines.records.row_checks import RowChecks
from orientir.engines.records.run import Means
from orientir.errors import UserError
from orientir.facts.recorded import read_with_records
from orientir.model.records import ACTIVITIES, CODES, EXAM_FORMS, FIELDS, INSTITUTIONS, OTHER_SUBJECTS, SUBJECTS

from .loose import add_row, small_package, write_csv
from .test_recorded import packed


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return small_package(tmp_path / "package")


def test_codes_are_those_that_definitions_name() -> None:
    assert set(CODES["participation"]["activity"]) == set(ACTIVITIES.values())
    assert set(CODES["exam"]["subject_id"]) == {*SUBJECTS.values(), *OTHER_SUBJECTS.values()}
    assert set(CODES["exam"]["form"]) == set(EXAM_FORMS.values())
    assert set(CODES["admission"]["inst_type"]) == {INSTITUTIONS["college"], INSTITUTIONS["university"]}
    assert set(CODES["enrolment"]["sex"]) == set((FIELDS["sex"].members or {}).values())


def test_nothing_is_told_of_what_is_well(package: Path, district: Path, tmp_path: Path) -> None:
    for folder in (package, district):
        assert check_records(folder, tmp_path / "out", Means()) == checked.Checked((), True)


ENROLMENT = "2021 1 10 100 7009 9 0 0 0 0 0"
TABLES = {
    "exam": "year region_id pupil_id stage form subject_id score",
    "admission": "year region_id pupil_id inst_type inst_id specialty_id same_region",
    "diagnostics": "year region_id pupil_id day method consent kept_until",
}


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("participation", "2021 1 7001 10 1 1 0", "activity: кода нет среди допустимых, строк 1"),
        ("exam", "2021 1 7001 9 1 17 5", "subject_id: кода нет среди допустимых"),
        ("exam", "2021 1 7001 9 4 2 5", "form: кода нет среди допустимых"),
        ("admission", "2021 1 7001 3 1 1 0", "inst_type: кода нет среди допустимых"),
        ("admission", "2021 1 7001 2 1 1 2", "same_region: кода нет среди допустимых"),
        ("diagnostics", "2021 1 7001 1 1 -1 20300101", "consent: кода нет среди допустимых"),
        ("enrolment", "2021 1 10 100 7009 13 0 0 0 0 0", "grade: кода нет среди допустимых"),
        ("enrolment", "2021 1 10 100 7009 -1 0 0 0 0 0", "grade: кода нет среди допустимых"),
        ("enrolment", "2021 1 10 100 7009 9 2 0 0 0 0", "sex: кода нет среди допустимых"),
        ("enrolment", "2021 1 10 100 - 9 0 0 0 0 0", "pupil_id: обучающийся без псевдонима, строк 1"),
        ("enrolment", "2021 1 10 555 7009 9 0 0 0 0 0", "school_id: такой школы в регионе 1 нет, строк 1"),
        ("enrolment", "2021 1 10 200 7009 9 0 0 0 0 0", "school_id: такой школы в регионе 1 нет, строк 1"),
        ("enrolment", "2021 1 10 - 7009 9 0 0 0 0 0", "school_id: такой школы в регионе 1 нет, строк 1"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong(package: Path, tmp_path: Path, table: str, row: str, told: str) -> None:
    file = package / "records" / f"{table}.csv"
    if table in TABLES:
        write_csv(file, TABLES[table])
    line = add_row(file, row)
    assert any(one.startswith(f"records/{table}.csv:{line}: {told}") for one in faults(package, tmp_path))


def test_all_is_told_at_once_and_no_pupil(package: Path, tmp_path: Path) -> None:
    root = package / "records"
    for row in (ENROLMENT, ENROLMENT, "2021 1 10 777 7010 13 2 0 0 0 0", "2022 3 30 300 7011 9 0 0 0 0 0"):
        add_row(root / "enrolment.csv", row)
    add_row(root / "participation.csv", "2021 1 7001 70 1 1 0")
    add_row(root / "dim_school.csv", "100 20 1 0")
    told = faults(package, tmp_path)
    assert sorted({re.sub(r":\d+", "", one).split(". ")[0].split(", ")[0] for one in told}) == [
        "records/dim_school.csv: mun_id: муниципалитет 20 отнесён к разным регионам",
        "records/dim_school.csv: region_id: региона 3",
        "records/dim_school.csv: school_id: школа 100 записана больше одного раза",
        "records/enrolment.csv: grade: кода нет среди допустимых",
        "records/enrolment.csv: pupil_id: обучающихся",
        "records/enrolment.csv: school_id: такой школы в регионе 1 нет",
        "records/enrolment.csv: school_id: такой школы в регионе 3 нет",
        "records/enrolment.csv: sex: кода нет среди допустимых",
        "records/participation.csv: activity: кода нет среди допустимых",
    ]
    assert not re.search("70[01][0-9]", "\n".join(told))


@pytest.mark.parametrize(("row", "elsewhere"), [(ENROLMENT, 0), ("2021 1 10 101 7009 9 0 0 0 0 0", 1)])
def test_twice_in_a_year_would_be_two_persons(package: Path, tmp_path: Path, row: str, elsewhere: int) -> None:
    line = add_row(package / "records" / "enrolment.csv", ENROLMENT)
    add_row(package / "records" / "enrolment.csv", row)
    (told,) = faults(package, tmp_path)
    assert told == (
        f"records/enrolment.csv:{line}: pupil_id: обучающихся, записанных в году больше одного раза: 1, "
        f"из них в разных школах {elsewhere}; строк 2, это первая. Значения выше школы перестали бы быть числом людей. "
        "Оставьте каждому одну строку в году, например школу на 20 сентября."
    )


def test_twice_in_two_regions_and_once_in_each_of_two_years(package: Path, tmp_path: Path) -> None:
    file = package / "records" / "enrolment.csv"
    add_row(file, "2022 1 10 100 7001 10 0 0 0 0 0")
    check_records(package, tmp_path / "out", Means())
    first, second = add_row(file, ENROLMENT), add_row(file, "2021 2 20 200 7009 9 0 0 0 0 0")
    assert [told.partition(": ")[0] for told in faults(package, tmp_path)] == [
        f"records/enrolment.csv:{first}", f"records/enrolment.csv:{second}"
    ]  # fmt: skip


def test_facts_of_those_who_are_nowhere_are_counted(package: Path, tmp_path: Path) -> None:
    """It is no mistake of the package, and no number may hide it."""
    for row in ("2021 1 7999 5 10 1 0", "2021 1 - 5 10 1 0", "2021 7 7998 5 1 1 0"):
        add_row(package / "records" / "participation.csv", row)
    write_csv(package / "records" / "admission.csv", TABLES["admission"], "2021 1 7002 2 1 99 0")
    add_row(package / "records" / "dim_school.csv", "700 70 7 0")
    out = tmp_path / "out"
    notes = check_records(package, out, Means()).notes
    assert notes == (
        "participation, 2021/22, регион 1: строк о тех, кто здесь не учится, 2; они не считаются.",
        "admission, 2021/22, регион 1: строк с неизвестной специальностью 1; близкими к ней экзамены не считаются.",
        "participation, 2021/22, регион 7: строк о тех, кто здесь не учится, 1; они не считаются.",
    )
    assert check_records(package, out, Means()).notes == notes


def test_a_year_in_which_nobody_is_enrolled(package: Path, tmp_path: Path) -> None:
    add_row(package / "records" / "participation.csv", "2019 1 7001 5 10 1 0")
    assert check_records(package, tmp_path / "out", Means()).notes == (
        "participation, 2019/20, регион 1: строк о тех, кто здесь не учится, 1; они не считаются.",
    )


def test_an_enrolment_elsewhere_makes_a_fact_a_mistake(own: Path, tmp_path: Path) -> None:
    """Though the files of the fact's own region are what they were."""
    out, root = tmp_path / "out", own / "records" / "enrolment"
    file, schools = next((root / "year=2021").rglob("*.parquet")), own / "records" / "dim_school.parquet"
    other = "SELECT 9000 AS school_id, 90 AS mun_id, 2 AS region_id, 0 AS rural"
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE pupils AS FROM read_parquet('{file}')")
        connection.execute(f"CREATE TABLE schools AS FROM read_parquet('{schools}') UNION ALL BY NAME {other}")
        connection.execute(f"COPY schools TO '{schools}' (FORMAT parquet)")
        connection.execute(f"COPY (FROM pupils OFFSET 1) TO '{file}' (FORMAT parquet)")
        check_records(own, out, Means())
        (root / "year=2021" / "region_id=2").mkdir()
        moved = "SELECT * REPLACE (9000 AS school_id, 90 AS mun_id) FROM pupils LIMIT 1"
        connection.execute(f"COPY ({moved}) TO '{root}/year=2021/region_id=2/part.parquet' (FORMAT parquet)")
    assert any("region_id: обучающийся записан в другом регионе" in told for told in faults(own, tmp_path))


def test_facts_of_those_who_are_in_another_region_are_refused(package: Path, tmp_path: Path) -> None:
    """All at once they would be counted, region by region they would not."""
    first = add_row(package / "records" / "participation.csv", "2021 1 7003 5 10 1 0")
    add_row(package / "records" / "participation.csv", "2021 1 7003 6 10 1 0")
    other = add_row(package / "records" / "participation.csv", "2021 7 7001 6 10 1 0")
    add_row(package / "records" / "dim_school.csv", "700 70 7 0")
    assert [told.partition(", это первая")[0] for told in faults(package, tmp_path)] == [
        f"records/participation.csv:{first}: region_id: обучающийся записан в другом регионе, строк 2",
        f"records/participation.csv:{other}: region_id: обучающийся записан в другом регионе, строк 1",
    ]


# ---- files as they lie


@pytest.fixture
def own(district: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(district, tmp_path / "own"))


def spoilt(own: Path, query: str) -> Path:
    """A part of the exams, made anew by a query of itself."""
    file = next((own / "records" / "exam" / "year=2021").rglob("*.parquet"))
    with duckdb.connect() as connection:
        source = f"(SELECT *, row_number() OVER () AS row FROM read_parquet('{file}', hive_partitioning = false))"
        text = query.format(source)
        connection.execute(f"COPY ({text}) TO '{file}.new' (FORMAT parquet)")
    return Path(f"{file}.new").replace(file)


def test_a_row_of_parquet_is_told_by_its_number(own: Path, tmp_path: Path) -> None:
    file = spoilt(own, "SELECT * EXCLUDE (row) REPLACE (if(row IN (7, 9), 77, form) AS form) FROM {0}")
    (told,) = faults(own, tmp_path)
    assert told.startswith(f"{file.relative_to(own)}:7: form: кода нет среди допустимых, строк 2, это первая.")


def test_columns_of_a_file_that_cannot_be_counted_from(own: Path, tmp_path: Path) -> None:
    file = spoilt(own, "SELECT * EXCLUDE (form) REPLACE (score::DOUBLE AS score) FROM {0}")
    assert faults(own, tmp_path) == [
        f"{file.relative_to(own)}: нет столбцов: form. Выгрузите сведения заново.",
        f"{file.relative_to(own)}: не целые числа в столбцах: score. Запишите их целыми числами.",
    ]


def test_schools_that_cannot_be_read(own: Path, tmp_path: Path) -> None:
    file = own / "records" / "dim_school.parquet"
    with duckdb.connect() as connection:
        query = f"SELECT school_id::VARCHAR AS school_id, mun_id, rural FROM read_parquet('{file}')"
        connection.execute(f"COPY ({query}) TO '{file}.new' (FORMAT parquet)")
    Path(f"{file}.new").replace(file)
    assert faults(own, tmp_path) == [
        "records/dim_school.parquet: нет столбцов: region_id. Выгрузите сведения заново.",
        "records/dim_school.parquet: не целые числа в столбцах: school_id. Запишите их целыми числами.",
    ]


def test_files_that_are_no_parquet(own: Path, tmp_path: Path) -> None:
    files = sorted((own / "records").rglob("year=2021/*/*.parquet"))[:2]
    for file in files:
        file.write_bytes(file.read_bytes()[:100])
    assert [told.partition(": ")[0] for told in faults(own, tmp_path)] == [str(one.relative_to(own)) for one in files]


# ---- when it is looked at


def test_what_was_checked_is_not_checked_again(own: Path, tmp_path: Path, monkeypatch) -> None:
    out = tmp_path / "out"
    check_records(own, out, Means())
    looked: list[int] = []
    rows = RowChecks.rows

    def told(self, part, others):
        looked.append(part.year)
        return rows(self, part, others)

    monkeypatch.setattr(RowChecks, "rows", told)
    assert check_records(own, out, Means()).is_whole
    assert looked == []
    spoilt(own, "SELECT * EXCLUDE (row) FROM {0} LIMIT 10")
    check_records(own, out, Means())
    assert looked == [2021]
    assert len(list((out / checked.CHECKED).iterdir())) == 1 + 3 * 3  # the old ones are forgotten


def test_rows_of_a_large_package_are_looked_at_where_that_is_asked_for(
    own: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.setattr(run, "_SMALL", 0)
    out, line = tmp_path / "out", ["records", "compute", str(own), "--out", str(tmp_path / "out")]
    told = "Not checked whether each is enrolled once a year"
    assert told in CliRunner().invoke(app, line).stdout
    assert not check_records(own, out, Means()).is_whole
    assert CliRunner().invoke(app, ["records", "check", str(own), "--out", str(out)]).exit_code == 0
    assert told not in CliRunner().invoke(app, line).stdout


def test_facts_of_a_package_are_counted_from_sound_records_only(own: Path, programme, tmp_path: Path) -> None:
    spoilt(own, "SELECT * EXCLUDE (row) REPLACE (44 AS form) FROM {0}")
    with pytest.raises(UserError, match="form: кода нет среди допустимых"):
        read_with_records(packed(own, tmp_path / "packed"), programme)


@pytest.mark.parametrize(
    ("means", "told"),
    [
        (Means("postgres", 700), "PostgreSQL отсюда не ограничить"),
        (Means("spark", 2000, address="spark://one:7077"), "исполнителей кластера отсюда не ограничить"),
        (Means("spark", 700), "Spark не уложится в 700MB. Дайте ему не меньше 1500MB"),
    ],
)
def test_a_bound_of_memory_that_would_not_be_kept_is_refused(means: Means, told: str) -> None:
    with pytest.raises(UserError, match=told):
        means.check()


def faults(package: Path, tmp_path: Path) -> list[str]:
    with pytest.raises(UserError) as caught:
        check_records(package, tmp_path / "out", Means())
    return [str(fault) for fault in caught.value.faults]
