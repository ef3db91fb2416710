"""Verbs about rows of registers: added, changed, removed, imported, proved by files."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orientir.sources.registers.columns import Register
from orientir.sources.registers.profiles import Profile
from orientir.spreadsheets.limits import FILE_BYTES
from orientir.spreadsheets.refusals import Refusal
from orientir_web.evidence.models import EvidenceFile
from orientir_web.evidence.names import plain_name
from orientir_web.evidence.services import attach, content_of, detach
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.access import check_can, paths
from orientir_web.people.models import Organisation, Person
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused
from orientir_web.registers.frame import Frame
from orientir_web.registers.models import ColumnMapping, ImportDraft, RegisterRow
from orientir_web.registers.reading import Row, likely_titles, read_file

_TITLE = 500
_DAYS = ("day", "date_from", "valid_from")
_TITLES = ("title", "partner", "host", "form")


@transaction.atomic
def add_row(register: Register, row: Row, frame: Frame, by: Person) -> RegisterRow:
    owner = frame.owner(row.cells.get("organisation", ""))
    check_can(by, Action.KEEP_REGISTERS, owner)
    made = RegisterRow.objects.create(**_stored(register, row, frame, owner, by))
    record(Event.REGISTER_ROW_ADDED, by, owner, made, register=register.id, title=made.title)
    return made


@transaction.atomic
def change_row(stored: RegisterRow, version: int, row: Row, frame: Frame, register: Register, by: Person) -> None:
    """Raises ActionRefused where somebody else has changed it since it was shown."""
    owner = frame.owner(row.cells.get("organisation", ""))
    check_can(by, Action.KEEP_REGISTERS, stored.organisation)
    check_can(by, Action.KEEP_REGISTERS, owner)
    _keep_person(stored, row)
    told = _stored(register, row, frame, owner, by) | {"version": version + 1, "origin": stored.origin}
    held = RegisterRow.objects.filter(pk=stored.pk, version=version, removed_at__isnull=True)
    if not held.update(**told):
        raise ActionRefused(_("Пока вы правили запись, её изменили. Откройте её ещё раз."))
    record(Event.REGISTER_ROW_CHANGED, by, owner, stored, register=register.id, version=version + 1)


def _keep_person(stored: RegisterRow, row: Row) -> None:
    """Whom an imported row is about is no longer known by name, only told apart."""
    if stored.cells.get("person") and not row.cells.get("persons"):
        row.cells["person"] = stored.cells["person"]


@transaction.atomic
def remove_row(stored: RegisterRow, by: Person) -> None:
    """It is no longer shown or counted; the journal says who removed it."""
    check_can(by, Action.KEEP_REGISTERS, stored.organisation)
    if not RegisterRow.objects.filter(pk=stored.pk, removed_at__isnull=True).update(removed_at=timezone.now()):
        raise ActionRefused(_("Эту запись уже убрали."))
    record(Event.REGISTER_ROW_REMOVED, by, stored.organisation, stored, register=stored.register, title=stored.title)


@transaction.atomic
def add_evidence(stored: RegisterRow, upload: UploadedFile | None, by: Person) -> EvidenceFile:
    check_can(by, Action.KEEP_REGISTERS, stored.organisation)
    return attach(stored, stored.organisation, upload, by)


@transaction.atomic
def remove_evidence(stored: RegisterRow, file: EvidenceFile, by: Person) -> None:
    check_can(by, Action.KEEP_REGISTERS, stored.organisation)
    detach(stored, stored.organisation, file, by)


# ---- import


class NotRead(ActionRefused):
    """A file that the core does not take."""

    def __init__(self, refusal: Refusal) -> None:
        place = f"{refusal.where}: " if refusal.where else ""
        self._what = f"{place}{refusal.what}"
        super().__init__(f"{self._what} {refusal.cure}".strip())

    def told_to(self, has_titles: bool) -> str:
        """Whoever sees the titles of the file on the page needs no advice on profiles."""
        return self._what if has_titles else str(self)


def titles_in(upload: UploadedFile | None) -> list[str]:
    """The titles of the likeliest header of a file that was not recognised; nothing where it cannot be opened."""
    if upload is None or not (upload.size or 0) <= FILE_BYTES:
        return []
    upload.seek(0)
    try:
        return likely_titles(upload.read())
    except Refusal:
        return []


@transaction.atomic
def read_draft(
    register: Register, upload: UploadedFile | None, frame: Frame, told: Profile | None, by: Person
) -> ImportDraft:
    """What the file would give; nothing of it counts before `confirm`. `told` is what a person says of its columns."""
    check_can(by, Action.KEEP_REGISTERS, frame.home)
    data, name = content_of(upload, FILE_BYTES), plain_name(upload.name if upload else "")
    try:
        found = read_file(register, data, name, frame, _profiles(register, frame, told))
    except Refusal as refusal:
        raise NotRead(refusal) from refusal
    content = asdict(found) | {"is_told": told is not None}
    return ImportDraft.objects.create(
        organisation=frame.home, register=register.id, period=str(frame.period), name=name,
        sha256=hashlib.sha256(data).hexdigest(), content=content, by=by, at=timezone.now(),
    )  # fmt: skip


def _profiles(register: Register, frame: Frame, told: Profile | None) -> list[Profile]:
    """What is said now counts before what was said of such headers earlier."""
    kept = ColumnMapping.objects.filter(register=register.id, organisation__in=frame.home.above)
    known = [Profile(register.id, tuple(one.header), dict(one.columns)) for one in kept]
    return [told, *known] if told else known


@transaction.atomic
def confirm(draft: ImportDraft, frame: Frame, register: Register, by: Person) -> int:
    """How many rows were taken. All of them or none: rows of organisations that are not one's own stop it."""
    check_can(by, Action.KEEP_REGISTERS, draft.organisation)
    rows = [Row(**told) for told in draft.content["rows"]]
    strangers = {owner.title for owner in owners(rows, frame) if not _may(by, owner)}
    if strangers:
        raise ActionRefused(_("В файле строки чужих организаций: %(names)s.") % {"names": "; ".join(sorted(strangers))})
    if not ImportDraft.objects.filter(pk=draft.pk, closed_at__isnull=True).update(closed_at=timezone.now(), content={}):
        raise ActionRefused(_("Этот файл уже записан или отменён."))
    made = [
        RegisterRow(**_stored(register, row, frame, frame.owner(row.cells.get("organisation", "")), by, draft))
        for row in rows
    ]
    RegisterRow.objects.bulk_create(made, batch_size=500)
    _remember(draft, register)
    told = {"register": register.id, "rows": len(made), "file": draft.name, "sha256": draft.sha256}
    record(Event.REGISTER_IMPORTED, by, draft.organisation, draft, **told)
    return len(made)


