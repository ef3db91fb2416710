"""The parts of a report: under headings, lines in capitals and lead-in lines («Показатели, используемые ...:»)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from orientir.audit.document import Paragraph, Place, Table
from orientir.audit.report import Report, Section
from orientir.audit.understanding.parts import is_capitals, is_cue, is_passing, kind_of, lead_of
from orientir.audit.understanding.territories import find_territory
from orientir.audit.understanding.wording import numbering, plain

_ACT = re.compile(
    r"(?:федеральн\w+ закон|приказ|распоряжени|постановлени|указ\b|концепци|письм|устав\b)", re.IGNORECASE
)
_LISTS = frozenset("indicators monitored sources goals".split())
_CAPITALS, _CUE, _LEAD = 40, 50, 99
_SHORT = 150


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    level: int
    kind: str


@dataclass
class _Parts:
    """`open` are the titles that the next paragraph stands under, the outermost first."""

    done: list[Section] = field(default_factory=list)
    open: list[_Title] = field(default_factory=list)
    lines: list[Paragraph] = field(default_factory=list)
    place: Place = field(default_factory=lambda: Place(0))
    is_listed: bool = False

    def begin(self, title: _Title, place: Place) -> None:
        self.close()
        while self.open and self.open[-1].level >= title.level:
            self.open.pop()
        inherited = self.open[-1].kind if self.open else ""
        self.open.append(replace(title, kind=title.kind or inherited))
        self.place = place

    def close(self) -> None:
        if self.open or self.lines:
            title = self.open[-1] if self.open else _Title("", 0, "")
            self.done.append(Section(title.kind, title.text, self.place, tuple(self.lines)))
        self.lines, self.is_listed = [], False

    def end_list(self, place: Place) -> None:
        """What follows a list stands under the title above its lead-in line."""
        self.close()
        self.open.pop()
        self.place = place


def find_sections(report: Report) -> None:
    """Fills `report.sections` in their order and `report.territory`; a part that is not recognised has no kind."""
    parts = _Parts()
    lone = _lone_numbered(report.document.paragraphs)
    for block in report.document.blocks:
        if isinstance(block, Table):
            parts.is_listed = True
        elif plain(block.text) and not is_passing(block):
            _take(parts, block, is_numbered_title=block.place in lone)
    parts.close()
    report.sections = parts.done
    report.territory = find_territory(report.document)


def _lone_numbered(paragraphs: Sequence[Paragraph]) -> frozenset[Place]:
    """Short lines with a number that are no items: next to an item stands the one before or after it."""
    numbers = [(), *(numbering(one.text) for one in paragraphs), ()]
    found = (
        one.place
        for one, before, own, after in zip(paragraphs, numbers, numbers[1:], numbers[2:], strict=False)
        if own and not one.is_item and len(one.text) <= _SHORT and plain(one.text)[-1:] not in ".;:,"
        if after != _next(own) and own != _next(before)
    )
    return frozenset(found)


def _next(number: tuple[int, ...]) -> tuple[int, ...]:
    return (*number[:-1], number[-1] + 1) if number else ()


def _take(parts: _Parts, paragraph: Paragraph, *, is_numbered_title: bool) -> None:
    if _goes_on_with_title(parts, paragraph):
        parts.open[-1] = _longer(parts.open[-1], plain(paragraph.text))
    elif title := _title(paragraph, is_numbered_title=is_numbered_title):
        parts.begin(title, paragraph.place)
        for item in _inline(paragraph, title):
            _add(parts, item)
    else:
        _add(parts, paragraph)


def _title(paragraph: Paragraph, *, is_numbered_title: bool) -> _Title | None:
    text = plain(paragraph.text)
    if paragraph.heading:
        return _Title(text, paragraph.heading, kind_of(text))
    if is_capitals(text) and not paragraph.is_item:
        return _Title(text, _CAPITALS, kind_of(text))
    if lead := lead_of(paragraph):
        return _Title(lead, _LEAD, "" if paragraph.is_item else kind_of(lead))
    return _Title(text, _CUE, kind_of(text)) if is_numbered_title or is_cue(paragraph) else None


def _goes_on_with_title(parts: _Parts, paragraph: Paragraph) -> bool:
    """A title broken over two lines: the second begins with a small letter."""
    if parts.lines or parts.is_listed or not parts.open or paragraph.is_item or paragraph.heading:
        return False
    return parts.open[-1].level in (_CUE, _CAPITALS) and plain(paragraph.text)[:1].islower()


def _longer(title: _Title, rest: str) -> _Title:
    """With a colon at its end the title proves to lead in a list."""
    level = _LEAD if rest.endswith(":") else title.level
    return replace(title, text=f"{title.text} {rest}".rstrip(": "), level=level)


def _inline(paragraph: Paragraph, title: _Title) -> list[Paragraph]:
    """A list written in one line after the colon: items between semicolons, or commas where there are none."""
    rest = plain(paragraph.text).partition(":")[2].strip() if title.level == _LEAD else ""
    if not rest:
        return []
    if title.kind not in _LISTS | {"methods"}:
        return [replace(paragraph, text=rest)]
    listed = (
        re.split(r"\s*;\s*", rest) if ";" in rest or title.kind in ("indicators", "monitored") else rest.split(", ")
    )
    return [replace(paragraph, text=one.strip(" ."), is_item=True) for one in listed if one.strip(" .")]


def _add(parts: _Parts, paragraph: Paragraph) -> None:
    last = parts.lines[-1] if parts.lines else None
    if last and last.is_item and _goes_on(last, paragraph):
        parts.lines[-1] = replace(last, text=f"{last.text} {plain(paragraph.text)}")
        return
    is_item = paragraph.is_item or _is_listed(paragraph, last)
    if _ends_list(parts, paragraph, is_item):
        parts.end_list(paragraph.place)
    parts.is_listed = parts.is_listed or is_item
    parts.lines.append(replace(paragraph, text=plain(paragraph.text), is_item=is_item))


def _goes_on(last: Paragraph, paragraph: Paragraph) -> bool:
    """The rest of an item that was broken over two lines."""
    return not paragraph.is_item and last.text[-1:] not in ".;:" and plain(paragraph.text)[:1].islower()


def _is_listed(paragraph: Paragraph, last: Paragraph | None) -> bool:
    """Lists without marks: numbers, or lines that end with semicolons, up to the line after the last semicolon."""
    text = plain(paragraph.text)
    if numbering(text) or text.endswith(";"):
        return True
    return bool(last and last.is_item and last.text.endswith(";") and text[:1].islower())


def _ends_list(parts: _Parts, paragraph: Paragraph, is_item: bool) -> bool:
    if not parts.open or parts.open[-1].level != _LEAD:
        return False
    if is_item:
        return parts.open[-1].kind in _LISTS - {"sources"} and bool(_ACT.match(plain(paragraph.text)))
    return parts.is_listed
