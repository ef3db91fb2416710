"""Compound files and XLS books made by hand, record by record: no library writes broken ones."""

from __future__ import annotations

import struct

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: dict[str, bytes], *, ring: bool = False) -> bytes:
    """A compound file with these streams, each padded past 4096 bytes; `ring` closes the first chain onto itself."""
    contents = [content.ljust(max(4096, -(-len(content) // SECTOR) * SECTOR), b"\0") for content in streams.values()]
    directory_sectors = -(-(len(streams) + 1) * 128 // SECTOR)
    total = sum(len(content) // SECTOR for content in contents) + directory_sectors
    fat_sectors = 1
    while fat_sectors * 128 < total + fat_sectors:
        fat_sectors += 1
    fat = [FAT] * fat_sectors
    fat += [*range(fat_sectors + 1, fat_sectors + directory_sectors), END]
    entries = [_entry("Root Entry", 5, END, 0, 1 if streams else FREE)]
    for number, (name, content) in enumerate(zip(streams, contents, strict=True), 1):
        start, sectors = len(fat), len(content) // SECTOR
        fat += [*range(start + 1, start + sectors), start if ring and number == 1 else END]
        entries.append(_entry(name, 2, start, len(content), FREE, number + 1 if number < len(streams) else FREE))
    fat += [FREE] * (fat_sectors * 128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, fat_sectors, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *range(fat_sectors), *[FREE] * (109 - fat_sectors))
    directory = b"".join(entries).ljust(directory_sectors * SECTOR, b"\0")
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + b"".join(contents)


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, right, child) + bytes(36)
    return head + struct.pack("<IQ", start, size)


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def number_cell(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def shared_cell(row: int, column: int, place: int) -> bytes:
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, place))


def book(cells: bytes, *, before: bytes = b"", strings: bytes = b"") -> bytes:
    """The records of a book of one sheet; `before` stands right after its beginning, as a password does."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    head = begin + before + record(0x0042, struct.pack("<H", 1200)) + strings
    name = "Лист1".encode("utf-16-le")
    place = len(head) + 4 + 8 + len(name) + 4
    head += record(0x0085, struct.pack("<IHBB", place, 0, 5, 1) + name) + record(0x000A)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    return head + sheet + cells + record(0x000A)


def shared_strings(texts: list[str]) -> bytes:
    body = b"".join(struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts)
    return record(0x00FC, struct.pack("<II", len(texts), len(texts)) + body)
