"""A report before it is laid out: tables, sentences, lists and events as objects that an error can be planted in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from audit.planted.districts import District
from audit.planted.indicators import BY_KEY, Indicator
from audit.planted.style import Style
from audit.planted.world import World

Slot = tuple[str, int | None]
"""A printed table: its key, and its year where each year has a table of its own."""


@dataclass
class Sentence:
    """One statement about an indicator. `shown` are the shares it quotes; `up` is the direction it tells."""

    kind: str
    key: str
    years: tuple[int, ...]
    template: int
    shown: dict[int, Decimal]
    up: bool | None = None
    counts: tuple[int, int] | None = None
    note: str = ""
    instead: tuple[str, str] | None = None


@dataclass
class MeasureTable:
    """Wholes, parts and shares by year. `layout` is one of groups, rows, yearly, metrics, transposed."""

    key: str
    indicators: list[Indicator]
    layout: str
    decimals: int
    caption: str
    whole_label: str
    part_labels: list[str]
    share_labels: list[str]
    source: str
    wholes: dict[int, int] = field(default_factory=dict)
    parts: dict[tuple[str, int], int] = field(default_factory=dict)
    shares: dict[tuple[str, int], Decimal] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    stub: str = ""
    titled: bool = False
    source_shown: bool = True
    period: str = ""

    def printing(self, style: Style) -> Style:
        """The style of the report, but for labels of periods where this table has its own."""
        return replace(style, period=self.period) if self.period else style

    @property
    def population(self) -> str:
        return self.indicators[0].population

    def slot(self, year: int | None) -> Slot:
        return (self.key, year if self.layout == "yearly" else None)

    def slots(self) -> list[Slot]:
        return list(dict.fromkeys(self.slot(year) for year in self.wholes))


@dataclass
class CountTable:
    key: str
    name: str
    numbers: dict[int, int]
    source: str
    source_shown: bool = True

    def slots(self) -> list[Slot]:
        return [(self.key, None)]


@dataclass
class Breakdown:
    """One indicator by schools in the last year; the total is what its own table says."""

    key: str
    indicator: Indicator
    year: int
    decimals: int
    rows: list[tuple[str, int, int, Decimal]]
    total: tuple[int, int, Decimal]
    source: str
    source_shown: bool = True

    def slots(self) -> list[Slot]:
        return [(self.key, None)]


@dataclass
class Distribution:
    """What became of a whole: names, counts, shares; together they are the whole."""

    key: str
    name: str
    year: int
    rows: list[tuple[str, int, Decimal]]
    whole: int
    source: str
    source_shown: bool = True

    def slots(self) -> list[Slot]:
        return [(self.key, None)]


@dataclass
class EventRow:
    """`printed` replaces the date where it is malformed."""

    title: str
    first: date
    last: date | None
    participants: str
    link: str
    printed: str | None = None


@dataclass
class Action:
    """A measure or a decision; owner and due date may be missing."""

    what: str
    owner: str
    due: str


@dataclass
class Declared:
    """An indicator as it is declared: of which table, and in which words."""

    key: str
    text: str


Numbered = MeasureTable | CountTable | Breakdown


@dataclass
class Content:
    """Everything of one report. `taken` names what already holds an error; `after` are sentences added to
    a table; `skipped` are slots printed without number,
    `gap` is the slot before which a number is left out."""

    world: World
    district: District
    style: Style
    variant: int
    tables: list[MeasureTable | CountTable] = field(default_factory=list)
    breakdown: Breakdown | None = None
    paths: Distribution | None = None
    has_passport: bool = True
    events: list[EventRow] = field(default_factory=list)
    events_title: str = ""
    goals: list[str] = field(default_factory=list)
    declared: list[Declared] = field(default_factory=list)
    second: list[Declared] = field(default_factory=list)
    legal: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    monitored_extra: list[str] = field(default_factory=list)
    analysis: list[str | Sentence] = field(default_factory=list)
    addressees: list[tuple[str, str]] = field(default_factory=list)
    recommendations: dict[str, list[str | Sentence]] = field(default_factory=dict)
    measures: list[Action] = field(default_factory=list)
    decisions: list[Action] = field(default_factory=list)
    actions_as_table: bool = False
    effectiveness: list[str | Sentence] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    after: dict[str, str] = field(default_factory=dict)
    skipped: set[Slot] = field(default_factory=set)
    gap: Slot | None = None
    heading_gap: int = 0
    links_hidden: bool = False

    @property
    def years(self) -> list[int]:
        return self.world.years

    def measured(self) -> Iterator[MeasureTable]:
        return (one for one in self.tables if isinstance(one, MeasureTable))

    def table_of(self, key: str) -> MeasureTable:
        return next(one for one in self.measured() if any(each.key == key for each in one.indicators))

    def slots(self) -> list[Slot]:
        """All numbered tables in their order."""
        found: list[Slot] = [("passport", None)] if self.has_passport else []
        for table in self.tables:
            found += table.slots()
        if self.breakdown:
            found += self.breakdown.slots()
        if self.paths:
            found += self.paths.slots()
        found.append(("register", None))
        if self.actions_as_table:
            found += [("measures", None), ("decisions", None)]
        return found

    def numbers(self) -> dict[Slot, str]:
        """The printed numbers; a slot without one is absent."""
        numbers, last = {}, 0
        for slot in self.slots():
            if slot in self.skipped:
                continue
            last += 2 if slot == self.gap else 1
            numbers[slot] = str(last)
        return numbers

    def number(self, key: str, year: int | None = None) -> str | None:
        numbers = self.numbers()
        return numbers.get((key, year)) or numbers.get((key, None))

    def free(self) -> list[MeasureTable]:
        return [one for one in self.measured() if one.key not in self.taken]

    def name(self, key: str) -> str:
        """«доля выпускников 9 классов, поступивших в ПОО»"""
        return f"{self.style.word} {self.whose(key)}"

    def whose(self, key: str) -> str:
        from audit.planted.populations import POPULATIONS

        indicator = BY_KEY[key]
        return f"{self.style.whom(POPULATIONS[indicator.population])}, {indicator.whose[self.variant]}"
