"""Readers of foreign documents: one module a format, each gives the same neutral document."""

from __future__ import annotations

import os
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from orientir.audit.document import Document
from orientir.audit.reading.failures import OPEN_AND_SAVE, told
from orientir.audit.reading.formats import format_of
from orientir.spreadsheets.guard import read_file
from orientir.spreadsheets.refusals import Refusal

_MOST_BYTES = 100_000_000  # a report with a photograph of every event still passes
_MODULES = {"ods": "xlsx", "xls": "xlsx"}  # formats that share a reader
_CONTROLS = bytes(sorted({*range(9), *range(0x0E, 0x20), 0x7F}))


def read_document(path: Path) -> Document:
    """The document in this file, whatever its name says; UserError where it cannot be read, with the reason."""
    with told(path.name):
        if not os.path.lexists(path):
            raise Refusal("такого файла нет.", "Проверьте путь к файлу.")
        data = read_file(path, _MOST_BYTES)
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Document:
    """As `read_document`, for a file that has been read already; `name` is for messages."""
    with told(name):
        return _read(data, name, format_of(data))


def _read(data: bytes, name: str, kind: str) -> Document:
    if kind in ("doc", "rtf"):
        return _through_office(data, name, kind)
    if kind == "txt":
        return _plain(data, name)
    module = _MODULES.get(kind, kind)
    document: Document = getattr(import_module(f"{__name__}.{module}"), f"read_{module}")(data, name)
    return document


def _through_office(data: bytes, name: str, kind: str) -> Document:
    from orientir.audit.reading.docx import read_docx
    from orientir.audit.reading.office import to_docx

    return replace(read_docx(to_docx(data, f".{kind}"), name), format=kind)


def _plain(data: bytes, name: str) -> Document:
    from orientir.audit.reading.text import read_text

    return read_text(_text(data), name)


def _text(data: bytes) -> str:
    """A few control characters are left by copying from PDF; many of them mean that this is no text."""
    from orientir.spreadsheets.delimited import decoded

    cleaned = data if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.translate(None, _CONTROLS)
    try:
        return decoded(cleaned if len(data) - len(cleaned) <= len(data) // 1000 else data)[0]
    except Refusal as refusal:
        if "кодировка" in refusal.what:
            raise Refusal(refusal.what, "Сохраните текст в кодировке UTF-8.") from None
        if "ячейк" in refusal.what:
            raise Refusal("в файле нет текста.", OPEN_AND_SAVE) from None
        raise Refusal("формат файла не распознан: это не текст и не документ.", OPEN_AND_SAVE) from None
