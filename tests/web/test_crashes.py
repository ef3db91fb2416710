"""`kill -9` at random moments: nothing acknowledged is lost, nothing half-done is visible. And many writers at once.

ORIENTIR_CRASHES tells how many moments (`make bench-web`: 50), ORIENTIR_SAVES how many saves the writers make.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from web.running import Field, Program, School, Server, made_field, new_database, running
from web.writers import Writer, check_stored, write_together, writers_of

MOMENTS = int(os.environ.get("ORIENTIR_CRASHES", "4"))
SAVES = int(os.environ.get("ORIENTIR_SAVES", "400"))
WRITERS = 20
_LOST = (OSError, http.client.HTTPException, json.JSONDecodeError)


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


class _Moving:
    """One form submitted and returned in turn; a step that was not answered may have been done or not."""

    def __init__(self, school: School, coordinator: str) -> None:
        self._school, self._coordinator = school, coordinator
        self.state = "draft"
        self.is_sure = True
        self.moves = 0

    def fill(self, port: int) -> None:
        with Program(port, self._school.key) as program:
            cells = program.cells(self._school.submission)
            for text in ("0", "нет"):
                edits = [{"code": code, "text": text, "version": 0} for code in cells]
                told = {"cells": edits[: len(edits)]}
                status, answer = program.ask("POST", f"/submissions/{self._school.submission}/cells", told)
                assert status == 200
                cells = {one["code"]: one for one in answer["cells"] if one["outcome"] == "bad"}
                if not cells:
                    return

    def step(self, port: int) -> None:
        to = "returned" if self.state == "submitted" else "submitted"
        key = self._coordinator if to == "returned" else self._school.key
        told = {"remarks": [{"text": "Проверьте"}]} if to == "returned" else None
        verb = "return" if to == "returned" else "submit"
        with Program(port, key) as program:
            self.is_sure = False
            status, answer = program.ask("POST", f"/submissions/{self._school.submission}/{verb}", told)
        assert (status, answer["state"]) == (200, to), answer
        self.state, self.is_sure = to, True
        self.moves += 1

    def check(self, port: int) -> None:
        with Program(port, self._school.key) as program:
            _, answer = program.ask("GET", f"/submissions/{self._school.submission}")
        next_state = "returned" if self.state == "submitted" else "submitted"
        assert answer["state"] in ({self.state} if self.is_sure else {self.state, next_state})
        assert bool(answer["remarks"]) == (answer["state"] == "returned")  # a state without its remarks is half
        self.state, self.is_sure = answer["state"], True


@contextmanager
def _working(port: int, writers: list[Writer], moving: _Moving) -> Iterator[None]:
    """All of them work until the server is gone under them, or until the block ends."""
    over, wrong = threading.Event(), []

    def work(once: Any) -> None:
        try:
            while not over.is_set():
                once()
        except _LOST:
            pass
        except Exception as error:
            wrong.append(error)

    def write(writer: Writer) -> None:
        with Program(port, writer.school.key) as program:
            work(lambda: writer.save(program))

    threads = [threading.Thread(target=write, args=[writer]) for writer in writers]
    threads.append(threading.Thread(target=work, args=[lambda: moving.step(port)]))
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
    if what == "everything":
        server.kill()
        server.start()
    else:
        server.kill_one("db_worker" if what == "jobs" else "orientir")
        server.wait()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_at_random_moments(tmp_path: Path, kind: str, postgres: str) -> None:
    address = new_database(postgres, "crashes") if kind == "postgresql" else ""
    data, chance = tmp_path / "data", random.Random(2026)
    made = made_field(data, 5, address)
    moving = _Moving(made.schools[0], made.coordinator)
    writers = writers_of(Field(made.schools[1:], made.coordinator, made.codes), seed=100)
    with running(data, address) as server:
        moving.fill(server.port)
        for number in range(MOMENTS):
            what = ("everything", "server", "jobs")[number % 3]
            with _working(server.port, writers, moving):
                time.sleep(chance.uniform(0.05, 1.5))
                _kill(server, what)
            for writer in writers:
                with Program(server.port, writer.school.key) as program:
                    writer.check(program)
            moving.check(server.port)
    assert sum(writer.saves for writer in writers) >= MOMENTS
    check_stored(data, address)
