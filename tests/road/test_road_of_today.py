"""The programme of 2026 on the whole road: forms and registers become a report; what is from memory is marked so."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from docx import Document

from orientir.definitions.loader import load_programme
from orientir.facts.tables import ORGANISATIONS
from orientir.facts.writing import rows_of, write_table
from orientir.model.forms import AnswerKind
from orientir.model.package import Organisation
from orientir.model.periods import Period, PeriodKind
from orientir.model.programme import Programme
from orientir.resources import programme_folder
from orientir.sources.forms.layout import layout_of
from orientir.sources.forms.writing import Addressee, Filled, write_form

YEAR = Period(PeriodKind.SCHOOL_YEAR, 2025)
PLACES = (
    Organisation("okrug", "Лесной округ", "district"),
    *(Organisation(f"school_{number}", f"Школа № {number}", "school", "okrug") for number in range(1, 4)),
)
REGISTERS = {
    "Договоры.csv": "Организация;Партнёр;Вид партнёра;Номер договора;Действует с;Действует по\n"
    "school_1;ООО «Завод»;предприятие;12;01.09.2025;31.08.2027\n"
    "school_1;Колледж;колледж;13;01.09.2024;01.03.2026\n"
    "school_2;Колледж;колледж;14;01.09.2024;\n",
    "Рабочие места.csv": "Организация;Площадка;Через что;Мест\n"
    "school_1;ООО «Завод»;Профессионалы;12\nschool_2;Колледж;Билет в будущее;8\n",
}


def orientir(*words: object, codes: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "orientir", *map(str, words)], capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode in codes, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(programme_folder("career_guidance_2026"))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Path:
    """Every number is drawn alone: what does not add up is remarked, and the road goes on."""
    folder = tmp_path_factory.mktemp("today")
    source = folder / "in"
    (source / "forms").mkdir(parents=True)
    (source / "registers").mkdir()
    write_table(source / "organisations.csv", ORGANISATIONS, rows_of(PLACES, ORGANISATIONS))
    (source / "collection.yaml").write_text("synthetic: true\n", encoding="utf-8")
    for name, text in REGISTERS.items():
        (source / "registers" / name).write_text(text, encoding="windows-1251")
    layout = layout_of(programme.forms[0], programme)
    for number, place in enumerate(PLACES[1:]):
        chance = Random(number)
        filled = {
            cell.key: chance.randint(20, 90) if cell.answer is AnswerKind.NUMBER else "нет" for cell in layout.cells
        }
        write_form(
            source / "forms" / f"{number}.xlsx",
            layout,
            Addressee(place, YEAR, "Лесной округ", synthetic=True),
            Filled(filled),
        )
    orientir("collect", source, "--programme", programme.id, "--period", YEAR, "--into", folder / "package", codes=(1,))
    return folder / "package"


@pytest.fixture(scope="module")
def report(package: Path) -> Path:
    out = package.parent / "report"
    orientir("report", package, "--period", YEAR, "--out", out, "--formats", "docx", "--date", "2026-10-20",
             "--no-page-numbers")  # fmt: skip
    return out


def test_registers_are_counted(report: Path) -> None:
    with (report / "values.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["organisation"] == "okrug" and row["breakdown"] == ""]
    values = {row["indicator"]: row["numerator"] or row["value"] for row in rows if row["period"] == str(YEAR)}
    assert values["agreements"] == "2"  # on 31 May the college's first one is over
    assert values["workplaces"] == "20"


def test_the_package_names_its_programme(report: Path, programme: Programme) -> None:
    tables = Document(str(report / "report.docx")).tables
    told = {cell.text for table in tables[:1] for row in table.rows for cell in row.cells}
    assert any(programme.id in text.replace("\u2011", "-") for text in told)


def test_what_is_from_memory_is_marked_in_the_report(report: Path) -> None:
    document = Document(str(report / "report.docx"))
    acts = [row.cells for table in document.tables for row in table.rows if "ВЖ" in row.cells[1].text]
    assert len(acts) == 1
    assert "требует сверки" in acts[0][2].text


def test_papers_and_passports_are_made_of_it(package: Path) -> None:
    orientir("papers", package, "--period", YEAR, "--out", package.parent / "papers", "--only", "order,page,slides")
    orientir("passports", package, "--period", YEAR, "--out", package.parent / "passports", "--formats", "docx")
    assert len(list((package.parent / "passports").glob("*.docx"))) == 3


def test_package_of_an_unknown_programme_asks_for_its_folder(package: Path) -> None:
    descriptor = package / "datapackage.json"
    kept = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(kept.replace("career_guidance_2026", "of_our_own"), encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "orientir", "check", str(package), "--period", "2025/26"],
            capture_output=True, encoding="utf-8",
        )  # fmt: skip
    finally:
        descriptor.write_text(kept, encoding="utf-8")
    assert done.returncode == 2
    assert "«of_our_own»" in done.stderr
    assert "--programme" in done.stderr
