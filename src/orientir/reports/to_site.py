"""The public site: a page for each component of the cycle, and the same pages for sites that take no folders.

Such sites take pasted text and attached files, so every page has both beside it. Tables and figures keep the numbers
they have in the whole report. How a block looks is in to_html.py and the templates; files are made by their renderers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from orientir.reports.document import (
    Block,
    Bullets,
    Chart,
    Column,
    Document,
    Heading,
    Link,
    Numbering,
    Paragraph,
    Ref,
    Row,
    Section,
    Strong,
    Table,
    Text,
    numbering,
    plain,
)
from orientir.reports.to_docx import to_docx
from orientir.reports.to_html import Markings, asset, fragment, label, origins_of, outside, printed_date, render
from orientir.reports.to_xlsx import to_xlsx

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
        titles = [f"{section.title}. " for section in self.published if section.title != self.title]
        return "".join(titles) + f"Таблиц: {self._count(Table)}, рисунков: {self._count(Chart)}."

    def _count(self, kind: type) -> int:
        return sum(isinstance(block, kind) for block in self.blocks)


def write_site(document: Document, folder: Path) -> None:
    """Write the site into the folder, which is made if need be; open index.html."""
    for name, content in _site(document):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _site(document: Document) -> Iterator[tuple[str, bytes]]:
    pages = site_pages(document)
    numbers = numbering(document)
    yield "index.html", render("site_index.html.j2", document, [], pages=pages).encode()
    for page in pages:
        yield f"{page.name}.html", _page(page, pages, document, numbers).encode()
        yield f"paste/{page.name}.txt", _paste_text(page, document, numbers).encode()
        yield f"paste/{page.name}.html", _paste_html(page, document, numbers).encode()
        attachment = part(document, page, numbers)
        yield f"files/{page.name}.docx", to_docx(attachment)
        yield f"files/{page.name}.xlsx", to_xlsx(attachment)


def site_pages(document: Document) -> tuple[Page, ...]:
    """The pages of the site, in the order of the components."""
    return tuple(
        Page(number, id, title, tuple(section for section in document.sections if section.component == id))
        for number, (id, title) in enumerate(document.components, 1)
    )


# ---- pages


def _page(page: Page, pages: tuple[Page, ...], document: Document, numbers: Numbering) -> str:
    places = {key: f"{other.name}.html#{key}" for other in pages for key in other.keys}
    places |= {key: f"#{key}" for key in page.keys}
    origins = origins_of(page.blocks, document)
    return render(
        "site_page.html.j2",
        document,
        [asset("numbers.js")] if origins else [],
        page=page,
        pages=pages,
        text=Markings(numbers, places.get),
        numbers=numbers,
        origins=origins,
    )


# ---- files: a document of its own, numbered from one


def part(document: Document, page: Page, numbers: Numbering) -> Document:
    """The sections of one page as a document, which names the numbers of the whole report where they differ."""

    def settle(text: Text) -> Text:
        return tuple(
            outside(item, numbers) if isinstance(item, Ref) and item.key not in page.keys else item for item in text
        )

    sections = _with_blocks(page.sections, lambda block: _with_texts(block, settle))
    alone = replace(
        document,
        title=page.title,
        subtitle=f"{document.title} {document.subtitle}",
        components=((page.id, page.title),),
        sections=sections,
        origins={id: document.origins[id] for id in origins_of(page.blocks, document)},
    )
    own = numbering(alone)
    return replace(alone, sections=_with_blocks(sections, lambda block: _with_whole_number(block, own, numbers)))


def _with_blocks(sections: tuple[Section, ...], change: Callable[[Block], Block]) -> tuple[Section, ...]:
    return tuple(replace(section, blocks=tuple(map(change, section.blocks))) for section in sections)


def _with_texts(block: Block, change: Callable[[Text], Text]) -> Block:
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


# ---- text to paste


def _paste_html(page: Page, document: Document, numbers: Numbering) -> str:
    def settle(text: Text) -> Text:
        return tuple(item if isinstance(item, Strong | Link) else plain((item,), numbers) for item in text)

    blocks = [_with_texts(block, settle) for block in page.blocks]
    text = Markings(numbers, lambda key: None)
    return fragment("paste.html.j2", blocks=blocks, text=text, numbers=numbers, stamp=_stamp(document))


def _paste_text(page: Page, document: Document, numbers: Numbering) -> str:
    """Paragraphs parted by empty lines; tables with tabs between cells, so that a spreadsheet takes them too."""
    blocks = (_lines(block, numbers) for block in page.blocks)
    return "\n\n".join([*blocks, _stamp(document)]) + "\n"


def _lines(block: Block, numbers: Numbering) -> str:
    match block:
        case Heading():
            return f"{numbers.numbers.get(block.key, '')} {block.text}".strip()
        case Paragraph():
            return _written(block.text, numbers)
        case Bullets():
            signs = (f"{number}." if block.ordered else "–" for number in range(1, len(block.items) + 1))
            return "\n".join(f"{sign} {_written(text, numbers)}" for sign, text in zip(signs, block.items, strict=True))
        case Table():
            return _table_lines(block, numbers)
        case Chart():
            return f"{label(block.key, numbers)} – {block.caption}. {block.alt}"


def _table_lines(table: Table, numbers: Numbering) -> str:
    lines = [f"{label(table.key, numbers)} – {table.caption}", "\t".join(_headers(table.columns))]
    if table.numbered_columns:
        lines.append("\t".join(str(number) for number in range(1, len(table.leaves) + 1)))
    for row in table.rows:
        cells = row.cells[:1] if row.kind == "group" else row.cells
        lines.append("\t".join(" ".join(_written(cell.text, numbers).split("\n")) for cell in cells))
    if table.note:
        lines.append(_written(table.note, numbers))
    return "\n".join(lines)


def _headers(columns: tuple[Column, ...], above: str = "") -> Iterator[str]:
    """One line of headers: each column under the names of all its groups."""
    for column in columns:
        title = f"{above}{column.title}"
        if column.children:
            yield from _headers(column.children, f"{title}: ")
        else:
            yield title


def _written(text: Text, numbers: Numbering) -> str:
    """Plain text; a link shows its address, because nothing else would."""
    return "".join(
        f"{item.text} ({item.url})" if isinstance(item, Link) and item.url != item.text else plain((item,), numbers)
        for item in text
    )


def _stamp(document: Document) -> str:
    marks = "".join(f" {mark}." for mark in document.marks)
    return (
        f"{document.territory}; период: {document.period}; дата отчёта: {printed_date(document)}; "
        f"контрольная сумма данных: {document.checksum}.{marks}"
    )
