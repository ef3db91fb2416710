"""What a user can mend, apart from what is our own mistake.

A `UserError` carries every fault found at once; the command line prints them plainly and ends with exit code 2.
Anything else that is raised is a defect of Orientir and ends with exit code 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where (file, line, column or key), what, and what to do about it."""

    place: str
    what: str
    cure: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" + (f" {self.cure}" if self.cure else "")


class UserError(Exception):
    """A mistake in the user's input; `faults` lists all that were found, each once, in the order of their places."""

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        found = (faults,) if isinstance(faults, Fault) else dict.fromkeys(faults)
        self.faults = tuple(sorted(found, key=_place))
        super().__init__("\n".join(map(str, self.faults)))


def _place(fault: Fault) -> list[str | int]:
    """Line 10 comes after line 9."""
    parts = re.split("([0-9]+)", fault.place)
    return [int(part) if number % 2 else part for number, part in enumerate(parts)]


class DefinitionError(UserError):
    """The programme cannot be used as it is written."""


class PackageError(UserError):
    """The data package cannot be used as it is."""


class OutputError(UserError):
    """The result cannot be written where the user asked for it."""
