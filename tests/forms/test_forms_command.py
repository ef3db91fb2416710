"""`orientir forms` and what `orientir programme check` says of forms, as a coordinator runs them."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from invented import World

INVENTED = "СИНТЕТИЧЕСКИЕ ДАННЫЕ: школа и числа вымышлены"


def orientir(*words: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "orientir", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, "LC_ALL": "ru_RU.UTF-8", "LANGUAGE": "ru"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def sent(folder: Path) -> str:
    """One folder of forms for the two schools of the list, made from `folder`."""
    return orientir(
        *("forms", "career_guidance_2022", "--organisations", folder / "organisations.csv"),
        *("--period", "2021/22", "--out", folder / "blank"),
    )


def first_sheet(folder: Path) -> list[str]:
    path = next((folder / "blank").glob("*.xlsx"))
    return [str(cell.value) for row in openpyxl.load_workbook(path)["Начало"].iter_rows() for cell in row if cell.value]


def test_each_school_gets_a_form_that_names_it(world: World, tmp_path: Path) -> None:
    world.organisations(tmp_path, count=2)
    assert "ячеек 148, около 14 минут" in sent(tmp_path)
    with (tmp_path / "blank" / "forms.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["organisation"]: row["file"] for row in csv.DictReader(lines)}
    places = [school.organisation for school in world.schools[:2]]
    assert rows == {place.id: f"{place.id} {place.title}.xlsx" for place in places}
    assert {path.name for path in (tmp_path / "blank").glob("*.xlsx")} == set(rows.values())


@pytest.mark.parametrize("synthetic", [True, False])
def test_forms_of_an_invented_district_say_so(world: World, tmp_path: Path, synthetic: bool) -> None:
    world.organisations(tmp_path, count=1)
    (tmp_path / "collection.yaml").write_text(f"synthetic: {str(synthetic).lower()}\n", encoding="utf-8")
    sent(tmp_path)
    assert (INVENTED in first_sheet(tmp_path)) is synthetic


def test_check_of_a_programme_tells_what_each_cell_is_for() -> None:
    told = orientir("programme", "check", "career_guidance_2022", "--cells")
    assert "ячеек 148, около 14 минут" in told
    assert "recommended_9: Рекомендации выпускникам 9" in told.replace("\u00a0", " ")
    assert len([line for line in told.splitlines() if line.startswith("  ")]) == 148
