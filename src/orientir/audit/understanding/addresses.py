"""Addresses as they are written in a register: torn by spaces, without a scheme, several in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orientir.audit.document import Cell, Link

# «https: //», «http//», «htp://», «http:\\»: what was meant to be the beginning of an address.
SCHEME = re.compile(r"h\s?t{1,3}\s?p{1,2}\s?s?\s?[:;]?\s?[/\\]{1,3}\s?|(?<![\w.@/])www\s?\.", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w.@/-])(?:[a-zа-я0-9-]+\.)+(?:ru|рф|com|org|net|su|info|online|pro)(?:/\S*)?(?![\w.@-])", re.I
)
_END = re.compile(r"[,;)»\"“]\s|[,;)»\"“.]$|\s+(?=[А-Яа-яЁё(«])")


def links_in(cell: Cell) -> tuple[Link, ...]:
    """Hyperlinks of the cell and the addresses written out in it.

    `text` is as printed; the `target` of what is written out is without spaces, that of a hyperlink as it is.
    """
    hyper = [Link(one.text, one.target.strip()) for one in cell.links if not _is_written_out(one)]
    shown = {_joined(one.text) for one in hyper} | {_joined(one.target) for one in hyper}
    written = [one for one in written_out(cell.text) if _joined(one.target) not in shown]
    return tuple(dict.fromkeys((*hyper, *written)))


def written_out(text: str) -> Iterator[Link]:
    """Addresses in a text, each with what was printed."""
    starts: list[int] = []
    for match in SCHEME.finditer(text):
        if not starts or text[starts[-1] : match.start()].strip(":/ ").lower() not in ("http", "https"):
            starts.append(match.start())
    for start, end in zip(starts, [*starts[1:], len(text)][: len(starts)], strict=True):
        printed = text[start:end].strip()
        cut = _END.search(printed)
        printed = printed[: cut.start()] if cut else printed
        yield Link(printed.strip(), "".join(printed.split()))
    if not starts:
        yield from (Link(match[0], match[0]) for match in _BARE.finditer(text))


def _is_written_out(link: Link) -> bool:
    """A reader's own find in plain text: it may have stopped at the first space, so the text is read anew."""
    return _joined(link.text) == _joined(link.target) or not link.target.strip()


def _joined(text: str) -> str:
    return "".join(text.split()).lower().rstrip("/")
