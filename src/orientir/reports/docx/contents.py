"""The contents: a field that Word can build anew, filled with entries that every viewer shows."""

from __future__ import annotations

from collections.abc import Mapping

from orientir.reports.document import Document, Heading
from orientir.reports.docx.markup import FIELD_END, TAB, field, field_start, paragraph, run
from orientir.reports.docx.story import Story

_TITLE = "Содержание"

_FIGURE_SPACE = "\u2007"

# By this Word knows the block as contents and offers to renew it.
_KIND = (
    '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
)


def numbered_headings(document: Document) -> list[Heading]:
    """A heading without a key has no number and does not stand in the contents."""
    return [block for block in document.blocks if isinstance(block, Heading) and block.key]


def contents(story: Story, pages: Mapping[str, int] | None) -> str:
    """Without known pages the field is marked as stale."""
    headings = numbered_headings(story.document)
    if not headings:
        return ""
    printed = printed_pages(pages or {})
    entries = [_entry(story, heading, printed.get(heading.key, "")) for heading in headings]
    entries[0] = field_start(r'TOC \o "1-3" \h \z \u', stale=not pages) + entries[0]
    entries[-1] += FIELD_END
    lines = (paragraph(f"TOC{heading.level}", entry) for heading, entry in zip(headings, entries, strict=True))
    title = paragraph("TOCHeading", run(_TITLE), new_page=not story.document.passport)
    return f"<w:sdt>{_KIND}<w:sdtContent>{title}{''.join(lines)}</w:sdtContent></w:sdt>"


def printed_pages(pages: Mapping[str, int]) -> dict[str, str]:
    """The numbers of pages, all of the same breadth: so lines break alike whatever the numbers are."""
    digits = max((len(str(page)) for page in pages.values()), default=0)
    return {key: str(page).rjust(max(2, digits), _FIGURE_SPACE) for key, page in pages.items()}


def _entry(story: Story, heading: Heading, page: str) -> str:
    anchor = story.bookmark(heading.key)
    words = run(story.numbers.numbers[heading.key]) + TAB + run(heading.text)
    reference = field(rf"PAGEREF {anchor} \h", page)
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{words}{TAB}{reference}</w:hyperlink>'
