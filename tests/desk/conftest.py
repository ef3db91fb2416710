from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk.desk_world import FACTS, SOURCES
from orientir.cli import main
from small_world import spoil, write_package, write_programme


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    def call(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["orientir", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        printed = capsys.readouterr()
        return Result(int(stop.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    folder = write_programme(tmp_path / "programme")
    last = "  - {section: numbers,"
    title = "Исправления и выбор между источниками"
    spoil(folder / "report.yaml", last, f"  - {{section: desk, component: monitoring, title: {title}}}\n{last}")
    return folder


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "package", sources=SOURCES, facts=FACTS)
