"""Where a measurement was made, and what its processes took there."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]


def machine() -> str:
    """What a reader has to know of it: how much there is, never whose it is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    about = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.partition(":")[2].strip() for line in about if line.startswith("model name")), "unknown")
    told = {
        "processors": f"{os.cpu_count()} ({model})",
        "memory": f"{memory:.0f} GiB",
        "Python": sys.version.split()[0],
        "measured on": time.strftime("%Y-%m-%d", time.gmtime()),
    }
    return "\n".join(f"- {name}: {value}" for name, value in told.items())


def below(process: int) -> Iterator[int]:
    """Its children, their children and so on, as the kernel tells them."""
    with suppress(OSError):  # it has ended meanwhile
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text(encoding="ascii").split():
                yield int(child)
                yield from below(int(child))


def cpu_of(process: int) -> float:
    """Seconds of all processors that it took, with its children that have ended."""
    with suppress(OSError):
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0
