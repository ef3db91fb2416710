"""Registers of a data package: rows that are counted, and what may be asked of each register.

`person` is a number that tells people of one register apart within a collection and means nothing elsewhere: names are
never stored. Events and open days, which older packages have too, stand in package.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from orientir.model.periods import Period


@dataclass(frozen=True)
class Agreement:
    """A partner and, where `valid_from` is known, the agreement with it; an open `valid_to` means «until cancelled»."""

    organisation: str
    period: Period
    partner: str
    kind: str
    number: str
    valid_from: date | None
    valid_to: date | None
    subject: str
    industry: str
    source: str
    note: str = ""
    origin: str = ""
    row: int = 0


@dataclass(frozen=True)
class Workplace:
    """Training workplaces at one host through one channel: places, not shifts and not lessons on them."""

    organisation: str
    period: Period
    host: str
    channel: str
    industry: str
    places: int | None
    source: str
    note: str = ""
    origin: str = ""
    row: int = 0


@dataclass(frozen=True)
class Consultation:
    """A consultation with a parent; `persons` stands where the source tells a number instead of people."""

    organisation: str
    period: Period
    day: date | None
    form: str
    person: str
    persons: int | None
    grade: str
    source: str
    note: str = ""
    origin: str = ""
    row: int = 0


@dataclass(frozen=True)
class Diagnosis:
    """One test of a child or a parent, with the consent to it and the day until which its record may be kept."""

    organisation: str
    period: Period
    day: date | None
    who: str
    person: str
    persons: int | None
    grade: str
    method: str
    consent: str
    kept_until: date | None
    source: str
    note: str = ""
    origin: str = ""
    row: int = 0


@dataclass(frozen=True)
class Participation:
    """One pupil at one stage of a championship, or at one step of a project."""

    organisation: str
    period: Period
    programme: str
    stage: str
    day: date | None
    person: str
    persons: int | None
    grade: str
    competence: str
    result: str
    source: str
    note: str = ""
    origin: str = ""
    row: int = 0


@dataclass(frozen=True)
class Enrolment:
    """A pupil in a course of supplementary education, or the numbers of one course."""

    organisation: str
    period: Period
    provider: str
    course: str
    direction: str
    person: str
    persons: int | None
    enrolments: int | None
    grade: str
    source: str
    note: str = ""
    origin: str = ""
    row: int = 0


@dataclass(frozen=True)
class PopulationCount:
    """A number of the statistical form ОО-1: pupils of a kind in a grade on a day."""

    organisation: str
    period: Period
    counted_on: date | None
    kind: str
    grade: str
    persons: int | None
    source: str
    note: str = ""
    origin: str = ""
    row: int = 0


@dataclass(frozen=True)
class DemandedIndustry:
    """An industry that the district needs people for, since when, and its groups of specialties («21.00.00»)."""

    industry: str
    period: Period
    valid_from: date | None
    valid_to: date | None
    groups: tuple[str, ...]
    basis: str
    source: str
    note: str = ""
    origin: str = ""
    row: int = 0


EVENT_STATES = ("planned", "held", "cancelled")

# What each register is made of, in the order of its columns.
ROWS: Mapping[str, type[Any]] = {
    "agreements": Agreement,
    "workplaces": Workplace,
    "consultations": Consultation,
    "diagnostics": Diagnosis,
    "participants": Participation,
    "supplementary": Enrolment,
    "populations": PopulationCount,
    "industries": DemandedIndustry,
}


@dataclass(frozen=True)
class Shape:
    """What an element may ask of a register.

    `sums` are the columns that add up, `fields` those that conditions and breakdowns may name; `persons` says that
    people are told apart, `day` is the column whose date must lie in the period. A register with `is_span` counts what
    is valid on a day.
    """

    sums: tuple[str, ...]
    fields: tuple[str, ...]
    persons: bool = False
    day: str = ""
    is_span: bool = False


DEMANDED = "demanded"  # not a column: does the row's industry stand among the demanded ones («yes», «no»)

REGISTERS: Mapping[str, Shape] = {
    "open_days": Shape(("visits", "persons"), ("host",), day="day"),
    "events": Shape(("persons", "visits"), ("kind", "level", "format", "industry", "state", DEMANDED), day="date_from"),
    "agreements": Shape((), ("kind", "subject", "industry", DEMANDED), is_span=True),
    "workplaces": Shape(("places",), ("channel", "industry", DEMANDED)),
    "consultations": Shape(("persons",), ("form", "grade"), persons=True, day="day"),
    "diagnostics": Shape(("persons",), ("who", "grade", "method", "consent"), persons=True, day="day"),
    "participants": Shape(
        ("persons",), ("programme", "stage", "grade", "competence", "result"), persons=True, day="day"
    ),
    "supplementary": Shape(("persons", "enrolments"), ("direction", "provider", "grade"), persons=True),
    "populations": Shape(("persons",), ("kind", "grade"), day="counted_on"),
}
