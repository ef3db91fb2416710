"""Upright and wide sheets: which blocks go on which, and what stands at the head and the foot of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from orientir.reports.document import Block, Document, Heading, Paragraph, Table
from orientir.reports.docx.front import footer_of_title, header_of_title
from orientir.reports.docx.markup import field, paragraph, part, run
from orientir.reports.docx.story import Story

# So many headings and paragraphs before a wide table go with it rather than stand alone on an upright sheet.
_LEAD = 4


@dataclass(frozen=True)
class Sheet:
    """A4 in twips; the wider margin is for the binding."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    turned: bool = False

    @property
    def header(self) -> int:
        return self.top - 737

    @property
    def room(self) -> int:
        return self.width - self.left - self.right


UPRIGHT = Sheet(11906, 16838, left=1701, right=851, top=1304, bottom=1134)
WIDE = Sheet(16838, 11906, left=1134, right=1134, top=1361, bottom=851, turned=True)


def sheets(blocks: Sequence[Block]) -> list[Sheet]:
    """The sheet of every block: a wide table takes its headings, the few words before it and its notes along."""
    wide = [isinstance(block, Table) and block.landscape for block in blocks]
    for index in [index for index, is_table in enumerate(wide) if is_table]:
        first = _lead(blocks, wide, index)
        wide[first:index] = [True] * (index - first)
        after = index + 1
        while after < len(blocks) and _is_note(blocks[after]):
            wide[after] = True
            after += 1
    return [WIDE if is_wide else UPRIGHT for is_wide in wide]


def _lead(blocks: Sequence[Block], wide: Sequence[bool], table: int) -> int:
    """Where the words begin that lead to the table: at a heading, or behind another wide table."""
    first = table
    for index in range(table - 1, max(table - 1 - _LEAD, -1), -1):
        heading = isinstance(blocks[index], Heading)
        under_heading = first < table and not heading
        if wide[index] or under_heading or not isinstance(blocks[index], Heading | Paragraph):
            break
        if heading or (index and wide[index - 1]):
            first = index
    return first


def _is_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == "note"


# ---- sections, headers and footers


def section(sheet: Sheet, running: str = "") -> str:
    """The end of a section; the first one carries `running` and the later ones inherit it."""
    turned = ' w:orient="landscape"' if sheet.turned else ""
    margins = f'w:top="{sheet.top}" w:right="{sheet.right}" w:bottom="{sheet.bottom}" w:left="{sheet.left}"'
    return (
        f'<w:sectPr>{running}<w:type w:val="nextPage"/><w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"{turned}/>'
        f'<w:pgMar {margins} w:header="{sheet.header}" w:footer="454" w:gutter="0"/>'
        f"{'<w:titlePg/>' if running else ''}</w:sectPr>"
    )


def running_parts(story: Story) -> str:
    """Add headers and footers, and return the references by which a section takes them."""
    document = story.document
    parts = (
        ("header", "first", header_of_title(document)),
        ("footer", "first", footer_of_title(document)),
        ("header", "default", _header(document)),
        ("footer", "default", paragraph("Footer", field("PAGE", "2"))),
    )
    return "".join(_running_part(story, kind, pages, content) for kind, pages, content in parts)


def _running_part(story: Story, kind: str, pages: str, content: str) -> str:
    header = kind == "header"
    content_type = CONTENT_TYPE.WML_HEADER if header else CONTENT_TYPE.WML_FOOTER
    relationship = RELATIONSHIP_TYPE.HEADER if header else RELATIONSHIP_TYPE.FOOTER
    name = f"/word/{kind}_{pages}.xml"
    relation = story.add_part(name, content_type, relationship, part("w:hdr" if header else "w:ftr", content))
    return f'<w:{kind}Reference w:type="{pages}" r:id="{relation}"/>'


def _header(document: Document) -> str:
    lines = (f"{document.territory}. {document.title}", *document.marks)
    return "".join(paragraph("Header", run(line)) for line in lines)
