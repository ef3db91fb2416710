"""What a paragraph of a DOCX shows: its text and links, without what Word keeps behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from orientir.audit.document import Link
from orientir.audit.reading.docx_package import R, Relation, W, is_on
from orientir.audit.reading.docx_pages import Pages
from orientir.audit.reading.written import links_of

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = MC + "AlternateContent"
_RUN_PROPERTIES = W + "rPr"
_HYPERLINK = re.compile(r"\s*HYPERLINK\s+(?:\\[a-z]\s+)*?(?:\"([^\"]+)\"|([^\s\"\\]\S*))", re.IGNORECASE)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# They show nothing, and turn the order of what is shown: a number among them must still be a number.
_INVISIBLE: dict[int, str | None] = {
    **dict.fromkeys((0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))),
    0x2011: "-",
}
_MOST_OPEN_FIELDS = 40
_MOST_LINKS = 500  # of a paragraph


def chosen(alternatives: Any) -> Any | None:
    """Of the same thing said twice, the first way; the other is for programs that do not know it."""
    first = alternatives.find(MC + "Choice")
    return first if first is not None else alternatives.find(MC + "Fallback")


@dataclass
class _Field:
    """A field is an instruction, then what it shows."""

    instruction: str = ""
    target: str = ""
    start: int = 0
    shows: bool = False


@dataclass
class Inline:
    """One walk over the paragraphs of a document; it is kept between them, for fields may reach over several.

    After `read`: `text`, `links`, `boxes` (of text boxes, for the caller to walk) and `page` of the first text.
    """

    relations: Mapping[str, Relation]
    pages: Pages
    text: str = ""
    links: tuple[Link, ...] = ()
    boxes: list[Any] = field(default_factory=list)
    page: int = 1
    _parts: list[str] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)
    _hidden: int = 0

    def __post_init__(self) -> None:
        self._readers: dict[str, Callable[[Any], None]] = _readers(self)

    def read(self, paragraph: Any) -> None:
        self._parts, self._links, self.boxes, self.page = [], [], [], 0
        self._children(paragraph)
        self._end_paragraph()
        # Signs of symbol fonts are nearly always bullets.
        text = _PRIVATE.sub("•", "".join(self._parts)) if self._parts else ""
        self.text = (text if text.isascii() else text.translate(_INVISIBLE)).strip(" \t\n")
        self.page = self.page or self.pages.page
        self.links = tuple(self._all_links()) if self._links or "www." in text or "http" in text.lower() else ()

    def _all_links(self) -> Iterator[Link]:
        yield from self._links
        shown = "\n".join(link.text for link in self._links[:_MOST_LINKS])
        yield from (link for link in links_of(self.text)[:_MOST_LINKS] if link.text not in shown)

    def _children(self, element: Any) -> None:
        readers, others = self._readers, self._children
        for child in element:
            readers.get(child.tag, others)(child)

    def _nothing(self, element: Any) -> None:
        pass

    def _add(self, text: str) -> None:
        if not self._hidden and text:
            self._parts.append(text)
            if not self.page and not text.isspace():
                self.page = self.pages.page
                self.pages.at_top = False

    def _text(self, element: Any) -> None:
        text = element.text
        if text:
            self._add(text.replace("\n", " ") if "\n" in text else text)

    def _run(self, run: Any) -> None:
        readers, others = self._readers, self._children
        for child in run:
            tag = child.tag
            if tag == _RUN_PROPERTIES:
                if len(child) and is_on(child.find(W + "vanish")):
                    return
            else:
                readers.get(tag, others)(child)

    def _break(self, element: Any) -> None:
        if element.get(W + "type") == "page":
            self.pages.end()
        self._add("\n")

    def _page_ended(self, element: Any) -> None:
        self.pages.ended()

    def _symbol(self, element: Any) -> None:
        code = element.get(W + "char", "")
        if re.fullmatch("[0-9A-Fa-f]{4}", code) and not 0xD800 <= int(code, 16) < 0xE000:
            self._add(chr(int(code, 16)))

    def _box(self, element: Any) -> None:
        self.boxes.append(element)

    def _alternatives(self, element: Any) -> None:
        one = chosen(element)
        if one is not None:
            self._children(one)

    # ---- links and fields

    def _hyperlink(self, element: Any) -> None:
        start = len(self._parts)
        self._children(element)
        relation = self.relations.get(element.get(R + "id", ""))
        if relation is not None and relation.external and relation.target:
            anchor = element.get(W + "anchor")
            self._link(start, f"{relation.target}#{anchor}" if anchor else relation.target)

    def _link(self, start: int, target: str) -> None:
        text = "".join(self._parts[start:]).translate(_INVISIBLE).strip() if target else ""
        if text:
            self._links.append(Link(text, target.strip()))

    def _simple_field(self, element: Any) -> None:
        start = len(self._parts)
        self._children(element)
        self._link(start, _target(element.get(W + "instr", "")))

    def _field_mark(self, element: Any) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
            self._hidden += 1
            if len(self._fields) > _MOST_OPEN_FIELDS:
                self._close(self._fields.pop(0))
        elif kind == "separate" and self._fields and not self._fields[-1].shows:
            field = self._fields[-1]
            field.shows, field.start, field.target = True, len(self._parts), _target(field.instruction)
            self._hidden -= 1
        elif kind == "end" and self._fields:
            self._close(self._fields.pop())

    def _instruction(self, element: Any) -> None:
        if self._fields and not self._fields[-1].shows and len(self._fields[-1].instruction) < 10_000:
            self._fields[-1].instruction += element.text or ""

    def _close(self, field: _Field) -> None:
        if field.shows:
            self._link(field.start, field.target)
        else:
            self._hidden -= 1

    def _end_paragraph(self) -> None:
        """An instruction that does not end with its paragraph never ends: what follows is text."""
        if self._fields:
            for one in self._fields:
                self._close(one)
                one.start = 0
            self._fields = [one for one in self._fields if one.shows]


def _target(instruction: str) -> str:
    """The address a HYPERLINK field leads to; "" for other fields and for places of the same document."""
    match = _HYPERLINK.match(instruction)
    if not match or re.match(r"\s*HYPERLINK\s+\\l\b", instruction, re.IGNORECASE):
        return ""
    return match[1] or match[2]


def _readers(inline: Inline) -> dict[str, Callable[[Any], None]]:
    """Who reads which element; of all others the children are read."""
    silent = "pPr rPr del moveFrom delText delInstrText rt sdtPr sdtEndPr fldData footnoteReference ffData"
    readers: dict[str, Callable[[Any], None]] = {W + name: inline._nothing for name in silent.split()}
    signs = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
    readers |= {W + name: _sign(inline, sign) for name, sign in signs.items()}
    return readers | {
        W + "t": inline._text,
        M + "t": inline._text,
        W + "r": inline._run,
        W + "br": inline._break,
        W + "lastRenderedPageBreak": inline._page_ended,
        W + "sym": inline._symbol,
        W + "hyperlink": inline._hyperlink,
        W + "fldSimple": inline._simple_field,
        W + "fldChar": inline._field_mark,
        W + "instrText": inline._instruction,
        W + "txbxContent": inline._box,
        ALTERNATIVES: inline._alternatives,
    }


def _sign(inline: Inline, sign: str) -> Callable[[Any], None]:
    return lambda element: inline._add(sign)
