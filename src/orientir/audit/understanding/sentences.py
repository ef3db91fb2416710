"""Prose as sentences. A sentence that goes on in the next line is one, and each of its words keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from orientir.audit.document import Paragraph, Place
from orientir.audit.understanding.captions import CAPTION

_END = re.compile(r"(?<=[.!?…])(?:\s+)(?=[«\"(]?[А-ЯЁA-Z0-9])|(?<=;)\s+(?!(?:а\s+)?(?:в\s+|за\s+)?20\d\d)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:г|гг|табл|рис|кл|чел|уч|ст|п|пп|им|ул|д|обл|руб|тыс|млн|т|е|др|пр|см|стр|№|[А-ЯЁ])\.|\d\.)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^\s*(?:[а-яё(]|[-–—]\s*(?:в\s+)?(?:20\d\d|\d))")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`starts` are the offsets at which a new line of the document begins, with the place of each."""

    text: str
    starts: tuple[tuple[int, Place], ...]

    def place(self, offset: int) -> Place:
        """The line in which a character stands."""
        return next(place for start, place in reversed(self.starts) if start <= offset)


def sentences(paragraphs: Sequence[Paragraph]) -> Iterator[Sentence]:
    for run in _runs(paragraphs):
        text, starts = "", list[tuple[int, Place]]()
        for one in run:
            starts.append((len(text), one.place))
            text += one.text.replace("\n", " ") + " "
        yield from _split(text.rstrip(), starts)


def _runs(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Lines that are one paragraph: the next begins with a small letter, and this one has no end."""
    run: list[Paragraph] = []
    for one in paragraphs:
        ended = bool(run) and run[-1].text.rstrip().endswith((".", "!", "?", ":", ";"))
        if run and (ended or one.is_item or one.heading or not _GOES_ON.match(one.text) or _is_caption(run[-1])):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _is_caption(paragraph: Paragraph) -> bool:
    return bool(CAPTION.match(paragraph.text))


def _split(text: str, starts: Sequence[tuple[int, Place]]) -> Iterator[Sentence]:
    for begin, end in _bounds(text):
        yield _sentence(text, begin, end, starts)


@lru_cache(maxsize=20_000)
def _bounds(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends; several rules ask it of the same texts."""
    found, begin = list[tuple[int, int]](), 0
    for match in _END.finditer(text):
        if not _ABBREVIATION.search(text[begin : match.start()]):
            found.append((begin, match.start()))
            begin = match.end()
    return (*found, (begin, len(text))) if text[begin:].strip() else tuple(found)


def _sentence(text: str, begin: int, end: int, starts: Sequence[tuple[int, Place]]) -> Sentence:
    before = [(start, place) for start, place in starts if start <= begin]
    within = [(start, place) for start, place in starts if begin < start < end]
    kept = [(0, before[-1][1])] + [(start - begin, place) for start, place in within]
    return Sentence(text[begin:end].strip(), tuple(kept))
