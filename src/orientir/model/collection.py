"""What is collected: answers of a form, submissions with their history, corrections, choices between sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from orientir.model.periods import Period
from orientir.model.status import CellState

Breakdown = tuple[tuple[str, str], ...]  # in the order of the programme's dimensions, as in `Fact.breakdown`
CellKey = tuple[str, Breakdown]


@dataclass(frozen=True)
class Known:
    """A number known before the form is sent, and where it comes from («ОО-1 на 20.09.2021»)."""

    value: Decimal | None
    state: CellState
    source: str


class Answer(NamedTuple):
    """One asked cell as it came back. `place` is sheet and cell; `repaired` says what was read in what was typed.

    A tuple, because a collection makes a hundred for each form.
    """

    element: str
    breakdown: Breakdown
    value: Decimal | None
    state: CellState
    place: str
    reason: str = ""
    repaired: str = ""

    @property
    def key(self) -> CellKey:
        return (self.element, self.breakdown)


@dataclass(frozen=True)
class Remark:
    """What is wrong in a file and what to do: goes back to the sender. An error keeps the cell out of the data."""

    place: str
    what: str
    cure: str
    is_error: bool = True


@dataclass(frozen=True)
class FormReading:
    """A form as read: who, what and when it is, its answers, and the remarks about it."""

    form: str
    version: str
    organisation: str
    period: Period
    answers: tuple[Answer, ...]
    remarks: tuple[Remark, ...]


class SubmissionState(StrEnum):
    """What became of a file. `replaced` is an earlier one of the same school and form."""

    ACCEPTED = "accepted"
    WITH_ERRORS = "with_errors"
    REPLACED = "replaced"
    REFUSED = "refused"


@dataclass(frozen=True)
class Submission:
    """A row of submissions.csv: a file that came, its original and checksum, and what became of it.

    `received` is stored when the file is first seen and never changes; `seen` counts the files in the order in which
    they were met, which decides between two of one day; `original` is its path in the package, empty
    where the file was too dangerous to copy.
    """

    organisation: str
    form: str
    version: str
    period: Period
    received: date
    seen: int
    file: str
    sha256: str
    original: str
    state: SubmissionState
    asked: int
    answered: int
    remarks: int
    note: str = ""
    row: int = 0


class CorrectionKind(StrEnum):
    """`override` puts another number or state, `exclude` leaves the fact out, `flag` only says that it is doubted.

    `withdraw` ends every correction of the fact that stands above it.
    """

    OVERRIDE = "override"
    EXCLUDE = "exclude"
    FLAG = "flag"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Correction:
    """A fact is never edited: a correction stands beside it. `expected` is what it was written against.

    An expected cell without a number has its state in `expected_state`; None there means a number. So has what is put
    instead, in `value` and `state`.
    """

    id: str
    kind: CorrectionKind
    element: str
    organisation: str
    period: Period
    breakdown: Breakdown
    source: str
    expected: Decimal | None
    value: Decimal | None
    author: str
    decided_on: date
    reason: str
    expected_state: CellState | None = None
    state: CellState | None = None
    file: str = "corrections.csv"
    row: int = 0


@dataclass(frozen=True)
class Choice:
    """Two sources give one element: this one counts, and why. The other stays in the package and is shown.

    `source` is the code of a side of the conflict; `seen` are all its sides as they were when it was chosen. Both are
    empty in a record that withdraws the choice above it.
    """

    element: str
    organisation: str
    period: Period
    breakdown: Breakdown
    source: str
    author: str
    decided_on: date
    reason: str
    seen: tuple[tuple[str, str], ...] = ()
    file: str = "choices.csv"
    row: int = 0
