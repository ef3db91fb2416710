"""HTML: the tree of the page walked once, from its first element to the last. What a browser hides is left out.

Styles are not reckoned with, but for `display: none` of an element itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from orientir.audit.document import Document
from orientir.audit.reading.failures import told
from orientir.audit.reading.flow import Flow, Run, collapsed
from orientir.audit.reading.html_tables import Tables
from orientir.audit.reading.html_text import tree_of

_LEFT_OUT = frozenset(
    "script style noscript template svg math iframe object audio video canvas nav button select textarea datalist "
    "head map applet frameset".split()
)
_BLOCKS = frozenset(
    "html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu ol p pre search section summary ul table "
    "caption thead tbody tfoot tr td th".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|\*{1,3})[\])]?\s*")


def read_html(data: bytes, name: str) -> Document:
    """The document in these bytes; `UserError` about `name` where they are no HTML.

    A table that holds tables only lays out the page: those within it are the tables of the document.
    """
    with told(name):
        root = tree_of(data)
        walk = _Walk()
        walk.read(root)
        return Document(name, "html", walk.flow.finished(), properties=_properties(root))


def _properties(root: Any) -> tuple[tuple[str, str], ...]:
    title = root.find(".//title")
    found = [("title", collapsed(title.text or "").strip() if title is not None else "")]
    for meta in root.iter("meta"):
        key = (meta.get("name") or "").lower()
        if key in ("generator", "description"):
            found.append((key, (meta.get("content") or "").strip()))
    return tuple((key, text) for key, text in found if text)


@dataclass(eq=False)
class _Block:
    """An open block: where it stands, and what its text is."""

    anchor: str
    heading: int = 0
    awaits_item: bool = False
    item: _Block | None = field(default=None, repr=False)


class _Walk:
    """Where the reader stands. Text is gathered until a block begins or ends."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._tables = Tables(self.flow)
        self._run = Run()
        self._blocks = [_Block("e1")]
        self._verbatim = 0
        self._number = 0
        self._starts: Mapping[str, Callable[[Any], None]] = {
            "br": lambda _: self._run.add("\n"),
            "a": lambda link: self._run.open_link(link.get("href")),
            "pre": lambda _: self._verbatimly(1),
            "q": lambda _: self._run.add("«"),
        }
        self._ends: Mapping[str, Callable[[Any], None]] = {
            "a": lambda _: self._run.close_link(),
            "pre": lambda _: self._verbatimly(-1),
            "q": lambda _: self._run.add("»"),
        }

    def read(self, root: Any) -> None:
        """Everything within the element, however deep it is nested. Elements left out are counted all the same."""
        from lxml import etree

        hidden = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._number += 1
                if hidden or self._is_left_out(element):
                    hidden += 1
                else:
                    self._start(element)
            elif hidden:
                hidden -= 1
                if not hidden:
                    self._add(element.tail)
            else:
                self._end(element)
        self._flush()

    def _start(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._flush()
            self._open(element)
        handler = self._starts.get(element.tag)
        if handler:
            handler(element)
        self._add(element.text)

    def _end(self, element: Any) -> None:
        handler = self._ends.get(element.tag)
        if handler:
            handler(element)
        if element.tag in _BLOCKS:
            self._flush()
            self._blocks.pop()
            self._tables.end(element)
        self._add(element.tail)

    def _open(self, element: Any) -> None:
        around = self._blocks[-1]
        block = _Block(f"e{self._number}", _HEADINGS.get(element.tag, around.heading), item=around.item)
        if element.tag == "li":
            block.awaits_item, block.item = True, block
        self._blocks.append(block)
        self._tables.start(element, block.anchor)

    def _flush(self) -> None:
        """What was gathered becomes a paragraph, or a part of the cell that is open."""
        text, links = self._run.take()
        if not text:
            return
        block = self._blocks[-1]
        if self._tables.cell is not None:
            self._tables.cell.pieces.append((text, links))
            return
        is_item = block.item is not None and block.item.awaits_item and not block.heading
        if is_item and block.item:
            block.item.awaits_item = False
        self.flow.paragraph(text, links, heading=block.heading, is_item=is_item, anchor=block.anchor)

    def _add(self, text: str | None) -> None:
        if text:
            self._run.add(text if self._verbatim else collapsed(text))

    def _verbatimly(self, more: int) -> None:
        self._verbatim += more

    def _is_left_out(self, element: Any) -> bool:
        tag = element.tag
        if tag in _LEFT_OUT or element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            return True
        return tag == "sup" and self._is_note_mark(element)

    def _is_note_mark(self, element: Any) -> bool:
        """A raised number behind a number or in a link is the mark of a note: «57¹» is not 571."""
        if len(element) > 3 or not _NOTE_MARK.fullmatch("".join(element.itertext())[:20]):
            return False
        before = self._run.parts[-1] if self._run.parts else ""
        return before.rstrip()[-1:] in tuple("0123456789%") or any(child.tag == "a" for child in element)
