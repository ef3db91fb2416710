"""A small programme, three invented schools, and a folder into which tests put register files."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from orientir.definitions.loader import load_programme
from orientir.facts.tables import ORGANISATIONS
from orientir.model.package import Organisation
from orientir.model.periods import Period, PeriodKind
from orientir.model.programme import Programme
from orientir.resources import programme_folder
from orientir.sources.registers import RegisterImport, import_registers

YEAR = Period(PeriodKind.SCHOOL_YEAR, 2021)
SCHOOLS = (
    Organisation("district", "Лесной округ", "district"),
    Organisation("school_1", "МБОУ «Средняя общеобразовательная школа № 1»", "school", "district"),
    Organisation("school_2", "МБОУ «Средняя общеобразовательная школа № 2»", "school", "district"),
    Organisation("gymnasium_2", "МАОУ «Гимназия № 2»", "school", "district"),
)
FACTS = ["element", "organisation", "period", "value", "status", "source"]
Table = Sequence[Sequence[Any]]


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load_programme(programme_folder("career_guidance_2022"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "registers").mkdir()
    return tmp_path / "registers"


@pytest.fixture
def book(folder: Path) -> Callable[..., Path]:
    """Writes an XLSX of one sheet into the folder."""

    def write(name: str, rows: Table, sheet: str = "Лист1") -> Path:
        workbook = xlsxwriter.Workbook(str(folder / name))
        dated = workbook.add_format({"num_format": "dd.mm.yyyy"})
        page = workbook.add_worksheet(sheet)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    page.write_datetime(at, column, dt.datetime(cell.year, cell.month, cell.day), dated)
                elif cell is not None:
                    page.write(at, column, cell)
        workbook.close()
        return folder / name

    return write


@pytest.fixture
def text(folder: Path) -> Callable[..., Path]:
    """Writes a CSV into the folder."""

    def write(name: str, rows: Table, encoding: str = "utf-8", delimiter: str = ";") -> Path:
        with (folder / name).open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return folder / name

    return write


@pytest.fixture
def imported(folder: Path, programme: Programme) -> Callable[[], RegisterImport]:
    return lambda: import_registers(folder, programme, YEAR, SCHOOLS, folder.parent / "profiles")


def filled(row: Any) -> dict[str, str]:
    """The cells of a row that hold something, without where it came from."""
    return {key: cell for key, cell in row.items() if cell and key not in ("source", "origin", "period")}


def write_registers(folder: Path, result: RegisterImport) -> Path:
    """A package of nothing but what was imported."""
    places = [{"id": place.id, "title": place.title, "kind": place.kind, "parent": place.parent} for place in SCHOOLS]
    tables: dict[str, list[dict[str, str]]] = {
        "organisations": [{**dict.fromkeys(ORGANISATIONS, ""), **place} for place in places],
        "sources": [
            {"id": one.id, "title": one.title, "document": one.document, "place": "", "rank": str(one.rank),
             "programme_source": one.programme_source, "note": one.note}
            for one in result.sources
        ],
        "facts": [],
        **{name: list(map(dict, rows)) for name, rows in result.tables.items()},
    }  # fmt: skip
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            columns = list(rows[0]) if rows else FACTS
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    resources = [{"name": name, "path": f"{name}.csv"} for name in tables]
    about = {"name": "registers", "orientir": {"territory": "district"}, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    return folder
