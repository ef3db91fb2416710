"""Where the files of computing lie in the data folder, and a lock that a killed process loses by itself.

`packages` are what districts brought along, `snapshots` the data packages of computed cycles, named by their checksum
and never changed; `cycles` can be deleted at any time: it is computed again from the snapshots.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

_TRIES, _PAUSE = 10, 0.05  # whoever only looks has it for a moment, which does not keep a worker from its job
PACKAGES_LOCK = "packages"  # shared by who makes or reads a package, held alone by who removes some


def folder(*parts: str) -> Path:
    """A folder of ours, made with its parents, its owner's alone."""
    found: Path = settings.DATA.files.joinpath(*parts)
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def snapshot_folder(checksum: str) -> Path:
    """Of a package's checksum («sha256:…»); it need not exist yet."""
    return folder("snapshots") / checksum.rpartition(":")[2]


@contextmanager
def locked(name: str) -> Iterator[bool]:
    """Whether this process got the lock of that name; the system takes it back from a process that dies."""
    with _opened(name) as handle:
        yield _taken(handle, fcntl.LOCK_EX, _TRIES)


def is_locked(name: str) -> bool:
    """Whether somebody works under this lock now. Many may look at once."""
    with _opened(name) as handle:
        return not _taken(handle, fcntl.LOCK_SH, 1)


@contextmanager
def _opened(name: str) -> Iterator[int]:
    handle = os.open(folder("locks") / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def sharing(name: str) -> Iterator[None]:
    """Beside others who share the lock; waits for whoever holds it alone."""
    with _opened(name) as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield


def _taken(handle: int, kind: int, tries: int) -> bool:
    for number in range(tries):
        time.sleep(_PAUSE if number else 0)
        with suppress(BlockingIOError):
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
            return True
    return False
