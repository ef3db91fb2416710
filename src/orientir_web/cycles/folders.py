"""Where the files of computing lie in the data folder, and a lock that a killed process loses by itself.

`packages` are what districts brought along, `snapshots` the data packages of computed cycles, named by their checksum
and never changed; `cycles` can be deleted at any time: it is computed again from the snapshots.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

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
    path = folder("locks") / name
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        yield False
        return
    try:
        yield True
    finally:
        os.close(handle)


@contextmanager
def sharing(name: str) -> Iterator[None]:
    """Beside others who share the lock; waits for whoever holds it alone."""
    handle = os.open(folder("locks") / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def is_locked(name: str) -> bool:
    """Whether somebody works under this lock now."""
    with locked(name) as ours:
        return not ours
