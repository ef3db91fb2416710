"""Municipalities in a text, each by its dictionary form: «Лесогорского муниципального округа» is «Лесогорский
муниципальный округ»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from orientir.audit.document import Document

_TYPES = {
    "муниципальн округ": "муниципальный округ",
    "муниципальн район": "муниципальный район",
    "городск округ": "городской округ",
    "район": "район",
}
_NAMED = re.compile(
    r"\b([А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*?(?:ск|цк|н|в)(?:ий|ый|ой|ого|ому|им|ым|ом))\s+"
    r"(?:(муниципальн|городск)\w+\s+)?(округ|район)(?:а|у|ом|е)?\b"
)
_APPOSED = re.compile(
    r"\b(городск\w+ округ|муниципальн\w+ образовани)\w*\s+(?:город\w*\s+|г\.\s*)?"
    r"«?([А-ЯЁ][а-яё]+(?:[ -][А-ЯЁ][а-яё]+)*)"
)
_FIRST = 5  # paragraphs that say whose report this is, before acts name other towns
_ENDING = re.compile(r"[аеиоуыьюя]+$")
_STEM = re.compile(r"(?:ий|ый|ой|ого|ому|им|ым|ом)$")


@dataclass(frozen=True, slots=True)
class Municipality:
    """`stem` is the adjective without its ending; `type` «муниципальный округ», «муниципальный район», ..."""

    stem: str
    type: str

    printed: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        if self.printed:
            return self.printed
        return f"{self.stem}{'ий' if self.stem.endswith(('к', 'г', 'х')) else 'ый'} {self.type}"


def municipalities(text: str) -> Iterator[Municipality]:
    """Those that a text names, in its order."""
    for adjective, kind, noun in _NAMED.findall(text) if "округ" in text or "район" in text else ():
        named = _TYPES.get(f"{kind} {noun}".strip())
        if named and not re.match(r"(?:Федеральн|Сельск|Городск|Муниципальн|Автономн|Данн|Каждо)", adjective):
            yield Municipality(_STEM.sub("", adjective), named)
    for kind, name in _APPOSED.findall(text):
        named = "городской округ" if kind.startswith("городск") else "муниципальное образование"
        yield Municipality(_ENDING.sub("", name), named, f"{named} {name}")


def own_municipality(document: Document) -> Municipality | None:
    """The one that the report is about: named first in its opening lines, else by far the most often."""
    opening = [one.text for one in document.paragraphs[:15]]
    for text in opening[:_FIRST]:
        for named in municipalities(text):
            return named
    for town in (town for text in opening[:_FIRST] for town in _towns(text)):
        return Municipality(_ENDING.sub("", town), "город", f"г. {town}")
    for text in opening:
        for named in municipalities(text):
            return named
    counted = Counter(one for paragraph in document.paragraphs for one in municipalities(paragraph.text)).most_common(2)
    if not counted or counted[0][1] < 2 or (len(counted) > 1 and counted[0][1] < 2 * counted[1][1]):
        return None
    return counted[0][0]


def find_territory(document: Document) -> str:
    """«Лесогорский муниципальный округ», «г. Лесогорск», or "" where no place is surely the report's own."""
    if own := own_municipality(document):
        return own.name
    return next((f"г. {town}" for one in document.paragraphs[:15] for town in _towns(one.text)), "")


def _towns(text: str) -> Iterator[str]:
    for found in re.finditer(r"(?:\bг\.\s*|\bгород[ае]?\s+)([А-ЯЁ][а-яё-]+)", text):
        yield found[1]
