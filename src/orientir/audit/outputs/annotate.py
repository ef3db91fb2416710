"""The audited DOCX once more, with a Word comment at each finding; nothing else in it changes.

Only the text with its marks, the comments and, where they are new, their two entries in the package are written anew:
every other part is kept byte for byte. Where a mark stands is said by the reader of the document: «p12» is the
thirteenth paragraph of word/document.xml, those of tables and boxes included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from orientir.audit.finding import Finding
from orientir.audit.outputs.comments import CommentList
from orientir.audit.outputs.package import OPTION, parsed, parts_of, rewritten, written
from orientir.audit.outputs.words import in_order
from orientir.errors import Fault, UserError

_ANCHOR = re.compile(r"p(\d{1,9})")


def annotated(data: bytes, findings: Iterable[Finding]) -> bytes:
    """The document with comments; without findings the very same bytes.

    A finding without an address goes to the first paragraph. Raises UserError where the file is not a DOCX that can be
    opened, and where no finding, or one beyond the end of the text, has an address in it.
    """
    found = in_order(findings)
    parts = parts_of(data)
    if not found:
        return data
    text = parsed(parts[parts.text])
    paragraphs = _paragraphs(text)
    numbers = _checked([_number(finding) for finding in found], len(paragraphs))
    comments = CommentList(parts, text, _namespace(text))
    for finding, number in zip(found, numbers, strict=True):
        _mark(_outside_boxes(paragraphs[number]), comments.add(finding), _namespace(text))
    return rewritten(data, parts | comments.parts() | {parts.text: written(text)})


def _namespace(root: Any) -> str:
    """That of WordprocessingML in this file: the usual one or that of the strict form."""
    return str(root.tag).partition("}")[0][1:]


def _paragraphs(text: Any) -> list[Any]:
    return list(text.iter(f"{{{_namespace(text)}}}p"))


def _number(finding: Finding) -> int | None:
    anchor = _ANCHOR.fullmatch(finding.place.anchor)
    return int(anchor[1]) if anchor else None


def _checked(numbers: list[int | None], count: int) -> list[int]:
    known = [number for number in numbers if number is not None]
    if not known or max(known) >= count:
        what = "места замечаний не относятся к этому документу."
        raise UserError(Fault(OPTION, what, "Проверьте и отметьте один и тот же файл DOCX."))
    return [number or 0 for number in numbers]


def _outside_boxes(paragraph: Any) -> Any:
    """Word takes no comments inside a text box: then it is the paragraph that holds the box."""
    within = paragraph
    for above in paragraph.iterancestors():
        if above.tag.endswith("}txbxContent"):
            within = next((one for one in above.iterancestors() if one.tag == paragraph.tag), within)
    return within


def _mark(paragraph: Any, number: str, namespace: str) -> None:
    """The comment spans the paragraph; earlier marks of it stay inside."""
    from lxml import etree

    def made(tag: str, parent: Any = None) -> Any:
        element = etree.Element(f"{{{namespace}}}{tag}")
        if parent is not None:
            parent.append(element)
        return element

    properties = paragraph.find(f"{{{namespace}}}pPr")
    start, end, run = made("commentRangeStart"), made("commentRangeEnd"), made("r")
    reference = made("commentReference", run)
    for element in (start, end, reference):
        element.set(f"{{{namespace}}}id", number)
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    paragraph.extend((end, run))
