"""Letters by real processes: the command, the server's clock, a worker that is killed while a letter is on its way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test.utils import override_settings

from orientir_web.letters.clock import THREAD, reminding
from orientir_web.letters.sending import PATIENCE
from web.post_office import PostOffice, address_of, post_office
from web.running import environment, made_field, running

_LONGEST = 60


@dataclass(frozen=True)
class Home:
    """A data folder with one school that owes a form in two days, and the post office its letters go to."""

    data: Path
    office: PostOffice
    told: dict[str, str]

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *command], env=environment() | self.told, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def remind(self) -> int:
        said = self.run("orientir", "remind", "--data", str(self.data))
        return int(said.partition("писем: ")[2].partition(".")[0])

    def work(self) -> None:
        """Until no job waits."""
        self.run("django", "db_worker", "--batch", "--no-startup-delay", "--no-reload")

    def letters(self) -> list[tuple[str, int]]:
        """The fate of each, and how often it was tried."""
        with closing(sqlite3.connect(self.data / "orientir.sqlite3")) as database:
            return database.execute("SELECT fate, tried FROM letters_letter ORDER BY id").fetchall()

    def change(self, query: str, *told: object) -> None:
        with closing(sqlite3.connect(self.data / "orientir.sqlite3", timeout=_LONGEST)) as database, database:
            database.execute(query, told)

    def wait_for(self, letters: list[tuple[str, int]]) -> None:
        end = time.monotonic() + _LONGEST
        while self.letters() != letters:
            assert time.monotonic() < end, self.letters()
            time.sleep(0.05)


def _moment(ago: timedelta) -> str:
    return (datetime.now(UTC) - ago).strftime("%Y-%m-%d %H:%M:%S")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    data = tmp_path / "data"
    made_field(data, 1)
    with post_office(tmp_path) as office:
        told = {"ORIENTIR_MAIL": address_of(office), "SSL_CERT_FILE": str(tmp_path / "mail.pem"),
                "ORIENTIR_DATA": str(data), "DJANGO_SETTINGS_MODULE": "orientir_web.settings"}  # fmt: skip
        made = Home(data, office, told)
        made.change("UPDATE campaigns_campaign SET closes_at = ?", _moment(timedelta(days=-2)))
        yield made


@contextmanager
def _worker(home: Home) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "django", "db_worker", "--no-startup-delay", "--no-reload"]
    with subprocess.Popen(command, env=environment() | home.told, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_worker_killed_while_it_sends_loses_no_letter(home: Home) -> None:
    assert [home.remind(), home.remind()] == [1, 0]
    home.office.silent_for = _LONGEST
    with _worker(home) as worker:
        home.office.wait_for(1)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(_LONGEST)
    assert home.letters() == [("sending", 1)]
    assert home.remind() == 0  # it may still be on its way
    home.change("UPDATE letters_letter SET moved_at = ?", _moment(PATIENCE))
    assert [home.remind(), home.remind()] == [1, 0]
    home.office.silent_for = 0
    home.work()
    assert home.letters() == [("sent", 2)]
    assert len(home.office.letters) == 2  # told honestly: it may come twice, it is not lost


def test_the_command_needs_a_mail_server(home: Home) -> None:
    command = [sys.executable, "-m", "orientir", "remind", "--data", str(home.data)]
    done = subprocess.run(command, env=environment(), text=True, capture_output=True, check=False)
    assert done.returncode == 2 and "ORIENTIR_MAIL" in done.stderr
    assert home.letters() == []


def test_the_server_reminds_by_itself(home: Home) -> None:
    with running(home.data, **home.told):
        home.office.wait_for(1)
        home.wait_for([("sent", 1)])


def test_the_clock_looks_again_and_stops(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in home.told.items():
        monkeypatch.setenv(name, value)
    with override_settings(EMAIL_HOST="127.0.0.1"), reminding(pause=0.1):
        home.wait_for([("waiting", 0)])
        home.change("UPDATE letters_letter SET fate = 'failed', tried = 1")
        home.wait_for([("waiting", 1)])
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join(_LONGEST)
            assert not thread.is_alive()


def test_without_a_mail_server_no_clock_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_arguments, **_options: pytest.fail("it looked"))
    with override_settings(EMAIL_HOST=""), reminding(pause=0.01):
        time.sleep(0.1)
