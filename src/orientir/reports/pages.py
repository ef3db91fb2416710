"""The pages of the public site: which sections stand on which, and a page as a document of its own.

How a page looks is in to_site.py; what the sections say is in sections/.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from orientir.presentation import counted
from orientir.reports.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Heading,
    Numbering,
    Paragraph,
    Ref,
    Row,
    Section,
    Table,
    Text,
    numbering,
)
from orientir.reports.to_html import origins_of, outside

NOTHING = "По этой составляющей пока ничего не опубликовано."


@dataclass(frozen=True)
class Page:
    """The page of one component; where nothing is published for it, the page says so."""

    number: int
    id: str
    title: str
    published: tuple[Section, ...]

    @property
    def name(self) -> str:
        return f"{self.number:02}-{self.id}"

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.published or (Section(self.id, self.id, self.title, (Paragraph((NOTHING,), "callout"),)),)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for section in self.sections for block in section.blocks)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(block.key for block in self.blocks if isinstance(block, Heading | Table | Chart))

    @property
    def summary(self) -> str:
        """What the page holds, in one line."""
        if not self.published:
            return NOTHING
        titles = [section.title for section in self.published if section.title != self.title]
        counts = [(self._count(Table), "таблица"), (self._count(Chart), "рисунок")]
        shown = ", ".join(counted(count, noun) for count, noun in counts if count)
        return " ".join(f"{part}." for part in (*titles, shown) if part)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The way about the page: its sections and their parts, but not a section that is the whole page."""
        headings = (block for block in self.blocks if isinstance(block, Heading) and block.key and block.level < 3)
        return tuple(heading for heading in headings if heading.level > 1 or heading.text != self.title)

    def _count(self, kind: type) -> int:
        return sum(isinstance(block, kind) for block in self.blocks)


def site_pages(document: Document) -> tuple[Page, ...]:
    """The pages of the site, in the order of the components."""
    return tuple(
        Page(number, id, title, tuple(section for section in document.sections if section.component == id))
        for number, (id, title) in enumerate(document.components, 1)
    )


# ---- files: a document of its own, numbered from one


def part(document: Document, page: Page, numbers: Numbering) -> Document:
    """The sections of one page as a document, which names the numbers of the whole report where they differ."""

    def settle(text: Text) -> Text:
        return tuple(
            outside(item, numbers) if isinstance(item, Ref) and item.key not in page.keys else item for item in text
        )

    sections = _with_blocks(page.sections, lambda block: with_texts(block, settle))
    alone = replace(
        document,
        title=page.title,
        subtitle=f"{document.title} — {document.subtitle}",
        components=((page.id, page.title),),
        sections=sections,
        origins={id: document.origins[id] for id in origins_of(page.blocks, document)},
    )
    own = numbering(alone)
    return replace(alone, sections=_with_blocks(sections, lambda block: _with_whole_number(block, own, numbers)))


def _with_blocks(sections: tuple[Section, ...], change: Callable[[Block], Block]) -> tuple[Section, ...]:
    return tuple(replace(section, blocks=tuple(map(change, section.blocks))) for section in sections)


def with_texts(block: Block, change: Callable[[Text], Text]) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=change(block.text))
        case Bullets():
            return replace(block, items=tuple(map(change, block.items)))
        case Table():
            return replace(block, rows=tuple(_with_cells(row, change) for row in block.rows), note=change(block.note))
    return block


def _with_cells(row: Row, change: Callable[[Text], Text]) -> Row:
    return replace(row, cells=tuple(replace(cell, text=change(cell.text)) for cell in row.cells))


def _with_whole_number(block: Block, own: Numbering, whole: Numbering) -> Block:
    if not isinstance(block, Table | Chart) or own.numbers[block.key] == whole.numbers[block.key]:
        return block
    return replace(block, caption=f"{block.caption} (в полном отчёте — {whole.printed(Ref(block.key))})")
