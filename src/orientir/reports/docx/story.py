"""What one document holds together while it is written: its numbers, bookmarks, links and further parts."""

from __future__ import annotations

import re
from datetime import date
from itertools import count
from urllib.parse import quote

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from orientir.reports.document import Document, Link, Num, Ref, Strong, Text, numbering
from orientir.reports.docx.markup import BOLD, bookmarked, field, run

_BOOKMARKS = {"Heading": "_Toc_", "Table": "_Ref_Table_", "Chart": "_Ref_Chart_"}

# Word calls a file damaged for a link with any of these; letters of other alphabets do no harm.
_NOT_IN_LINKS = re.compile(r'[\s<>"{}|\\^`]')
_SCHEMES = ("http://", "https://", "mailto:")

_NBSP = "\u00a0"


class Story:
    """One document in the making; `part` is the main part of its package."""

    def __init__(self, document: Document, part: Part) -> None:
        self.document = document
        self.part = part
        self.numbers = numbering(document)
        self.lists = count()
        self._order = {key: index for index, key in enumerate(self.numbers.numbers, start=1)}
        self._links: dict[str, str] = {}

    @property
    def date(self) -> date:
        return self.document.date

    def bookmark(self, key: str) -> str:
        return _BOOKMARKS[self.numbers.kinds[key]] + self.numbers.numbers[key].replace(".", "_")

    def marked(self, key: str, content: str) -> str:
        return bookmarked(self._order[key], self.bookmark(key), content)

    def inline(self, text: Text, properties: str = "") -> str:
        """The text as runs; `properties` are those of all of them."""
        return "".join(self._inline(part, properties) for part in text)

    def _inline(self, part: str | Num | Ref | Strong | Link, properties: str) -> str:
        match part:
            case str():
                return run(part, properties)
            case Num():
                return run(part.text, properties)
            case Strong():
                return run(part.text, properties or BOLD)
            case Link():
                return self._hyperlink(part)
            case Ref():
                word, number = self.numbers.printed(part).split(_NBSP)
                return run(word + _NBSP, properties) + field(rf"REF {self.bookmark(part.key)} \h", number, properties)

    def _hyperlink(self, link: Link) -> str:
        if not link.url.startswith(_SCHEMES):
            return run(link.text)
        if link.url not in self._links:
            target = _NOT_IN_LINKS.sub(lambda found: quote(found[0]), link.url)
            self._links[link.url] = self.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        text = run(link.text, '<w:rStyle w:val="Hyperlink"/>')
        return f'<w:hyperlink r:id="{self._links[link.url]}" w:history="1">{text}</w:hyperlink>'

    def add_part(self, name: str, content_type: str, relationship: str, content: bytes) -> str:
        """Put a part into the package and return the id by which the main part knows it."""
        return self.part.relate_to(Part(PackURI(name), content_type, content, self.part.package), relationship)

    def add_chart(self, number: str, chart: bytes, workbook: bytes) -> str:
        """Put in a chart with its data; the chart knows its workbook as rId1."""
        package = self.part.package
        chart_part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, chart, package)
        data_name = PackURI(f"/word/embeddings/chart{number}.xlsx")
        chart_part.relate_to(Part(data_name, CONTENT_TYPE.SML_SHEET, workbook, package), RELATIONSHIP_TYPE.PACKAGE)
        return self.part.relate_to(chart_part, RELATIONSHIP_TYPE.CHART)
