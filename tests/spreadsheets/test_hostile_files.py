"""Every hostile kind ends soon, in little memory, in a refusal or in rows; nothing is printed on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hostile.hostile_files import KINDS, READABLE

MEMORY = 500_000_000
SECONDS = 5


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """All kinds, each read in a child process of one and the same runner."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = []
    for name, make in KINDS.items():
        (folder / name).mkdir()
        lines.append(f"{name}\t{make(folder / name)}")
    script = Path(__file__).with_name("reading_apart.py")
    run = subprocess.run([sys.executable, script], input="\n".join(lines), capture_output=True, text=True, check=True)
    found = {result["name"]: result for result in map(json.loads, run.stdout.splitlines())}
    return found, run.stderr


@pytest.mark.parametrize("name", sorted(KINDS))
def test_ends_soon_in_little_memory(results, name):
    result = results[0][name]
    assert result["status"] == 0
    assert result["memory"] - result["base"] < MEMORY
    assert result["seconds"] < SECONDS


@pytest.mark.parametrize("name", sorted(set(KINDS) - READABLE))
def test_is_refused_with_what_to_do(results, name):
    result = results[0][name]
    assert result.get("what", "").endswith(".")
    assert result["cure"].endswith(".")


@pytest.mark.parametrize("name", sorted(READABLE))
def test_odd_but_honest_is_read(results, name):
    assert results[0][name].get("read")


def test_nothing_is_printed(results):
    assert results[1] == ""


def test_there_are_sixty_kinds():
    assert len(KINDS) >= 60
