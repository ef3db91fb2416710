"""A template as a zip archive: what may be opened, its parts, and the same archive with some parts changed.

Whatever is not changed keeps its bytes, its place and its date. What the parts mean is not known here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orientir.spreadsheets.archives import SIGNATURE, inflated, members
from orientir.spreadsheets.guard import check_bytes, read_file
from orientir.spreadsheets.markup import check_markup, check_tags
from orientir.spreadsheets.refusals import Refusal, damaged, macros, protected

MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_WORD = "word/"
_XML = (".xml", ".rels")
_LARGEST_PART = 20_000_000  # bytes of XML; a ministry's form has less than one million
_AGAIN = "Откройте форму в Excel или LibreOffice, сохраните заново и повторите."
_AS_XLSX = "Откройте форму в Excel или LibreOffice, сохраните как «Книга Excel (*.xlsx)» и укажите этот файл."
_AS_DOCX = "Откройте форму в Word или LibreOffice, сохраните как «Документ Word (*.docx)» и укажите этот файл."
_ASK = "Попросите у отправителя форму в формате XLSX или DOCX."
_NO_PASSWORD = "Снимите пароль в Excel или Word (Файл → Сведения → Защита) или попросите форму без пароля."
_NO_MACROS = _AS_XLSX + " Если форма принимается только с макросами, перенесите числа из перечня, не из файла."


class Container:
    """The parts of a sound archive. `is_document` tells a Word document from a workbook."""

    def __init__(self, data: bytes) -> None:
        self._parts = {part.name: part for part in members(data)}
        self._data = data
        self.is_document = any(name.startswith(_WORD) for name in self._parts)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def read(self, name: str) -> bytes:
        """The bytes of a part; Refusal where the archive has none of this name."""
        if name not in self._parts:
            raise damaged(f"в нём нет части «{name}»")
        return inflated(self._data, self._parts[name])

    def tree(self, name: str) -> Any:
        """The root element of a part. Entities are never resolved and nothing is fetched."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError:
            raise damaged(f"часть «{name}» не читается") from None

    def rewritten(self, changed: Mapping[str, bytes]) -> bytes:
        """The archive with these parts changed; parts that it had none of stand at its end."""
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self._data)) as source, zipfile.ZipFile(target, "w") as archive:
            archive.comment = source.comment
            for old in source.infolist():
                content = changed.get(old.filename)
                archive.writestr(_entry(old), source.read(old) if content is None else content)
            for name in sorted(changed.keys() - set(source.namelist())):
                entry = zipfile.ZipInfo(name)
                entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
                archive.writestr(entry, changed[name])
        return target.getvalue()


def _entry(old: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(old.filename, old.date_time)
    entry.compress_type, entry.create_system = old.compress_type, old.create_system
    entry.external_attr, entry.comment = old.external_attr, old.comment
    return entry


def opened(path: Path) -> Container:
    """The template, found harmless; Refusal for everything else."""
    data = read_file(path)
    if not data.startswith(SIGNATURE):
        kind = check_bytes(data)  # refuses nearly everything that is no archive
        raise Refusal("это текстовая таблица CSV." if kind == "csv" else "это книга старого Excel (XLS).", _AS_XLSX)
    container = Container(data)
    if container.is_document:
        _check_document(container)
    elif "mimetype" in container.names:
        sheet = b"spreadsheet" in container.read("mimetype")
        raise Refusal("это документ OpenDocument (ODS, ODT).", _AS_XLSX if sheet else _AS_DOCX)
    else:
        check_bytes(data)
    if any(name.startswith("_xmlsignatures/") for name in container.names):
        what = "форма подписана электронной подписью: заполнение её разрушит."
        raise Refusal(what, "Попросите форму без подписи и подпишите её после заполнения.")
    for name in container.names:
        if name.lower().endswith(_XML) and len(container.read(name)) > _LARGEST_PART:
            raise Refusal("форма слишком велика.", "Удалите лишние листы и оформление пустых строк.")
    return container


def _check_document(container: Container) -> None:
    for name in container.names:
        if "vbaproject" in name.lower():
            raise macros()
        if name.lower().endswith(_XML):
            xml = container.read(name)
            check_markup(xml, name)
            check_tags(xml)
            if name == "[Content_Types].xml" and b"macroEnabled" in xml:
                raise macros()


def of_a_template(refusal: Refusal) -> Refusal:
    """The refusal in words for somebody who has a form to fill: the guard speaks to the sender of a school's form."""
    if refusal.what == protected().what:
        return Refusal(refusal.what, _NO_PASSWORD)
    if refusal.what == macros().what:
        return Refusal(refusal.what, _NO_MACROS)
    if "документ Word" in refusal.what:
        return Refusal("это документ старого Word (DOC).", _AS_DOCX)
    if refusal.cure in (_AS_XLSX, _AS_DOCX) or "подпис" in refusal.what:
        return refusal
    what = refusal.what.replace(", а нужна таблица", "")
    if "повреждён" in what or "сущности" in what or "МБ" in what or "слишком большой" in what:
        return Refusal(what, _AGAIN)
    return Refusal(what, _AS_XLSX if "сохраните как" in refusal.cure else refusal.cure if _is_disk(what) else _ASK)


def _is_disk(what: str) -> bool:
    return any(word in what for word in ("не читается", "ссылка", "папка", "меняется"))


def part_of(base: str, target: str) -> str:
    """The name of a part to which a relationship of `base` leads."""
    import posixpath

    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target))
