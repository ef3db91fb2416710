"""The parts of an ODT file: safely unpacked and parsed, with what its styles and properties say of pages and title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from orientir.spreadsheets.archives import SIGNATURE, inflated, members
from orientir.spreadsheets.markup import check_markup
from orientir.spreadsheets.refusals import Refusal, damaged, protected

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT = f"{{{OASIS}text:1.0}}"
TABLE = f"{{{OASIS}table:1.0}}"
STYLE = f"{{{OASIS}style:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_BREAK = f"{{{OASIS}xsl-fo-compatible:1.0}}break-"
_READ = ("content.xml", "styles.xml", "meta.xml")
_MANY = 10**8  # past every bound, and short enough to multiply
_SHORT = {TEXT: "text:", TABLE: "table:", f"{{{OASIS}office:1.0}}": "office:", f"{{{OASIS}drawing:1.0}}": "draw:"}
_SHORT[f"{{{OASIS}svg-compatible:1.0}}"] = "svg:"


def short(tag: str) -> str:
    """«{urn:…:text:1.0}p» -> «text:p»; "" for elements that no document of ours has."""
    space, _, name = tag.partition("}")
    prefix = _SHORT.get(space + "}")
    return prefix + name if prefix else ""


def number_of(element: Any, attribute: str) -> int:
    """A number from 1; 1 where none is stated, and no more than is past every bound."""
    stated = (element.get(attribute) or "").strip()
    return max(min(int(stated[:10]), _MANY), 1) if stated.isascii() and stated.isdigit() else 1


def roots_of(data: bytes) -> dict[str, Any]:
    """The roots of those parts that are read. Refusal where the archive is unsound, encrypted or holds entities."""
    if not data.startswith(SIGNATURE):
        raise Refusal("это не документ ODT: файл не похож на архив.", "Сохраните его в LibreOffice как ODT или DOCX.")
    parts = {part.key: part for part in members(data)}
    manifest = parts.get("meta-inf/manifest.xml")
    if manifest and b"encryption-data" in inflated(data, manifest):
        raise protected()
    if "content.xml" not in parts:
        raise damaged("в нём нет текста документа")
    return {name: _root(inflated(data, parts[name]), name) for name in _READ if name in parts}


def _root(xml: bytes, name: str) -> Any:
    from lxml import etree

    check_markup(xml, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged(f"часть «{name}» не читается") from None
    if root.getroottree().docinfo.doctype:
        raise damaged(f"в части «{name}» объявлены сущности XML")
    return root


class Styles:
    """What the styles of paragraphs and tables say of pages and numbers."""

    def __init__(self, roots: Mapping[str, Any]) -> None:
        self._styles: dict[str, Any] = {}
        for root in (roots.get("styles.xml"), roots.get("content.xml")):
            for style in () if root is None else root.iter(STYLE + "style"):
                self._styles[style.get(STYLE + "name", "")] = style

    def _chain(self, name: str | None) -> Iterator[Any]:
        """The style and those from which it comes; a ring of them is followed once around."""
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = self._styles[name].get(STYLE + "parent-style-name")

    def breaks_before(self, name: str | None) -> bool:
        """Whether what has this style begins a new page."""
        return any(_begins_page(style) for style in self._chain(name))

    def is_unnumbered(self, name: str | None) -> bool:
        """Whether a heading of this style is expressly in no list."""
        stated = (style.get(STYLE + "list-style-name") for style in self._chain(name))
        return next((one for one in stated if one is not None), None) == ""


def _begins_page(style: Any) -> bool:
    if style.get(STYLE + "master-page-name"):
        return True
    return any(child.get(_BREAK + "before") == "page" for child in style)


def stated_pages(roots: Mapping[str, Any]) -> int | None:
    """The number of pages that the program noted when it saved the file."""
    meta = roots.get("meta.xml")
    statistic = None if meta is None else meta.find(".//{*}document-statistic")
    stated = "" if statistic is None else statistic.get(f"{{{OASIS}meta:1.0}}page-count", "")
    return int(stated) if stated.isascii() and stated.isdigit() and 0 < len(stated) < 7 else None


def properties_of(roots: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Title, subject and the program that wrote the file, where they are stated."""
    meta = roots.get("meta.xml")
    if meta is None:
        return ()
    found = ((key, (meta.findtext(f".//{{*}}{key}") or "").strip()) for key in ("title", "subject", "generator"))
    return tuple((key, text) for key, text in found if text)
