"""A run that is killed leaves the old records or the new ones, whole, and the next run clears up after it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from exports_world import World, full_world

from orientir.model.records import TABLES

SCRIPT = Path(__file__).with_name("killed_run.py")
STEP = 9  # of the things that a run does to a package every ninth is enough: they differ little from each other


def killed(world: World, count: int) -> bool:
    """Was the run killed before it ended?"""
    command = [sys.executable, str(SCRIPT), str(world.folder), str(world.package), str(world.key), str(count)]
    paths = os.pathsep.join([str(SCRIPT.parent), str(SCRIPT.parents[1])])
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, timeout=100)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done.returncode != 0


def state(world: World) -> dict[str, Any] | None:
    """The rows of every table, None where there are no records. What the descriptor tells is what there is."""
    records = world.package / "records"
    if not records.exists():
        return None
    found = {table: world.rows(table) for table in TABLES}
    told = json.loads((records / "datapackage.json").read_text(encoding="utf-8"))["tables"]
    assert {table: told[table]["rows"] for table in TABLES} == {table: len(rows) for table, rows in found.items()}
    assert pq.read_table(records / "dim_school.parquet").num_rows == 19
    return found


@pytest.mark.slow
def test_killed_anywhere_it_leaves_all_or_nothing(tmp_path: Path) -> None:
    world, _ = full_world(tmp_path, 12)
    undisturbed, _ = full_world(tmp_path / "undisturbed", 12)
    undisturbed = World(undisturbed.folder, undisturbed.package, world.key)
    undisturbed.run()
    wanted = state(undisturbed)
    moments = 0
    while killed(world, 1 + moments * STEP):
        moments += 1
        assert state(world) in (None, wanted)
    assert moments > 5, "it was killed in the middle"
    assert state(world) == wanted
    assert left_behind(world) == []


@pytest.mark.slow
def test_killed_while_it_replaces_it_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    world, _ = full_world(tmp_path, 12)
    world.run()
    old = state(world)
    path = world.folder / "участие.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-5]), encoding="utf-8")
    seen, moments = [], 0
    while killed(world, 1 + moments * STEP):
        moments += 1
        seen.append(state(world))
    new = state(world)
    assert new is not None and len(new["participation"]) == 7
    assert all(one in (old, new) for one in seen)
    assert old in seen
    assert left_behind(world) == []


def left_behind(world: World) -> list[str]:
    return [path.name for path in world.package.iterdir() if path.name not in ("records", ".records.lock")]
