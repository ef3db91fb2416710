"""A small honest workbook as a dictionary of parts, for hostile files to spoil one part of."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import xlsxwriter

FIRST_SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="Лист1">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{inner}</manifest:file-entry>'
    "</manifest:manifest>"
)


@cache
def honest_xlsx() -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    for name in ("Титул", "Выпускники"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Показатель", "Всего"])
        sheet.write_row(1, 0, ["Выпускники 9 классов", 12])
    book.close()
    return file.getvalue()


def parts(data: bytes | None = None) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(honest_xlsx() if data is None else data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, body in content.items():
            archive.writestr(zipfile.ZipInfo(name), body, method)
    return file.getvalue()


def with_part(name: str, body: bytes) -> bytes:
    return zipped(parts() | {name: body})


def sheet_xml(rows: str, *, before: str = "", root: str = "worksheet") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}{before}<{root} xmlns="{_MAIN}"><sheetData>{rows}</sheetData></{root}>'.encode()


def with_rows(rows: str) -> bytes:
    """The honest workbook whose first sheet has these rows of XML."""
    return with_part(FIRST_SHEET, sheet_xml(rows))


def with_strings(texts: list[str], rows: str) -> bytes:
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    strings = f'<?xml version="1.0"?><sst xmlns="{_MAIN}">{items}</sst>'.encode()
    return zipped(parts() | {"xl/sharedStrings.xml": strings, FIRST_SHEET: sheet_xml(rows)})


def ods(rows: str, *, manifest: str = "", more: dict[str, bytes] | None = None) -> bytes:
    content = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": _ODS.format(rows=rows).encode(),
        "META-INF/manifest.xml": _MANIFEST.format(inner=manifest).encode(),
    }
    return zipped(content | (more or {}))
