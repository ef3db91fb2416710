"""The parts of a DOCX archive as XML trees, opened safely, and what its relationships lead to."""

from __future__ import annotations

import posixpath
from typing import Any, NamedTuple

from lxml import etree

from orientir.spreadsheets.archives import inflated, members, same_name
from orientir.spreadsheets.refusals import SEND_AGAIN, Refusal, damaged

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VAL = W + "val"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# A document may be saved as «strict»: the same words under other addresses.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
_FOREIGN = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_TAGS, _ATTRIBUTES = 4_000_000, 6_000_000  # of a part: about 500 MB of tree, 10,000 rows of 15 columns


class Relation(NamedTuple):
    """The last word of its type («hyperlink», «styles» ...), where it leads, and whether out of the archive."""

    kind: str
    target: str
    external: bool


class Package:
    """The archive; Refusal where it is broken. A part is unfolded only when it is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parts = {part.key: part for part in members(data)}
        self.main = self._main()

    def _main(self) -> str:
        found = (one.target for one in self.relations("").values() if one.kind == "officeDocument")
        named = sorted(key for key in self._parts if key.startswith("word/document") and key.endswith(".xml"))
        main = next((name for name in (*found, "word/document.xml", *named) if same_name(name) in self._parts), "")
        if not main:
            raise damaged("в нём нет самого документа (word/document.xml)")
        return main

    def tree(self, name: str) -> Any | None:
        """The root element of a part; None where there is no such part. Refusal for what can hurt."""
        part = self._parts.get(same_name(name))
        return None if part is None else parsed(inflated(self._data, part), name)

    def optional(self, name: str) -> Any | None:
        """As `tree`, for a part without which the document can be read: a broken one is as good as none."""
        try:
            return self.tree(name) if name else None
        except Refusal:
            return None

    def relations(self, name: str) -> dict[str, Relation]:
        """The relationships of a part by their id; a broken list is an empty one."""
        folder, file = posixpath.split(name)
        root = self.optional(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = root.iterfind(_RELATIONSHIPS + "Relationship") if root is not None else ()
        return {one.get("Id", ""): _relation(one, folder) for one in found}

    def related(self, name: str, kind: str) -> str:
        """The part of this kind that a part leads to, or the one that usually is; "" where there is none."""
        usual = posixpath.join(posixpath.dirname(name), f"{kind}.xml")
        found = (one.target for one in self.relations(name).values() if one.kind == kind and not one.external)
        return next((one for one in (*found, usual) if same_name(one) in self._parts), "")


def _relation(element: Any, folder: str) -> Relation:
    kind = element.get("Type", "").rpartition("/")[2]
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(kind, target, external)


def parsed(xml: bytes, name: str) -> Any:
    """The root element. Refusal for declared entities, unusual encodings, too many tags, and broken XML."""
    if xml[:2] in _FOREIGN:
        raise damaged(f"часть «{name}» записана в необычной кодировке")
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Refusal("внутри файла объявлены сущности XML («XML-бомба»); Word так не делает.", SEND_AGAIN)
    if len(xml) > _TAGS and (xml.count(b"<") > _TAGS or xml.count(b"=") > _ATTRIBUTES):
        raise Refusal("документ слишком велик: в нём больше миллиона надписей и клеток.", "Разделите его на части.")
    for strict, usual in _STRICT:
        xml = xml.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise damaged(f"часть «{name}» записана с ошибками или не полностью") from None
    if root.getroottree().docinfo.encoding not in (None, "UTF-8", "utf-8", "US-ASCII", "ASCII"):
        raise damaged(f"часть «{name}» записана в необычной кодировке")
    return root


def whole_number(text: str | None, default: int, most: int) -> int:
    """The number an attribute holds, at the most so much; the default where it holds none."""
    if text is None or not text.isascii() or not text.isdigit():
        return default
    return min(int(text[:12]), most)


def is_on(element: Any | None) -> bool:
    """A switch such as «hidden»: present, and not turned off."""
    return element is not None and element.get(VAL, "1") not in ("0", "false", "off")
