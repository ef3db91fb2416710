"""`make bench-web`: what the web application costs, as ratios in one run. Exit code 1 if a bar is missed.

ORIENTIR_SAVES is how many saves twenty writers make in each database (100,000). Crashes are tried by the tests
(tests/web/test_crashes.py), which the target runs with fifty moments.
"""

from __future__ import annotations

import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.audit import TESTS
from benchmarks.scale.told import Bar, ratio

sys.path.insert(0, str(TESTS))

from scale.servers import free_port, postgres_server
from web.running import Field, Program, below, made_field, running
from web.writers import check_stored, write_together, writers_of

SAVES = int(os.environ.get("ORIENTIR_SAVES", "100000"))
WRITERS, OFFICERS = 20, 20
ROUNDS, REQUESTS = 7, 300
PACE, PACED = 0.5, 40.0  # seconds between two saves of a person, and of the whole measurement
PAGE_CELLS, PAGE_BAR = 100, 0.006
_TICK = os.sysconf("SC_CLK_TCK")


def main() -> int:
    bars, failed = [], []
    for measure in (save_and_page, human_pace, many_writers_sqlite, many_writers_postgres):
        try:
            for bar in measure():
                sys.stdout.write(f"{bar}\n")
                sys.stdout.flush()
                bars.append(bar)
        except (AssertionError, OSError, subprocess.CalledProcessError) as error:
            # The others are measured all the same; a failure is told, and is never a success.
            failed.append(measure.__name__)
            sys.stderr.write(f"{measure.__name__}: {error!s:.300}\n")
    missed = sum(not bar.is_met for bar in bars)
    sys.stdout.write(f"bars: {len(bars)}, missed: {missed}; not measured: {', '.join(failed) or 'none'}\n")
    return 1 if failed or missed else 0


def save_and_page() -> Iterator[Bar]:
    """Processor time of the server for a request, both servers asked in turn on SQLite."""
    with tempfile.TemporaryDirectory() as name, _bare(Path(name) / "bare.sqlite3") as (bare, bare_server):
        made = made_field(Path(name) / "data", 1)
        with running(Path(name) / "data") as server, Program(server.port, made.schools[0].key) as program:
            number = iter(range(1, 10**9))
            save = _saver(program, made)
            _fill(program, made)
            pages = [_page(server.port, made.schools[0].cookie, path) for path in
                     ("/account/logout/", f"/forms/{made.schools[0].submission}/")]  # fmt: skip
            jobs: list[tuple[int, Callable[[], None]]] = [
                (server.pid, save),
                (bare_server, lambda: _get(bare, f"/update/{next(number)}/")),
                *((server.pid, page) for page in pages),
            ]
            rounds = [[_cpu_of(pid, job) for pid, job in jobs] for _ in range(ROUNDS + 1)][1:]
    saves, updates, empty, forms = (list(column) for column in zip(*rounds, strict=True))
    yield ratio("web", "a cell saved, CPU", "one row updated by bare Django", saves, updates, 10)
    cells = len(made.codes)
    over = statistics.median(form - bare for form, bare in zip(forms, empty, strict=True)) * PAGE_CELLS / cells
    told = f"form page, CPU for {PAGE_CELLS} cells over a bare page (of {cells} measured)"
    yield Bar("web", told, f"{PAGE_BAR * 1000:.0f} ms", over, PAGE_BAR, over / PAGE_BAR, 1)


def human_pace() -> Iterator[Bar]:
    """Twenty officers who think between two saves; what 19 of 20 saves take against the median."""
    with tempfile.TemporaryDirectory() as name:
        made = made_field(Path(name) / "data", OFFICERS)
        with running(Path(name) / "data") as server:
            times = _paced(server.port, made)
    times.sort()
    median, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    yield Bar("web", f"{OFFICERS} officers, 95 of 100 saves", "the median", p95, median, p95 / median, 3)


def many_writers_sqlite() -> Iterator[Bar]:
    yield _many_writers("SQLite", "")


