"""The rows of a data package: organisations, sources, facts, events, activities, actions.

A fact is one counted number; percentages are never stored. `row` is the line of the file, counted from 1 with the
header, so that a reader can open the file and see it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from orientir.model.collection import Choice, Correction, Submission
from orientir.model.periods import Period
from orientir.model.registers import (
    Agreement,
    Consultation,
    DemandedIndustry,
    Diagnosis,
    Enrolment,
    Participation,
    PopulationCount,
    Workplace,
)
from orientir.model.status import CellState
from orientir.model.texts import EditedText


@dataclass(frozen=True, slots=True)
class Organisation:
    """A place in the tree: region, district, school, partner. Its cases are stored, never guessed.

    `successor` is the organisation into which a closed one was merged.
    """

    id: str
    title: str
    kind: str
    parent: str = ""
    title_genitive: str = ""
    title_prepositional: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""


@dataclass(frozen=True)
class Source:
    """Where facts were read: a table of a document, a form, an export. The lower rank is preferred."""

    id: str
    title: str
    document: str
    place: str
    rank: int
    programme_source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One counted number: element x organisation x period x breakdown, with its state and its source."""

    id: str
    element: str
    organisation: str
    period: Period
    breakdown: tuple[tuple[str, str], ...]
    value: Decimal | None
    state: CellState
    source: str
    note: str = ""
    reason: str = ""
    period_printed: str = ""
    label_printed: str = ""
    origin: str = ""
    file: str = "facts.csv"
    row: int = 0


@dataclass(frozen=True)
class Event:
    """A row of the register of events; what the source printed is kept beside what it was repaired to.

    `state` is planned, held or cancelled; it is empty in registers that hold only what took place. `persons` are
    people, `visits` visits; `participants` is the number of a register that does not say which.
    """

    no: int
    title: str
    date_printed: str
    date_from: date | None
    date_to: date | None
    link_printed: str
    link: str
    kind: str
    level: str
    format: str
    industry: str
    participants: int | None
    source: str
    note: str = ""
    period: Period | None = None
    organisation: str = ""
    state: str = ""
    classes: str = ""
    persons: int | None = None
    visits: int | None = None
    origin: str = ""
    row: int = 0


@dataclass(frozen=True)
class Activity:
    """A number that the source gives about an activity and that no indicator uses."""

    id: str
    title: str
    period: Period
    value: Decimal | None
    qualifier: str
    unit: str
    part_of: str
    source: str
    note: str = ""
    row: int = 0


@dataclass(frozen=True)
class OpenDay:
    """Visits of graduates to one host's open days; visits are not persons. `organisation` is the visitors' school."""

    host: str
    title: str
    period: Period
    visits: Decimal | None
    source: str
    note: str = ""
    organisation: str = ""
    day: date | None = None
    persons: int | None = None
    origin: str = ""
    row: int = 0


@dataclass(frozen=True)
class Action:
    """A measure taken or a management decision, as the district recorded it."""

    id: str
    kind: str
    form: str
    title: str
    act: str
    number: str
    decided_on: date | None
    owner: str
    due: date | None
    indicators: tuple[str, ...]
    organisations: tuple[str, ...]
    finding: str
    status: str
    evidence: str
    source: str
    note: str = ""
    row: int = 0


@dataclass(frozen=True)
class Package:
    """A data package as read: its description and rows. `territory` is the organisation the report is about, `records`
    the folder of its record tables, which are never copied."""

    name: str
    title: str
    territory: str
    synthetic: bool
    checksum: str
    organisations: tuple[Organisation, ...]
    sources: tuple[Source, ...]
    facts: tuple[Fact, ...]
    events: tuple[Event, ...] = ()
    activities: tuple[Activity, ...] = ()
    open_days: tuple[OpenDay, ...] = ()
    actions: tuple[Action, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    workplaces: tuple[Workplace, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    diagnostics: tuple[Diagnosis, ...] = ()
    participants: tuple[Participation, ...] = ()
    supplementary: tuple[Enrolment, ...] = ()
    populations: tuple[PopulationCount, ...] = ()
    industries: tuple[DemandedIndustry, ...] = ()
    submissions: tuple[Submission, ...] = ()
    corrections: tuple[Correction, ...] = ()
    choices: tuple[Choice, ...] = ()
    texts: tuple[EditedText, ...] = ()
    prepared_by: str = ""
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    records: Path | None = None

    def organisation(self, key: str) -> Organisation:
        return next(place for place in self.organisations if place.id == key)

    def source(self, key: str) -> Source:
        return next(source for source in self.sources if source.id == key)
