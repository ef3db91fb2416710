"""The example packages are Frictionless data packages, whole and valid, and hold counts, not percentages."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from frictionless import validate

EXAMPLES = Path(__file__).parents[2] / "examples"
PERCENTAGE = re.compile(r"percent|share|ratio|proc|dol[iy]a|%|процент|доля", re.IGNORECASE)

pytestmark = pytest.mark.parametrize("folder", ["kemerovo", "kemerovo_synthetic"])


def descriptor_of(folder: str) -> dict[str, Any]:
    return json.loads((EXAMPLES / folder / "datapackage.json").read_text(encoding="utf-8"))


def rows_of(folder: str, table: str) -> list[list[str]]:
    with (EXAMPLES / folder / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def test_package_is_valid(folder: str) -> None:
    report = validate(EXAMPLES / folder / "datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


def test_every_file_is_described_and_every_description_has_its_file(folder: str) -> None:
    described = {resource["path"] for resource in descriptor_of(folder)["resources"]}
    assert described == {file.name for file in (EXAMPLES / folder).glob("*.csv")}


def test_columns_are_those_of_the_schema_in_the_same_order(folder: str) -> None:
    for resource in descriptor_of(folder)["resources"]:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert rows_of(folder, resource["path"])[0] == fields


def test_files_are_utf8_with_plain_line_ends(folder: str) -> None:
    for file in (EXAMPLES / folder).iterdir():
        data = file.read_bytes()
        data.decode("utf-8")
        assert b"\r" not in data and not data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\n"), file.name


def test_no_percentage_is_stored(folder: str) -> None:
    for resource in descriptor_of(folder)["resources"]:
        header, *rows = rows_of(folder, resource["path"])
        assert not [name for name in header if PERCENTAGE.search(name)]
        assert not [row for row in rows if any("%" in cell for cell in row)], resource["path"]


def test_territory_is_one_of_the_organisations(folder: str) -> None:
    about = descriptor_of(folder)["orientir"]
    header, *rows = rows_of(folder, "organisations.csv")
    assert about["territory"] in {row[header.index("id")] for row in rows}
    assert about["programme"] == "career_guidance_2022"
    assert about["synthetic"] is (folder == "kemerovo_synthetic")
