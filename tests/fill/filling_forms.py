"""The command as tests call it, and a mapping confirmed as a person would."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from orientir.cli import main


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Fill = Callable[..., Result]


@pytest.fixture
def fill(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fill:
    """`fill(template, out, package=…, period=…, mapping=…)`."""

    def call(template: Path, out: Path, *more: object, package: object = "kemerovo", **options: object) -> Result:
        named = {"period": "2021/22", "engine": "memory", **options}
        words = [word for key, value in named.items() if value is not None for word in (f"--{key}", str(value))]
        arguments = ["orientir", "fill", str(template), "--package", str(package), "--out", str(out), *words]
        monkeypatch.setattr(sys, "argv", [*arguments, *map(str, more)])
        with pytest.raises(SystemExit) as stop:
            main()
        printed = capsys.readouterr()
        return Result(int(stop.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture
def confirmed(fill: Fill) -> Callable[..., Path]:
    """A mapping of the template in which every proposal is confirmed."""

    def make(template: Path, **options: object) -> Path:
        out = template.with_name(f"first{template.suffix}")
        assert fill(template, out, **options).code == 0
        return confirm(out.with_name("first.mapping.xlsx"))

    return make


def confirm(path: Path) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 1).value in ("предложено", "сомнительно"):
            sheet.cell(row, 1).value = "да"
    book.save(path)
    return path


def change(path: Path, address: str, **columns: str) -> None:
    """Write into the row of this cell: state, target, breakdown, organisation, period."""
    places = {"state": 1, "target": 5, "breakdown": 6, "organisation": 7, "period": 8}
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row = next(line for line in range(2, sheet.max_row + 1) if sheet.cell(line, 3).value == address)
    for name, text in columns.items():
        sheet.cell(row, places[name]).value = text
    book.save(path)


def listed(path: Path, sheet: str) -> list[tuple[str, ...]]:
    """The rows of a sheet of a mapping or a list."""
    return [tuple(str(cell or "") for cell in row) for row in openpyxl.load_workbook(path)[sheet].values]