def owners(rows: list[Row], frame: Frame) -> set[Organisation]:
    return {frame.owner(row.cells.get("organisation", "")) for row in rows}


def _may(by: Person, owner: Organisation) -> bool:
    return any(owner.path.startswith(top) for top in paths(by, Action.KEEP_REGISTERS))


def _remember(draft: ImportDraft, register: Register) -> None:
    """What a person said of the columns serves for the next file with such a header."""
    told = draft.content
    if told["is_told"]:
        ColumnMapping.objects.update_or_create(
            organisation=draft.organisation, register=register.id, header=told["header"],
            defaults={"columns": told["mapping"]},
        )  # fmt: skip


@transaction.atomic
def cancel(draft: ImportDraft, by: Person) -> None:
    """What was read is forgotten."""
    check_can(by, Action.KEEP_REGISTERS, draft.organisation)
    ImportDraft.objects.filter(pk=draft.pk, closed_at__isnull=True).update(closed_at=timezone.now(), content={})


# ---- what is stored


def _stored(
    register: Register, row: Row, frame: Frame, owner: Organisation, by: Person, draft: ImportDraft | None = None
) -> dict[str, Any]:
    title = next((row.cells[key] for key in _TITLES if row.cells.get(key)), register.title)
    day = next((row.cells[key] for key in _DAYS if row.cells.get(key)), "")
    texts = (title, *row.typed.values(), owner.title)
    return {
        "organisation": owner,
        "register": register.id,
        "period": str(frame.period),
        "typed": row.typed,
        "cells": row.cells,
        "day": date.fromisoformat(day) if day else None,
        "title": title[:_TITLE],
        "search": " ".join(texts).lower().replace("ё", "е"),
        "origin": f"«{draft.name}», {row.origin}"[:_TITLE] if draft else "",
        "changed_by": by,
        "changed_at": timezone.now(),
    }
