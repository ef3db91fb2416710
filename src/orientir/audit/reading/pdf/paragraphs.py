"""Lines -> paragraphs: where one ends is seen by gaps, indents, short lines, bullets and changes of the type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from orientir.audit.document import Link
from orientir.audit.reading.pdf.layout import Layout, links_in
from orientir.audit.reading.pdf.lines import SPACE, Line, joined, running
from orientir.audit.reading.pdf.sheet import LinkArea

# In letters' heights: what counts as an indent, what as a gap within a line that is no space.
INDENT = 0.8
HOLE = 2.5
# A page whose text ends above this share of its height was left on purpose.
LEFT = 0.75
# How much larger than the text a heading is printed.
LARGER = 1.12
HEADING_LETTERS = 300

_BULLET = re.compile(r"^[•·▪■●○◦‣*\uf0b7\uf0a7]\s*\S")
_MAYBE_ITEM = re.compile(r"^(?:[-–—]\s?\S|\d{1,2}(?:\.\d{1,2})*[.)]\s*\D|[а-яa-z]\)\s)")
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?:\s\.){3,}|_{4,}|\s\.(?=\s\d))\s*\d*$")
_CONTENTS = re.compile(r"(?:(?:\.{4,}|…{2,}|(?:\s\.){3,}|\s\.(?=\s\d))\s*\d{1,4}|\.{5,}|(?:\s\.){8,})$")
_CAPTION = re.compile(r"^(?:таблица|табл\.|рисунок|рис\.|диаграмма)\s", re.IGNORECASE)

# A caption with its number, whatever stands before it; a reference to a table goes on with a verb.
_NUMBERED = re.compile(r"^(?:Таблица|Табл\.|Рисунок|Рис\.|Диаграмма)\s*№?\s*[\d.]*\d\s?[.:–—-]?(?:\s+[А-ЯЁA-Z«]|$)")
_ENDS = (".", "!", "?", ";", "…")
# «в 2021/22 уч. г. – 28 %»: the dash belongs to the sentence.
_ENDS_YEAR = re.compile(r"\bгг?\.$")


@dataclass
class Gathered:
    """Lines of one paragraph; `page` is that of the first. `heading` is set when all are known."""

    page: int
    lines: list[Line]
    links: list[Link] = field(default_factory=list)

    @property
    def text(self) -> str:
        return running(line.text for line in self.lines)

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def is_bold(self) -> bool:
        return all(line.bold for line in self.lines)


@dataclass(frozen=True)
class Type:
    """How the text of the document is set: height of its letters, distance of its lines as a multiple of it."""

    size: float
    pitch: float


def type_of(pages: Iterable[Sequence[Line]]) -> Type:
    """The type of most letters outside tables. The distance of lines is that within sentences, where there are such:
    in a list of short items most lines stand further apart."""
    letters: Counter[float] = Counter()
    within: Counter[float] = Counter()
    between: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            letters[round(line.size, 1)] += len(line.text)
        for before, line in pairwise(lines):
            if abs(before.size - line.size) < 0.3 and line.size and len(before.text) > 30:
                goes_on = line.text[:1].islower() and not re.search(r"[.;:!?…]$", before.text)
                (within if goes_on else between)[round((line.middle - before.middle) / line.size, 1)] += 1
    usual = [pitch for pitch, _ in [*within.most_common(), *between.most_common()] if 1.0 <= pitch <= 2.3]
    return Type(letters.most_common(1)[0][0] if letters else 12.0, usual[0] if usual else 1.3)


class Paragraphs:
    """Takes lines in their order and gathers them; `done` gives up what has been gathered."""

    def __init__(self, kind: Type, rights: dict[float, float]) -> None:
        self._type = kind
        self._rights = rights
        self._open: Gathered | None = None
        self._page = 0

    def add(self, line: Line, layout: Layout) -> Gathered | None:
        """The paragraph that this line ended by beginning another one."""
        ended = None
        if self._open is None or self._begins(self._open, line, layout):
            ended, self._open = self._open, Gathered(layout.number, [line])
        else:
            self._open.lines.append(line)
        self._page = layout.number
        _add_links(self._open, line, layout.links)
        return ended

    def done(self) -> Gathered | None:
        ended, self._open = self._open, None
        return ended

    def _begins(self, open_: Gathered, line: Line, layout: Layout) -> bool:
        before = open_.lines[-1]
        if _breaks_word(before, line):
            return False
        if abs(before.size - line.size) > 0.6 or _BULLET.match(line.text) or _is_apart(before):
            return True
        if _NUMBERED.match(line.text) and before.text.endswith(_ENDS):
            return True
        if self._page == layout.number:
            if line.middle - before.middle > self._type.pitch * line.size * 1.25 + 0.5:
                return True
        elif before.bottom < LEFT * layout.height and _may_begin(before, line):
            return True
        if _MAYBE_ITEM.match(line.text) and self._may_end(before, line, layout):
            return True
        if self._goes_on(before, line, layout):
            return False
        if before.bold != line.bold or self._is_indented(open_, line):
            return True
        return not _centred(before, line) and self._is_short(before, line, layout)

    def _may_end(self, before: Line, line: Line, layout: Layout) -> bool:
        """Whether an item may begin here: the line before announces it, ends a sentence, or ends early."""
        if _ENDS_YEAR.search(before.text) and line.text[:1] in "-–—":
            return False
        if before.text.endswith((";", ":")) or (line.text[:1] in "-–" and before.text.endswith(".")):
            return True
        return before.text[-1:] not in ",–—-" and self._is_short(before, line, layout)

    def _goes_on(self, before: Line, line: Line, layout: Layout) -> bool:
        """In mid-sentence a line may end early: what comes next was tied together, or broken by hand."""
        first = line.text[:1]
        near = 0.75 * self._rights.get(layout.width, before.x1) < before.x1
        if re.search(r"[.;:!?…]$", before.text):
            return before.text.endswith(":") and near and not first.isupper()
        return first.islower() or (near and not first.isupper())

    def _is_indented(self, open_: Gathered, line: Line) -> bool:
        """Further right than the line before, unless that began an item; or back to the left from a settled edge."""
        before = open_.lines[-1]
        if _centred(before, line):
            return False
        is_item = len(open_.lines) == 1 and (_BULLET.match(before.text) or _MAYBE_ITEM.match(before.text))
        if line.x0 - before.x0 > INDENT * line.size:
            return not is_item
        return len(open_.lines) > 1 and before.x0 - line.x0 > INDENT * line.size

    def _is_short(self, before: Line, line: Line, layout: Layout) -> bool:
        """Whether the first word of the line would still have had its place in the line before."""
        right = self._rights.get(layout.width, before.x1)
        return before.x1 + 0.3 * line.size + _first_width(line) < right - 0.5 * line.size


def _may_begin(before: Line, line: Line) -> bool:
    return not line.text[:1].islower() and before.text[-1:] not in ",–—-"


def _breaks_word(before: Line, line: Line) -> bool:
    last, first = before.text[-2:-1], line.text[:1]
    if before.text.endswith(("-", "\u2010", "\u2011")):
        return (last.isalpha() and first.islower()) or (last.isdigit() and first.isalnum())
    return before.text.endswith(("–", "—")) and last.isdigit() and first.isdigit()


def _is_apart(line: Line) -> bool:
    """A line of a table of contents or of signatures: it ends with leaders or has a hole."""
    if _LEADERS.search(line.text):
        return True
    return any(right.x0 - left.x1 > HOLE * line.size for left, right in pairwise(line.words))


def _centred(before: Line, line: Line) -> bool:
    return abs(before.x0 + before.x1 - line.x0 - line.x1) < 5 and abs(before.x0 - line.x0) > 1


def _first_width(line: Line) -> float:
    end = line.words[0].x1
    for word in line.words[1:]:
        if word.space == " " or (not word.space and word.x0 - end > SPACE * line.size):
            break
        end = word.x1
    return end - line.x0


def _add_links(open_: Gathered, line: Line, areas: Sequence[LinkArea]) -> None:
    near = [area for area in areas if line.top - 2 <= (area.top + area.bottom) / 2 <= line.bottom + 2]
    for link in links_in(line.words, near):
        last = open_.links[-1] if open_.links else None
        if last and last.target == link.target and len(open_.lines) > 1:
            open_.links[-1] = Link(joined(last.text, link.text), link.target)
        elif link.text:
            open_.links.append(link)


def is_heading(paragraph: Gathered, kind: Type) -> bool:
    """Larger than the text or all bold, short, and neither a caption nor the sentence of an emphasis."""
    text = paragraph.text
    if len(text) > HEADING_LETTERS or _CAPTION.match(text) or _BULLET.match(text) or not re.search(r"[^\W\d]", text):
        return False
    if paragraph.size >= LARGER * kind.size:
        return True
    return paragraph.is_bold and paragraph.size >= 0.95 * kind.size and not re.search(r"[.;:,]$", text)


def is_contents(paragraph: Gathered) -> bool:
    """A line of a table of contents repeats a heading or a caption that stands elsewhere."""
    return bool(_CONTENTS.search(paragraph.text))
