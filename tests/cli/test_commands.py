"""What each command does when all is well, and with which code it ends."""

from __future__ import annotations

import json

import pytest

from orientir import __version__
from orientir.options import report_date
from orientir.resources import example_folder, programme_folder

FILES = {"values.csv", "issues.csv", "findings.json", "recommendations.csv", "effectiveness.csv", "numbers.json"}


def test_demo_writes_the_report_of_the_example(run, tmp_path):
    done = run("demo", "--out", tmp_path / "out", "--formats", "html", "--date", "2022-12-30")
    assert done.code == 0
    assert {file.name for file in (tmp_path / "out").iterdir()} == FILES | {"report.html", "snapshot"}


def test_demo_does_not_mistake_a_folder_of_that_name_for_the_example(run, tmp_path, monkeypatch):
    (tmp_path / "kemerovo").mkdir()
    (tmp_path / "career_guidance_2022").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run("demo", "--out", "out", "--formats", "html").code == 0


def test_report_writes_every_format(run, tmp_path, programme, package):
    done = run("report", package, "--programme", programme, "--period", "2021/22", "--out", tmp_path / "out",
               "--no-page-numbers")  # fmt: skip
    assert done.code == 0
    made = {file.name for file in (tmp_path / "out").iterdir()}
    assert made == FILES | {"report.docx", "report.pdf", "report.html", "report.xlsx", "site", "snapshot"}


def test_snapshot_is_the_package_byte_for_byte(run, tmp_path, programme, package):
    run(
        "report", package, "--programme", programme, "--period", "2021/22", "--out", tmp_path / "o", "--formats", "html"
    )
    read = {file.name: file.read_bytes() for file in package.iterdir()}
    assert {file.name: file.read_bytes() for file in (tmp_path / "o" / "snapshot").iterdir()} == read


def test_names_and_paths_mean_the_same_from_any_folder(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    named = run("compute", "kemerovo", "--programme", "career_guidance_2022", "--period", "2021/22")
    folders = example_folder("kemerovo"), programme_folder("career_guidance_2022")
    by_path = run("compute", folders[0], "--programme", folders[1], "--period", "2021/22")
    assert named.code == by_path.code == 0
    assert named.out == by_path.out


@pytest.mark.parametrize("package", ["kemerovo", "kemerovo_synthetic"])
def test_engines_give_the_same_values_byte_for_byte(run, tmp_path, package):
    made = []
    for engine in ("memory", "duckdb"):
        out = tmp_path / f"{engine}.csv"
        assert run("compute", package, "--period", "2021/22", "--engine", engine, "--out", out).code == 0
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_values_on_the_screen_are_those_of_the_file(run, tmp_path, programme, package):
    command = ("compute", package, "--programme", programme, "--period", "2021/22")
    run(*command, "--out", tmp_path / "values.csv")
    assert run(*command).out.encode() == (tmp_path / "values.csv").read_bytes()


def test_check_of_sound_data_ends_with_0(run, programme, package):
    done = run("check", package, "--programme", programme, "--period", "2021/22")
    assert (done.code, done.out.count("\n")) == (0, 1)


def test_check_tells_issues_and_ends_with_1(run):
    done = run("check", "kemerovo", "--period", "2021/22")
    assert done.code == 1
    assert "[ошибка]" in done.out


def test_why_leads_to_the_row_of_the_file(run, tmp_path, programme, package):
    out = tmp_path / "out"
    run("report", package, "--programme", programme, "--period", "2021/22", "--out", out, "--formats", "html")
    numbers = json.loads((out / "numbers.json").read_text(encoding="utf-8"))["numbers"]
    key = next(key for key, number in numbers.items() if number["facts"])
    done = run("why", out, key)
    assert done.code == 0
    assert done.out.startswith(f"{key}: ") and "файла snapshot/facts.csv" in done.out


@pytest.mark.parametrize("name", ["career_guidance_2022", programme_folder("career_guidance_2022")])
def test_sound_programme_passes_its_check(run, name):
    assert run("programme", "check", name).code == 0


def test_version(run):
    done = run("version")
    assert (done.code, done.out) == (0, f"orientir {__version__}\n")


def test_what_the_screen_cannot_show_does_not_stop_a_command(run_apart):
    done = run_apart("check", "kemerovo", "--period", "2021/22", PYTHONIOENCODING="cp1251")
    assert done.code == 1
    assert "Замечаний" in done.out or "Issues" in done.out


def test_our_own_mistake_ends_with_3(run, programme, package, monkeypatch):
    monkeypatch.setattr("orientir.cycle.run_cycle", lambda *_: 1 / 0)
    done = run("compute", package, "--programme", programme, "--period", "2021/22")
    assert done.code == 3
    assert "ZeroDivisionError" in done.err


def test_date_is_given_or_taken_from_the_environment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1672358400")
    assert str(report_date(None)) == "2022-12-30"
    assert str(report_date("2023-01-15")) == "2023-01-15"
