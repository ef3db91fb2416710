"""Reading a report back: what each format says as plain text, and the files beside the formats."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree, html
from pypdf import PdfReader

from orientir.reports.document import Bullets, Chart, Document, Heading, Paragraph, Section, Table, numbering, plain

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def flowing(text: str) -> str:
    """Spaces of every kind are one space."""
    return re.sub(r"\s+", " ", text)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True)
class Made:
    """A report on disk."""

    folder: Path

    @cached_property
    def pdf(self) -> str:
        # A word broken at the end of a line is put together again.
        pages = "\n".join(page.extract_text() for page in PdfReader(self.folder / "report.pdf").pages)
        return flowing(re.sub(r"(?<=\w)[-\u00ad]\n(?=[а-яё])", "", pages))

    @cached_property
    def docx(self) -> str:
        with zipfile.ZipFile(self.folder / "report.docx") as archive:
            names = [name for name in archive.namelist() if re.fullmatch(r"word/(document|header\w*)\.xml", name)]
            parts = [etree.fromstring(archive.read(name)) for name in names]
        paragraphs = (one for part in parts for one in part.iter(f"{W}p"))
        return flowing("\n".join("".join(run.text or "" for run in one.iter(f"{W}t")) for one in paragraphs))

    @cached_property
    def page(self) -> html.HtmlElement:
        return html.fromstring((self.folder / "report.html").read_bytes())

    @cached_property
    def html(self) -> str:
        return _visible(self.page)

    @cached_property
    def site(self) -> str:
        pages = sorted((self.folder / "site").glob("*.html"))
        return " ".join(_visible(html.fromstring(page.read_bytes())) for page in pages)

    @cached_property
    def values(self) -> list[dict[str, str]]:
        return rows(self.folder / "values.csv")

    @cached_property
    def findings(self) -> list[dict[str, Any]]:
        return json.loads((self.folder / "findings.json").read_text(encoding="utf-8"))

    @cached_property
    def numbers(self) -> dict[str, dict[str, Any]]:
        return json.loads((self.folder / "numbers.json").read_text(encoding="utf-8"))["numbers"]

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file by its path inside the report."""
        found = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}


def read_report(folder: Path) -> Made:
    return Made(folder)


def _visible(page: html.HtmlElement) -> str:
    parts = page.xpath("//body//text()[not(ancestor::script or ancestor::style)]")
    # Words of neighbouring cells are apart, a number and the stop after it are not.
    return re.sub(r"(?<=\() | (?=[).,;:])", "", flowing(" ".join(parts)))


# ---- a document as lines


def lines_of(document: Document, *wanted: str) -> str:
    """The sections asked for (all by default) as plain text: paragraphs, bullets, tables with tabs between cells."""
    numbers = numbering(document)
    head = [document.title, document.subtitle, document.territory, document.period, *document.marks]
    told = head + [f"{name}: {value}" for name, value in document.passport]
    sections = [section for section in document.sections if not wanted or section.id in wanted]
    return "\n".join([*told, *(line for section in sections for line in _section_lines(section, numbers))]) + "\n"


def _section_lines(section: Section, numbers: Any) -> list[str]:
    lines: list[str] = []
    for block in section.blocks:
        match block:
            case Heading():
                lines += ["", f"{'#' * block.level} {block.text}"]
            case Paragraph():
                lines += ["", plain(block.text, numbers)]
            case Bullets():
                lines += [f"- {plain(item, numbers)}" for item in block.items]
            case Table():
                lines += ["", f"[{block.caption}]", "\t".join(leaf.title for leaf in block.leaves)]
                lines += ["\t".join(plain(cell.text, numbers) for cell in row.cells).rstrip() for row in block.rows]
                lines += [plain(block.note, numbers)] if block.note else []
            case Chart():
                lines += ["", f"({block.alt})"]
    return lines
