"""XML that can hurt its reader before a single cell is reached: declared entities, foreign encodings, endless texts."""

from __future__ import annotations

import re

from orientir.spreadsheets.limits import XML_TAGS
from orientir.spreadsheets.refusals import SEND_AGAIN, Refusal, damaged

# A cell holds 32,767 characters; even if each were written as an entity, a tag would come within this many bytes.
_LONGEST_TEXT = 200_000
_DECLARES = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?[^>]*>|<!--.*?-->)*+<!(?:DOCTYPE|ENTITY)", re.DOTALL)
_FOREIGN = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_ATTRIBUTES = re.compile(rb"(?:\s+[^\s=<>\"'/]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*+\s*")


def check_markup(xml: bytes, name: str) -> None:
    """Refusal for a document type or entities, which no spreadsheet program writes, and for UTF-16."""
    if _DECLARES.match(xml):
        raise Refusal(
            "внутри файла объявлены сущности XML («XML-бомба»); программы для таблиц так не делают.", SEND_AGAIN
        )
    if xml[:2] in _FOREIGN and name.lower().endswith((".xml", ".rels")):
        raise damaged(f"часть «{name}» записана в необычной кодировке")


def check_tags(xml: bytes) -> None:
    """Refusal for a text that no cell can hold, and for more tags than memory."""
    for start in range(0, len(xml) - _LONGEST_TEXT, _LONGEST_TEXT):
        if xml.find(b"<", start, start + _LONGEST_TEXT) < 0:
            raise Refusal("в файле есть текст длиннее, чем помещается в ячейку.", SEND_AGAIN)
    if len(xml) > 4 * XML_TAGS and xml.count(b"<") > XML_TAGS:
        raise Refusal("в файле слишком много ячеек и надписей.", "Пришлите таблицу по частям.")


def check_attributes(attributes: bytes) -> None:
    """Refusal where what stands between the name of a tag and the next «>» is no list of attributes.

    A «>» inside a value would end the tag too early, and hide whatever follows it.
    """
    if attributes.count(b'"') % 2 or (b"'" in attributes and not _ATTRIBUTES.fullmatch(attributes)):
        raise unusual()


def unusual() -> Refusal:
    """Allowed by the letter of XML, written by no spreadsheet program, and not to be guessed at."""
    return damaged("его части записаны не так, как их пишут Excel и LibreOffice")
