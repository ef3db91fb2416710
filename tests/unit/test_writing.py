"""A report on disk is the old one or the new one, whole, whatever happens to the run that writes it."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from orientir import writing
from orientir.errors import OutputError
from orientir.tabular import NUMBERS
from orientir.writing import replaced, write_file
from small_world import write_package, write_programme

Version = dict[str, str]


def version_of(folder: Path) -> Version:
    """The checksum of every file."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def left_beside(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir() if path.name.startswith(f".{out.name}."))


# ---- in one process


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A report of one number, old."""
    write(tmp_path / "out", "old")
    return tmp_path / "out"


def write(out: Path, text: str) -> None:
    with replaced(out) as folder:
        (folder / NUMBERS).write_text(text, encoding="utf-8")


def read(out: Path) -> str:
    return (out / NUMBERS).read_text(encoding="utf-8")


def test_new_report_takes_the_place_of_the_old(out):
    write(out, "new")
    assert (read(out), left_beside(out)) == ("new", [])


def test_old_report_is_not_mixed_with_the_new(out):
    with replaced(out) as folder:
        (folder / "values.csv").touch()
    assert [file.name for file in out.iterdir()] == ["values.csv"]


def test_folders_above_are_made(tmp_path):
    write(tmp_path / "a" / "b" / "out", "new")
    assert read(tmp_path / "a" / "b" / "out") == "new"


def test_report_is_written_through_a_link(out, tmp_path):
    (tmp_path / "link").symlink_to(out)
    write(tmp_path / "link", "new")
    assert (read(out), (tmp_path / "link").is_symlink()) == ("new", True)


@pytest.mark.parametrize("failure", [ValueError("ours"), KeyboardInterrupt()])
def test_failure_leaves_the_old_report(out, failure):
    with pytest.raises(type(failure)), replaced(out) as folder:
        (folder / NUMBERS).write_text("half", encoding="utf-8")
        raise failure
    assert (read(out), left_beside(out)) == ("old", [])


def test_full_disk_leaves_the_old_report_and_is_told_plainly(out):
    with pytest.raises(OutputError, match="сюда нельзя записать: на диске нет места"), replaced(out):
        raise OSError(28, "No space left on device")
    assert (read(out), left_beside(out)) == ("old", [])


def test_what_a_killed_run_left_is_swept(out):
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    (out.parent / f".out.partial-{int(dead.stdout)}").mkdir()
    (out.parent / ".out.partial-nobody").mkdir()
    write(out, "new")
    assert left_beside(out) == []


def test_what_another_run_is_writing_is_left_alone(out):
    other = out.parent / f".out.partial-{os.getppid()}"
    other.mkdir()
    write(out, "new")
    assert other.is_dir()


def test_two_runs_at_once_leave_the_report_of_the_last(out):
    """The other run finishes between our start and our end, where there was no report and where there was one."""
    for target in (out, out.parent / "fresh"):
        with replaced(target) as ours:
            (ours / NUMBERS).write_text("ours", encoding="utf-8")
            other = ours.with_name(f".{target.name}.partial-{os.getppid()}")
            other.mkdir()
            (other / NUMBERS).write_text("theirs", encoding="utf-8")
            writing._put_in_place(other, target)
            assert read(target) == "theirs"
        assert read(target) == "ours"


class TestWithoutAtomicExchange:
    """Systems that cannot swap two folders in one step."""

    @pytest.fixture(autouse=True)
    def no_exchange(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writing, "_exchanged", lambda *_: False)

    def test_new_report_takes_the_place_of_the_old(self, out):
        write(out, "new")
        assert (read(out), left_beside(out)) == ("new", [])

    def test_run_killed_between_its_two_steps_is_made_good_by_the_next(self, out):
        out.rename(out.parent / ".out.old-nobody")
        with pytest.raises(ValueError, match="ours"), replaced(out):
            raise ValueError("ours")
        assert (read(out), left_beside(out)) == ("old", [])

    def test_old_report_that_was_not_removed_is_swept(self, out):
        (out.parent / ".out.old-nobody").mkdir()
        write(out, "new")
        assert (read(out), left_beside(out)) == ("new", [])


def test_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "values.csv"
    write_file(path, "old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OutputError, match="на диске нет места"):
        write_file(path, "new")
    assert (path.read_text(encoding="utf-8"), [file.name for file in tmp_path.iterdir()]) == ("old", ["values.csv"])


# ---- in many


REPORT = """
import sys
from orientir.cli import main
sys.argv = ["orientir", "report", "package", "--programme", "programme", "--period", "2021/22",
            "--formats", "html,xlsx", "--out", "out", "--date", sys.argv[1]]
{before}
main()
"""
PAUSE = """
import time
from orientir import writing
for name in ("_write_snapshot", "_write_format", "_put_in_place"):
    def slow(*arguments, inner=getattr(writing, name), **named):
        time.sleep(0.02)
        inner(*arguments, **named)
        time.sleep(0.02)
    setattr(writing, name, slow)
"""


def start(folder: Path, day: str, before: str = "") -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", REPORT.format(before=before), day]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(folder: Path, day: str) -> Version:
    run = start(folder, day)
    _, said = run.communicate(timeout=100)
    assert run.returncode == 0, said.decode()
    return version_of(folder / "out")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Version, Version]]:
    """A folder with a package, and its two reports: of one day (which lies there) and of another."""
    folder = tmp_path_factory.mktemp("world")
    write_programme(folder / "programme")
    write_package(folder / "package")
    new = finish(folder, "2023-01-15")
    old = finish(folder, "2022-12-30")
    assert old != new
    yield folder, old, new


def test_report_is_whole_whenever_the_run_is_killed(world):
    folder, old, new = world
    moments = random.Random(2022)
    for _ in range(12):
        run = start(folder, "2023-01-15", PAUSE)
        wait_for_beginning(folder / "out", run)
        time.sleep(moments.random() * 0.6)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert version_of(folder / "out") in (old, new)


def wait_for_beginning(out: Path, run: subprocess.Popen[bytes]) -> None:
    """Until the run has begun to write: what comes before leaves nothing to spoil."""
    aside = out.parent / f".{out.name}.partial-{run.pid}"
    while not aside.exists() and run.poll() is None:
        time.sleep(0.005)


def test_next_run_sweeps_what_killed_ones_left(world):
    folder, _, new = world
    run = start(folder, "2022-12-30", PAUSE)
    wait_for_beginning(folder / "out", run)
    run.kill()
    run.communicate()
    assert left_beside(folder / "out")
    assert finish(folder, "2023-01-15") == new
    assert left_beside(folder / "out") == []


def test_runs_at_the_same_time_do_not_harm_each_other(world):
    folder, old, new = world
    runs = [start(folder, day) for day in ("2022-12-30", "2023-01-15", "2022-12-30")]
    for run in runs:
        _, said = run.communicate(timeout=100)
        assert run.returncode == 0, said.decode()
    assert version_of(folder / "out") in (old, new)
    assert left_beside(folder / "out") == []
