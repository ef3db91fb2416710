"""The bytes of an HTML file -> its tree: in which encoding it is written, and parsed without fetching anything."""

from __future__ import annotations

import codecs
import re
from typing import Any

from orientir.spreadsheets.limits import FILE_BYTES
from orientir.spreadsheets.refusals import Refusal, damaged

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|table|div|p|h[1-6]|ul|ol|section|article|span|pre)\b", re.I)
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{5000,}")
_ATTRIBUTES = 1_000  # of one tag
_RUSSIAN = "cp1251"
# Only those: a name such as «idna» would make Python do something else than to decode a page.
_KNOWN = frozenset(
    ("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic", "cp1252", "utf-16", "utf-16-le")
)
_HEAD = 4096  # bytes in which the encoding is declared
_CURE = "Откройте её в браузере, сохраните как «Веб-страница, полностью» и повторите, или пришлите отчёт в DOCX."


def tree_of(data: bytes) -> Any:
    """The root element. Its elements, counted by `iter("*")` from 1, are those that anchors name.

    Refusal where the bytes are no HTML.
    """
    from lxml import etree, html

    if len(data) > FILE_BYTES:
        raise Refusal(f"страница больше {FILE_BYTES // 10**6} МБ.", "Сохраните её без картинок.")
    text = decoded(data).replace("\0", "")
    if not _TAG.search(text):
        raise Refusal("это не страница HTML: в файле нет её разметки.", _CURE)
    if _has_endless_tag(text):
        raise damaged("у элемента страницы тысячи атрибутов")
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        raise damaged("разметка страницы не читается") from None
    if root is None:
        raise damaged("в странице нет ни одного элемента")
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise Refusal("элементы страницы вложены друг в друга глубже, чем их можно прочитать.", _CURE)
    return root


def _has_endless_tag(text: str) -> bool:
    """Whether a tag has thousands of attributes: the time to read it grows with their square."""
    for match in _LONG_TAG.finditer(text):
        tag = match[0]
        if tag.count("=") > _ATTRIBUTES or (len(tag.split()) > _ATTRIBUTES and '"' not in tag):
            return True
    return False


def decoded(data: bytes) -> str:
    """The text of the page. What is sound UTF-8 is that, whatever is declared: Russian text of one byte never is."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_declared(data), "replace")


def _wide(data: bytes) -> str:
    """UTF-16 without its mark."""
    start = data[:_HEAD]
    if b"<\0" in start and start.count(b"\0") > len(start) // 4:
        return "utf-16-le"
    return "utf-16-be" if b"\0<" in start and start.count(b"\0") > len(start) // 4 else ""


def _declared(data: bytes) -> str:
    """What the page says of itself; of a page that says nothing, what Russian programs write."""
    match = _DECLARED.search(data[:_HEAD])
    if not match:
        return _RUSSIAN
    try:
        name = codecs.lookup(match[1].decode("ascii", "replace")).name
    except LookupError:
        return _RUSSIAN
    return name if name in _KNOWN or name == "utf-8" else _RUSSIAN
