"""DOCX archives written by hand, for the tests of reading: only what a test is about stands in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def root(name: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_SPACES}>{content}</w:{name}>'


def document(body: str) -> str:
    return root("document", f"<w:body>{body}</w:body>")


def relations(*found: tuple[str, str, str]) -> str:
    """Each is an id, the last word of the type, and the target; a target with a colon leads out of the archive."""
    outside = ' TargetMode="External"'
    lines = (
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"{outside if ":" in target else ""}/>'
        for key, kind, target in found
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'


def docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document(body), **(parts or {})})


def whole(body: str) -> bytes:
    """As `docx`, with all that other programs expect to find."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    links = "application/vnd.openxmlformats-package.relationships+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{links}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )
    start = relations(("rId1", "officeDocument", "word/document.xml"))
    return archive({"[Content_Types].xml": types, "_rels/.rels": start, "word/document.xml": document(body)})


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    inside = content if content.startswith("<") else run(content) if content else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def tc(content: str = "", properties: str = "") -> str:
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def span(columns: int | str) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


TOP = '<w:vMerge w:val="restart"/>'
BELOW = "<w:vMerge/>"
PAGE_SEEN = "<w:r><w:lastRenderedPageBreak/></w:r>"
PAGE_ORDERED = '<w:r><w:br w:type="page"/></w:r>'


def field(instruction: str, shown: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"{mark.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f"{mark.format('separate')}{shown}{mark.format('end')}"
    )
