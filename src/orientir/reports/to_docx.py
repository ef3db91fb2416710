"""The report as a Word document: living fields and native charts, nothing that Word could not have made itself.

The parts are written in the package `docx`; here they are put together. The page numbers of the contents are known
only after the document has been laid out (page_numbers.py).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docx.package import Package

from orientir.reports.archive import repacked
from orientir.reports.document import Block, Bullets, Chart, Document, Heading, Paragraph, Table
from orientir.reports.docx.charts import figure
from orientir.reports.docx.contents import contents, numbered_headings
from orientir.reports.docx.front import passport, title_page
from orientir.reports.docx.markup import paragraph, part, run
from orientir.reports.docx.sheets import UPRIGHT, Sheet, running_parts, section, sheets
from orientir.reports.docx.story import Story
from orientir.reports.docx.styles import ORDERED, locale, numbering, settings, styles
from orientir.reports.docx.tables import table
from orientir.reports.page_numbers import page_numbers

_PROGRAM = "Ориентир"
_STAND_INS = (99, 999, 9999)
_STYLES = {"body": "BodyText", "note": "Note", "callout": "Callout"}


def to_docx(document: Document, pages: Mapping[str, int] | None = None) -> bytes:
    """The document; `pages` are the page numbers of the headings by key, for the contents."""
    package = Package()
    root = parse_xml(part("w:document", ""))
    main = XmlPart(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, root, package)
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    story = Story(document, main)
    _add_looks(story)
    root.append(parse_xml(part("w:body", _body(story, pages))))
    _set_properties(package, document)
    target = io.BytesIO()
    package.save(target)
    return repacked(target.getvalue(), document.date)


def docx_with_contents(document: Document) -> bytes:
    """The document with page numbers in its contents, where this machine can lay it out.

    It is laid out with numbers that stand in for the true ones and are as broad, since the contents take room too.
    """
    headings = numbered_headings(document)
    for stand_in in _STAND_INS:
        pages = page_numbers(to_docx(document, {heading.key: stand_in for heading in headings}), headings)
        if not pages:
            return to_docx(document)
        if max(pages.values()) <= stand_in:
            break
    return to_docx(document, pages)


def _add_looks(story: Story) -> None:
    language = story.document.language
    ordered = sum(isinstance(block, Bullets) and block.ordered for block in story.document.blocks)
    parts = (
        ("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles(language)),
        ("numbering", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, numbering(ordered)),
        ("settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings(language)),
    )
    for name, content_type, relationship, content in parts:
        story.add_part(f"/word/{name}.xml", content_type, relationship, content)


def _body(story: Story, pages: Mapping[str, int] | None) -> str:
    """Blocks by sheets; every run of blocks on the same kind of sheet is a section."""
    document = story.document
    front = title_page(document) + passport(document, UPRIGHT.room) + contents(story, pages)
    blocks = list(document.blocks)
    pieces = [(UPRIGHT, front)]
    pieces += [(sheet, _block(story, block, sheet)) for block, sheet in zip(blocks, sheets(blocks), strict=True)]
    runs = [(sheet, "".join(text for _, text in group)) for sheet, group in groupby(pieces, key=itemgetter(0))]
    running = [running_parts(story)] + [""] * (len(runs) - 1)
    ends = [section(sheet, references) for (sheet, _), references in zip(runs, running, strict=True)]
    # Word keeps the end of a section in its last paragraph, that of the last section in the body itself.
    closed = [*(paragraph("SheetEnd", section=end) for end in ends[:-1]), ends[-1]]
    return "".join(text + end for (_, text), end in zip(runs, closed, strict=True))


def _block(story: Story, block: Block, sheet: Sheet) -> str:
    match block:
        case Heading():
            return _heading(story, block, sheet)
        case Paragraph():
            return paragraph(_STYLES[block.style], story.inline(block.text))
        case Bullets():
            return _bullets(story, block)
        case Table():
            return table(story, block, sheet.room)
        case Chart():
            return figure(story, block)


def _heading(story: Story, block: Heading, sheet: Sheet) -> str:
    if block.key:
        # The contents end with their page; on a turned sheet there is no room for two sections.
        alone = story.numbers.numbers[block.key] == "1" or (sheet.turned and block.level == 1)
        return paragraph(f"Heading{block.level}", story.marked(block.key, run(block.text)), new_page=alone)
    return paragraph(f"PlainHeading{block.level}", run(block.text))


def _bullets(story: Story, block: Bullets) -> str:
    numbers = ORDERED + next(story.lists) if block.ordered else None
    style = "ListNumber" if block.ordered else "ListBullet"
    return "".join(paragraph(style, story.inline(item), numbers=numbers) for item in block.items)


def _set_properties(package: Package, document: Document) -> None:
    moment = datetime(document.date.year, document.date.month, document.date.day, tzinfo=UTC)
    properties = package.core_properties
    properties.title = document.title
    properties.subject = f"{document.subtitle}; {document.period}"[:255]
    properties.author = properties.last_modified_by = _PROGRAM
    properties.language = locale(document.language)
    properties.created = properties.modified = moment
    properties.identifier = document.checksum
