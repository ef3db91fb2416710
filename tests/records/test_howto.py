"""The guide to counting names what there is: options, columns, codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orientir.cli import app
from orientir.model.records import DIMENSIONS, TABLES

GUIDE = Path(__file__).parents[2] / "docs" / "howto" / "counting_records.md"
OPTION = r"--[a-z][a-z-]+"


def test_options_are_those_of_the_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    commands = ("check", "compute", "show", "values")
    helps = [CliRunner().invoke(app, ["records", one, "--help"]).stdout for one in commands]
    assert set(re.findall(OPTION, GUIDE.read_text(encoding="utf-8"))) <= set(re.findall(OPTION, "".join(helps)))


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_those_of_the_tables(table: str) -> None:
    (row,) = re.findall(rf"^\| `{table}` \| (.*) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall("`([a-z_]+)`", row) == list(TABLES[table])


@pytest.mark.parametrize("table", ["dim_school", "dim_specialty"])
def test_columns_are_those_of_the_dimensions(table: str) -> None:
    ((columns),) = re.findall(rf"`{table}` \((.*?)\)", GUIDE.read_text(encoding="utf-8"))
    assert re.findall("`([a-z_]+)`", columns) == list(DIMENSIONS[table])
