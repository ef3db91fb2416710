"""The directory of a ZIP archive in memory, and its parts inflated within bounds.

The standard zipfile inflates a form of 16 KB at three times the price, and does not see parts that overlap. Here
whatever the central directory says must be true: calamine reads by the same directory, so what was measured is what is
read. What the parts hold is not decided here.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from orientir.spreadsheets.limits import INFLATED_BYTES, MEMBERS
from orientir.spreadsheets.refusals import SEND_AGAIN, TOO_LARGE, Refusal, damaged, protected

SIGNATURE = b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_NAME_LENGTHS = struct.Struct("<HH")
_LOCAL_HEADER = 30
_WIDE = 0xFFFFFFFF  # the true number stands in the ZIP64 field
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1
_UTF8 = 0x800
_HARMLESS = 32_000  # packed bytes: at the most 1:1032 they unfold into 33 MB, whatever the directory says of them


class Member(NamedTuple):
    """One part: its name as written, where its packed bytes begin, their number, and the stated size.

    `key` is the name under which a reader finds it.
    """

    name: str
    start: int
    packed: int
    size: int
    method: int
    checksum: int
    key: str


def members(data: bytes) -> list[Member]:
    """The parts in the order of the central directory; Refusal where it is broken, false or too large."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or end + _END.size > len(data):
        raise damaged("у архива нет конца, он записан или скачан не полностью")
    _, disk, _, _, count, size, offset, _ = _END.unpack_from(data, end)
    if disk not in (0, 0xFFFF) or offset + size > end:
        raise damaged("оглавление архива неверно")
    if not 0 < count <= MEMBERS:
        raise Refusal(f"внутри файла {count} частей, допустимо не больше {MEMBERS}.", SEND_AGAIN)
    try:
        found = _directory(data, offset, count)
    except (struct.error, UnicodeDecodeError, IndexError):
        raise damaged("оглавление архива неверно") from None
    _check(found, len(data))
    return found


def _directory(data: bytes, position: int, count: int) -> list[Member]:
    found = []
    for _ in range(count):
        head = _CENTRAL.unpack_from(data, position)
        if head[0] != b"PK\x01\x02":
            raise damaged("оглавление архива неверно")
        flags, method, checksum, packed, size, name_length, extra_length, comment = head[3], head[4], *head[7:13]
        local = head[16]
        if flags & _ENCRYPTED:
            raise protected()
        if method not in (_STORED, _DEFLATED):
            raise Refusal("части файла сжаты необычным способом.", SEND_AGAIN)
        name_end = position + 46 + name_length
        if _WIDE in (packed, size, local):
            packed, size, local = _wide(data[name_end : name_end + extra_length], packed, size, local)
        name = data[position + 46 : name_end].decode("utf-8" if flags & _UTF8 else "cp437")
        if data[local : local + 4] != SIGNATURE:
            raise damaged("оглавление архива указывает мимо его частей")
        lengths = _NAME_LENGTHS.unpack_from(data, local + 26)
        start = local + _LOCAL_HEADER + sum(lengths)
        found.append(Member(name, start, packed, size, method, checksum, same_name(name)))
        position = name_end + extra_length + comment
    return found


def _wide(extra: bytes, packed: int, size: int, local: int) -> tuple[int, int, int]:
    """ZIP64: the fields that did not fit stand in an extra field, in a fixed order."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = _NAME_LENGTHS.unpack_from(extra, place)
        if kind == 1:
            numbers = iter(struct.unpack_from(f"<{length // 8}Q", extra, place + 4))
            size = next(numbers, size) if size == _WIDE else size
            packed = next(numbers, packed) if packed == _WIDE else packed
            local = next(numbers, local) if local == _WIDE else local
            break
        place += 4 + length
    return packed, size, local


def _check(found: Sequence[Member], length: int) -> None:
    """No part lies over another (the trick of the densest bombs), none has a namesake, none leads out of a folder."""
    reached = 0
    for member in sorted(found, key=_start):
        if member.start < reached or member.start + member.packed > length:
            raise damaged("части архива лежат друг на друге или выходят за его конец")
        reached = member.start + member.packed
    if sum(member.size for member in found) > INFLATED_BYTES:
        megabytes = INFLATED_BYTES // 1_000_000
        raise Refusal(f"в распакованном виде файл занимает больше {megabytes} МБ.", TOO_LARGE)
    names = {member.key for member in found}
    if len(names) < len(found):
        raise damaged("в архиве есть части с одинаковыми именами")
    for name in names:
        if name.startswith("/") or ":" in name or "\0" in name or ".." in name.split("/"):
            raise Refusal(
                "имена частей внутри файла ведут за его пределы; программы для таблиц так не делают.", SEND_AGAIN
            )


def _start(member: Member) -> int:
    return member.start


def same_name(name: str) -> str:
    """Under which name a reader finds the part: case and the kind of slash do not matter to it."""
    return name.replace("\\", "/").lower()


def inflated(data: bytes | memoryview, member: Member) -> bytes:
    """The bytes of the part: exactly as many as stated and never more, whatever the archive makes of itself."""
    raw = data[member.start : member.start + member.packed]
    if member.method == _STORED:
        content = bytes(raw)
    else:
        try:
            if member.packed <= _HARMLESS:
                content = zlib.decompress(raw, -15, member.size + 1)
            else:
                content = zlib.decompressobj(-15).decompress(raw, member.size + 1)
        except zlib.error:
            raise damaged(f"часть «{member.name}» не распаковывается") from None
    if len(content) != member.size:
        raise damaged(f"размер части «{member.name}» не тот, что в оглавлении")
    return content


def unpacked(parts: Sequence[tuple[Member, bytes]]) -> bytes:
    """An archive of these parts as they are: whoever reads it reads what was looked at, and need not inflate it again.

    The checksums are those of the archive from which they came.
    """
    found: list[bytes] = []
    directory: list[bytes] = []
    position = 0
    for part, content in parts:
        name, size = part.name.encode(), len(content)
        about = (_UTF8, _STORED, 0, 0, part.checksum, size, size, len(name), 0)
        found += (_LOCAL.pack(SIGNATURE, 20, *about), name, content)
        directory += (_CENTRAL.pack(b"PK\x01\x02", 20, 20, *about, 0, 0, 0, 0, position), name)
        position += _LOCAL_HEADER + len(name) + size
    size = sum(map(len, directory))
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), size, position, 0)
    return b"".join((*found, *directory, end))
