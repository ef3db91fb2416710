"""Words that the end of a line has divided: whether the hyphen was theirs is seen in the document and in a dictionary.

`PERHAPS` stands in a text where a hyphen was printed at the end of a line and a small letter follows, `DIVIDED` where
one word was a line: a narrow column may have cut it without a hyphen. `FULL` is the same where no letter more would
have had a place in the line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from functools import cache, partial

PERHAPS, DIVIDED, FULL = "\u00ad", "\u200b", "\u2060"
_BROKEN = re.compile(rf"([\w-]+){PERHAPS}([\w-]+)")
_CHAIN = re.compile(rf"[^\W\d_]+(?:[{DIVIDED}{FULL}][^\W\d_]+)+")
_MARK = re.compile(f"[{DIVIDED}{FULL}]")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
# A part of a compound has at least so many letters; shorter ones are endings.
PART = 4
MOST_PARTS = 6
_SHORT = frozenset("авиксоуя")


def mender(texts: Iterable[str]) -> Callable[[str], str]:
    """What makes the texts of this document whole: it knows the words that the document prints within a line."""
    known: set[str] = set()
    divided = False
    for text in texts:
        divided = divided or PERHAPS in text or bool(_MARK.search(text))
        seen = _MARK.sub(" ", text.replace(PERHAPS, " "))
        known.update(match[0].lower().replace("\u2011", "-") for match in _WORD.finditer(seen))
    return partial(_mended, known=known) if divided else str


def _mended(text: str, known: set[str]) -> str:
    if _MARK.search(text):
        text = _MARK.sub(
            " ", _CHAIN.sub(lambda match: _undivided(_MARK.split(match[0]), _MARK.findall(match[0])), text)
        )
    while PERHAPS in text:
        mended = _BROKEN.sub(lambda match: _whole(match[1], match[2], known), text, count=1)
        text = mended if mended != text else text.replace(PERHAPS, "")
    return text


def _undivided(parts: list[str], marks: list[str]) -> str:
    """The parts as the words that they make most likely."""
    best: list[tuple[float, str]] = [(0.0, "")]
    for stop in range(1, len(parts) + 1):
        ways = [
            (best[start][0] + _doubt(parts[start:stop], marks[start : stop - 1]), f"{best[start][1]} {word}")
            for start in range(max(0, stop - MOST_PARTS), stop)
            for word in ("".join(parts[start:stop]),)
        ]
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1].strip()


def _doubt(parts: list[str], marks: list[str]) -> float:
    """How unlikely these parts are to be one word: a word is likely, a name that no dictionary knows less so, the less
    the more long words are in it; what would have found its place in the line above is none."""
    word, full = "".join(parts).lower(), all(mark == FULL for mark in marks)
    if _is_word(word) and (len(word) > 1 or word in _SHORT):
        is_word = len(parts) == 1 or full or not all(_is_word(part.lower()) for part in parts)
        return 1 if is_word else math.inf
    if not full:
        return math.inf
    whole = sum(len(part) > PART and _is_word(part.lower()) for part in parts[1:]) if len(parts[0]) > PART else 0
    return 4 + 2 * whole


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
