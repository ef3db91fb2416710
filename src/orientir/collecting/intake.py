"""Files of forms taken in one by one: kept, hashed, read, and written to the spool at once, so that memory stays flat.

A file is either read or refused with a plain word; the next one goes on in any case.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from orientir.model.collection import Answer, FormReading, Remark
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.status import CellState
from orientir.sources.forms.reading import INCOMPLETE, FormReader
from orientir.spreadsheets.guard import check_bytes, read_file
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import read_workbook


class Receipt(NamedTuple):
    """When a file came, under which name, and as the how-manieth of all: as it was when it was first seen."""

    file: str
    received: date
    seen: int


@dataclass(frozen=True)
class Taken:
    """A file that came: who it is from, where its answers lie in the spool, and what is wrong in it.

    A refused file has a `refusal` and no answers; `original` is its path in the package, '' where it was not kept.
    """

    file: str
    sha256: str
    received: date
    seen: int
    original: str
    organisation: str = ""
    form: str = ""
    version: str = ""
    asked: int = 0
    answered: int = 0
    remarks: tuple[Remark, ...] = ()
    refusal: str = ""
    spooled: tuple[int, int] = (0, 0)

    @property
    def has_errors(self) -> bool:
        return any(one.is_error and one.what != INCOMPLETE for one in self.remarks)

    @property
    def order(self) -> tuple[date, int]:
        """The last in this order counts: the latest receipt, and of one day what was met later."""
        return (self.received, self.seen)


class Intake:
    """Takes files into the package that is being built in `folder`; answers go to the spool as rows of facts."""

    def __init__(self, folder: Path, programme: Programme, period: Period, reader: FormReader) -> None:
        self._folder = folder
        self._reader = reader
        self._period = str(period)
        self._where = str(period).replace("/", "-")
        self._dimensions = tuple(one.id for one in programme.dimensions)
        self._spool_path = folder / ".spool"
        self._spool = self._spool_path.open("w+b")

    def close(self) -> None:
        self._spool.close()
        self._spool_path.unlink()

    def take(self, path: Path, receipt: Callable[[str], Receipt]) -> Taken:
        """Read one file; `receipt` is asked by its checksum, '' where it could not be read.

        What is refused is kept as well, unless it could not even be read.
        """
        try:
            data = read_file(path)
        except Refusal as refusal:
            came = receipt("")
            return Taken(came.file, "", came.received, came.seen, "", refusal=_told(refusal))
        digest = hashlib.sha256(data).hexdigest()
        came = receipt(digest)
        try:
            kind = check_bytes(data)
            reading = self._reader.read(read_workbook(data, kind))
        except Refusal as refusal:
            original = self._keep(data, "_refused", digest, path.suffix)
            return Taken(came.file, digest, came.received, came.seen, original, refusal=_told(refusal))
        original = self._keep(data, reading.organisation, digest, f".{kind}")
        return Taken(
            file=came.file,
            sha256=digest,
            received=came.received,
            seen=came.seen,
            original=original,
            organisation=reading.organisation,
            form=reading.form,
            version=reading.version,
            asked=len(reading.answers),
            answered=sum(one.state is not CellState.NOT_REPORTED for one in reading.answers),
            remarks=reading.remarks,
            spooled=self._spooled(reading, original),
        )

    def _keep(self, data: bytes, owner: str, digest: str, suffix: str) -> str:
        """The original byte for byte, under its checksum: the same file twice is one original."""
        name = f"originals/{self._where}/{owner}/{digest[:12]}{suffix.lower()[:8]}"
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return name

    def _spooled(self, reading: FormReading, original: str) -> tuple[int, int]:
        source = source_id(reading.form, self._where)
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows(self._row(one, reading.organisation, source, original) for one in reading.answers)
        data = out.getvalue().encode()
        start = self._spool.seek(0, io.SEEK_END)
        self._spool.write(data)
        return (start, len(data))

    def _row(self, answer: Answer, organisation: str, source: str, original: str) -> tuple[str, ...]:
        """A row of facts.csv, in the order of its columns."""
        members = dict(answer.breakdown)
        origin = f"{original}, {answer.place}" if answer.place else original
        value = "" if answer.value is None else str(answer.value)
        state = "" if answer.value is not None else str(answer.state)
        breakdown = (members.get(key, "") for key in self._dimensions)
        head = (answer.element, organisation, self._period, *breakdown)
        return (*head, value, state, source, answer.repaired, answer.reason, "", "", origin)

    def rows(self, taken: Taken) -> Iterator[list[str]]:
        """The rows of one file again."""
        yield from csv.reader(io.StringIO(self.text(taken), newline=""))

    def text(self, taken: Taken) -> str:
        start, length = taken.spooled
        self._spool.seek(start)
        return self._spool.read(length).decode()


def source_id(form: str, where: str) -> str:
    return f"{form}_{where.replace('-', '_')}"


def _told(refusal: Refusal) -> str:
    return " ".join(part for part in (refusal.where, refusal.what, refusal.cure) if part)


def winners(taken: Mapping[str, Taken]) -> dict[tuple[str, str], list[Taken]]:
    """Readable files by organisation and form, the one that counts last."""
    groups: dict[tuple[str, str], list[Taken]] = {}
    for one in sorted(taken.values(), key=lambda one: one.order):
        if not one.refusal:
            groups.setdefault((one.organisation, one.form), []).append(one)
    return groups
