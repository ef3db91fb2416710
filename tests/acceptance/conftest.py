"""The reports that acceptance tests read: made once a session, by the command that a user types."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from command import ROOT, orientir
from reading import Made, read_report

from orientir.cycle import run_cycle
from orientir.definitions.loader import load_programme
from orientir.engines.memory import MemoryEngine
from orientir.facts.package import read_package
from orientir.model.cycle import Cycle
from orientir.model.periods import Period
from orientir.reports.build import SECTIONS

PROGRAMME = ROOT / "programmes" / "career_guidance_2022"
DAY = date(2022, 12, 30)
DAY_IN_SECONDS = "1672358400"  # noon of 30.12.2022 UTC is within this day


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo in all formats, its day given by --date."""
    out = tmp_path_factory.mktemp("demo") / "report"
    done = orientir("demo", "--out", out, "--date", DAY.isoformat())
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def demo_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same once more, elsewhere, its day given by the environment."""
    out = tmp_path_factory.mktemp("again") / "other"
    done = orientir("demo", "--out", out, SOURCE_DATE_EPOCH=DAY_IN_SECONDS)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def made(demo: Path) -> Made:
    """What a reader sees in each format of the demo."""
    return read_report(demo)


def cycle_of(package: str) -> Cycle:
    programme = load_programme(PROGRAMME, frozenset(SECTIONS))
    data = read_package(ROOT / "examples" / package, programme)
    return run_cycle(data, programme, Period.parse("2021/22", programme.period), DAY, MemoryEngine())


@pytest.fixture(scope="session")
def kemerovo() -> Cycle:
    return cycle_of("kemerovo")


@pytest.fixture(scope="session")
def synthetic() -> Cycle:
    return cycle_of("kemerovo_synthetic")
