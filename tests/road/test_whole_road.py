"""The whole road for a seed that the test draws itself: forms go out, come back, are mended, and become a report.

An invented district is the truth. Two years are collected as it wrote them; the third is sent as blank forms, filled by
a script as a school would (some saved by LibreOffice), spoiled in places, returned with remarks and sent again.
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

Key = tuple[str, ...]
PERIODS = {"2019-20": "2019/20", "2020-21": "2020/21", "2021-22": "2021/22"}
PROGRAMME = "career_guidance_2022"
DISTRICT = "syn_district"


def orientir(*words: object, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "orientir", *map(str, words)], capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def keyed(rows: list[dict[str, str]], dimensions: list[str]) -> dict[Key, str]:
    return {
        (row["element"], row["organisation"], row["period"], *(row.get(name, "") for name in dimensions)): row["value"]
        for row in rows
    }


@pytest.fixture(scope="module")
def seed() -> int:
    return random.SystemRandom().randrange(1, 10_000)


def filled(blank: Path, answers: Mapping[str, str], out: Path) -> None:
    """As a school fills it: what stands in the open cells, and a mark where nothing applies."""
    book = openpyxl.load_workbook(blank)
    for sheet in book.worksheets:
        columns: dict[int, str] = {}
        for row in sheet.iter_rows():
            code = str(row[0].value or "")
            if code.startswith("columns:"):
                columns = {cell.column: str(cell.value) for cell in row[6:] if cell.value is not None}
            elif "|" in code or code in answers or any(key.startswith(f"{code}|") for key in answers):
                fill_row(sheet, row, code, columns if sheet.title == "По классам" else {}, answers)
    book.save(out)


def fill_row(sheet, row, code: str, columns: Mapping[int, str], answers: Mapping[str, str]) -> None:
    places = {f"{code}|{member}": column for column, member in columns.items()} or {code: 4}
    given = {column: answers[key] for key, column in places.items() if key in answers}
    for column, value in given.items():
        shown = {"0": "нет", "1": "да"}[value] if code in YES_NO else int(value)
        sheet.cell(row[0].row, column).value = shown
        sheet.cell(row[0].row, 6 if columns else 8).value = "изменилось число детей"
    if len(given) < len(places):
        unknown = code.startswith("abilympics_participants")
        sheet.cell(row[0].row, 5).value = "нет данных" if unknown else "не применимо"


YES_NO = ("schools", "schools_involved", "schools_rural", "schools_with_psychologist")


def answers_of(truth: list[dict[str, str]], organisation: str, dimensions: list[str]) -> dict[str, str]:
    """By the codes of the form: element, fixed members, and the member of the column last."""
    found = {}
    for row in truth:
        if (row["organisation"], row["period"]) == (organisation, "2021/22"):
            members = {name: row[name] for name in dimensions if row[name]}
            column = members.pop("grade", None) or members.pop("level", None)
            code = "|".join((row["element"], *(f"{name}={member}" for name, member in members.items())))
            found[f"{code}|{column}" if column else code] = row["value"]
    return found


def saved_by_libreoffice(path: Path, kind: str, folder: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def test_forms_come_back_and_totals_equal_the_truth(seed: int, tmp_path: Path) -> None:
    print(f"seed {seed}")
    district, package = tmp_path / "district", tmp_path / "package"
    orientir("synth", "district", "--seed", seed, "--out", district)
    truth = table(district / "truth.csv")
    dimensions = [name for name in truth[0] if name not in ("element", "organisation", "period", "value")]
    for folder in ("2019-20", "2020-21"):
        orientir("collect", district / folder, "--period", PERIODS[folder], "--into", package, code=0)

    # The third year: blank forms with last year's numbers, filled, three of them saved by LibreOffice.
    year = district / "2021-22"
    orientir(
        *("forms", PROGRAMME, "--organisations", district / "organisations.csv", "--period", "2021/22"),
        *("--out", tmp_path / "blank", "--previous", package),
    )
    returned = year / "forms"
    for old in returned.iterdir():
        old.unlink()
    (year / "received.csv").unlink()
    sent = table(tmp_path / "blank" / "forms.csv")
    assert len(sent) == 19
    for number, row in enumerate(sent):
        answers = answers_of(truth, row["organisation"], dimensions)
        if number in (1, 2):
            answers["graduates_9"] = str(int(answers["graduates_9"]) + 5)  # no longer the sum of its places
        filled(tmp_path / "blank" / row["file"], answers, returned / f"ответ {number}.xlsx")
    for number, kind in ((3, "ods"), (4, "xls"), (5, "xlsx")):
        path = returned / f"ответ {number}.xlsx"
        path = path.rename(tmp_path / path.name)
        saved_by_libreoffice(path, kind, returned)

    first = orientir("collect", year, "--period", "2021/22", "--into", package, code=1)
    assert "с ошибками 2" in first
    letters = package / "collection" / "2021-22" / "letters"
    asked = [sent[number]["organisation"] for number in (1, 2)]
    for organisation in asked:
        assert "Пожалуйста, исправьте" in (letters / f"{organisation}.txt").read_text(encoding="utf-8-sig")

    # The two schools mend what the remarks name and send again.
    for number in (1, 2):
        row = sent[number]
        answers = answers_of(truth, row["organisation"], dimensions)
        filled(tmp_path / "blank" / row["file"], answers, returned / f"ответ {number} исправленный.xlsx")
    second = orientir("collect", year, "--period", "2021/22", "--into", package, code=1)
    assert "с ошибками" not in second
    assert "Получено 19 из 19" in second

    assert_equal(truth, table(package / "facts.csv"), dimensions)
    orientir(
        *("report", package, "--period", "2021/22", "--date", "2022-12-30", "--out", tmp_path / "report"),
        *("--formats", "html"),
    )
    text = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "СИНТЕТИЧЕСКИЕ ДАННЫЕ" in text
    values = {(row["indicator"], row["organisation"], row["period"], row["breakdown"]): row
              for row in table(tmp_path / "report" / "values.csv")}  # fmt: skip
    assert values["higher_11", DISTRICT, "2021/22", ""]["numerator"] == "46"
    assert values["higher_11", DISTRICT, "2021/22", ""]["denominator"] == "80"


def assert_equal(truth: list[dict[str, str]], facts: list[dict[str, str]], dimensions: list[str]) -> None:
    """Every number of every school, and every total of the district, to the digit."""
    wanted = keyed(truth, dimensions)
    found = keyed(facts, dimensions)
    schools = {key: value for key, value in wanted.items() if key[1] != DISTRICT}
    assert {key: found.get(key) for key in schools} == schools
    totals: dict[Key, int] = defaultdict(int)
    for key, value in found.items():
        totals[key[0], DISTRICT, *key[2:]] += int(value or 0)
    districts = {key: int(value) for key, value in wanted.items() if key[1] == DISTRICT}
    assert {key: totals[key] for key in districts} == districts


def test_totals_are_the_published_figures(seed: int, tmp_path: Path) -> None:
    """What the published report says without contradiction, the invented district says too."""
    orientir("synth", "district", "--seed", seed, "--out", tmp_path / "district")
    truth = table(tmp_path / "district" / "truth.csv")
    totals = {(row["element"], row["period"], row["level"], row["stage"]): row["value"]
              for row in truth if row["organisation"] == DISTRICT}  # fmt: skip
    for element, period, level, stage, value in (
        ("graduates_9", "2019/20", "", "", "420"),
        ("admitted_college_9", "2020/21", "", "", "303"),
        ("admitted_higher_11", "2021/22", "", "", "46"),
        ("pupils", "2021/22", "5-9", "", "2035"),
        ("ticket_participants", "2020/21", "10-11", "", "68"),
        ("championship_participants", "2019/20", "", "regional", "50"),
        ("abilympics_participants", "2021/22", "", "not_stated", "4"),
        ("tested", "2020/21", "", "", "303"),
        ("schools", "2021/22", "", "", "19"),
    ):
        assert totals[element, period, level, stage] == value, (element, period)


def test_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    trees = []
    for name in ("one", "two"):
        orientir("synth", "district", "--seed", 3, "--out", tmp_path / name, "--errors", 9)
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        trees.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert trees[0] == trees[1]
    assert len(table(tmp_path / "one" / "errors.csv")) == 9
