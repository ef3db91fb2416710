"""A collection that is killed loses nothing, and running again gives what an undisturbed run gives, byte for byte."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import time
from pathlib import Path

from invented import LAST, World
from orientir.collecting.collect import collect
from orientir.engines.memory import MemoryEngine

MOMENTS = 50


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(folder: Path, world: World, into: Path) -> None:
    collect(folder, world.programme, LAST, into, MemoryEngine())


def test_killed_at_any_moment_it_gives_the_same_package_when_run_again(
    folder: Path, world: World, tmp_path: Path
) -> None:
    shutil.rmtree(folder / "profiles", ignore_errors=True)
    began = time.monotonic()
    run(folder, world, tmp_path / "undisturbed")
    lasts = time.monotonic() - began
    wanted = tree(tmp_path / "undisturbed")
    target = tmp_path / "here" / "package"
    target.parent.mkdir()
    chance = random.Random(11)
    fork = multiprocessing.get_context("fork")
    for _ in range(MOMENTS):
        shutil.rmtree(target, ignore_errors=True)
        child = fork.Process(target=run, args=(folder, world, target))
        child.start()
        time.sleep(chance.uniform(0, lasts * 1.1))
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        assert not target.exists() or tree(target) == wanted, "a package is there whole or not at all"
        run(folder, world, target)
        assert tree(target) == wanted
        assert [path.name for path in target.parent.iterdir()] == ["package"], "nothing is left behind"


def test_killed_while_it_replaces_an_older_package_it_leaves_one_of_the_two(
    folder: Path, world: World, tmp_path: Path
) -> None:
    target = tmp_path / "here" / "package"
    target.parent.mkdir()
    run(folder, world, target)
    before = tree(target)
    world.form(folder / "forms" / "third.xlsx", 2)
    os.utime(folder / "forms" / "third.xlsx", (1_664_000_000, 1_664_000_000))
    shutil.copytree(target, tmp_path / "other")
    began = time.monotonic()
    run(folder, world, tmp_path / "other")
    lasts = time.monotonic() - began
    after = tree(tmp_path / "other")
    chance = random.Random(12)
    fork = multiprocessing.get_context("fork")
    for _ in range(10):
        child = fork.Process(target=run, args=(folder, world, target))
        child.start()
        time.sleep(chance.uniform(lasts * 0.5, lasts * 1.2))
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        assert tree(target) in (before, after)
    run(folder, world, target)
    assert tree(target) == after
