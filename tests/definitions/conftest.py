"""A programme in a folder of its own, and what is said of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from orientir.definitions.loader import load_programme
from orientir.errors import DefinitionError
from orientir.reports.build import SECTIONS
from orientir.reports.context import shipped_texts
from orientir.resources import programme_folder
from small_world import write_programme

Told = Callable[[Path], list[str]]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_programme(tmp_path / "small")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return Path(shutil.copytree(programme_folder("career_guidance_2022"), tmp_path / "shipped"))


@pytest.fixture
def told() -> Told:
    """The mistakes of a programme, a line for each, with paths from its own folder."""

    def call(folder: Path) -> list[str]:
        with pytest.raises(DefinitionError) as stop:
            load_programme(folder, frozenset(SECTIONS), frozenset(shipped_texts()))
        return [str(fault).removeprefix(f"{folder}/") for fault in stop.value.faults]

    return call
