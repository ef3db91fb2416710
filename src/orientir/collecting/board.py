"""Who has answered: one row an organisation, and in which state its form is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from orientir.collecting.intake import Taken
from orientir.model.collection import Remark
from orientir.model.forms import Form
from orientir.model.package import Organisation
from orientir.model.results import Issue
from orientir.model.status import Severity

Issues = Mapping[str, tuple[Issue, ...]]
# What the coordinator answers for: a school cannot mend that it is small, and doubts about it are not its own.
_NOT_FOR_SENDERS = frozenset(("small_numbers", "fact_doubted"))


class BoardState(StrEnum):
    """In the order in which a coordinator cares."""

    NOT_SENT = "не сдано"
    WITH_ERRORS = "с ошибками"
    INCOMPLETE = "заполнено не всё"
    ACCEPTED = "принято"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One organisation and form: what came last, what was found, and whether it was late."""

    organisation: Organisation
    form: Form
    state: BoardState
    deadline: date
    last: Taken | None = None
    issues: tuple[Issue, ...] = ()

    @property
    def received(self) -> date | None:
        return self.last.received if self.last else None

    @property
    def file(self) -> str:
        return self.last.file if self.last else ""

    @property
    def asked(self) -> int:
        return self.last.asked if self.last else 0

    @property
    def answered(self) -> int:
        return self.last.answered if self.last else 0

    @property
    def remarks(self) -> tuple[Remark, ...]:
        return self.last.remarks if self.last else ()

    @property
    def is_late(self) -> bool:
        return self.received is not None and self.received > self.deadline

    @property
    def shown_state(self) -> str:
        return f"{self.state}, с опозданием" if self.is_late else str(self.state)


@dataclass(frozen=True)
class Board:
    rows: tuple[BoardRow, ...]
    refused: tuple[tuple[str, str], ...]

    @property
    def sent(self) -> int:
        return sum(row.state is not BoardState.NOT_SENT for row in self.rows)

    @property
    def is_clean(self) -> bool:
        return not self.refused and all(row.state is BoardState.ACCEPTED for row in self.rows)

    def counted(self, state: BoardState) -> int:
        return sum(row.state is state for row in self.rows)


def row_of(
    organisation: Organisation, form: Form, deadline: date, came: Sequence[Taken], issues: Sequence[Issue]
) -> BoardRow:
    """The last file counts; an error of its cells or of a check makes the form one to send back."""
    if not came:
        return BoardRow(organisation, form, BoardState.NOT_SENT, deadline)
    last = came[-1]
    wrong = last.has_errors or any(issue.severity is Severity.ERROR for issue in issues)
    incomplete = any(one.is_error for one in last.remarks)
    state = BoardState.WITH_ERRORS if wrong else BoardState.INCOMPLETE if incomplete else BoardState.ACCEPTED
    return BoardRow(organisation, form, state, deadline, last, tuple(issues))


def issues_by_organisation(issues: Sequence[Issue], facts: Mapping[str, str], period: str) -> Issues:
    """Remarks of checks about this period (or all years at once), by each organisation whose facts they rest on.

    `facts` are those that somebody answers for; an issue that rests on others as well is nobody's alone.
    """
    found: dict[str, list[Issue]] = {}
    for issue in issues:
        if issue.rule in _NOT_FOR_SENDERS or issue.severity is Severity.INFO or issue.period not in ("", period):
            continue
        if all(key in facts for key in issue.facts):
            for place in dict.fromkeys(facts[key] for key in issue.facts):
                found.setdefault(place, []).append(issue)
    return {place: tuple(own) for place, own in found.items()}
