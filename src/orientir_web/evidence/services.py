"""Verbs about files: kept with their row after a look at their content, given up with the row that drops them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir_web.evidence import storage
from orientir_web.evidence.kinds import kind_of
from orientir_web.evidence.models import EvidenceFile
from orientir_web.evidence.names import name_with
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.models import Organisation, Person
from orientir_web.refusals import ActionRefused

KIND = "evidence"


def attach(row: Any, organisation: Organisation, upload: UploadedFile | None, by: Person) -> EvidenceFile:
    """To a row that has `files`, and into the journal. Its service checks the right, and holds the transaction."""
    file = _keep(upload, organisation, by)
    row.files.add(file)
    record(Event.EVIDENCE_ADDED, by, organisation, row, file=file.name, sha256=file.sha256)
    return file


def detach(row: Any, organisation: Organisation, file: EvidenceFile, by: Person) -> None:
    """The other way, under the same conditions."""
    told = {"file": file.name, "sha256": file.sha256}
    row.files.remove(file)
    _give_up(file)
    record(Event.EVIDENCE_REMOVED, by, organisation, row, **told)


def _keep(upload: UploadedFile | None, organisation: Organisation, by: Person) -> EvidenceFile:
    """Raises ActionRefused for what is no evidence."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a file is kept in the transaction of what it proves")
    data = content_of(upload)
    kind = kind_of(data)
    stored = storage.put(KIND, data)
    return EvidenceFile.objects.create(
        organisation=organisation,
        name=name_with(upload.name if upload else "", kind.ending),
        media_type=kind.media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        stored=stored,
        by=by,
        at=timezone.now(),
    )


def _give_up(file: EvidenceFile) -> None:
    """The row goes with the transaction, the bytes when it has succeeded."""
    stored = file.stored
    file.delete()
    transaction.on_commit(lambda: storage.drop(KIND, stored))


def content_of(upload: UploadedFile | None, most: int = 0) -> bytes:
    """Raises ActionRefused where no file was chosen, and for an empty or too large one."""
    if upload is None:
        raise ActionRefused(_("Файл не выбран."))
    if most and (upload.size or 0) > most:
        raise ActionRefused(_("Файл больше %(limit)s МБ.") % {"limit": most // 10**6})
    data = bytes(upload.read())
    if not data:
        raise ActionRefused(_("Файл пустой. Проверьте его и приложите ещё раз."))
    return data


def given(file: EvidenceFile) -> FileResponse:
    return given_file(storage.path_of(KIND, file.stored), file.name, file.media_type)


def given_file(path: Path, name: str, media_type: str) -> FileResponse:
    """A download, never a page: whatever is in it does not run here."""
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
