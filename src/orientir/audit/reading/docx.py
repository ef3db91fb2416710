"""DOCX: a walk over word/document.xml that does not need the rest of the archive to be whole.

Deleted text, instructions of fields, footnotes and tables of contents (headings said twice) are not part of what a
report says. A text box is read where it is anchored. An anchor is «p» and the number of the paragraph among all w:p.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from orientir.audit.document import Block, Document, Link, Paragraph, Place, Table
from orientir.audit.reading.docx_package import VAL, Package, W, is_on
from orientir.audit.reading.docx_pages import Pages, ends_page, has_pages
from orientir.audit.reading.docx_styles import Numbering, Style, Styles, list_of, outline
from orientir.audit.reading.docx_tables import MOST_SLOTS, Grid, breaks_of, shape_of, span_of, too_many
from orientir.audit.reading.docx_text import ALTERNATIVES, Inline, chosen
from orientir.audit.reading.failures import RECOGNISE, told
from orientir.audit.reading.written import item_of
from orientir.spreadsheets.refusals import Refusal

_P, _TABLE, _ROW, _CELL = W + "p", W + "tbl", W + "tr", W + "tc"
_PROPERTIES = W + "pPr"
_SAID = tuple(W + name for name in ("pStyle", "outlineLvl", "numPr", "pageBreakBefore"))
_PLAIN = Style()
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_CONTAINERS = frozenset((_TABLE, _ROW, _CELL))
_LIST_SIGN = re.compile(r"^\w{1,3}\)$")
_WORD = re.compile(r"[^\W\d_]{3}")
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
)
_CORE = frozenset(("title", "subject", "creator", "created", "modified", "description", "keywords"))


def read_docx(data: bytes, name: str) -> Document:
    """What the bytes of a DOCX say; UserError where they cannot be read. `name` is for messages."""
    with told(name):
        package = Package(data)
        root = package.tree(package.main)
        body = None if root is None else root.find(W + "body")
        if body is None:
            raise Refusal("файл повреждён: в документе Word нет текста.", "Сохраните его в Word заново.")
        return _document(package, body, name)


def _document(package: Package, body: Any, name: str) -> Document:
    walk = _Walk(package, body)
    walk.read(body)
    pictures = sum(1 for _ in body.iter(*_PICTURES))
    if not walk.blocks:
        if pictures:
            raise Refusal("в документе нет текста, только картинки.", RECOGNISE)
        raise Refusal("документ пустой: в нём нет ни текста, ни таблиц.", "Проверьте, тот ли это файл.")
    pages = walk.pages.page if walk.has_pages else None
    notes = tuple(_notes(body, pictures))
    return Document(name, "docx", tuple(walk.blocks), pages, notes=notes, properties=_properties(package))


def _notes(body: Any, pictures: int) -> Iterator[str]:
    if pictures:
        yield f"Картинок и диаграмм в документе: {pictures}; числа на них не прочитаны."
    if next(body.iter(W + "altChunk"), None) is not None:
        yield "В документ вставлен другой файл целиком; он не прочитан."


def _properties(package: Package) -> tuple[tuple[str, str], ...]:
    root = package.optional("docProps/core.xml")
    found = ((one.tag.rpartition("}")[2], (one.text or "").strip()) for one in (root if root is not None else ()))
    return tuple((name, text) for name, text in found if name in _CORE and text)


class _Walk:
    """Where the reading stands: how many paragraphs and rows were met, on which page, what was counted in lists."""

    def __init__(self, package: Package, body: Any) -> None:
        self.styles = Styles(package.optional(package.related(package.main, "styles")))
        self.numbering = Numbering.of(package.optional(package.related(package.main, "numbering")))
        self.pages = Pages()
        self.has_pages = has_pages(body)
        self.inline = Inline(package.relations(package.main), self.pages)
        self.anchors = {paragraph: number for number, paragraph in enumerate(body.iter(_P))}
        self.blocks: list[Block] = []
        self.line = 0
        self.slots = 0

    def read(self, container: Any, anchor: str = "") -> None:
        """Add the paragraphs and tables of a body or a text box; all of a box is anchored where the box is."""
        for piece in pieces(container):
            if piece.tag == _P:
                self._paragraph(piece, anchor)
            elif piece.tag == _TABLE:
                self._table(piece, anchor)

    def _place(self, page: int, anchor: str) -> Place:
        return Place(self.line, page if self.has_pages else None, anchor)

    def _anchor(self, paragraph: Any) -> str:
        return f"p{self.anchors[paragraph]}"

    # ---- paragraphs

    def _paragraph(self, element: Any, anchor: str) -> None:
        self.line += 1
        style_id, style, properties = self._style(element)
        if style.on_new_page and not self.pages.at_top and self.line > 1:
            self.pages.end()
        self.inline.read(element)
        place = self._place(self.inline.page, anchor or self._anchor(element))
        if not style.is_contents:
            self._add(style_id, style, place)
        for box in self.inline.boxes:
            self.read(box, place.anchor)
        if properties is not None and ends_page(properties.find(W + "sectPr")):
            self.pages.end()

    def _style(self, element: Any) -> tuple[str, Style, Any | None]:
        """The style with what the paragraph itself says otherwise."""
        properties = next(element.iterchildren(_PROPERTIES), None)
        style_id, style = "", _PLAIN
        if properties is None:
            return style_id, style, None
        for one in properties.iterchildren(*_SAID):
            if one.tag == W + "pStyle":  # always the first
                style_id = one.get(VAL, "")
                style = self.styles.get(style_id)
            elif one.tag == W + "outlineLvl":
                style = style._replace(heading=outline(one))
            elif one.tag == W + "numPr":
                list_id, level = list_of(one)
                style = style._replace(list_id=list_id or style.list_id, level=level if list_id else style.level)
            else:
                style = style._replace(on_new_page=is_on(one))
        return style_id, style, properties

    def _number(self, style_id: str, style: Style) -> str:
        """What the list prints before the paragraph, "" where it is in none; counted for empty paragraphs too."""
        is_listed = style.list_id and style.list_id != "0"
        return self.numbering.next(style.list_id, style.level, style_id) if is_listed else ""

    def _add(self, style_id: str, style: Style, place: Place) -> None:
        text, links, number = self.inline.text, self.inline.links, self._number(style_id, style)
        if not text:
            return
        is_item = bool(style.list_id) and style.list_id != "0" and not style.heading
        if is_item and _WORD.search(number):  # «Таблица 1» counted by a list is the caption of a table
            is_item = False
        elif not is_item and not style.heading:
            text, is_item = item_of(text)
        if number and not (is_item and _LIST_SIGN.match(number)):
            text = f"{number} {text}"
        self.blocks.append(Paragraph(text, place, style.heading, is_item, links))

    # ---- tables

    def _table(self, element: Any, anchor: str) -> None:
        grid, pages = Grid(), list[tuple[int, int]]()
        begun = Place(self.line + 1)
        for row in pieces(element):
            if row.tag == _ROW and not (shape := shape_of(row)).is_deleted:
                self.line += 1
                place, end = self._row(row, shape.before, grid, anchor)
                begun = begun if pages else place
                pages.append((place.page or 0, end))
        slots = grid.finished()
        self.slots += len(slots) * len(slots[0]) if slots else 0
        if self.slots > MOST_SLOTS:
            raise too_many()
        if self.slots and slots[0]:
            self.blocks.append(Table(slots, begun, breaks_of(pages) if self.has_pages else ()))

    def _row(self, row: Any, before: int, grid: Grid, anchor: str) -> tuple[Place, int]:
        """Its place, and the page on which it ends: each cell has marks of its own where a page ended in it."""
        pages, start, at_top = self.pages, self.pages.page, self.pages.at_top
        cells, end, begins = [], start, 0
        for cell in pieces(row):
            if cell.tag == _CELL:
                pages.page, pages.at_top = start, at_top
                content = self._content(cell)
                begins = begins or content.page
                end = max(end, pages.page)
                cells.append((content, span_of(cell)))
        pages.page, pages.at_top = end, at_top and not begins
        place = self._place(begins or start, anchor or next((one.anchor for one, _ in cells if one.anchor), ""))
        grid.start_row(place, before)
        for content, span in cells:
            grid.add(content.text, replace(place, anchor=anchor or content.anchor), content.links, span)
        return place, end

    def _content(self, cell: Any) -> _Content:
        texts: list[str] = []
        links: list[Link] = []
        page = self._texts(cell, texts, links)
        first = next(cell.iter(_P), None)
        return _Content("\n".join(texts), tuple(links), "" if first is None else self._anchor(first), page)

    def _texts(self, container: Any, texts: list[str], links: list[Link]) -> int:
        """Add what the paragraphs of a cell show, tables and text boxes in it included; the page of the first text."""
        page = 0
        for piece in pieces(container):
            if piece.tag == _P:
                style_id, style, _ = self._style(piece)
                self.inline.read(piece)
                number = self._number(style_id, style)
                if self.inline.text or number:
                    texts.append(f"{number} {self.inline.text}".strip())
                    page = page or self.inline.page
                    links += self.inline.links
                for box in self.inline.boxes:
                    inner = self._texts(box, texts, links)
                    page = page or inner
            elif piece.tag in _CONTAINERS:
                inner = self._texts(piece, texts, links)
                page = page or inner
        return page


class _Content(NamedTuple):
    """What a cell shows; `page` is 0 where it shows nothing."""

    text: str
    links: tuple[Link, ...]
    anchor: str
    page: int


def pieces(container: Any) -> Iterator[Any]:
    """Paragraphs, tables, rows or cells of a container, out of whatever they are wrapped in."""
    for child in container:
        tag = child.tag
        if tag in _WRAPPERS:
            yield from pieces(child)
        elif tag == ALTERNATIVES:
            one = chosen(child)
            if one is not None:
                yield from pieces(one)
        else:
            yield child