def many_writers_postgres() -> Iterator[Bar]:
    with postgres_server("max_connections=60") as address:
        yield _many_writers("PostgreSQL", address)


# ---- how


def _many_writers(kind: str, address: str) -> Bar:
    """Raises AssertionError where what is stored is not what was acknowledged, value by value."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        made = made_field(data, WRITERS, address)
        writers = writers_of(made)
        with running(data, address) as server:
            began = time.perf_counter()
            failed = write_together(server.port, writers, SAVES // WRITERS)
            seconds = time.perf_counter() - began
            for writer in writers:
                with Program(server.port, writer.school.key) as program:
                    writer.check(program)
        saved = sum(writer.saves for writer in writers)
        check_stored(data, address, saved)
    wrong = SAVES // WRITERS * WRITERS - saved + len(failed)
    told = f"{kind}, {WRITERS} writers, {saved} saves ({saved / seconds:.0f} a second), failed or lost"
    return Bar("web", told, "none", wrong, 0, wrong, 0, unit="saves")


def _saver(program: Program, made: Field) -> Callable[[], None]:
    versions: dict[str, int] = {}
    code, submission = made.codes[0], made.schools[0].submission

    def save() -> None:
        version = versions.get(code, program.cells(submission)[code]["version"] if not versions else 0)
        outcome, versions[code] = program.save(submission, code, str(version + 1), version)
        assert outcome == "saved"

    return save


def _fill(program: Program, made: Field) -> None:
    """A form that is filled is the page that people see."""
    edits = [{"code": code, "text": "1", "version": 0} for code in made.codes[1:]]
    status, told = program.ask("POST", f"/submissions/{made.schools[0].submission}/cells", {"cells": edits})
    assert status == 200, told


def _page(port: int, cookie: str, path: str) -> Callable[[], None]:
    return lambda: _get(port, path, {"Cookie": f"sessionid={cookie}"})


def _get(port: int, path: str, headers: dict[str, str] | None = None) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)
    finally:
        connection.close()


def _cpu_of(pid: int, job: Callable[[], None]) -> float:
    """Seconds of all processors that the server's processes took for one request."""
    before = _cpu(pid)
    for _ in range(REQUESTS):
        job()
    return (_cpu(pid) - before) / REQUESTS


def _cpu(pid: int) -> float:
    """The worker of jobs asks its database now and then, which is not the request's."""
    total = 0
    for process in (pid, *below(pid)):
        with suppress(OSError):
            if b"db_worker" not in Path(f"/proc/{process}/cmdline").read_bytes():
                told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
                total += int(told[11]) + int(told[12])
    return total / _TICK


@contextmanager
def _bare(database: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of the reference."""
    port = free_port()
    granian = Path(sys.executable).with_name("granian")
    command = [granian, "--interface", "wsgi", "--port", str(port), "--workers", "1", "--blocking-threads", "4",
               "--log-level", "warning", "benchmarks.reference.bare_update:application"]  # fmt: skip
    environment = os.environ | {"BARE_DATABASE": str(database), "PYTHONPATH": str(TESTS.parent)}
    with subprocess.Popen(command, env=environment, cwd=TESTS.parent) as process:
        try:
            _wait_for(port)
            yield port, process.pid
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError, http.client.HTTPException):
            _get(port, "/health/")
            return
        time.sleep(0.05)
    raise AssertionError("the reference does not answer")


def _paced(port: int, made: Field) -> list[float]:
    times: list[float] = []
    failed: list[BaseException] = []

    def work(number: int) -> None:
        chance, school, version = random.Random(number), made.schools[number], 0
        end = time.monotonic() + PACED
        try:
            with Program(port, school.key) as program:
                while time.monotonic() < end:
                    time.sleep(chance.expovariate(1 / PACE))
                    began = time.perf_counter()
                    outcome, version = program.save(school.submission, made.codes[0], str(version + 1), version)
                    times.append(time.perf_counter() - began)
                    assert outcome == "saved"
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=[number]) for number in range(OFFICERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed
    return times


if __name__ == "__main__":
    sys.exit(main())
