"""`orientir serve` as people start it: the key, the first link, the demo, a clean end."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from scale.servers import free_port
from web.running import environment, made_field

_PATIENCE = 90


@contextmanager
def served(data: Path, *options: str, **environment: str) -> Iterator[tuple[str, list[str]]]:
    """The address of a running server and the lines that it told before."""
    port = free_port()
    command = [sys.executable, "-m", "orientir", "serve", "--data", str(data), "--port", str(port), *options]
    told = {name: value for name, value in os.environ.items() if not name.startswith(("ORIENTIR_", "DJANGO_"))}
    with subprocess.Popen(command, env=told | {"LANG": "ru_RU.UTF-8"} | environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:  # fmt: skip
        url = f"http://localhost:{port}"
        try:
            assert process.stdout is not None
            lines = []
            for line in process.stdout:
                lines.append(line)
                if "Ориентир работает" in line:
                    break
            assert process.poll() is None, "".join(lines)
            _wait_for(url)
            yield url, lines
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                assert process.wait(_PATIENCE) == 0
            finally:
                process.kill()


def _wait_for(url: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            assert _get(f"{url}/health/") == (200, "ok")
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def _get(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:
        return answer.status, answer.read().decode()


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_is_its_owners_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served(data) as (url, lines):
        assert (_mode(data), _mode(data / "secret_key"), _mode(data / "orientir.sqlite3")) == (0o700, 0o600, 0o600)
        [link] = re.findall(r"http\S+/invitation/\S+", "".join(lines))
        assert "Администратор" in _get(link)[1]
        [style] = re.findall(r'href="([^"]+\.css)"', _get(f"{url}/account/login/")[1])
        assert _get(url + style)[0] == 200
        key = (data / "secret_key").read_text()
        workers = _workers(data)
    assert workers and not _workers(data)
    with served(data) as (_, lines):
        [again] = re.findall(r"http\S+/invitation/\S+", "".join(lines))
        assert again != link
        assert (data / "secret_key").read_text() == key
    command = [sys.executable, "-m", "orientir", "log", "verify", "--data", str(data)]
    assert subprocess.run(command, check=False).returncode == 0


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        port, data = one.getsockname()[1], tmp_path / "data"
        command = [sys.executable, "-m", "orientir", "serve", "--port", str(port), "--data", str(data)]
        done = subprocess.run(command, env=os.environ | {"LANG": "ru_RU.UTF-8"}, text=True, capture_output=True)
    assert done.returncode == 2
    assert f"порт {port} занят" in done.stderr
    assert not data.exists()


def test_the_first_administrator_gets_in_without_a_lost_second_factor(tmp_path: Path) -> None:
    data = tmp_path / "data"
    made_field(data, 1)
    with closing(sqlite3.connect(data / "orientir.sqlite3")) as database, database:
        columns = "INSERT INTO mfa_authenticator (user_id, type, data, created_at)"
        database.execute(f"{columns} SELECT id, 'totp', '{{}}', '2026-01-01' FROM people_person")
    told = [_reset(data, *one) for one in (("nobody@example.org", "потерян телефон"), ("coordinator@example.org", ""))]
    assert [code for code, _ in told] == [2, 2] and "такого человека" in told[0][1] and "журнале" in told[1][1]
    assert _reset(data, "COORDINATOR@example.org", "потерян телефон")[0] == 0
    with closing(sqlite3.connect(data / "orientir.sqlite3")) as database:
        left = database.execute("SELECT email FROM mfa_authenticator JOIN people_person ON user_id = people_person.id")
        assert left.fetchall() == [("officer.0@example.org",)]
        row = "SELECT person, details FROM journal_entry WHERE event = 'second_factor_reset'"
        [(by, details)] = database.execute(row).fetchall()
    assert by is None and "потерян телефон" in details


def _reset(data: Path, email: str, reason: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "orientir", "reset-second-factor", email, "--reason", reason, "--data", str(data)]
    done = subprocess.run(command, env=environment(), text=True, capture_output=True, check=False)
    return done.returncode, done.stderr


def _workers(data: Path) -> list[str]:
    """Processes of background jobs that work in this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command, told = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
        except OSError:
            continue
        if b"django\0work" in command and str(data).encode() in told:
            found.append(process.name)
    return found


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_demo_has_people_of_every_role(tmp_path: Path, kind: str, postgres: str) -> None:
    address = {"ORIENTIR_DATABASE": _own_database(postgres)} if kind == "postgresql" else {}
    with served(tmp_path / "data", "--demo", **address) as (_, lines):
        assert sum("@example.org" in line for line in lines) == 7
    with served(tmp_path / "data", "--demo", **address) as (_, lines):
        assert not any("@example.org" in line for line in lines)


def _own_database(address: str) -> str:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE demo")
    return address.rpartition("/")[0] + "/demo"
