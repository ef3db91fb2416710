"""A report as it was understood: what the rules judge. Made by `understanding/`; nothing here is a judgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from orientir.audit.document import Cell, Document, Link, Paragraph, Place, Table


class Role(StrEnum):
    """What a number of a table is: the population, a count of a part of it, or the share of the part in percent."""

    WHOLE = "whole"
    PART = "part"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Year:
    """A printed period. «2020», «2019-2020» and «2019/20 уч. г.» are one: `ends` is the year in which it ends."""

    ends: int
    printed: str = field(compare=False)
    is_school_year: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Population:
    """Who is counted. `kind` is the leading word in its dictionary form («выпускник», «обучающийся», «родитель» ...).

    `grades` are empty where none are named. `union` is «and» for «9 и 11», «range» for «9-11», "" for one grade.
    `traits` narrow it («овз», «инвалид», «сирота» ...), so that it is a part of the population without them.
    """

    kind: str
    grades: frozenset[int] = frozenset()
    union: str = ""
    traits: frozenset[str] = frozenset()
    printed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed: «6,5 %» has value 6.5 and one decimal."""

    value: Decimal
    decimals: int
    printed: str
    is_percent: bool = False


@dataclass(frozen=True, slots=True)
class TidyCell:
    """One number of a table with all that its headers say. `row_label` is the row's name, "" where rows have none."""

    table: ReportTable = field(repr=False, compare=False)
    cell: Cell = field(repr=False)
    number: Number
    role: Role | None
    year: Year | None
    path: tuple[str, ...]
    row_label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A whole, a part of it and the printed share, of one row and period; what is not printed is None."""

    table: ReportTable = field(repr=False, compare=False)
    year: Year | None
    row_label: str
    whole: TidyCell | None
    part: TidyCell | None
    share: TidyCell | None
    population: Population | None


@dataclass(eq=False)
class ReportTable:
    """A table with its caption. `number` is the printed one («5»), None where there is none.

    `header` counts its head rows (without the row «1 2 3»); `stub` its leading columns of words. `topic` is a set of
    dictionary forms by which tables and sentences about one indicator are known. `subject` is the population of the
    caption.
    """

    number: str | None
    caption: str
    caption_place: Place | None
    table: Table
    header: int = 0
    stub: int = 0
    cells: list[TidyCell] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    topic: frozenset[str] = frozenset()
    subject: Population | None = None
    kind: str = ""  # "measures", "events", "other"

    @property
    def place(self) -> Place:
        return self.caption_place or self.table.place

    @property
    def named(self) -> str:
        """«таблица 5», «таблица «Дни открытых дверей»»."""
        return f"таблица {self.number}" if self.number else f"таблица «{self.caption[:60]}»"


class Said(StrEnum):
    """What a clause says of a number over time."""

    VALUE = "value"
    GROWS = "grows"
    FALLS = "falls"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement in prose: a value of a year, or a trend. `table` is the one it cites or clearly speaks of.

    `base_year` is the earlier year of a trend where it is named.
    """

    said: Said
    sentence: str
    place: Place
    number: Number | None = None
    year: Year | None = None
    base_year: Year | None = None
    table: ReportTable | None = None
    population: Population | None = None
    has_cause: bool = False
    is_cited: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A row of a register of events. `first` and `last` are None where the date was not understood."""

    number: str
    title: str
    date_printed: str
    first: date | None
    last: date | None
    links: tuple[Link, ...]
    link_printed: str
    participants: str
    place: Place
    table: ReportTable = field(repr=False, compare=False)
    has_participants_column: bool = False
    has_link_column: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs under one heading or lead-in line. `kind` is one of the parts of a monitoring report, "" for others:

    goals, indicators, sources, methods, monitored, monitoring, analysis, recommendations, measures, decisions,
    effectiveness, events.
    """

    kind: str
    title: str
    place: Place
    paragraphs: tuple[Paragraph, ...]

    @property
    def items(self) -> tuple[Paragraph, ...]:
        return tuple(one for one in self.paragraphs if one.is_item)


@dataclass(eq=False)
class Report:
    """All that was understood. `series` are tables of one indicator, mostly one alone; `years` are the periods of the
    report in their order; `not_understood` says in Russian which sentences and cells were left unjudged, and why."""

    document: Document
    tables: list[ReportTable] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    series: list[list[ReportTable]] = field(default_factory=list)
    years: list[Year] = field(default_factory=list)
    territory: str = ""
    not_understood: list[tuple[Place, str]] = field(default_factory=list)

    @property
    def measures(self) -> list[Measure]:
        return [one for table in self.tables for one in table.measures]

    def series_of(self, table: ReportTable) -> list[ReportTable]:
        """The tables that tell of the same indicator in other years, and the table itself."""
        return self._series_by_table.get(id(table), [table])

    @cached_property
    def _series_by_table(self) -> dict[int, list[ReportTable]]:
        """By identity of the table; asked for only when all series are known."""
        return {id(table): group for group in reversed(self.series) for table in group}

    def sections_of(self, kind: str) -> list[Section]:
        return [one for one in self.sections if one.kind == kind]


Checked = Mapping[str, int]
