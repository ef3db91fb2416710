"""Another subject, made only of data: reading in the rural libraries of an invented area, by calendar years.

No code knows of it. Whatever of the first subject shows up in its report was hard-wired somewhere.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import ROOT, orientir
from frictionless import validate
from pypdf import PdfReader
from reading import Made, read_report, rows

DATA = ROOT / "tests" / "data"
FORMATS = {"report.docx", "report.pdf", "report.html", "report.xlsx", "site"}
FIRST_SUBJECT = re.compile(
    r"школ|обуча|ученик|учащ|выпускн|профориент|профессион|учебн|уч\.\s*г|педагог|классн|\bкласс[аоы]|колледж|\bвуз"
    r"|муниципал|\bокруг(?!л)|чемпион|абилимп|кемер|кузбас|school|pupil|career|kemerovo",
    re.IGNORECASE,
)


def report(out: Path, *more: str) -> Path:
    done = orientir(
        "report",
        DATA / "second_package",
        *("--programme", DATA / "second_programme", "--period", "2022", "--date", "2023-02-01"),
        *("--no-page-numbers", "--out", out, *more),
    )
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return read_report(report(tmp_path_factory.mktemp("second") / "report"))


def value(made: Made, indicator: str, period: str, breakdown: str = "", place: str = "area") -> tuple[str, ...]:
    wanted = {"indicator": indicator, "organisation": place, "period": period, "breakdown": breakdown}
    (row,) = (row for row in made.values if wanted.items() <= row.items())
    return row["numerator"], row["denominator"], row["value"], row["status"], row["coverage"]


# ---- the programme and its data


def test_programme_is_sound() -> None:
    assert orientir("programme", "check", DATA / "second_programme").returncode == 0


def test_package_is_frictionless() -> None:
    found = validate(DATA / "second_package" / "datapackage.json")
    assert found.valid, found.flatten(["name", "rowNumber", "fieldName", "note"])


# ---- what comes out


def test_all_formats_are_made(second: Made) -> None:
    assert {path.name for path in second.folder.iterdir()} >= FORMATS


def test_share_is_the_share_of_sums_over_all_libraries(second: Made) -> None:
    assert value(second, "readers", "2022") == ("1312", "2837", "0.462460345435", "measured", "4/4")


def test_breakdown_of_its_own_is_kept_apart(second: Made) -> None:
    assert value(second, "readers", "2022", "age=young")[:2] == ("314", "463")


def test_library_without_a_journal_is_left_out_and_counted_so(second: Made) -> None:
    assert value(second, "visits", "2021") == ("6874", "", "6874", "measured", "3/4")


def test_zero_is_a_value(second: Made) -> None:
    assert value(second, "online", "2022", place="hutorskaya")[:3] == ("0", "1", "0")


def test_what_nobody_counted_is_not_measured(second: Made) -> None:
    assert value(second, "remote", "2022") == ("", "", "", "not_reported", "")


def test_its_rules_recommend_each_with_its_cause(second: Made) -> None:
    causes = {row["id"]: row["causes"].split(":")[0] for row in rows(second.folder / "recommendations.csv")}
    assert causes == {"connect": "attention", "catch_up": "target_missed", "count_remote": "not_measured"}


def test_its_decision_is_answered_by_the_next_calendar_year(second: Made) -> None:
    first, *_ = rows(second.folder / "effectiveness.csv")
    assert (first["action"], first["before"], first["after"], first["outcome"]) == ("d1", "2021", "2022", "moved")


def test_its_checks_find_nothing_that_cannot_be_true(second: Made) -> None:
    assert "error" not in {row["severity"] for row in rows(second.folder / "issues.csv")}


def test_sections_and_pages_are_those_it_names(second: Made) -> None:
    titles = [heading.text_content().split(" ", 1)[1] for heading in second.page.xpath("//main//h2[@id]")]
    assert titles == [
        *("Коротко", "Зачем", "Как считается", "Откуда числа", "По годам", "По библиотекам"),
        *("Что изменилось", "Что делать", "Что решено", "Что вышло из решений"),
        *("Сомнительные числа", "Откуда взято каждое число"),
    ]
    pages = sorted(path.name for path in (second.folder / "site").glob("*.html"))
    assert pages == ["01-aims.html", "02-figures.html", "03-actions.html", "index.html"]


def test_its_own_wording_takes_the_place_of_ours(second: Made) -> None:
    assert "В малом селе всё решает одна семья читателей" in second.html
    assert "смотрите на числа, а не на места" not in second.html


def test_three_children_are_hidden_on_its_site(second: Made) -> None:
    assert "2022 г. — 3." in second.html
    assert "2022 г. — 3." not in second.site


def test_synthetic_data_say_so_everywhere(second: Made) -> None:
    for name in ("pdf", "docx", "html", "site"):
        assert "СИНТЕТИЧЕСКИЕ ДАННЫЕ" in getattr(second, name)


def test_report_may_leave_sections_out(tmp_path: Path) -> None:
    """A section is named from others only where it stands."""
    programme = tmp_path / "programme"
    for file in (DATA / "second_programme").rglob("*"):
        if file.is_file():
            copy = programme / file.relative_to(DATA / "second_programme")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    kept = "sections:\n  - {section: summary, component: figures, title: Коротко}\n"
    (programme / "report.yaml").write_text(f"title: Коротко о чтении\n{kept}", encoding="utf-8")
    made = read_report(report(tmp_path / "out", "--programme", str(programme), "--formats", "html"))
    assert "Насколько можно верить данным" in made.html


# ---- nothing of the first subject


def parts(file: Path) -> Iterator[str]:
    """All the text of a file, markup and properties included."""
    if file.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(file) as archive:
            yield from (archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    elif file.suffix == ".pdf":
        reader = PdfReader(file)
        yield from (page.extract_text() for page in reader.pages)
        yield str(reader.metadata)
    else:
        yield file.read_text(encoding="utf-8")


def test_nothing_of_the_first_subject_shows(second: Made) -> None:
    found = {
        (path.relative_to(second.folder).as_posix(), match[0])
        for path in second.folder.rglob("*")
        if path.is_file()
        for text in parts(path)
        for match in FIRST_SUBJECT.finditer(text)
    }
    assert found == set()
