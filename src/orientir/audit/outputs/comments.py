"""The comments of a Word document: those it has, and new ones; made where there were none."""

from __future__ import annotations

import posixpath
from typing import Any

from orientir.audit.advice import title_of
from orientir.audit.finding import Finding
from orientir.audit.outputs.package import INDEX, Parts, parsed, written
from orientir.audit.outputs.words import ACKNOWLEDGED, ONE, clean, printed_and_expected, printed_table

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_KIND = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class CommentList:
    """The comments of one package; `parts()` gives what has to be written anew."""

    def __init__(self, parts: Parts, text: Any, namespace: str) -> None:
        from lxml import etree

        self._parts, self._namespace, self._is_linked = parts, namespace, False
        folder, file = posixpath.split(parts.text)
        self._list, self._usual = parts.stored(f"{folder}/_rels/{file}.rels"), parts.stored(f"{folder}/comments.xml")
        self._name = self._known()
        empty = etree.Element(f"{{{namespace}}}comments", nsmap={"w": namespace})
        self._root = parsed(parts[self._name]) if self._name in parts else empty
        self._next = 1 + max(map(int, filter(str.isdecimal, self._taken(text))), default=-1)

    def _known(self) -> str:
        """The part to which the document's own relationship leads, else the usual name."""
        for link in self._links() if self._list in self._parts else ():
            if link.get("Type") in (_KIND, _STRICT_KIND):
                target = posixpath.join("/", posixpath.dirname(self._parts.text), link.get("Target", ""))
                name = self._parts.stored(posixpath.normpath(target).lstrip("/"))
                self._is_linked = name in self._parts
                return name if self._is_linked else self._usual
        return self._usual

    def _links(self) -> Any:
        return parsed(self._parts[self._list])

    def _taken(self, text: Any) -> list[str]:
        """The ids of comments, also of those that the text cites and that were lost."""
        cited = text.iter(f"{{{self._namespace}}}commentReference")
        known = self._root.iter(f"{{{self._namespace}}}comment")
        return [one.get(f"{{{self._namespace}}}id", "") for one in (*cited, *known)]

    def add(self, finding: Finding) -> str:
        """The id of the new comment."""
        number = str(self._next)
        self._next += 1
        comment = self._made("comment", self._root, id=number, author="Ориентир", initials="О")
        for line in _lines(finding):
            run = self._made("r", self._made("p", comment))
            text = self._made("t", run)
            text.text = line
            text.set(_SPACE, "preserve")
        return number

    def _made(self, tag: str, parent: Any, **attributes: str) -> Any:
        from lxml import etree

        named = {f"{{{self._namespace}}}{name}": value for name, value in attributes.items()}
        return etree.SubElement(parent, f"{{{self._namespace}}}{tag}", named)

    def parts(self) -> dict[str, bytes]:
        """The comments and, where the document had none, its relationships and the list of content types."""
        changed = {self._name: written(self._root)}
        if not self._is_linked:
            changed |= {self._list: self._linked(), self._parts.stored(INDEX): self._indexed()}
        return changed

    def _linked(self) -> bytes:
        from lxml import etree

        tag = f"{{{_RELATIONSHIPS}}}Relationship"
        empty = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})
        root = self._links() if self._list in self._parts else empty
        for dead in [link for link in root if link.get("Type") in (_KIND, _STRICT_KIND)]:
            root.remove(dead)
        taken = {link.get("Id") for link in root}
        free = next(name for name in (f"rIdAudit{number}" for number in range(len(taken) + 1)) if name not in taken)
        strict = "purl.oclc.org" in self._namespace
        kind = _STRICT_KIND if strict else _KIND
        etree.SubElement(root, tag, {"Id": free, "Type": kind, "Target": posixpath.basename(self._name)})
        return written(root)

    def _indexed(self) -> bytes:
        from lxml import etree

        root = parsed(self._parts[self._parts.stored(INDEX)])
        name = f"/{self._name}"
        if not any(one.get("PartName") == name for one in root):
            etree.SubElement(root, f"{{{_TYPES}}}Override", {"PartName": name, "ContentType": _CONTENT})
        return written(root)


def _lines(finding: Finding) -> list[str]:
    """What the comment says: the rule, the numbers, the message, what it rests on."""
    told = [printed_table(finding), printed_and_expected(finding)]
    head = f"[{ONE[finding.severity]}] {title_of(finding.rule)} ({finding.rule})"
    basis = f"Основание: {'; '.join(finding.evidence)}" if finding.evidence else ""
    known = f"({ACKNOWLEDGED})" if finding.acknowledged else ""
    lines = [head, *(f"{one[0].upper()}{one[1:]}." for one in told if one), finding.message, basis, known]
    return [clean(line).replace("\n", " ") for line in lines if line]
