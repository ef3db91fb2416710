"""Many at once: officers who think between two saves, and writers who do not."""

from __future__ import annotations

import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.told import Bar
from scale.servers import postgres_server
from web.running import Field, Program, School, made_field, running
from web.writers import check_stored, write_together, writers_of

WRITERS, OFFICERS = 20, 20
PACE, PACED = 0.5, 40.0  # seconds between two saves of a person, and of the whole measurement


def human_pace() -> Iterator[Bar]:
    """What 19 of 20 saves take against the median."""
    with tempfile.TemporaryDirectory() as name:
        made = made_field(Path(name) / "data", OFFICERS)
        with running(Path(name) / "data") as server:
            times = sorted(_paced(server.port, made))
    median, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    told = f"{OFFICERS} officers, 95 of 100 saves ({len(times)} saves in {PACED:.0f} s)"
    yield Bar(told, "the median", p95, median, p95 / median, 3)


def _paced(port: int, made: Field) -> list[float]:
    times: list[float] = []
    failed: list[BaseException] = []

    def work(number: int, school: School) -> None:
        try:
            times.extend(_officer(port, school, made.codes[0], random.Random(number)))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=told) for told in enumerate(made.schools)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed
    return times


def _officer(port: int, school: School, code: str, chance: random.Random) -> Iterator[float]:
    """Seconds of each save."""
    version, end = 0, time.monotonic() + PACED
    with Program(port, school.key) as program:
        while time.monotonic() < end:
            time.sleep(chance.expovariate(1 / PACE))
            began = time.perf_counter()
            outcome, version = program.save(school.submission, code, str(version + 1), version)
            yield time.perf_counter() - began
            assert outcome == "saved"


def many_writers(kind: str, saves: int) -> Iterator[Bar]:
    """Raises AssertionError where what is stored is not what was acknowledged, value by value."""
    with ExitStack() as stack:
        address = stack.enter_context(postgres_server("max_connections=60")) if kind == "PostgreSQL" else ""
        data = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "data"
        made = made_field(data, WRITERS, address)
        writers, each = writers_of(made), saves // WRITERS
        with running(data, address) as server:
            began = time.perf_counter()
            failed = write_together(server.port, writers, each)
            seconds = time.perf_counter() - began
            for writer in writers:
                with Program(server.port, writer.school.key) as program:
                    writer.check(program)
        saved = sum(writer.saves for writer in writers)
        check_stored(data, address, saved)
    lost = each * WRITERS - saved + len(failed)
    told = f"{kind}, {WRITERS} writers, {saved:,} saves ({saved / seconds:.0f} a second), failed or lost"
    yield Bar(told, "none", lost, 0, lost, 0, unit="saves")
