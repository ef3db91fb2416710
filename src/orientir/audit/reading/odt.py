"""ODT, the text documents of LibreOffice and others: content.xml walked once, from its first element to the last.

Nothing is laid out: a page is known only where the program that wrote the file noted its soft page breaks, and all of
them. LibreOffice leaves out those within the rows of tables; then its own count of pages is another, and no page is
told rather than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from orientir.audit.document import Document, Table
from orientir.audit.reading.failures import told
from orientir.audit.reading.flow import Flow, Run, collapsed
from orientir.audit.reading.odt_numbering import Numbering
from orientir.audit.reading.odt_parts import (
    TABLE,
    TEXT,
    Styles,
    number_of,
    properties_of,
    roots_of,
    short,
    stated_pages,
)
from orientir.audit.reading.odt_tables import Tables
from orientir.spreadsheets.refusals import damaged

_HREF = "{http://www.w3.org/1999/xlink}href"
_LEFT_OUT = frozenset(
    "text:tracked-changes text:note office:annotation text:sequence-decls text:variable-decls text:user-field-decls "
    "office:forms office:event-listeners draw:object draw:object-ole draw:image draw:plugin svg:title svg:desc "
    "text:ruby-text text:table-of-content text:illustration-index text:table-index text:object-index text:user-index "
    "text:alphabetical-index text:number table:shapes".split()
)
_WORD = re.compile(r"[^\W\d_]{3}")
_LIST_SIGN = re.compile(r"^\w{1,3}\)$")  # says no more than a bullet
_MOST_BLANKS = 100  # in a row; nobody reads more
_DEEPEST = 10  # levels of headings that the format knows


def read_odt(data: bytes, name: str) -> Document:
    """The document in these bytes; `UserError` about `name` where they are no sound ODT.

    Notes, comments, deleted text of tracked changes and tables of contents are left out.
    """
    with told(name):
        roots = roots_of(data)
        body = roots["content.xml"].find("{*}body/{*}text")
        if body is None:
            raise damaged("в нём нет текста документа")
        stated = stated_pages(roots)
        walk = _walked(body, roots, has_pages=body.find(".//" + TEXT + "soft-page-break") is not None)
        if stated and walk.tables.page not in (None, stated):
            walk = _walked(body, roots, has_pages=False)
        pages = walk.tables.page or stated
        return Document(name, "odt", walk.flow.finished(), pages, properties=properties_of(roots))


def table_of(element: Any) -> Table | None:
    """A table element as it is shown, also one of a workbook (ODS); None where it is empty."""
    blocks = _walked(element, {}, has_pages=False).flow.blocks
    return next((block for block in blocks if isinstance(block, Table)), None)


def _walked(body: Any, roots: Mapping[str, Any], *, has_pages: bool) -> _Walk:
    walk = _Walk(roots, has_pages=has_pages)
    walk.read(body)
    return walk


@dataclass(eq=False)
class _Item:
    """An open element of a list; its first paragraph bears its number."""

    awaits_text: bool = True
    start: int | None = None


@dataclass(eq=False)
class _Paragraph:
    """An open paragraph, with the page on which it began and the number that is printed before it."""

    page: int | None
    heading: int
    is_item: bool
    number: str
    run: Run = field(default_factory=Run)


class _Walk:
    """Where the reader stands: which paragraphs, list items, text boxes and tables are open."""

    def __init__(self, roots: Mapping[str, Any], *, has_pages: bool) -> None:
        self.flow = Flow()
        self.tables = Tables(self.flow, 1 if has_pages else None)
        self._styles = Styles(roots)
        self._numbering = Numbering(roots)
        self._runs: list[_Paragraph] = []
        self._items: list[_Item] = []
        self._boxes = 0
        self._starts = self._handlers_of_starts()
        self._ends = self._handlers_of_ends()

    def _handlers_of_starts(self) -> Mapping[str, Callable[[Any], None]]:
        return {
            "text:p": self._start_paragraph,
            "text:h": self._start_paragraph,
            "text:s": lambda blanks: self._add(" " * min(number_of(blanks, TEXT + "c"), _MOST_BLANKS)),
            "text:tab": lambda _: self._add("\t"),
            "text:line-break": lambda _: self._add("\n"),
            "text:a": self._start_link,
            "text:soft-page-break": lambda _: self._break(True),
            "text:list": self._numbering.start_list,
            "text:list-item": self._start_item,
            "text:list-header": lambda _: self._items.append(_Item(awaits_text=False)),
            "draw:text-box": lambda _: self._box(1),
            "table:table": self._start_table,
            "table:table-row": lambda _: self.tables.start_row(),
            "table:table-cell": lambda _: self.tables.start_cell(),
            "table:covered-table-cell": lambda _: self.tables.start_cell(),
        }

    def _handlers_of_ends(self) -> Mapping[str, Callable[[Any], None]]:
        return {
            "text:p": self._end_paragraph,
            "text:h": self._end_paragraph,
            "text:a": self._end_link,
            "text:list": lambda _: self._numbering.end_list(),
            "text:list-item": lambda _: self._end_item(),
            "text:list-header": lambda _: self._end_item(),
            "draw:text-box": lambda _: self._box(-1),
            "table:table": lambda _: self.tables.end_table(),
            "table:table-row": self.tables.end_row,
            "table:table-cell": lambda cell: self.tables.end_cell(cell, covered=False),
            "table:covered-table-cell": lambda cell: self.tables.end_cell(cell, covered=True),
        }

    def read(self, body: Any) -> None:
        """Everything within the element, however deep it is nested."""
        from lxml import etree

        walker = etree.iterwalk(body, events=("start", "end"))
        skipped = False
        for event, element in walker:
            name = short(element.tag)
            if event == "start":
                skipped = name in _LEFT_OUT or _is_hidden(element, name)
                if skipped:
                    walker.skip_subtree()
                else:
                    self._handle(self._starts, name, element)
                    self._add_blank_wise(element.text)
                continue
            if not skipped:
                self._handle(self._ends, name, element)
            skipped = False
            self._add_blank_wise(element.tail)

    def _handle(self, handlers: Mapping[str, Callable[[Any], None]], name: str, element: Any) -> None:
        handler = handlers.get(name)
        if handler:
            handler(element)

    def _add_blank_wise(self, text: str | None) -> None:
        """Blanks of the markup count as one; those that are meant have elements of their own."""
        if text:
            self._add(collapsed(text))

    def _add(self, text: str) -> None:
        if self._runs:
            self._runs[-1].run.add(text)

    def _start_paragraph(self, element: Any) -> None:
        self._break(self.tables.cell is None and self._begins_page(element, TEXT))
        item = self._items[-1] if self._items and self._items[-1].awaits_text else None
        heading = min(number_of(element, TEXT + "outline-level"), _DEEPEST) if element.tag == TEXT + "h" else 0
        number = ""
        if item:
            item.awaits_text = False
            number = self._numbering.of_item(item.start)
        elif heading and not self._styles.is_unnumbered(element.get(TEXT + "style-name")):
            number = self._numbering.of_heading(element, heading)
        self._runs.append(_Paragraph(self.tables.page, heading, item is not None and not heading, number))

    def _end_paragraph(self, _: Any) -> None:
        about = self._runs.pop()
        text, links = about.run.take()
        if self.tables.cell is not None:
            self.tables.cell.pieces.append((f"{about.number} {text}".strip(), links))
        elif text:
            # «Таблица 1» counted by a list is the caption of a table.
            is_item = about.is_item and not _WORD.search(about.number)
            if about.number and not (is_item and _LIST_SIGN.match(about.number)):
                text = f"{about.number} {text}"
            self.flow.paragraph(text, links, heading=about.heading, is_item=is_item, page=about.page)

    def _start_item(self, element: Any) -> None:
        is_set = element.get(TEXT + "start-value") is not None
        self._items.append(_Item(start=number_of(element, TEXT + "start-value") if is_set else None))

    def _end_item(self) -> None:
        if self._items:
            self._items.pop()

    def _start_link(self, element: Any) -> None:
        if self._runs:
            self._runs[-1].run.open_link(element.get(_HREF))

    def _end_link(self, _: Any) -> None:
        if self._runs:
            self._runs[-1].run.close_link()

    def _start_table(self, element: Any) -> None:
        self._break(self.tables.cell is None and self._begins_page(element, TABLE))
        self.tables.start_table()

    def _begins_page(self, element: Any, space: str) -> bool:
        return self._styles.breaks_before(element.get(space + "style-name"))

    def _box(self, more: int) -> None:
        self._boxes += more

    def _break(self, is_one: bool) -> None:
        """What stands in a text box does not turn the page of the text around it."""
        if is_one and not self._boxes:
            self.tables.turn_page()


def _is_hidden(element: Any, name: str) -> bool:
    if name == "text:section":
        return bool(element.get(TEXT + "display") == "none")
    if name in ("text:hidden-text", "text:hidden-paragraph"):
        return bool(element.get(TEXT + "is-hidden") == "true")
    return False
