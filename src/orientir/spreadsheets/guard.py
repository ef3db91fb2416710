"""Whether a file that somebody sent may be opened at all: by its content, whatever its name says.

A file is read once, into memory; the same bytes then serve for the checksum, the copy and the reading. What its sheets
hold is not looked at here.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path

from orientir.spreadsheets.archives import SIGNATURE as ZIP
from orientir.spreadsheets.archives import Member, inflated, members
from orientir.spreadsheets.biff import check_records
from orientir.spreadsheets.broken import Kind
from orientir.spreadsheets.compound import SIGNATURE as OLE
from orientir.spreadsheets.compound import Compound
from orientir.spreadsheets.delimited import decoded
from orientir.spreadsheets.limits import FILE_BYTES
from orientir.spreadsheets.ooxml import INDEX, check_workbook
from orientir.spreadsheets.opendocument import check_document
from orientir.spreadsheets.refusals import SAVE_AS_XLSX, SEND_AGAIN, Refusal, damaged, macros, protected
from orientir.spreadsheets.strangers import named_stranger

__all__ = ["Kind", "Refusal", "check_bytes", "check_container", "ignorable", "read_file"]

_ODS = ("application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet-template")
_LEFTOVERS = frozenset((".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", "__macosx"))
_LEFTOVER_STARTS = ("~$", ".~lock.", "._", ".~")


def ignorable(name: str) -> bool:
    """Whether the file is a trace of a program at work (a lock, a thumbnail store) and no answer of a school."""
    name = name.lower()
    return name in _LEFTOVERS or name.startswith(_LEFTOVER_STARTS)


def check_container(path: Path) -> Kind:
    """«xlsx», «xls», «ods» or «csv» by the content of the file; Refusal where it must not be opened."""
    return check_bytes(read_file(path))


def read_file(path: Path | str, most: int = FILE_BYTES) -> bytes:
    """The bytes of an ordinary file of permitted size, never waiting for anything; Refusal for all else."""
    try:
        _check_ordinary(os.lstat(path), most)
        quiet = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, os.O_RDONLY | quiet | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        raise _unreadable(error) from None
    try:
        return _content(handle, most)
    except OSError as error:
        raise _unreadable(error) from None
    finally:
        os.close(handle)


def _content(handle: int, most: int) -> bytes:
    before = os.fstat(handle)
    _check_ordinary(before, most)
    data = _bytes(handle, before.st_size + 1)
    after = os.fstat(handle)
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or len(data) != before.st_size:
        raise Refusal(
            "файл меняется прямо сейчас: его ещё копируют или сохраняют.", "Повторите, когда запись закончится."
        )
    return data


def _bytes(handle: int, most: int) -> bytes:
    """Up to so many bytes, by the system's own call: a stream around it would cost as much again."""
    parts = []
    while most and (part := os.read(handle, most)):
        parts.append(part)
        most -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _check_ordinary(status: os.stat_result, most: int) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise Refusal("это ссылка (ярлык), а не файл.", "Положите в папку сам файл.")
    if not stat.S_ISREG(status.st_mode):
        raise Refusal("это не файл, а папка или устройство.", "Положите в папку сам файл.")
    if not status.st_size:
        raise Refusal("файл пустой (0 байт): он не скачался или не сохранился.", SEND_AGAIN)
    if status.st_size > most:
        raise Refusal(f"файл больше {most // 10**6} МБ.", "Удалите из него картинки и лишние листы.")


def _unreadable(error: OSError) -> Refusal:
    reason = "нет прав на чтение" if isinstance(error, PermissionError) else error.strerror or "ошибка диска"
    return Refusal(f"файл не читается: {reason}.", "Проверьте права и диск, скопируйте файл в папку заново.")


def check_bytes(data: bytes, only: Collection[str] = ()) -> Kind:
    """As `check_container`, for the bytes of a file that has been read already.

    Where the sheets named in `only` are all that will be read of it, the others need not be looked at.
    """
    if data.startswith(ZIP):
        return _archive(data, only)
    if data.startswith(OLE):
        return _compound(data)
    stranger = named_stranger(data)
    if stranger:
        raise stranger
    decoded(data)
    return Kind("csv")


def _archive(data: bytes, only: Collection[str]) -> Kind:
    parts = members(data)
    names = {part.key for part in parts}
    if names.issuperset(INDEX):
        return check_workbook(data, parts, only)
    if _is_ods(data, parts):
        return Kind("ods", check_document(data, parts))
    raise _other_archive(names)


def _is_ods(data: bytes, parts: list[Member]) -> bool:
    first = next((part for part in parts if part.name == "mimetype"), None)
    return first is not None and first.size < 200 and inflated(data, first).decode("latin-1").strip() in _ODS


def _other_archive(names: set[str]) -> Refusal:
    if "xl/workbook.bin" in names:
        return Refusal("это двоичная книга Excel (XLSB).", SAVE_AS_XLSX)
    if any(name.startswith("word/") for name in names):
        return Refusal(
            "это документ Word, а нужна таблица.", "Пришлите саму форму в формате XLSX, а не её копию в Word."
        )
    if any(name.startswith("ppt/") for name in names):
        return Refusal("это презентация, а нужна таблица.", "Пришлите саму форму в формате XLSX.")
    if "mimetype" in names:
        return Refusal("это документ OpenDocument, но не таблица.", "Пришлите саму форму в формате XLSX или ODS.")
    if "[content_types].xml" in names:
        return damaged("в нём нет книги с таблицами")
    return Refusal("это архив, а не таблица.", "Распакуйте его и положите в папку сами файлы.")


def _compound(data: bytes) -> Kind:
    compound = Compound(data)
    names = compound.names()
    if "EncryptedPackage" in names:
        raise protected()
    if names & {"_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA"}:
        raise macros()
    book = compound.read("Workbook") or compound.read("Book")
    if not book:
        what = "это документ Word" if "WordDocument" in names else "это документ Office, но не таблица"
        raise Refusal(f"{what}, а нужна таблица." if "WordDocument" in names else f"{what}.", SAVE_AS_XLSX)
    compound.check_chains()
    return Kind("xls", check_records(book))
