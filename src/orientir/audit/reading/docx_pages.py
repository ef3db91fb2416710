"""On which page of a DOCX something stands: known where the program that saved it has marked the ends of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orientir.audit.reading.docx_package import VAL, W

_PAGE_SEEN, _BREAK, _P, _TEXT = W + "lastRenderedPageBreak", W + "br", W + "p", W + "t"
_FULL_PAGE, _EMPTY_PARAGRAPH = 5_000, 10  # characters, and the room a paragraph takes by itself


@dataclass
class Pages:
    """Where pages end, as the program that saved the document saw it."""

    page: int = 1
    at_top: bool = False

    def end(self) -> None:
        """A page ended by order of the writer."""
        self.page += 1
        self.at_top = True

    def ended(self) -> None:
        """A page was seen to end; where the writer has just ordered it, it is the same end."""
        if not self.at_top:
            self.page += 1
        self.at_top = False


def has_pages(body: Any) -> bool:
    """Whether the document says where its pages end. Word marks every end; where only ordered ends are marked, as
    LibreOffice does, they are taken for all only if no more stands between them than fits on a page."""
    if next(body.iter(_PAGE_SEEN), None) is not None:
        return True
    is_ordered, filled = False, 0
    for one in body.iter(_P, _TEXT, _BREAK):
        if one.tag != _BREAK:
            filled += len(one.text or "") if one.tag == _TEXT else _EMPTY_PARAGRAPH
        elif one.get(W + "type") == "page":
            is_ordered, filled = True, 0
        if filled > _FULL_PAGE:
            return False
    return is_ordered


def ends_page(section: Any | None) -> bool:
    """Whether the next section begins on a new page, as it does unless told otherwise."""
    if section is None:
        return False
    kind = section.find(W + "type")
    return kind is None or kind.get(VAL) not in ("continuous", "nextColumn")
