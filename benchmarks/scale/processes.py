"""A job in a process of its own: what its tree of processes takes in time, in processor and in memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import ROOT, below, cpu_of

EVERY = 0.05  # seconds between two looks at the memory


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
    return own + sum(cpu_of(process) for process in below(os.getpid()))


class _Memory(threading.Thread):
    """The most that the tree holds at any look, once it has begun."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._process = process
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(EVERY):
            held = sum(_megabytes(one) for one in (self._process, *below(self._process)))
            self.most = max(self.most, held)

    def stop(self) -> None:
        self._over.set()
        self.join()


def _megabytes(process: int) -> float:
    """Resident: libraries that processes share count in each, which is dearer for whoever has several."""
    with suppress(OSError):
        resident = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
        return int(resident) * os.sysconf("SC_PAGE_SIZE") / 1024**2
    return 0.0
