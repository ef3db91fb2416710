"""Bytes in the data folder, under names that tell nothing. Who may have them is not known here."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

_NAME_BYTES = 16


def folder(kind: str) -> Path:
    """The folder of a kind of files, its owner's alone."""
    path: Path = settings.DATA.files / kind
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def put(kind: str, data: bytes) -> str:
    """The name under which the bytes now lie. Written aside and renamed: there is no half of a file."""
    place, name = folder(kind), secrets.token_hex(_NAME_BYTES)
    aside = place / f".{name}"
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(place / name)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return name


def path_of(kind: str, name: str) -> Path:
    return folder(kind) / name


def drop(kind: str, name: str) -> None:
    """Nothing where it is gone already."""
    with suppress(FileNotFoundError):
        path_of(kind, name).unlink()
