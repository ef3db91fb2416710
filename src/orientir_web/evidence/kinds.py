"""What a file is by its content, whatever its name says. What cannot be evidence is refused with what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from orientir.audit.reading.formats import format_of
from orientir.spreadsheets.archives import SIGNATURE as ZIP
from orientir.spreadsheets.archives import members
from orientir.spreadsheets.refusals import Refusal
from orientir_web.refusals import ActionRefused

MOST_BYTES = 15_000_000
ALLOWED: str | Promise = _l("PDF, DOCX, XLSX, ODT, ODS, JPEG или PNG")
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}
_PICTURES = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))


@dataclass(frozen=True)
class FileKind:
    """`ending` is put behind the name that the file was sent with, if it has another."""

    ending: str
    media_type: str


def kind_of(data: bytes) -> FileKind:
    """Raises ActionRefused for what is too large, of another kind, or holds macros."""
    if len(data) > MOST_BYTES:
        told = {"limit": MOST_BYTES // 10**6}
        raise ActionRefused(_("Файл больше %(limit)s МБ. Сожмите его или приложите часть.") % told)
    ending = _ending(data)
    if ending not in _TYPES:
        raise ActionRefused(_("Такой файл не приложить. Подойдут %(kinds)s.") % {"kinds": ALLOWED})
    return FileKind(ending, _TYPES[ending])


def _ending(data: bytes) -> str:
    for start, ending in _PICTURES:
        if data.startswith(start):
            return ending
    try:
        if data.startswith(ZIP) and any("vbaproject" in part.key for part in members(data)):
            raise ActionRefused(_("В файле есть макросы. Сохраните его без них и приложите ещё раз."))
        return format_of(data)
    except Refusal as refusal:
        raise ActionRefused(f"{refusal.what[:1].upper()}{refusal.what[1:]} {refusal.cure}".strip()) from refusal
