"""What an import of registers gives to the collection: rows, their sources, remarks, and what became of each file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from orientir.errors import Fault
from orientir.model.collection import Remark
from orientir.model.package import Source

TableRows = Sequence[Mapping[str, str]]  # cells as they are written to CSV, in the order of the table's columns


class RegisterFile(NamedTuple):
    """A file as it came. One that names people is not copied: its name and checksum are all that is kept of it.

    The checksum is '' where the file could not be read.
    """

    name: str
    sha256: str
    keeps_original: bool


class RefusedFile(NamedTuple):
    """A file of which nothing was taken, and why."""

    name: str
    fault: Fault


@dataclass(frozen=True)
class RegisterImport:
    """Rows by the table of the package (also `organisations`: merge these into its own by id), and how they were read.

    `sources` are ranked from 1 among themselves: the collection places them after its forms. `remarks` are by file.
    `files` holds every file, also those refused; `proposed` are the profiles written for the first time.
    """

    tables: Mapping[str, TableRows]
    sources: tuple[Source, ...]
    remarks: Mapping[str, tuple[Remark, ...]]
    files: tuple[RegisterFile, ...]
    refused: tuple[RefusedFile, ...] = ()
    proposed: tuple[Path, ...] = ()
