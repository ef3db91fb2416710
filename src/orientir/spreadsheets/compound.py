"""A compound file (OLE): the container of XLS, of protected books and of older Office documents. Its streams, safely.

calamine follows chains of sectors as they are written, and a chain that bites its own tail never ends: so every chain
is walked here first.
"""

from __future__ import annotations

import struct
from array import array
from typing import NamedTuple

from orientir.spreadsheets.refusals import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_HEADER_SECTORS = struct.Struct("<109I")
_ENTRY = 128
_MINI = 64
_SMALLEST_STREAM = 4096  # shorter streams lie in the mini stream


class Stream(NamedTuple):
    """A stream by its name in the directory."""

    name: str
    start: int
    size: int


class Compound:
    """The directory of a compound file and the bytes of its streams; Refusal where its chains are broken."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        try:
            self._open()
        except (struct.error, IndexError, ValueError):
            raise damaged("его строение нарушено, он записан или скачан не полностью") from None

    def _open(self) -> None:
        self.shift = struct.unpack_from("<H", self.data, 30)[0]
        if self.shift not in (9, 12):
            raise ValueError
        # The reader sets aside as much memory as the header promises.
        promised = (struct.unpack_from("<I", self.data, place)[0] for place in (40, 44, 64, 72))
        if max(promised) > len(self.data) >> self.shift:
            raise ValueError
        self.fat = self._table(self._fat_sectors())
        directory, mini, _ = struct.unpack_from("<I8xII", self.data, 48)
        listing = self._joined(self.chain(directory, self.fat))
        self.streams = [
            _stream(listing[place : place + _ENTRY], self.shift) for place in range(0, len(listing), _ENTRY)
        ]
        if any(stream.size > len(self.data) for stream in self.streams if stream.name):
            raise ValueError
        self.mini_fat = self._table(self.chain(mini, self.fat)) if mini not in (_FREE, _END_OF_CHAIN) else array("I")
        root = self.streams[0]
        self.mini_stream = self._joined(self.chain(root.start, self.fat)) if root.start < _END_OF_CHAIN else b""

    def _sector(self, number: int) -> bytes:
        size = 1 << self.shift
        start = (number + 1) * size
        if start >= len(self.data):
            raise IndexError
        return self.data[start : start + size]

    def _joined(self, sectors: list[int]) -> bytes:
        return b"".join([self._sector(number) for number in sectors])

    def _fat_sectors(self) -> list[int]:
        """Where the table of sectors lies: 109 places in the header, the others in a chain of their own."""
        found = list(_HEADER_SECTORS.unpack_from(self.data, 76))
        following = struct.unpack_from("<I", self.data, 68)[0]
        seen = set()
        while following not in (_FREE, _END_OF_CHAIN):
            if following in seen:
                raise ValueError
            seen.add(following)
            *more, following = array("I", self._sector(following))
            found += more
        return [number for number in found if number < _END_OF_CHAIN - 1]

    def _table(self, sectors: list[int]) -> array[int]:
        return array("I", self._joined(sectors))

    def chain(self, start: int, table: array[int]) -> list[int]:
        """Numbers of sectors from the start to the end of the chain; ValueError where it is a ring."""
        sectors = []
        while start != _END_OF_CHAIN:
            sectors.append(start)
            if len(sectors) > len(table):
                raise ValueError
            start = table[start]
        return sectors

    def names(self) -> set[str]:
        return {stream.name for stream in self.streams if stream.name}

    def check_chains(self) -> None:
        """Every stream ends."""
        for stream in self.streams[1:]:
            if stream.name and stream.size:
                self.read(stream.name)

    def read(self, name: str) -> bytes:
        """The bytes of the first stream of this name; b"" where there is none."""
        stream = next((stream for stream in self.streams if stream.name == name), None)
        if stream is None or not stream.size:
            return b""
        try:
            return self._content(stream)[: stream.size]
        except (IndexError, ValueError):
            raise damaged("его строение нарушено, он записан или скачан не полностью") from None

    def _content(self, stream: Stream) -> bytes:
        if stream.size >= _SMALLEST_STREAM:
            return self._joined(self.chain(stream.start, self.fat))
        pieces = self.chain(stream.start, self.mini_fat)
        return b"".join([self.mini_stream[number * _MINI : (number + 1) * _MINI] for number in pieces])


def _stream(entry: bytes, shift: int) -> Stream:
    name = entry[:64].decode("utf-16-le", "replace").partition("\0")[0]
    start, low, high = struct.unpack_from("<III", entry, 116)
    return Stream(name, start, low if shift == 9 else low | high << 32)
