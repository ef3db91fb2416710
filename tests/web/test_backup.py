"""Backups: taken while the server is written to, brought back elsewhere, refused where damaged, whole when killed."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from orientir.errors import UserError
from orientir_web.data_folder import DataFolder
from orientir_web.occupied import occupied, vacated
from orientir_web.operation.backup import MANIFEST, back_up
from orientir_web.operation.restore import restore
from web.running import Field, Program, below, environment, made_field, new_database, running

EVIDENCE = "evidence/2021/акт.pdf"


def _orientir(*arguments: object, database: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "orientir", *map(str, arguments)]
    return subprocess.run(command, env=environment(database), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolder, Field]:
    """A data folder with two schools and a file of evidence; nobody changes it."""
    data = DataFolder(tmp_path_factory.mktemp("backup") / "data")
    field = made_field(data.path, 2)
    evidence = data.files / EVIDENCE
    evidence.parent.mkdir(parents=True)
    evidence.write_bytes(b"%PDF" + random.Random(1).randbytes(300_000))
    return data, field


@pytest.fixture
def copy(folder: tuple[DataFolder, Field], tmp_path: Path) -> Path:
    target = tmp_path / "copy.zip"
    back_up(folder[0], target, "")
    return target


# ---- there and back


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_of_a_running_server_holds_every_save_before_it(tmp_path: Path, kind: str, postgres: str) -> None:
    address = new_database(postgres, "backup_from") if kind == "postgresql" else ""
    data, target = tmp_path / "data", tmp_path / "copy.zip"
    field = made_field(data, 1, address)
    (data / "files" / "evidence.txt").write_text("доказательство", encoding="utf-8")
    school = field.schools[0]
    with running(data, address) as server, _saving(server.port, field) as saved:
        _wait_for(saved, 5)
        before = list(saved)
        done = _orientir("backup", target, "--data", data, database=address)
        assert done.returncode == 0, done.stderr
        _wait_for(saved, len(before) + 5)
    assert "Копия готова" in done.stdout
    assert target.stat().st_mode & 0o777 == 0o600

    elsewhere = tmp_path / "elsewhere"
    empty = new_database(postgres, "backup_to") if kind == "postgresql" else ""
    back = _orientir("restore", target, "--data", elsewhere, database=empty)
    assert back.returncode == 0, back.stderr
    assert "Журнал цел" in back.stdout
    assert (elsewhere / "files" / "evidence.txt").read_text(encoding="utf-8") == "доказательство"
    assert (elsewhere / "secret_key").read_bytes() == (data / "secret_key").read_bytes()
    assert not list(elsewhere.glob("database.dump"))
    with running(elsewhere, empty) as server, Program(server.port, school.key) as program:
        cell = program.cells(school.submission)[field.codes[0]]
    assert int(cell["value"]) >= before[-1]
    assert int(cell["value"]) == cell["version"]  # the n-th save said n
    if kind == "postgresql":
        again = _orientir("restore", target, "--data", tmp_path / "third", database=empty)
        assert (again.returncode, "не пуста" in again.stderr) == (2, True)
        assert not (tmp_path / "third").exists()


class _saving:
    """Somebody who saves 1, 2, 3 … into one cell; what was acknowledged is in the list."""

    def __init__(self, port: int, field: Field) -> None:
        self._program, self._field = Program(port, field.schools[0].key), field
        self._saved: list[int] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        with self._program as program:
            while not self._over.is_set():
                number = len(self._saved) + 1
                told = (self._field.schools[0].submission, self._field.codes[0], str(number), number - 1)
                assert program.save(*told) == ("saved", number)
                self._saved.append(number)

    def __enter__(self) -> list[int]:
        self._thread.start()
        return self._saved

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def _wait_for(saved: list[int], count: int) -> None:
    end = time.monotonic() + 60
    while len(saved) < count:
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_is_made_anew_is_not_taken(copy: Path, folder: tuple[DataFolder, Field]) -> None:
    with zipfile.ZipFile(copy) as archive:
        names = archive.namelist()
        told = json.loads(archive.read(MANIFEST))
    assert sorted(names) == sorted(["secret_key", "orientir.sqlite3", f"files/{EVIDENCE}", MANIFEST])
    assert (told["database"], {one["name"] for one in told["files"]}) == ("sqlite", set(names) - {MANIFEST})
    assert not list(folder[0].path.glob(".backup-*"))


def test_the_folder_comes_back_as_it_was(copy: Path, folder: tuple[DataFolder, Field], tmp_path: Path) -> None:
    target = DataFolder(tmp_path / "back")
    assert restore(copy, target, "", replace=False) is None
    assert (target.files / EVIDENCE).read_bytes() == (folder[0].files / EVIDENCE).read_bytes()
    assert target.path.stat().st_mode & 0o777 == 0o700
    assert target.key_file.stat().st_mode & 0o777 == 0o600
    assert _rows(target.database) == _rows(folder[0].database)


def _rows(path: Path) -> dict[str, list[object]]:
    with sqlite3.connect(path) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in tables}


# ---- what is refused


def test_nothing_is_overwritten(copy: Path, folder: tuple[DataFolder, Field], tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"уже есть|already"):
        back_up(folder[0], copy, "")
    used = DataFolder(tmp_path / "used")
    used.path.mkdir()
    (used.path / "own.txt").write_text("моё")
    with pytest.raises(UserError, match=r"не пуста|not empty"):
        restore(copy, used, "", replace=False)
    assert [one.name for one in used.path.iterdir()] == ["own.txt"]
    before = restore(copy, used, "", replace=True)
    assert before is not None and (before / "own.txt").read_text() == "моё"
    assert used.database.exists()


def test_a_folder_that_is_not_ours_is_not_backed_up(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        back_up(DataFolder(tmp_path), tmp_path / "copy.zip", "")
    assert not list(tmp_path.iterdir())


def test_a_backup_without_its_database_is_not_made(tmp_path: Path) -> None:
    """Whoever forgets to name PostgreSQL is told, and gets no empty database."""
    data = DataFolder(tmp_path / "data")
    data.prepare()
    with pytest.raises(UserError, match="ORIENTIR_DATABASE"):
        back_up(data, tmp_path / "copy.zip", "")
    assert not data.database.exists() and not (tmp_path / "copy.zip").exists()


def test_a_backup_does_not_lie_in_what_it_is_of(folder: tuple[DataFolder, Field]) -> None:
    with pytest.raises(UserError):
        back_up(folder[0], folder[0].files / "copy.zip", "")


Contents, Told = dict[str, bytes], dict[str, Any]


def _add(contents: Contents, told: Told, name: str, content: bytes = b"x") -> None:
    """Put in, or put in the place of what is there, and listed with its checksum."""
    contents[name] = content
    told["files"] = [one for one in told["files"] if one["name"] != name]
    told["files"].append({"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})


def _without_database(contents: Contents, told: Told) -> None:
    del contents[DATABASE]
    told["files"] = [one for one in told["files"] if one["name"] != DATABASE]


DATABASE = "orientir.sqlite3"
DAMAGES: dict[str, Callable[[Contents, Told], object]] = {
    "changed": lambda contents, told: contents.update(secret_key=contents["secret_key"][::-1]),
    "missing": lambda contents, told: contents.pop("secret_key"),
    "unlisted": lambda contents, told: contents.update({"files/more.txt": b"x"}),
    "outside": lambda contents, told: _add(contents, told, "../outside.txt"),
    "made anew": lambda contents, told: _add(contents, told, "files/cycles/x.pickle"),
    "newer": lambda contents, told: told.update(format=99),
    "no list": lambda contents, told: told.clear(),
    "other database": lambda contents, told: told.update(database="postgresql"),
    "no database": _without_database,
    "damaged database": lambda contents, told: _add(
        contents, told, DATABASE, contents[DATABASE][:100] + bytes(8000) + contents[DATABASE][8100:]
    ),
}


def _spoilt(source: Path, target: Path, how: str) -> None:
    """The backup with one thing wrong, as an archive that is sound in itself."""
    with zipfile.ZipFile(source) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    told = json.loads(contents.pop(MANIFEST))
    DAMAGES[how](contents, told)
    with zipfile.ZipFile(target, "w") as new:
        for name, content in (contents | ({MANIFEST: json.dumps(told).encode()} if told else {})).items():
            new.writestr(name, content)


@pytest.mark.parametrize("how", [*DAMAGES, "cut", "text"])
def test_what_is_damaged_changes_nothing(copy: Path, tmp_path: Path, how: str) -> None:
    bad = tmp_path / "bad.zip"
    if how == "cut":
        bad.write_bytes(copy.read_bytes()[:-1000])
    elif how == "text":
        bad.write_text("не архив")
    else:
        _spoilt(copy, bad, how)
    with pytest.raises(UserError):
        restore(bad, DataFolder(tmp_path / "target"), "", replace=False)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bad.zip", "copy.zip"]


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_flipped_bit_is_found(copy: Path, tmp_path: Path, place: float) -> None:
    content = bytearray(copy.read_bytes())
    content[int(len(content) * place)] ^= 1
    bad = tmp_path / "bad.zip"
    bad.write_bytes(content)
    with pytest.raises(UserError):
        restore(bad, DataFolder(tmp_path / "target"), "", replace=False)
    assert not (tmp_path / "target").exists()


def test_without_the_program_of_postgresql_it_is_said(
    folder: tuple[DataFolder, Field], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="pg_dump"):
        back_up(folder[0], tmp_path / "copy.zip", "postgresql://orientir:secret@127.0.0.1:1/orientir")
    assert not list(tmp_path.iterdir())


def test_the_password_of_the_database_is_told_to_nobody(folder: tuple[DataFolder, Field], tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        back_up(folder[0], tmp_path / "copy.zip", "postgresql://orientir:very-secret@127.0.0.1:1/orientir")
    assert "very-secret" not in str(raised.value)


# ---- a server works there


def test_a_folder_in_which_a_server_works_is_not_replaced(tmp_path: Path) -> None:
    data, target = tmp_path / "data", tmp_path / "copy.zip"
    made_field(data, 1)
    with running(data) as server:
        back_up(DataFolder(data), target, "")
        refused = _orientir("restore", target, "--replace", "--data", data)
        assert (refused.returncode, f"процесс {server.pid}" in refused.stderr) == (2, True)
        server.wait()  # it still answers
        started = list(below(server.pid))
        os.kill(server.pid, signal.SIGKILL)
        for one in started:
            _wait_until_gone(one)  # what it has started ends with it
        assert started and not list(tmp_path.glob("data.before-*"))
        done = _orientir("restore", target, "--replace", "--data", data)
        assert done.returncode == 0, done.stderr
    assert (data.with_name("data.before-1") / "serving.lock").is_file()  # left by the killed ones, held by nobody
    with running(data):
        pass


def test_a_worker_that_was_started_by_hand_keeps_the_folder(tmp_path: Path) -> None:
    data, target = tmp_path / "data", tmp_path / "copy.zip"
    made_field(data, 1)
    back_up(DataFolder(data), target, "")
    told = {"ORIENTIR_DATA": str(data), "DJANGO_SETTINGS_MODULE": "orientir_web.settings"}
    with subprocess.Popen([sys.executable, "-m", "django", "work"], env=os.environ | told) as worker:
        try:
            _wait_until_held(DataFolder(data))
            assert _orientir("restore", target, "--replace", "--data", data).returncode == 2
        finally:
            worker.kill()
    assert _orientir("restore", target, "--replace", "--data", data).returncode == 0


def _wait_until_held(data: DataFolder) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        # Looked at from outside: who tries the lock would be in the worker's way.
        file = data.lock_file.stat().st_ino if data.lock_file.is_file() else -1
        if f":{file} " in Path("/proc/locks").read_text(encoding="ascii"):
            return
        time.sleep(0.05)
    raise AssertionError("the worker does not hold the folder")


def test_no_server_begins_while_data_are_restored(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    data.prepare()
    with occupied(data):
        pass
    with vacated(data), pytest.raises(UserError, match=r"возвращают данные|restored"), occupied(data):
        pass
    with occupied(data), occupied(data), pytest.raises(UserError, match=str(os.getpid())), vacated(data):
        pass
    with vacated(data):
        pass


def _wait_until_gone(process: int) -> None:
    end = time.monotonic() + 60
    while Path(f"/proc/{process}").exists() and "Z" not in Path(f"/proc/{process}/stat").read_text().split(")")[1][:3]:
        assert time.monotonic() < end
        time.sleep(0.02)


# ---- killed


def _moments(count: int) -> Iterator[float]:
    chance = random.Random(7)
    return (chance.uniform(0.1, 1.5) for _ in range(count))


def test_a_killed_run_leaves_nothing_half(copy: Path, folder: tuple[DataFolder, Field], tmp_path: Path) -> None:
    """Whatever has its name is whole: a backup can be brought back, a folder is complete."""
    for number, moment in enumerate(_moments(6)):
        made, back = tmp_path / f"made_{number}.zip", DataFolder(tmp_path / f"back_{number}")
        _killed(moment, "backup", made, "--data", folder[0].path)
        if made.exists():
            restore(made, DataFolder(tmp_path / f"of_{number}"), "", replace=False)
        _killed(moment, "restore", copy, "--data", back.path)
        if back.path.exists():
            assert (back.files / EVIDENCE).read_bytes() == (folder[0].files / EVIDENCE).read_bytes()
            assert _rows(back.database) == _rows(folder[0].database)
    back_up(folder[0], tmp_path / "last.zip", "")
    restore(tmp_path / "last.zip", DataFolder(tmp_path / "last"), "", replace=False)


def _killed(moment: float, *arguments: object) -> None:
    command = [sys.executable, "-m", "orientir", *map(str, arguments)]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        time.sleep(moment)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
