"""Who works in a data folder: servers share it, a restore has it alone.

The system takes a lock back from a process that dies, however it dies; a number of a process in a file would lie then.
Every process that may write holds the lock for itself: one may outlive the server that started it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from orientir.command_words import tr
from orientir.errors import Fault, UserError
from orientir_web.data_folder import DataFolder


def hold(data: DataFolder) -> int:
    """The handle of the lock, held until it is closed or the process ends. Raises UserError while a restore has it."""
    handle = os.open(data.lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    if not _lock(handle, fcntl.LOCK_SH):
        os.close(handle)
        what = tr("в папку возвращают данные из копии.", "a backup is being restored into the folder.")
        raise UserError(Fault(str(data.path), what, tr("Дождитесь конца.", "Wait for its end.")))
    return handle


@contextmanager
def occupied(data: DataFolder) -> Iterator[None]:
    """By a server, whose process is named in the file."""
    handle = hold(data)
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)  # for whoever is told to stop it
        yield
    finally:
        os.close(handle)


@contextmanager
def vacated(data: DataFolder) -> Iterator[None]:
    """Nobody works in the folder, and nobody begins to. Raises UserError where somebody does."""
    if not data.lock_file.is_file():
        yield  # no server was ever started here
        return
    handle = os.open(data.lock_file, os.O_RDWR)
    try:
        if not _lock(handle, fcntl.LOCK_EX):
            raise UserError(_busy(data.path, os.pread(handle, 20, 0).decode(errors="replace").strip()))
        yield
    finally:
        os.close(handle)


def _lock(handle: int, how: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(handle, how | fcntl.LOCK_NB)
        return True
    return False


def _busy(folder: Path, process: str) -> Fault:
    what = tr(
        f"в этой папке работает сервер или его фоновый процесс (сервер — процесс {process}).",
        f"a server or its background process works in this folder (the server is process {process}).",
    )
    cure = tr(
        "Остановите его (Ctrl+C или systemctl stop orientir) и повторите.",
        "Stop it (Ctrl+C or systemctl stop orientir) and repeat.",
    )
    return Fault(str(folder), what, cure)
