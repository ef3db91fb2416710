"""The public site: a page for each component of the cycle, and the same pages for sites that take no folders.

Such sites take pasted text and attached files, so every page has both beside it. Tables and figures keep the numbers
they have in the whole report. How a block looks is in to_html.py and the templates; files are made by their renderers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    Section,
    Strong,
    Table,
    Text,
    numbering,
    plain,
)
from orientir.reports.pages import Page, part, site_pages, with_texts
from orientir.reports.to_docx import to_docx
from orientir.reports.to_html import Markings, asset, fragment, label, origins_of, printed_date, render
from orientir.reports.to_xlsx import to_xlsx


def write_site(document: Document, folder: Path) -> None:
    """Write the site into the folder, which is made if need be; open index.html."""
    for name, content in _site(document):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _site(document: Document) -> Iterator[tuple[str, bytes]]:
    pages = site_pages(document)
    numbers = numbering(document)
    yield "index.html", _index(pages, document, numbers).encode()
    for page in pages:
        yield f"{page.name}.html", _page(page, pages, document, numbers).encode()
        yield f"paste/{page.name}.txt", _paste_text(page, document, numbers).encode()
        yield f"paste/{page.name}.html", _paste_html(page, document, numbers).encode()
        attachment = part(document, page, numbers)
        yield f"files/{page.name}.docx", to_docx(attachment)
        yield f"files/{page.name}.xlsx", to_xlsx(attachment)


# ---- pages


def _index(pages: tuple[Page, ...], document: Document, numbers: Numbering) -> str:
    """The way to all pages, after what the report says before them."""
    opening = tuple(block for section in _opening(document) for block in section.blocks)
    origins = origins_of(opening, document)
    return render(
        "site_index.html.j2",
        document,
        _scripts(origins),
        pages=pages,
        opening=opening,
        text=Markings(numbers, _places(pages).get),
        numbers=numbers,
        origins=origins,
    )


def _opening(document: Document) -> tuple[Section, ...]:
    """The sections before the first of the first component."""
    components = [section.component for section in document.sections]
    first = document.components[0][0]
    return document.sections[: components.index(first)] if first in components else ()


def _page(page: Page, pages: tuple[Page, ...], document: Document, numbers: Numbering) -> str:
    origins = origins_of(page.blocks, document)
    places = _places(pages) | {key: f"#{key}" for key in page.keys}
    return render(
        "site_page.html.j2",
        document,
        _scripts(origins),
        page=page,
        pages=pages,
        text=Markings(numbers, places.get),
        numbers=numbers,
        origins=origins,
    )


def _places(pages: tuple[Page, ...]) -> dict[str, str]:
    """The address of each heading, table and figure."""
    return {key: f"{page.name}.html#{key}" for page in pages for key in page.keys}


def _scripts(origins: Mapping[str, object]) -> list[str]:
    return [asset("page.js"), *([asset("numbers.js")] if origins else [])]


# ---- text to paste


def _paste_html(page: Page, document: Document, numbers: Numbering) -> str:
    def settle(text: Text) -> Text:
        return tuple(item if isinstance(item, Strong | Link) else plain((item,), numbers) for item in text)

    blocks = [with_texts(block, settle) for block in page.blocks]
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
