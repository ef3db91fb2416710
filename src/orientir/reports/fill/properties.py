"""The title of a document, where synthetic data are told: a property of the file, not of its look."""

from __future__ import annotations

from typing import Any

from orientir.reports.fill.container import Container, part_of

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_LINKS, _TYPES, _PART = "_rels/.rels", "[Content_Types].xml", "docProps/core.xml"


def titled(container: Container, mark: str) -> dict[str, bytes]:
    """The parts that change where the title of the document begins with this mark."""
    from lxml import etree

    links = container.tree(_LINKS)
    known = next((one.get("Target") for one in links if one.get("Type") == _RELATION), None)
    if known is not None:
        name = part_of("", known)
        return {name: serialised(_marked(container.tree(name), mark))}
    types = container.tree(_TYPES)
    core = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    _append(links, "Relationship", Id="orientirTitle", Type=_RELATION, Target=_PART)
    _append(types, "Override", PartName=f"/{_PART}", ContentType=_TYPE)
    return {_PART: serialised(_marked(core, mark)), _LINKS: serialised(links), _TYPES: serialised(types)}


def _marked(core: Any, mark: str) -> Any:
    title = core.find(f"{{{_DC}}}title")
    if title is None:
        title = core.makeelement(f"{{{_DC}}}title", nsmap={"dc": _DC})
        core.append(title)
    old = (title.text or "").removeprefix(mark).removeprefix(". ").strip()
    title.text = f"{mark}. {old}" if old else mark
    return core


def _append(parent: Any, tag: str, **attributes: str) -> None:
    parent.append(parent.makeelement(f"{{{parent.nsmap[parent.prefix]}}}{tag}", attributes))


def serialised(root: Any) -> bytes:
    """The XML of a part as Office writes it."""
    from lxml import etree

    return bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True))
