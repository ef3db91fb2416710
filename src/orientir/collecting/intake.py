"""Files of forms taken in one by one: kept, hashed, read, and written to the spool at once, so that memory stays flat.

A file is either read or refused with a plain word; the next one goes on in any case.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orientir.collecting.files import write_new
from orientir.collecting.rows import UNKNOWN, RowWriter, numbers_of
from orientir.collecting.spool import Spool
from orientir.model.collection import FormReading, Remark
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.sources.forms.answering import INCOMPLETE
from orientir.sources.forms.finding import LOST_SHEET
from orientir.sources.forms.reading import FormReader
from orientir.spreadsheets.guard import Kind, check_bytes, read_file
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import read_workbook


@dataclass(frozen=True, slots=True)
class Receipt:
    """When a file came, under which name, and as the how-manieth of all: as it was when it was first seen.

    One known from an earlier run has its checksum, and the path of its original in the package.
    """

    file: str
    received: date
    seen: int
    sha256: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that came: who it is from, the place of its answers in the spool, and what is wrong in it.

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
    place: int = 0

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
        self._where = str(period).replace("/", "-")
        self._rows = RowWriter(programme, period)
        self.spool = Spool(folder / ".spool")
        (folder / "originals" / self._where).mkdir(parents=True, exist_ok=True)

    def close(self) -> None:
        self.spool.close()

    def take(self, path: str, receipt: Callable[[str], Receipt]) -> Taken:
        """Read one file; `receipt` tells by its checksum when it came, '' where it could not be read.

        What is refused is kept as well, unless it could not even be read.
        """
        try:
            data = read_file(path)
        except Refusal as refusal:
            known = receipt("")
            return Taken(known.file, "", known.received, known.seen, "", refusal=_told(refusal))
        digest = hashlib.sha256(data).hexdigest()
        return self._taken(data, digest, _suffix(path), receipt(digest))

    def take_again(self, package: Path, known: Receipt) -> Taken:
        """A file that is gone from the folder, from its original in the package as it was."""
        try:
            data = read_file(f"{package}/{known.original}")
            if hashlib.sha256(data).hexdigest() != known.sha256:
                cure = "Верните его из копии пакета или положите присланный файл в папку снова."
                raise Refusal("оригинал в пакете изменён после сбора, и прежние ответы из него не прочитать.", cure)
        except Refusal as refusal:
            return Taken(known.file, known.sha256, known.received, known.seen, known.original, refusal=_told(refusal))
        return self._taken(data, known.sha256, _suffix(known.original), known)

    def _taken(self, data: bytes, digest: str, suffix: str, known: Receipt) -> Taken:
        try:
            kind = check_bytes(data, self._reader.sheets)
            reading = self._read(data, kind)
        except Refusal as refusal:
            original = self._keep(data, "", digest, suffix)
            return Taken(known.file, digest, known.received, known.seen, original, refusal=_told(refusal))
        original = self._keep(data, reading.organisation, digest, f".{kind}")
        text = self._rows.text(reading, source_id(reading.form, self._where), original)
        numbers = numbers_of(reading)
        return Taken(
            file=known.file,
            sha256=digest,
            received=known.received,
            seen=known.seen,
            original=original,
            organisation=reading.organisation,
            form=reading.form,
            version=reading.version,
            asked=len(numbers),
            answered=len(numbers) - numbers.count(UNKNOWN),
            remarks=reading.remarks,
            place=self.spool.add(text, numbers),
        )

    def _read(self, data: bytes, kind: Kind) -> FormReading:
        """The sheets that hold answers are read; all of them where these are not what their names say."""
        try:
            reading = self._reader.read(read_workbook(data, kind, self._reader.sheets))
            if all(one.what != LOST_SHEET for one in reading.remarks):
                return reading
        except Refusal:
            pass
        return self._reader.read(read_workbook(data))

    def _keep(self, data: bytes, owner: str, digest: str, suffix: str) -> str:
        """The original byte for byte, under its owner, if it has one, and checksum: the same file twice is one.

        One that is there already may be shared with the package as it was, and is never written into. A folder for
        each organisation would cost more than the copy itself.
        """
        stem = f"{safe_name(owner)}_{digest[:12]}" if owner else f"_refused/{digest[:12]}"
        name = f"originals/{self._where}/{stem}{safe_name(suffix.lower()[:8])}"
        path = f"{self._folder}/{name}"
        if not owner:
            Path(path).parent.mkdir(exist_ok=True)
        try:
            write_new(path, data)
        except FileExistsError:
            if Path(path).read_bytes() != data:
                Path(path).unlink()
                write_new(path, data)
        return name


def _suffix(path: str) -> str:
    """As Path has it; a Path of every file would leave its parts in the interpreter's table of names."""
    stem, dot, suffix = path.rpartition("/")[2].rpartition(".")
    return dot + suffix if stem else ""


_UNSAFE = re.compile(r"[^\w.-]+")


def safe_name(text: str) -> str:
    """A code as the name of a file or folder in any file system."""
    return _UNSAFE.sub("_", text)


def source_id(form: str, where: str) -> str:
    return f"{form}_{where.replace('-', '_')}"


def _told(refusal: Refusal) -> str:
    return " ".join(part for part in (refusal.where, refusal.what, refusal.cure) if part)


Groups = dict[tuple[str, str], tuple[Taken, ...]]


def winners(taken: Iterable[Taken]) -> Groups:
    """Readable files by organisation and form, the one that counts last."""
    groups: Groups = {}
    for one in sorted(taken, key=lambda one: one.order):
        if not one.refusal:
            key = (one.organisation, one.form)
            groups[key] = (*groups.get(key, ()), one)
    return dict(sorted(groups.items()))
