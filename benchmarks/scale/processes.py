"""A job in a process of its own: what its tree of processes takes in time, in processor and in memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EVERY = 0.05  # seconds between two looks at the memory
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Run:
    """Seconds of a run and of all processors, the files it wrote; the most megabytes are of its process, in any run."""

    seconds: float
    cpu: float
    megabytes: float
    files: tuple[Path, ...] = ()


def runs_of(job: str, folder: Path, out: Path, runs: int = 1, **options: Any) -> list[Run]:
    """Raises CalledProcessError with what the process said where it failed."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.scale.jobs",
        job,
        str(folder),
        str(out),
        str(runs),
        json.dumps(options),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        memory = _Memory(process.pid)
        memory.start()
        said, complaint = process.communicate()
        memory.stop()
    if process.returncode:
        sys.stderr.write(complaint)
        raise subprocess.CalledProcessError(process.returncode, command, said, complaint)
    told = json.loads(said.splitlines()[-1])
    return [Run(seconds, cpu, memory.most, tuple(map(Path, files))) for seconds, cpu, files in told]


def cpu_of_this_tree() -> float:
    """Of this process, of its children that have ended, and of all that run below it."""
    own = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own + sum(_cpu(process) for process in _below(os.getpid()))


class _Memory(threading.Thread):
    """The most that the tree holds at any look, once it has begun."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._process = process
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(EVERY):
            held = sum(_megabytes(one) for one in (self._process, *_below(self._process)))
            self.most = max(self.most, held)

    def stop(self) -> None:
        self._over.set()
        self.join()


def _below(process: int) -> Iterator[int]:
    """Its children, their children and so on, as the kernel tells them."""
    with suppress(OSError):  # it has ended meanwhile
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text(encoding="ascii").split():
                yield int(child)
                yield from _below(int(child))


def _megabytes(process: int) -> float:
    """Resident: libraries that processes share count in each, which is dearer for whoever has several."""
    with suppress(OSError):
        resident = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
        return int(resident) * os.sysconf("SC_PAGE_SIZE") / 1024**2
    return 0.0


def _cpu(process: int) -> float:
    """Also of its children that have ended."""
    with suppress(OSError):
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def machine() -> dict[str, str]:
    """What a reader has to know of it: how much there is, never whose it is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    about = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.partition(":")[2].strip() for line in about if line.startswith("model name")), "unknown")
    return {
        "processors": f"{os.cpu_count()} ({model})",
        "memory": f"{memory:.0f} GiB",
        "Python": sys.version.split()[0],
        "measured on": time.strftime("%Y-%m-%d", time.gmtime()),
    }
