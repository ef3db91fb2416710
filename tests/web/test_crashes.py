"""`kill -9` at random moments: nothing acknowledged is lost, nothing half-done is visible. And many writers at once.

ORIENTIR_CRASHES tells how many moments (`make bench-web`: 50), ORIENTIR_SAVES how many saves the writers make.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from web.deeds import LOST, Deed, deeds_on
from web.running import Program, Server, made_field, new_database, running
from web.writers import check_stored, write_together, writers_of

MOMENTS = int(os.environ.get("ORIENTIR_CRASHES", "4"))
SAVES = int(os.environ.get("ORIENTIR_SAVES", "400"))
WRITERS = 20
_KILLED = ("everything", "jobs", "first", "server", "jobs")
_PATIENCE = 300

pytestmark = [pytest.mark.slow, pytest.mark.long]


# ---- many writers


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_save_of_many_writers_fails_or_is_lost(tmp_path: Path, kind: str, postgres: str) -> None:
    address = new_database(postgres, "many_writers") if kind == "postgresql" else ""
    made = made_field(tmp_path / "data", WRITERS, address)
    writers = writers_of(made)
    with running(tmp_path / "data", address) as server:
        failed = write_together(server.port, writers, SAVES // WRITERS)
        assert not failed
        assert sum(writer.saves for writer in writers) == SAVES // WRITERS * WRITERS
        for writer in writers:
            with Program(server.port, writer.school.key) as program:
                writer.check(program)
    check_stored(tmp_path / "data", address, SAVES // WRITERS * WRITERS)


# ---- crashes


@contextmanager
def _working(port: int, deeds: Sequence[Deed]) -> Iterator[None]:
    """All of them work until the server is gone under them, or until the block ends."""
    over, wrong = threading.Event(), []

    def work(deed: Deed) -> None:
        try:
            while not over.is_set():
                deed.step(port)
        except LOST:
            pass
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not wrong, wrong


def _kill(server: Server, what: str) -> None:
    if what in ("everything", "first"):
        server.kill() if what == "everything" else server.kill_first()
        server.start()
    else:
        server.kill_one("django\0work" if what == "jobs" else "orientir\0serve")
        server.wait()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_at_random_moments(tmp_path: Path, kind: str, postgres: str) -> None:
    """Half of the moments on each database."""
    is_first = kind == "sqlite"
    address = "" if is_first else new_database(postgres, "crashes")
    data, chance = tmp_path / "data", random.Random(kind)
    deeds = deeds_on(data, address)
    with running(data, address) as server:
        for number in range(MOMENTS)[not is_first :: 2]:
            with _working(server.port, deeds):
                time.sleep(chance.uniform(0.05, 3))
                _kill(server, _KILLED[number % len(_KILLED)])
            for deed in deeds:
                deed.check(server.port)
        _settle(server.port, deeds)
    check_stored(data, address)


def _settle(port: int, deeds: Sequence[Deed]) -> None:
    """No job is under way for ever."""
    end = time.monotonic() + _PATIENCE
    while waiting := [deed for deed in deeds if not deed.settled(port)]:
        assert time.monotonic() < end, waiting
        time.sleep(0.5)
    for deed in deeds:
        deed.check(port)
