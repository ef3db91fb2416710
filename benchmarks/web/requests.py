"""Processor time of the server for a request: a saved cell, a page of a form. On SQLite."""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from benchmarks.machine import ROOT, below, cpu_of
from benchmarks.told import Bar, ratio
from orientir_web.serving import THREADS
from scale.servers import free_port
from web.running import Field, Program, made_field, running

ROUNDS, REQUESTS = 9, 200
PAGE_CELLS, PAGE_BAR = 100, 0.006
_PATIENCE = 60
Job = Callable[[], None]  # REQUESTS of them, over one connection


def saved_cell() -> Iterator[Bar]:
    with tempfile.TemporaryDirectory() as name, _bare(Path(name) / "bare.sqlite3") as (port, process):
        made = made_field(Path(name) / "data", 1)
        with running(Path(name) / "data") as server:
            _fill(server.port, made)
            saves, updates = _in_turn((server.pid, _saving(server.port, made)), (process, _updating(port)))
    yield ratio("a cell saved, CPU", "one row updated by bare Django", saves, updates, 10)


def form_page() -> Iterator[Bar]:
    with tempfile.TemporaryDirectory() as name:
        made = made_field(Path(name) / "data", 1)
        form = f"/forms/{made.schools[0].submission}/"
        with running(Path(name) / "data") as server:
            cells = _fill(server.port, made)
            pages = (_reading(server.port, made.schools[0].cookie, path) for path in ("/account/logout/", form))
            empty, full = _in_turn(*((server.pid, page) for page in pages))
    over = statistics.median(one - bare for one, bare in zip(full, empty, strict=True)) * PAGE_CELLS / cells
    told = f"form page, CPU for {PAGE_CELLS} cells over a bare page (of {cells})"
    yield Bar(told, f"{PAGE_BAR * 1000:.0f} ms", over, PAGE_BAR, over / PAGE_BAR, 1)


def _in_turn(*jobs: tuple[int, Job]) -> tuple[tuple[float, ...], ...]:
    """CPU seconds of a request, for each job those of its rounds; the first round warms the servers."""
    rounds = [[_cpu_for(pid, job) for pid, job in jobs] for _ in range(ROUNDS + 1)][1:]
    return tuple(zip(*rounds, strict=True))


def _cpu_for(pid: int, job: Job) -> float:
    before = _cpu(pid)
    job()
    return (_cpu(pid) - before) / REQUESTS


def _cpu(pid: int) -> float:
    """The worker of jobs asks its database now and then, which is not the request's."""
    return sum(cpu_of(one) for one in (pid, *below(pid)) if not _is_worker(one))


def _is_worker(process: int) -> bool:
    with suppress(OSError):
        return b"django\0work" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


# ---- what is asked


def _fill(port: int, made: Field) -> int:
    """A form that is filled is the page that people see. How many cells it has."""
    form = made.schools[0].submission
    with Program(port, made.schools[0].key) as program:
        edits = [{"code": code, "text": "1", "version": 0} for code in made.codes[1:]]
        status, told = program.ask("POST", f"/submissions/{form}/cells", {"cells": edits})
        assert status == 200, told
        return len(program.cells(form))


def _saving(port: int, made: Field) -> Job:
    version, school = count(), made.schools[0]

    def save() -> None:
        with Program(port, school.key) as program:
            for _ in range(REQUESTS):
                before = next(version)
                assert program.save(school.submission, made.codes[0], str(before + 1), before)[0] == "saved"

    return save


def _updating(port: int) -> Job:
    number = count()
    return lambda: _get(port, (f"/update/{next(number)}/" for _ in range(REQUESTS)), {})


def _reading(port: int, cookie: str, path: str) -> Job:
    return lambda: _get(port, [path] * REQUESTS, {"Cookie": f"sessionid={cookie}"})


def _get(port: int, paths: Iterator[str] | list[str], headers: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        for path in paths:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, (path, answer.status)
    finally:
        connection.close()


@contextmanager
def _bare(database: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of the reference."""
    port = free_port()
    granian = Path(sys.executable).with_name("granian")
    command = [granian, "--interface", "wsgi", "--port", str(port), "--workers", "1", "--blocking-threads",
               str(THREADS), "--log-level", "warning", "benchmarks.reference.bare_update:application"]  # fmt: skip
    environment = os.environ | {"BARE_DATABASE": str(database), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        try:
            _wait_for(port)
            yield port, process.pid
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with suppress(OSError, http.client.HTTPException):
            _get(port, ["/health/"], {})
            return
        time.sleep(0.05)
    raise AssertionError("the reference does not answer")
