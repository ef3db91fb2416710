"""HTML by hand, in two manners: of a content system (th, links) and of a word processor (td only, bold, nested p)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from audit.planted.model import Block, Cell, Grid, Heading, Item


def html(blocks: Sequence[Block], title: str, plain: bool) -> str:
    body = "\n".join(_pieces(blocks, plain))
    return (
        '<!DOCTYPE html>\n<html lang="ru"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>\n<body>\n{body}\n</body></html>\n"
    )


def _pieces(blocks: Sequence[Block], plain: bool) -> Iterator[str]:
    """Neighbouring items make one list."""
    is_open = False
    for block in blocks:
        if isinstance(block, Item) != is_open:
            yield "</ul>" if is_open else "<ul>"
            is_open = not is_open
        yield _piece(block, plain)
    if is_open:
        yield "</ul>"


def _piece(block: Block, plain: bool) -> str:
    if isinstance(block, Grid):
        return _table(block, plain)
    text = escape(block.text)
    if isinstance(block, Item):
        return f"<li>{text}</li>"
    if isinstance(block, Heading):
        return f"<p><b>{text}</b></p>" if plain and block.level > 1 else f"<h{block.level}>{text}</h{block.level}>"
    return f"<p>{text}</p>"


def _table(grid: Grid, plain: bool) -> str:
    rows = []
    for number, row in enumerate(grid.rows):
        tag = "th" if number < grid.header and not plain else "td"
        rows.append("<tr>" + "".join(_cell(cell, tag, plain) for cell in row) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _cell(cell: Cell, tag: str, plain: bool) -> str:
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    text = escape(cell.text)
    if cell.link:
        text = f'<a href="{escape(cell.link)}">{text}</a>'
    return f"<{tag}{spans}>{f'<p>{text}</p>' if plain else text}</{tag}>"
