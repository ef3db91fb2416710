"""Files that are no spreadsheets, or spreadsheets of formats we do not read, told by their first bytes."""

from __future__ import annotations

import re

from orientir.spreadsheets.refusals import SAVE_AS_XLSX, Refusal

_SEND_THE_FORM = "Пришлите саму форму в формате XLSX, а не её копию или снимок."
_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "это документ PDF, а нужна таблица.", _SEND_THE_FORM),
    (b"\xff\xd8\xff", "это фотография (JPEG), а нужна таблица.", _SEND_THE_FORM),
    (b"\x89PNG", "это картинка (PNG), а нужна таблица.", _SEND_THE_FORM),
    (b"GIF8", "это картинка (GIF), а нужна таблица.", _SEND_THE_FORM),
    (b"II*\0", "это картинка (TIFF), а нужна таблица.", _SEND_THE_FORM),
    (b"MM\0*", "это картинка (TIFF), а нужна таблица.", _SEND_THE_FORM),
    (b"{\\rtf", "это документ RTF, а нужна таблица.", _SEND_THE_FORM),
    (b"Rar!", "это архив RAR.", "Распакуйте его и положите в папку сами файлы."),
    (b"7z\xbc\xaf", "это архив 7z.", "Распакуйте его и положите в папку сами файлы."),
    (b"\x1f\x8b", "это архив GZIP.", "Распакуйте его и положите в папку сами файлы."),
    (b"PK", "файл повреждён: это неполный архив.", "Скачайте или сохраните файл заново."),
    (b"MZ", "это программа для Windows, а не таблица.", "Не запускайте её и сообщите тому, от чьего имени она пришла."),
    (b"\x7fELF", "это программа, а не таблица.", "Не запускайте её и сообщите тому, от чьего имени она пришла."),
    (b"SQLite format 3", "это база данных SQLite, а нужна таблица.", _SEND_THE_FORM),
)  # fmt: skip
_OLD_EXCEL = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00", re.DOTALL)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE)


def named_stranger(data: bytes) -> Refusal | None:
    """The refusal for a known other format; None where the file may yet be a text table."""
    for start, what, cure in _STARTS:
        if data.startswith(start):
            return Refusal(what, cure)
    if _OLD_EXCEL.match(data):
        return Refusal("это книга очень старого Excel (до 1995 года).", SAVE_AS_XLSX)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"ID;P", b"ID;")):
        return Refusal("это таблица в формате SYLK.", SAVE_AS_XLSX)
    return _marked_up(head) if head.startswith(b"<") else None


def _marked_up(head: bytes) -> Refusal:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head or b"Excel.Sheet" in head:
        return Refusal("это таблица XML 2003.", SAVE_AS_XLSX)
    if b"opendocument" in head:
        return Refusal("это плоский документ OpenDocument (FODS).", SAVE_AS_XLSX)
    if _HTML.search(head):
        return Refusal("это страница HTML, а не таблица Excel: так сохраняют некоторые сайты.", SAVE_AS_XLSX)
    return Refusal("это документ XML, а не таблица.", _SEND_THE_FORM)
