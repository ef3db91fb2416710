"""Words that the end of a line has divided: whether the hyphen was theirs is seen in the document and in a dictionary.

`PERHAPS` stands in a text where a hyphen was printed at the end of a line and a small letter follows, `DIVIDED` where
one word filled a line: a narrow column may have cut it without a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial

PERHAPS, DIVIDED = "\u00ad", "\u200b"
_BROKEN = re.compile(rf"([\w-]+){PERHAPS}([\w-]+)")
_CHAIN = re.compile(rf"[^\W\d_]+(?:{DIVIDED}[^\W\d_]+)+")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
# A part of a compound has at least so many letters; shorter ones are endings.
PART = 4
MOST_PARTS = 6


def mender(texts: Iterable[str]) -> Callable[[str], str]:
    """What makes the texts of this document whole: it knows the words that the document prints within a line."""
    known: set[str] = set()
    divided = False
    for text in texts:
        divided = divided or PERHAPS in text or DIVIDED in text
        seen = text.replace(PERHAPS, " ").replace(DIVIDED, " ")
        known.update(match[0].lower().replace("\u2011", "-") for match in _WORD.finditer(seen))
    return partial(_mended, known=known) if divided else str


def _mended(text: str, known: set[str]) -> str:
    if DIVIDED in text:
        text = _CHAIN.sub(lambda match: _undivided(match[0].split(DIVIDED)), text).replace(DIVIDED, " ")
    while PERHAPS in text:
        mended = _BROKEN.sub(lambda match: _whole(match[1], match[2], known), text, count=1)
        text = mended if mended != text else text.replace(PERHAPS, "")
    return text


def _undivided(parts: list[str]) -> str:
    """The longest runs of parts that are words together while one of the parts is none."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    for stop in range(min(len(parts), MOST_PARTS), 1, -1):
        if _is_word("".join(parts[:stop]).lower()) and not all(_is_word(part.lower()) for part in parts[:stop]):
            rest = _undivided(parts[stop:])
            return "".join(parts[:stop]) + (f" {rest}" if rest else "")
    return f"{parts[0]} {_undivided(parts[1:])}"


def _whole(head: str, tail: str, known: set[str]) -> str:
    hyphened, plain = f"{head}-{tail}", f"{head}{tail}"
    if head[-1:].isdigit() or hyphened.lower() in known:
        return hyphened
    if plain.lower() in known:
        return plain
    return hyphened if _is_compound(head.lower(), tail.lower()) else plain


def _is_compound(head: str, tail: str) -> bool:
    """«мастер-классы», «психолого-педагогический», «кол-во»: joined they are no word, apart they are."""
    if (head, tail) == ("кол", "во") or tail in ("нибудь", "либо"):
        return True
    if len(head) < PART or len(tail) < PART or _is_word(head + tail):
        return False
    return _is_word(tail) and (head.endswith("о") or _is_word(head))


@cache
def _is_word(text: str) -> bool:
    return bool(_dictionary().word_is_known(text))


@cache
def _dictionary():  # type: ignore[no-untyped-def]
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")
