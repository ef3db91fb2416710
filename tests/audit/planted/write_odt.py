"""ODT by hand: the least package that an office program opens, with spans, covered cells and links."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from audit.planted.model import Block, Cell, Grid, Heading, Item
from audit.planted.write_txt import filled

_TYPE = "application/vnd.oasis.opendocument.text"
_NAMES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.2" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def write(blocks: Sequence[Block], path: Path) -> None:
    body = "".join(_pieces(blocks))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", _MANIFEST)


def _pieces(blocks: Sequence[Block]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if isinstance(block, Grid):
            yield _table(block, number)
        elif isinstance(block, Heading):
            yield f'<text:h text:outline-level="{block.level}">{escape(block.text)}</text:h>'
        elif isinstance(block, Item):
            yield f"<text:list><text:list-item>{_paragraph(block.text)}</text:list-item></text:list>"
        else:
            yield _paragraph(block.text)


def _paragraph(text: str, link: str = "") -> str:
    inner = escape(text)
    if link:
        inner = f'<text:a xlink:type="simple" xlink:href={quoteattr(link)}>{inner}</text:a>'
    return f"<text:p>{inner}</text:p>"


def _table(grid: Grid, number: int) -> str:
    rows = "".join(f"<table:table-row>{''.join(map(_slot, row))}</table:table-row>" for row in filled(grid))
    columns = f'<table:table-column table:number-columns-repeated="{grid.width}"/>'
    return f'<table:table table:name="T{number}">{columns}{rows}</table:table>'


def _slot(cell: Cell | str | None) -> str:
    if not isinstance(cell, Cell):
        return "<table:covered-table-cell/>"
    spans = ""
    if cell.rows > 1 or cell.columns > 1:
        spans = f' table:number-rows-spanned="{cell.rows}" table:number-columns-spanned="{cell.columns}"'
    return f"<table:table-cell{spans}>{_paragraph(cell.text, cell.link)}</table:table-cell>"
