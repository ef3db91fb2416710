"""Words -> lines of print -> running text: what the page breaks is put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

from orientir.audit.reading.pdf.hyphens import DIVIDED, FULL, PERHAPS
from orientir.audit.reading.pdf.sheet import Word

# A wider gap than this share of the letter's height stands for a space that was not printed.
SPACE = 0.18
# Words whose middles are closer than this share of the letter's height stand on one line.
ONE_LINE = 0.45

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HYPHENS = ("-", "\u2010", "\u2011")
# A line of one word may hold a part of it: the column is narrower than the word.
_LONE_WORD = re.compile(r"^[«„\"(]*[^\W\d_]{2,}$")
_CLOSING = (",", ".", ";", ":", ")", "»", "!", "?")
# A line that leaves less than this share of the letter's height is full; the most that a cell leaves free at its sides.
GLYPH = 0.65
# What is wider than the cell by more points has not been cut.
OVER = 2.0
PADDING = 5.8
_DASHES = ("–", "—")
# An address, or a token too long for a line.
_ADDRESS_TAIL = re.compile(r"(?:(?:https?://|www\.)\S*|[!-~]{30,})$", re.IGNORECASE)
_ADDRESS_MORE = re.compile(r"^[a-z0-9/?=&#%_.~-]+(?:\s|$)", re.IGNORECASE)
_ADDRESS_ONLY = re.compile(r"[!-~]+(?: [!-~]+)+")
# «1 09» over «5», «39,» over «3 %»: a column narrower than its number.
_CUT_NUMBER = re.compile(r"^\d[\d\xa0 ]*,?\d*$")
_NUMBER_REST = re.compile(r"^[\d,%][\d,\xa0 ]*%?$")
_YEARS = re.compile(r"^(?:19|20)\d\d (?:19|20)\d\d$")
_SLASH = re.compile(r"\d/$")
_DATE_TAIL = re.compile(r"(?:^|\D)\d{1,2}\.(?:\d{1,2}\.?(?:\d{1,3})?)?$")
_DATE = re.compile(r"(?:^|\D)\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?:\D|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line of print, from the left. `size` and `bold` are those of most of its letters."""

    x0: float
    top: float
    x1: float
    bottom: float
    words: tuple[Word, ...]
    size: float
    bold: bool
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Lines from above; small raised signs belong to the line that they are raised from."""
    rows: list[list[Word]] = []
    middle = size = 0.0
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        centre = (word.top + word.bottom) / 2
        if rows and centre - middle <= ONE_LINE * max(size, word.size):
            rows[-1].append(word)
            if word.size > size:
                middle, size = centre, word.size
        else:
            rows.append([word])
            middle, size = centre, word.size
    return [line_of(row) for row in rows]


def line_of(words: Sequence[Word]) -> Line:
    """These words as one line."""
    ordered = sorted(words, key=lambda word: word.x0)
    size = _of_most((word.size, len(word.text)) for word in ordered)
    bold = sum(len(word.text) if word.bold else -len(word.text) for word in ordered) > 0
    top, bottom = min(word.top for word in ordered), max(word.bottom for word in ordered)
    text = _text(ordered, size, bottom)
    return Line(ordered[0].x0, top, max(word.x1 for word in ordered), bottom, tuple(ordered), size, bold, text)


def _of_most(sizes: Iterable[tuple[float, int]]) -> float:
    amounts: dict[float, int] = {}
    for size, amount in sizes:
        amounts[size] = amounts.get(size, 0) + amount
    return max(amounts, key=lambda size: amounts[size])


def _text(words: Sequence[Word], size: float, bottom: float) -> str:
    parts: list[str] = []
    before: Word | None = None
    for word in words:
        if before is not None:
            if word.text == before.text and abs(word.x0 - before.x0) < SPACE * size:
                continue  # printed twice to look bold
            if word.space or word.x0 - before.x1 > SPACE * size:
                parts.append(word.space or " ")
        raised = word.size < 0.8 * size and bottom - word.bottom > 0.12 * size
        parts.append(word.text.translate(_RAISED) if raised and word.text.isdecimal() else word.text)
        before = word
    return "".join(parts).replace("\u00ad", "-")  # what is seen within a line is a hyphen


def running(texts: Iterable[str], full: Iterable[bool] = repeat(False)) -> str:
    """Lines one after another: broken addresses and dates are whole again, broken words marked (see `hyphens`); `full`
    tells of each line whether another letter would have had a place in it."""
    whole = last = mark = ""
    for text, is_full in zip(texts, full, strict=False):
        if _LONE_WORD.match(last) and text[:1].islower():
            whole += mark + text
        elif (
            mark == FULL and _CUT_NUMBER.match(last) and _NUMBER_REST.match(text) and not _YEARS.match(f"{last} {text}")
        ):
            whole += text
        else:
            whole = joined(whole, text) if whole else text
        last, mark = text, FULL if is_full else DIVIDED
    return whole.strip()


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph as one."""
    closes = after.startswith(_CLOSING) and not after.startswith("..")
    glued = _ADDRESS_TAIL.search(before) and _ADDRESS_MORE.match(after)
    if glued and _ADDRESS_ONLY.fullmatch(after):
        return before + after.replace(" ", "")
    if closes or glued or _breaks_date(before, after) or (after[:1].isdigit() and _SLASH.search(before)):
        return before + after
    if before.endswith(_HYPHENS) and before[-2:-1].isalnum() and after[:1].isalnum():
        return before[:-1] + PERHAPS + after if after[0].islower() else before + after
    if before.endswith(_DASHES) and before[-2:-1].isdigit() and after[:1].isdigit():
        return before + after
    return f"{before} {after}"


def _breaks_date(before: str, after: str) -> bool:
    tail = _DATE_TAIL.search(before)
    return bool(tail and after[:1].isdigit() and _DATE.search(tail[0] + after))


def turned(words: Sequence[Word]) -> list[Word]:
    """Words of a cell whose text stands on end, as if they lay; all others as they are."""
    upward = [word for word in words if word.turn == 90]
    downward = [word for word in words if word.turn == 270]
    if 2 * len(upward) > len(words):
        return [word._replace(x0=-word.bottom, x1=-word.top, top=word.x0, bottom=word.x1) for word in upward]
    if 2 * len(downward) > len(words):
        return [word._replace(x0=word.top, x1=word.bottom, top=-word.x1, bottom=-word.x0) for word in downward]
    return list(words)


def text_of(words: Sequence[Word], sides: tuple[float, float] | None = None) -> str:
    """The running text of these words, which stand together in a link or, between its sides, in a cell."""
    if not words:
        return ""
    lines = lines_of(turned(words))
    if sides is None or len(lines) < 2:
        return running(line.text for line in lines)
    padding = min(min(line.x0 for line in lines) - sides[0], PADDING)
    room = sides[1] - sides[0] - 2 * padding
    full = [room - GLYPH * line.size < line.x1 - line.x0 < room + OVER for line in lines]
    return running([line.text for line in lines], full)
