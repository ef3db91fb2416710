"""What a user can mend is told plainly, with code 2 and no trace, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_world import spoil


def _refused(done, *said):
    """Every mistake is one line; none is a trace."""
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    for part in said:
        assert part in done.err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--period", "2021", "--period: «2021» — не учебный год; пишется, например, 2021/22."),
        ("--period", "2021/23", "--period: «2021/23» — не учебный год"),
        ("--period", "2031/32", "--period: в данных нет сведений ни за 2031/32, ни за предыдущие годы отчёта."),
        ("--date", "30.12.2022", "--date: «30.12.2022» — не дата. Запишите как ГГГГ-ММ-ДД."),
        ("--date", "2022-02-30", "--date: «2022-02-30» — не дата."),
        (
            "--formats",
            "pdf,doc,odt",
            "--formats: формата «doc» нет. Допустимы: docx, pdf, html, xlsx, site.\n--formats: ф",
        ),
        ("--formats", ",", "--formats: не назван ни один формат."),
        ("--engine", "spark", "--engine: движка «spark» нет. Допустимы: duckdb, memory."),
        ("--programme", "career_2022", "«career_2022»: такой программы нет. Укажите папку или одно из имён: career_g"),
    ],
)
def test_option_with_a_wrong_value(run, tmp_path, programme, package, option, value, said):
    options = {"--programme": programme, "--period": "2021/22", "--out": tmp_path / "out", option: value}
    _refused(run("report", package, *(part for pair in options.items() for part in pair)), said)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("epoch", ["yesterday", "99999999999999999999", "1e9"])
def test_epoch_that_is_no_date(run, tmp_path, monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    _refused(run("demo", "--out", tmp_path / "out"), f"SOURCE_DATE_EPOCH: «{epoch}» — не дата.")


@pytest.mark.parametrize("name", ["nowhere", "", "x" * 5000, "~nobody-at-all/x"])
def test_package_that_is_not_there(run, name):
    _refused(run("check", name, "--period", "2021/22"), "такого пакета данных нет.", "kemerovo")


def test_file_in_place_of_a_package(run, tmp_path):
    (tmp_path / "data.csv").touch()
    _refused(run("check", tmp_path / "data.csv", "--period", "2021/22"), "такого пакета данных нет.")


def test_all_mistakes_of_a_package_are_told_at_once(run, tmp_path, programme, package):
    spoil(package / "facts.csv", "graduates,school_a,2020/21,9,20", "gradates,school_a,2020/21,9,20")
    spoil(package / "facts.csv", "admitted,school_a,2021/22,9,14", "admitted,school_a,2021/22,9,14 чел.")
    done = run("report", package, "--programme", programme, "--period", "2021/22", "--out", tmp_path / "out")
    _refused(done, "package/facts.csv:2: element: «gradates»", "package/facts.csv:8: value: «14 чел.» — не число.")
    assert not (tmp_path / "out").exists()


def test_mistakes_of_a_programme_stop_a_report(run, tmp_path, programme, package):
    spoil(programme / "elements.yaml", "unit: person\n    dimensions", "unit: man\n    dimensions")
    done = run("report", package, "--programme", programme, "--period", "2021/22", "--out", tmp_path / "out")
    _refused(done, "elements.yaml:10: elements.admitted.unit: недопустимое значение «man».")
    assert not (tmp_path / "out").exists()


def test_something_out_of_nothing(run, tmp_path, programme, package):
    spoil(package / "facts.csv", "graduates,school_a,2020/21,9,20", "graduates,school_a,2020/21,9,0")
    done = run("report", package, "--programme", programme, "--period", "2021/22", "--out", tmp_path / "out")
    _refused(done, "facts.csv:2", "знаменатель равен нулю, а числитель — нет.")
    assert not (tmp_path / "out").exists()


def test_wording_of_a_programme_that_does_not_fit(run, tmp_path, programme, package):
    (programme / "texts").mkdir()
    (programme / "texts" / "goals_intro.j2").write_text("Целей: {{ numbr }}", encoding="utf-8")
    done = run("report", package, "--programme", programme, "--period", "2021/22", "--out", tmp_path / "out")
    _refused(done, "texts/goals_intro.j2: текст не складывается: 'numbr' is undefined.")
    assert not (tmp_path / "out").exists()


def test_wording_of_a_programme_cannot_run_code(run, tmp_path, programme, package):
    (programme / "texts").mkdir()
    (programme / "texts" / "goals_intro.j2").write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    done = run("report", package, "--programme", programme, "--period", "2021/22", "--out", tmp_path / "out")
    _refused(done, "texts/goals_intro.j2: текст не складывается")


# ---- where the report goes


@pytest.fixture
def write(run, programme, package):
    """Write the report there."""

    def call(out: Path):
        return run(
            "report", package, "--programme", programme, "--period", "2021/22", "--formats", "html", "--out", out
        )

    return call


def test_out_is_a_file(write, tmp_path):
    (tmp_path / "out").write_text("мой файл", encoding="utf-8")
    _refused(write(tmp_path / "out"), "out: это файл, а не папка. Укажите другую папку в --out.")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "мой файл"


def test_out_lies_under_a_file(write, tmp_path):
    (tmp_path / "file").touch()
    _refused(write(tmp_path / "file" / "out"), "сюда нельзя записать: на пути стоит файл.")


def test_out_holds_something_else(write, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("мой файл", encoding="utf-8")
    _refused(write(tmp_path / "out"), "папка не пуста, и в ней не отчёт Ориентира")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["letter.txt"]


def test_out_where_nobody_can_write(write):
    _refused(write(Path("/proc/out")), "/proc/out: сюда нельзя записать")


def test_disk_is_full(write, tmp_path, monkeypatch):
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("orientir.reports.to_html.to_html", full)
    _refused(write(tmp_path / "out"), "out: сюда нельзя записать: на диске нет места.")
    assert not [file for file in tmp_path.iterdir() if "out" in file.name]


@pytest.mark.parametrize("out", [".", "folder", "file/values.csv", "nowhere/values.csv"])
def test_values_go_where_no_file_can_be(run, tmp_path, monkeypatch, programme, package, out):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    done = run("compute", package, "--programme", programme, "--period", "2021/22", "--out", out)
    _refused(done, f"{out}: ")
    assert sorted(tmp_path.rglob("*")) == before


# ---- the way back from a number


def test_why_in_a_folder_that_is_no_report(run, tmp_path):
    _refused(run("why", tmp_path, "v2"), "numbers.json: реестра чисел нет: это не папка отчёта.")


@pytest.mark.parametrize(("text", "said"), [("{", "реестр чисел повреждён."), ("[]", "это не реестр чисел отчёта.")])
def test_why_with_a_broken_register(run, tmp_path, text, said):
    (tmp_path / "numbers.json").write_text(text, encoding="utf-8")
    _refused(run("why", tmp_path, "v2"), said)


def test_why_of_a_number_that_the_report_does_not_hold(run, tmp_path):
    (tmp_path / "numbers.json").write_text('{"numbers": {}, "facts": {}}', encoding="utf-8")
    _refused(run("why", tmp_path, "v2"), "v2: такого числа в отчёте нет.")
