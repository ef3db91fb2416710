"""A collection folder of the small invented district, and a way to run the collection on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from invented import LAST, Run, World, invented_world
from orientir.collecting.collect import Collected, collect
from orientir.engines.memory import MemoryEngine
from orientir.model.periods import Period


@pytest.fixture(scope="session")
def world() -> World:
    return invented_world()


@pytest.fixture
def folder(tmp_path: Path, world: World) -> Path:
    """Three schools, of which two have answered."""
    made = tmp_path / "2021-22"
    (made / "registers").mkdir(parents=True)
    world.organisations(made)
    for number in range(2):
        world.form(made / "forms" / f"from mail {number}.xlsx", number)
    (made / "received.csv").write_text("file;date\nfrom mail 0.xlsx;01.10.2022\nfrom mail 1.xlsx;20.10.2022\n")
    return made


@pytest.fixture
def run(world: World, tmp_path: Path) -> Iterator[Run]:
    engine = MemoryEngine()

    def call(folder: Path, period: Period = LAST, into: Path | None = None) -> Collected:
        return collect(folder, world.programme, period, into or tmp_path / "package", engine)

    yield call
    engine.close()
