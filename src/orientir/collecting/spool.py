"""Answers on their way from the files to the package: written to disk as they are read, found again by their place."""

from __future__ import annotations

import io
from array import array
from pathlib import Path
from struct import Struct

_NUMBER = array("d").itemsize
_HEAD = Struct("<2L")  # bytes of the rows, and how many numbers follow them


class Spool:
    """A file beside the tables of the package that is being built; `close` removes it.

    The answers of a file are its rows of facts.csv, and behind them the same as bare numbers.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w+b")

    def close(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def add(self, text: bytes, numbers: array[float]) -> int:
        """The place under which they are found again."""
        place = self._file.seek(0, io.SEEK_END)
        self._file.write(b"".join((_HEAD.pack(len(text), len(numbers)), text, numbers.tobytes())))
        return place

    def text(self, place: int) -> bytes:
        size, _ = self._head(place)
        return self._file.read(size)

    def numbers(self, place: int) -> array[float]:
        size, count = self._head(place)
        self._file.seek(size, io.SEEK_CUR)
        return array("d", self._file.read(count * _NUMBER))

    def _head(self, place: int) -> tuple[int, int]:
        self._file.seek(place)
        size, count = _HEAD.unpack(self._file.read(_HEAD.size))
        return size, count
