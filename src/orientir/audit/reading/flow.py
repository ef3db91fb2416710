"""What a reader has gathered so far: paragraphs and tables in their order, each row and paragraph with its number.

Nothing here knows a format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from orientir.audit.document import Block, Link, Paragraph, Place
from orientir.audit.reading.spanning import SLOTS, Draft, Grid
from orientir.audit.reading.written import item_of, links_of
from orientir.spreadsheets.refusals import Refusal

# They show nothing, or turn the order of what is shown: a number among them must still be a number.
_UNSEEN: dict[int, str | None] = {
    **dict.fromkeys((0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))),
    0x2011: "-",
}
_BLANKS = " \t\r\n\f"
_RUN_OF_BLANKS = re.compile(f"[{_BLANKS}]+")
_AT_BREAK = re.compile(r" *\n *")


def collapsed(text: str) -> str:
    """Blanks as markup means them: any run of them is one. A no-break space is none of them."""
    return _RUN_OF_BLANKS.sub(" ", text)


def with_written(text: str, links: Sequence[Link]) -> tuple[Link, ...]:
    """The links of the format, and the addresses that are only written out."""
    shown = "\n".join(link.text for link in links)
    return (*links, *(link for link in links_of(text) if link.text not in shown))


def cell_of(pieces: Sequence[tuple[str, tuple[Link, ...]]], anchor: str = "") -> Draft:
    """A cell of these paragraphs, each on its line."""
    text = "\n".join(piece for piece, _ in pieces if piece)
    return Draft(text, with_written(text, [link for _, links in pieces for link in links]), anchor)


@dataclass(eq=False)
class Flow:
    """Blocks in the order of the document."""

    blocks: list[Block] = field(default_factory=list)
    line: int = 0
    _slots: int = 0

    def paragraph(
        self,
        text: str,
        links: Sequence[Link] = (),
        *,
        heading: int = 0,
        is_item: bool = False,
        page: int | None = None,
        anchor: str = "",
    ) -> None:
        """A paragraph; one without text is none. A bullet that is typed makes an item as one of the format does."""
        if not text:
            return
        if not heading and not is_item:
            text, is_item = item_of(text)
        self.line += 1
        place = Place(self.line, page, anchor)
        self.blocks.append(Paragraph(text, place, heading, is_item, with_written(text, links)))

    def finished(self) -> tuple[Block, ...]:
        """All blocks; Refusal where there is nothing to be judged."""
        if not self.blocks:
            raise Refusal("документ пустой: в нём нет ни текста, ни таблиц.", "Проверьте, тот ли это файл.")
        return tuple(self.blocks)

    def grid(self) -> Grid:
        """A table to be filled, within what is left of the bounds of the document."""
        return Grid(SLOTS - self._slots)

    def table(self, grid: Grid) -> None:
        """The filled table; one without any text is none."""
        table = grid.table(self.line + 1)
        if table and any(cell.text for row in table.rows for cell in row):
            self.line += len(table.rows)
            self._slots += len(table.rows) * len(table.rows[0])
            self.blocks.append(table)


@dataclass(eq=False)
class Run:
    """The text of a paragraph or cell while it is read, with the links that stand in it."""

    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    _open: list[tuple[int, str]] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)

    def open_link(self, target: str | None) -> None:
        """From here on the text leads to `target`."""
        self._open.append((len(self.parts), (target or "").strip()))

    def close_link(self) -> None:
        """A link within the document is none: it leads to no source."""
        if self._open:
            start, target = self._open.pop()
            self._note(start, target)

    def _note(self, start: int, target: str) -> None:
        if target and not target.startswith("#"):
            self.links.append(Link(tidied("".join(self.parts[start:])), target))

    def take(self) -> tuple[str, tuple[Link, ...]]:
        """The text and the links so far; a link that is still open goes on in what follows."""
        for start, target in self._open:
            if len(self.parts) > start:
                self._note(start, target)
        taken = tidied("".join(self.parts)), tuple(self.links)
        self.parts.clear()
        self.links.clear()
        self._open = [(0, target) for _, target in self._open]
        return taken


def tidied(text: str) -> str:
    """Without what nobody sees: soft hyphens, blanks at the ends and around the breaks of lines."""
    return _AT_BREAK.sub("\n", text.translate(_UNSEEN)).strip()
