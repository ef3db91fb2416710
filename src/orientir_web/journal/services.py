"""The journal is written in the transaction of what it tells, and checked row by row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import connection, models
from django.utils import timezone

from orientir_web.journal.events import Event
from orientir_web.journal.models import Entry
from orientir_web.people.models import Organisation, Person

GENESIS = "0" * 64
_LOCK = 0x6F7269656E  # of PostgreSQL, for the end of the chain; any number that others do not use


def record(event: Event, by: Person | None, organisation: Organisation, subject: models.Model, **details: Any) -> Entry:
    """One row, in the transaction of what it tells: neither is there without the other. Call it last in a service.

    No names of children and no secrets belong into the details.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the journal is written in the transaction of what it tells")
    before = _last()
    entry = Entry(
        number=before.number + 1 if before else 1,
        at=timezone.now(),
        event=event,
        person=by.pk if by else None,
        person_name=str(by) if by else "",
        organisation_path=organisation.path,
        organisation_title=organisation.title,
        subject=f"{subject._meta.label_lower}:{subject.pk}",
        details=json.dumps(details, ensure_ascii=False, sort_keys=True) if details else "",
        previous=before.hash if before else GENESIS,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def _last() -> Entry | None:
    """The end of the chain, held until the transaction ends: SQLite has one writer, PostgreSQL is asked for one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return Entry.objects.order_by("-number").only("number", "hash").first()


def hash_of(entry: Entry) -> str:
    """Of everything the row says and the hash before it; fields are divided so that they cannot run into each other."""
    told = [entry.number, entry.at.astimezone(UTC).isoformat(timespec="microseconds"), str(entry.event), entry.person,
            entry.person_name, entry.organisation_path, entry.organisation_title, entry.subject, entry.details,
            entry.previous]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """`broken` is the number of the first row that is not as it was written, or is not where it was."""

    rows: int
    last_hash: str
    broken: int | None = None


def verify(entries: Iterable[Entry] | None = None) -> Verdict:
    """Rows cut off at the end leave no trace in the chain: the number and hash that are told are kept elsewhere."""
    rows, expected = 0, GENESIS
    for entry in entries if entries is not None else Entry.objects.order_by("number").iterator():
        rows += 1
        if entry.number != rows or entry.previous != expected or entry.hash != hash_of(entry):
            return Verdict(rows, expected, rows)
        expected = entry.hash
    return Verdict(rows, expected)
