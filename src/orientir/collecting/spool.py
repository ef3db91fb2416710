"""Answers on their way from the files to the package: written to disk as they are read, found again by their place."""

from __future__ import annotations

import io
from array import array
from pathlib import Path
from typing import NamedTuple

_NUMBER = array("d").itemsize


class Slip(NamedTuple):
    """Where the answers of one file lie: their rows of facts.csv, and behind them the same as bare numbers."""

    start: int
    text: int
    numbers: int


NOTHING = Slip(0, 0, 0)


class Spool:
    """A file beside the tables of the package that is being built; `close` removes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w+b")

    def close(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def add(self, text: bytes, numbers: array[float]) -> Slip:
        start = self._file.seek(0, io.SEEK_END)
        self._file.write(text)
        self._file.write(numbers.tobytes())
        return Slip(start, len(text), len(numbers))

    def text(self, slip: Slip) -> bytes:
        self._file.seek(slip.start)
        return self._file.read(slip.text)

    def numbers(self, slip: Slip) -> array[float]:
        self._file.seek(slip.start + slip.text)
        return array("d", self._file.read(slip.numbers * _NUMBER))
