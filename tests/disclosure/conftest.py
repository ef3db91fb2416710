"""Cycles of the examples, computed once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from orientir.cycle import run_cycle
from orientir.definitions.loader import load_programme
from orientir.engines.duckdb import DuckDBEngine
from orientir.facts.package import read_package
from orientir.model.cycle import Cycle
from orientir.model.periods import Period
from orientir.resources import example_folder, programme_folder

Run = Callable[[Path, Path], Cycle]


def run_once(package: Path, programme: Path) -> Cycle:
    loaded = load_programme(programme)
    period = Period.parse("2021/22", loaded.period)
    with closing(DuckDBEngine()) as engine:
        return run_cycle(read_package(package, loaded), loaded, period, date(2022, 12, 30), engine)


@cache
def _example(name: str) -> Cycle:
    return run_once(example_folder(name), programme_folder("career_guidance_2022"))


@pytest.fixture(params=["kemerovo", "kemerovo_synthetic"])
def example(request: pytest.FixtureRequest) -> Cycle:
    return _example(request.param)


@pytest.fixture
def synthetic() -> Cycle:
    return _example("kemerovo_synthetic")


@pytest.fixture
def cycle_of() -> Run:
    return run_once
