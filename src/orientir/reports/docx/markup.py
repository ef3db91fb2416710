"""The few elements of WordprocessingML from which everything else is made. Nothing here knows of reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

NAMESPACES = " ".join(
    (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
    )
)

TAB = "<w:r><w:tab/></w:r>"
BOLD = "<w:b/>"

# XML cannot hold these characters in any spelling, and a pasted text sometimes does.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def part(tag: str, content: str) -> bytes:
    """A whole part of the package with `tag` as its root."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<{tag} {NAMESPACES}>{content}</{tag}>".encode()


def escaped(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text), {'"': "&quot;"})


def run(text: str, properties: str = "") -> str:
    lines = escaped(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{_run_properties(properties)}<w:t xml:space="preserve">{lines}</w:t></w:r>'


def field(instruction: str, cached: str, properties: str = "") -> str:
    """A field with its last result, so that every viewer shows it and Word can work it out anew."""
    return field_start(instruction, properties) + run(cached, properties) + FIELD_END


def field_start(instruction: str, properties: str = "", stale: bool = False) -> str:
    """`stale` asks Word to work the field out as soon as the file is opened."""
    dirty = ' w:dirty="true"' if stale else ""
    style = _run_properties(properties)
    return (
        f'<w:r>{style}<w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r>{style}<w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
        f'<w:r>{style}<w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def bookmarked(number: int, name: str, content: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def paragraph(
    style: str,
    content: str = "",
    *,
    keep_next: bool = False,
    new_page: bool = False,
    numbers: int | None = None,
    align: str = "",
    section: str = "",
) -> str:
    """`numbers` is the id of a list; the paragraph that has a `section` ends it."""
    properties = "".join(
        (
            f'<w:pStyle w:val="{style}"/>',
            "<w:keepNext/>" if keep_next else "",
            "<w:pageBreakBefore/>" if new_page else "",
            "" if numbers is None else f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbers}"/></w:numPr>',
            f'<w:jc w:val="{align}"/>' if align else "",
            section,
        )
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def table_properties(room: int, *, header: bool, caption: str, description: str = "") -> str:
    """The table is `room` twips wide; caption and description are what a screen reader says on entering it."""
    first = 'w:firstRow="1" w:firstColumn="0"' if header else 'w:firstRow="0" w:firstColumn="1"'
    told = f'<w:tblDescription w:val="{escaped(description)}"/>' if description else ""
    return (
        f'<w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{room}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook {first} w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escaped(caption)}"/>{told}</w:tblPr>'
    )


def table_grid(widths: Sequence[int]) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"


def table_row(properties: str, cells: str) -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def table_cell(
    width: int, content: str, *, span: int = 1, merge: str = "", shade: str = "", middle: bool = False
) -> str:
    """`merge` is «restart» in the uppermost of the cells that are one, «continue» in those below it."""
    properties = "".join(
        (
            f'<w:tcW w:w="{width}" w:type="dxa"/>',
            f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
            f'<w:vMerge w:val="{merge}"/>' if merge else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "",
            '<w:vAlign w:val="center"/>' if middle else "",
        )
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _run_properties(properties: str) -> str:
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""
