"""What a file is, by its content: people rename files, and programs save one format under the name of another."""

from __future__ import annotations

import re

from orientir.audit.reading.failures import OPEN_AND_SAVE, RECOGNISE, SAVE_AS_DOCX
from orientir.spreadsheets.archives import SIGNATURE as ZIP
from orientir.spreadsheets.archives import inflated, members
from orientir.spreadsheets.compound import SIGNATURE as OLE
from orientir.spreadsheets.compound import Compound
from orientir.spreadsheets.refusals import Refusal, damaged, protected

_UNPACK = "Распакуйте его и проверьте сам документ."
_PICTURE = "это картинка, а не документ с текстом."
_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xff\xd8\xff", _PICTURE, RECOGNISE),
    (b"\x89PNG", _PICTURE, RECOGNISE),
    (b"GIF8", _PICTURE, RECOGNISE),
    (b"II*\0", _PICTURE, RECOGNISE),
    (b"MM\0*", _PICTURE, RECOGNISE),
    (b"AT&TFORM", "это книга DjVu: в ней картинки страниц.", RECOGNISE),
    (b"Rar!", "это архив RAR.", _UNPACK),
    (b"7z\xbc\xaf", "это архив 7z.", _UNPACK),
    (b"\x1f\x8b", "это архив GZIP.", _UNPACK),
    (b"PK\x05\x06", "это пустой архив.", _UNPACK),
    (b"PK\x03", "файл повреждён: это неполный архив.", "Скачайте или сохраните файл заново."),
    (b"MZ\x90", "это программа для Windows, а не документ.", "Не запускайте её."),
    (b"\x7fELF", "это программа, а не документ.", "Не запускайте её."),
    (b"SQLite format 3", "это база данных, а не документ.", "Проверяйте готовый отчёт."),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|title|style|div|p|h[1-6])\b", re.IGNORECASE)
_FLAT = (
    ("schemas.microsoft.com/office/word/2003", "это документ XML Word 2003."),
    ("schemas.microsoft.com/office/2006/xmlPackage", "это документ Word, сохранённый одним файлом XML."),
    ("urn:schemas-microsoft-com:office:spreadsheet", "это таблица XML 2003."),
    ("opendocument", "это плоский документ OpenDocument."),
)
_TEXT_OF_ODF = "application/vnd.oasis.opendocument.text"
_SHEET_OF_ODF = "application/vnd.oasis.opendocument.spreadsheet"
_ENCRYPTED_DOC = 0x100  # a bit of the flags at offset 10 of the Word stream


def format_of(data: bytes) -> str:
    """«docx», «odt», «xlsx», «ods», «xls», «pdf», «rtf», «doc», «html» or «txt»; Refusal for what is no document."""
    if data.startswith(ZIP):
        return _in_archive(data)
    if data.startswith(OLE):
        return _in_compound(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    for start, what, cure in _STARTS:
        if data.startswith(start):
            raise Refusal(what, cure)
    return _in_text(data)


def _in_archive(data: bytes) -> str:
    parts = {part.key: part for part in members(data)}
    if "mimetype" in parts and parts["mimetype"].size < 200:
        return _of_odf(inflated(data, parts["mimetype"]).decode("latin-1").strip())
    if any(re.match(r"word/document[0-9]*\.xml$", name) for name in parts):
        return "docx"
    if any(name.startswith("xl/") for name in parts):
        return "xlsx"
    if any(name.startswith("ppt/") for name in parts):
        raise Refusal("это презентация, а не отчёт.", "Сохраните её текст и таблицы как DOCX.")
    if "[content_types].xml" in parts:
        raise damaged("в нём нет самого документа")
    raise Refusal("это архив, а не документ.", _UNPACK)


def _of_odf(kind: str) -> str:
    if kind.startswith(_TEXT_OF_ODF):
        return "odt"
    if kind.startswith(_SHEET_OF_ODF):
        return "ods"
    raise Refusal("это не текстовый документ и не таблица.", SAVE_AS_DOCX)


def _in_compound(data: bytes) -> str:
    compound = Compound(data)
    names = compound.names()
    if "EncryptedPackage" in names:
        raise protected()
    if "WordDocument" in names:
        head = compound.read("WordDocument")[:12]
        if int.from_bytes(head[10:12], "little") & _ENCRYPTED_DOC:
            raise protected()
        return "doc"
    if names & {"Workbook", "Book"}:
        return "xls"
    if "PowerPoint Document" in names:
        raise Refusal("это презентация, а не отчёт.", "Сохраните её текст и таблицы как DOCX.")
    raise Refusal("это не документ: внутри нет ни текста Word, ни таблицы Excel.", OPEN_AND_SAVE)


def _in_text(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    head = data[:8192].decode(encoding, "replace").removeprefix("ï»¿").lstrip()
    if head.startswith("MIME-Version:") and "multipart/" in head:
        raise Refusal("это веб-архив (MHT).", SAVE_AS_DOCX)
    if not head.startswith("<"):
        return "txt"
    for mark, what in _FLAT:
        if mark in head:
            raise Refusal(what, SAVE_AS_DOCX)
    if _HTML.search(head):
        return "html"
    if head.startswith("<?xml"):
        raise Refusal("это данные XML, а не документ.", "Проверяйте готовый отчёт.")
    return "txt"
