"""The command line as tests call it: in this process, with what it printed and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from orientir.cli import main
from small_world import write_package, write_programme


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["orientir", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        printed = capsys.readouterr()
        return Result(int(stop.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture
def run_apart(tmp_path: Path) -> Run:
    """In a process of its own, with these variables: slow, for what a process decides once."""

    def call(*arguments: str, **variables: str) -> Result:
        locale = dict.fromkeys(("LC_ALL", "LC_MESSAGES", "LANGUAGE"), "")
        environment: Mapping[str, str] = {**os.environ, "COLUMNS": "200", **locale, **variables}
        command = [sys.executable, "-m", "orientir", *arguments]
        done = subprocess.run(command, capture_output=True, env=environment, cwd=tmp_path, timeout=100)
        encoding = variables.get("PYTHONIOENCODING", "utf-8")
        return Result(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    return call


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    return write_programme(tmp_path / "programme")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "package")
