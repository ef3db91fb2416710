"""A run that is killed leaves the old records or the new ones, whole, and the next run clears up after it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from exports_world import World, full_world

from orientir.model.records import TABLES

SCRIPT = Path(__file__).with_name("killed_run.py")
MOMENTS = 7


def child(world: World, count: int) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(SCRIPT), str(world.folder), str(world.package), str(world.key), str(count)]
    paths = os.pathsep.join([str(SCRIPT.parent), str(SCRIPT.parents[1])])
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, timeout=100)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done


def killed_at_moments(world: World, total: int) -> Iterator[dict[str, Any] | None]:
    """What was there after each kill, the last of them a few steps from the end."""
    for moment in range(1, MOMENTS + 1):
        child(world, max(1, total * moment // MOMENTS - 2))
        yield state(world)


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
    total = int(child(World(world.folder, tmp_path / "undisturbed", world.key), 0).stdout)
    wanted = state(World(world.folder, tmp_path / "undisturbed", world.key))
    seen = list(killed_at_moments(world, total))
    assert seen[0] is None
    assert all(one in (None, wanted) for one in seen)
    child(world, 0)
    assert state(world) == wanted
    assert left_behind(world) == []


@pytest.mark.slow
def test_killed_while_it_replaces_it_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    world, _ = full_world(tmp_path, 12)
    world.run()
    old, total = state(world), int(child(world, 0).stdout)
    path = world.folder / "участие.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-5]), encoding="utf-8")
    seen = list(killed_at_moments(world, total))
    child(world, 0)
    new = state(world)
    assert new is not None and len(new["participation"]) == 7
    assert seen[0] == old
    assert all(one in (old, new) for one in seen)
    assert left_behind(world) == []


def left_behind(world: World) -> list[str]:
    return [path.name for path in world.package.iterdir() if path.name not in ("records", ".records.lock")]
