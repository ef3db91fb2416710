"""The folder of a checked report: the report as it was sent and what the audit made of it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any

from orientir_web.evidence.storage import folder
from orientir_web.report_check.outputs import PAGE, REPORT

KIND = "reports"
_NAME_BYTES = 16
_KEPT = 8  # pages in memory: a filter asks for the same one again


def place(stored: str) -> Path:
    return folder(KIND) / stored


def put(data: bytes) -> str:
    """The name of a new folder with the report in it; written aside, so that there is no half of it."""
    stored = secrets.token_hex(_NAME_BYTES)
    aside = folder(KIND) / f".{stored}"
    aside.mkdir(mode=0o700)
    try:
        handle = os.open(aside / REPORT, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(place(stored))
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return stored


def sweep(stored: str) -> None:
    """What a killed audit has left beside its outputs."""
    for path in place(stored).glob(".*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def drop(stored: str) -> None:
    shutil.rmtree(place(stored), ignore_errors=True)


@lru_cache(maxsize=_KEPT)
def page(stored: str) -> dict[str, Any]:
    """What auditing.py wrote for the page; it never changes."""
    told: dict[str, Any] = json.loads((place(stored) / PAGE).read_text(encoding="utf-8"))
    return told
