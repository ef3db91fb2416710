"""The parts of a DOCX that is to be written again: read within bounds, kept byte for byte where nothing changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from orientir.audit.reading.docx_package import Package
from orientir.errors import Fault, UserError
from orientir.spreadsheets.archives import SIGNATURE, inflated, members, same_name
from orientir.spreadsheets.refusals import Refusal

OPTION = "--annotate"
INDEX = "[Content_Types].xml"
_CURE = "Примечания ставятся только в DOCX: откройте файл в Word или LibreOffice и сохраните так."


class Parts(dict[str, bytes]):
    """The parts by the names under which they are stored; `text` is the name of the document itself."""

    text: str

    def stored(self, name: str) -> str:
        """The stored name of a part, whatever its case and slashes; the name itself where there is no such part."""
        return next((one for one in self if same_name(one) == same_name(name)), name)


def parts_of(data: bytes) -> Parts:
    """Raises UserError for what is not a DOCX, is damaged or too large."""
    if not data.startswith(SIGNATURE):
        raise UserError(Fault(OPTION, "это не документ DOCX.", _CURE))
    try:
        parts = Parts((one.name, inflated(data, one)) for one in members(data))
        parts.text = parts.stored(Package(data).main)
    except Refusal as refusal:
        raise UserError(Fault(OPTION, refusal.what, _CURE)) from refusal
    if parts.stored(INDEX) not in parts:
        raise UserError(Fault(OPTION, "это не документ DOCX.", _CURE))
    return parts


def parsed(content: bytes) -> Any:
    """The root of a part; no entity is expanded and nothing is fetched. Raises UserError for what is not XML."""
    from lxml import etree

    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise UserError(Fault(OPTION, "документ повреждён.", "Откройте его в Word и сохраните заново.")) from error


def written(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True))


def rewritten(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same entries in the same order with their dates, then the new ones."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        entries = source.infolist()
        names = {entry.filename for entry in entries}
        entries += [zipfile.ZipInfo(name) for name in parts if name not in names]
        for entry in entries:
            again = zipfile.ZipInfo(entry.filename, entry.date_time)
            again.compress_type, again.external_attr = zipfile.ZIP_DEFLATED, entry.external_attr
            archive.writestr(again, parts[entry.filename])
    return target.getvalue()
