"""Signs of a written text that every reader must know: bullets of lists, addresses written out."""

from __future__ import annotations

import re

from orientir.audit.document import Link

_BULLET = re.compile(r"^\s*(?:[•·▪■●○◦*\uf0b7\uf0a7]|[-–—](?=\s?\w)|\d{1,2}\)|[а-яa-z]\))\s*(?=\S)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?\s?:\s?//|www\.)\S+(?:\s[\w-]+/\S*)*", re.IGNORECASE)


def item_of(text: str) -> tuple[str, bool]:
    """The text without its bullet, and whether it had one. «- в 2022 году» goes on with a sentence and is no item."""
    match = _BULLET.match(text)
    if not match or re.match(r"^\s*[-–—]\s*(?:в\s+)?(?:20\d\d|\d+[,.]?\d*\s*%)", text):
        return text, False
    return text[match.end() :], True


def links_of(text: str) -> tuple[Link, ...]:
    """Addresses that are written out, as they are written."""
    return tuple(Link(match[0], match[0]) for match in _ADDRESS.finditer(text.replace("\n", "")))
