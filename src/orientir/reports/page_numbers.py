"""On which page each heading stands, by laying the document out with LibreOffice, where it is installed.

A page number that may be wrong is worse than none: without a typeface of the same widths as the document's own the
pages would break elsewhere than in Word, and then nothing is said.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from orientir.reports.document import Heading

if TYPE_CHECKING:
    from pypdf import PdfReader

_SECONDS = 180

# Times New Roman and the free typefaces cut to its widths.
_FONTS = ("TimesNewRoman", "LiberationSerif", "Tinos", "Thorndale", "NimbusRoman", "PTAstraSerif")

# LibreOffice formats the labels of charts by its own locale, not by the document's.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>ru-RU</value></prop>
</item>
</oor:items>
"""

_FILTER = 'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}'


def page_numbers(docx: bytes, headings: Sequence[Heading]) -> Mapping[str, int] | None:
    """Pages by the keys of the headings; None where they cannot be known."""
    from pypdf import PdfReader

    pdf = to_pdf_by_libreoffice(docx)
    if pdf is None:
        return None
    reader = PdfReader(io.BytesIO(pdf))
    found = list(_outline(reader, reader.outline))
    if not _has_its_font(reader) or len(found) != len(headings):
        return None
    return {heading.key: page for heading, page in zip(headings, found, strict=True)}


def to_pdf_by_libreoffice(docx: bytes) -> bytes | None:
    """The document as LibreOffice lays it out, or None. The profile is its own, so that runs do not meet."""
    program = which("soffice") or which("libreoffice")
    if program is None:
        return None
    with TemporaryDirectory() as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = folder / "report.docx"
        source.write_bytes(docx)
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", _FILTER]
        try:
            subprocess.run([*command, "--outdir", name, str(source)], capture_output=True, timeout=_SECONDS, check=True)
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None


def _outline(reader: PdfReader, entries: Sequence[Any]) -> Iterator[int]:
    """The pages of the outline from 1, in the order of the document."""
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(reader, entry)
        else:
            yield (reader.get_destination_page_number(entry) or 0) + 1


def _has_its_font(reader: PdfReader) -> bool:
    return any(name in font for page in reader.pages for font in _fonts(page) for name in _FONTS)


def _fonts(page: Any) -> list[str]:
    return [str(font.get_object()["/BaseFont"]) for font in page["/Resources"].get("/Font", {}).values()]
