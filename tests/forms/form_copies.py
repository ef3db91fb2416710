"""Forms as they come back: read, changed by hand, saved by LibreOffice; used by the tests of this folder."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl

from invented import LAST, World
from orientir.definitions.questions import asked_keys
from orientir.model.collection import CellKey, FormReading
from orientir.model.status import CellState
from orientir.sources.forms.reading import FormReader
from orientir.spreadsheets.guard import check_bytes, read_file
from orientir.spreadsheets.sheets import read_workbook


def read(world: World, path: Path) -> FormReading:
    data = read_file(path)
    places = {school.organisation.id for school in world.schools}
    return FormReader(world.programme, places, LAST).read(read_workbook(data, check_bytes(data)))


def numbers(reading: FormReading) -> dict[CellKey, int | str]:
    marks = {CellState.NOT_APPLICABLE: "не применимо", CellState.NOT_REPORTED: "нет данных"}
    return {one.key: marks[one.state] if one.value is None else int(one.value) for one in reading.answers}


def asked(world: World, given: Mapping[CellKey, object]) -> dict[CellKey, object]:
    return {key: given[key] for key in asked_keys(world.programme.forms[0], world.programme)}


def saved_by_libreoffice(path: Path, kind: str, folder: Path) -> Path:
    folder.mkdir()
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{kind}"


def changed(
    world: World, tmp_path: Path, change: Callable[[openpyxl.Workbook], object], number: int = 0
) -> FormReading:
    path = world.form(tmp_path / "a.xlsx", number)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return read(world, path)
