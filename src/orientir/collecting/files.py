"""Small files, thousands of them: written by the system's own calls, without the buffers that a stream sets up."""

from __future__ import annotations

import os
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_new(path: Path | str, data: bytes) -> None:
    """A file that is not there yet. Raises FileExistsError where it is, OSError where it cannot be written."""
    target = os.open(path, _NEW, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(target, rest) :]
    finally:
        os.close(target)
