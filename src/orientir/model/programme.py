"""The programme: everything a methodologist decides, as frozen objects.

These dataclasses are also the schema of the YAML files: the names and types here are the keys and values there,
and a key that is not here is refused at loading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from orientir.model.conditions import Condition
from orientir.model.periods import PeriodKind
from orientir.model.status import Severity

_STRICT = {"extra": "forbid"}


class Unit(StrEnum):
    """What is counted. Only counts of persons are protected when they are small."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    EVENT = "event"
    WORK = "work"
    VISIT = "visit"
    AGREEMENT = "agreement"


class Observation(StrEnum):
    FULL = "full"
    SAMPLE = "sample"


class IndicatorKind(StrEnum):
    """Where an indicator comes from.

    DECLARED: in the programme's list; AS_MEASURED: a declared one measured over another population;
    ADDITIONAL: measured without being declared; UNDEFINED: named, with only a proposed definition.
    """

    DECLARED = "declared"
    AS_MEASURED = "as_measured"
    ADDITIONAL = "additional"
    UNDEFINED = "undefined"


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Relation(StrEnum):
    EQUAL = "equal"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class Component:
    """One of the components of the management cycle, a page of the site."""

    __pydantic_config__ = _STRICT
    id: str
    title: str


@dataclass(frozen=True)
class Member:
    """A member of a dimension; `grades` says which school grades it covers."""

    __pydantic_config__ = _STRICT
    id: str
    title: str
    grades: tuple[int, ...] = ()


@dataclass(frozen=True)
class Dimension:
    """A breakdown: its members are disjoint, so their counts may be added."""

    __pydantic_config__ = _STRICT
    id: str
    title: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class LegalAct:
    """A legal act with its dates of validity; a date not known for certain is marked in `note`."""

    __pydantic_config__ = _STRICT
    id: str
    title: str
    issued: date
    number: str
    issuer: str = ""
    valid_to: date | None = None
    replaced_by: str = ""
    provisions: str = ""
    note: str = ""

    def is_expired(self, on: date) -> bool:
        return self.valid_to is not None and self.valid_to < on


@dataclass(frozen=True)
class Initiative:
    """A federal or regional initiative (a championship, a project) that begins, ends and has a successor.

    Recommendations that name one are worded as of the report's date.
    """

    __pydantic_config__ = _STRICT
    id: str
    title: str
    valid_from: date
    valid_to: date | None = None
    successor: str = ""
    note: str = ""


@dataclass(frozen=True)
class DataSource:
    __pydantic_config__ = _STRICT
    id: str
    title: str
    short: str
    note: str = ""


@dataclass(frozen=True)
class Method:
    __pydantic_config__ = _STRICT
    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Named:
    """A dictionary entry: a kind of organisation, an audience, a role."""

    __pydantic_config__ = _STRICT
    id: str
    title: str


@dataclass(frozen=True)
class Target:
    """What a goal promises: the indicator shall reach `value` (a share from 0 to 1, or a count) by the end of `by`."""

    __pydantic_config__ = _STRICT
    indicator: str
    value: Decimal
    by: str = ""
    source: str = ""


@dataclass(frozen=True)
class Goal:
    __pydantic_config__ = _STRICT
    id: str
    title: str
    indicators: tuple[str, ...]
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Population:
    """Who is counted: the kind of people, their grades, the day of counting, full or sample observation."""

    __pydantic_config__ = _STRICT
    kind: str
    grades: tuple[int, ...] = ()
    counted_on: str = ""
    observation: Observation = Observation.FULL


@dataclass(frozen=True)
class Term:
    """A summand of a formula: weight x the element's count, `shift` periods later, where the condition holds."""

    __pydantic_config__ = _STRICT
    element: str
    weight: int = 1
    shift: int = 0
    where: Condition | None = None


@dataclass(frozen=True)
class RegisterCount:
    """A count taken from a register of the data package: the sum of a column, or the number of rows."""

    __pydantic_config__ = _STRICT
    register: str
    sum: str = ""


@dataclass(frozen=True)
class Element:
    """What is counted, defined once. An element with a `population` may be the whole of a share.

    An element with a `formula` is not collected: it is the sum of its terms.
    """

    __pydantic_config__ = _STRICT
    id: str
    title: str
    unit: Unit
    population: Population | None = None
    dimensions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    counted_from: RegisterCount | None = None
    formula: tuple[Term, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class NotCalculable:
    """Periods in which the indicator has no meaning, and why."""

    __pydantic_config__ = _STRICT
    periods: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class SeriesBreak:
    """From this period on the indicator counts something else than before."""

    __pydantic_config__ = _STRICT
    since: str
    reason: str


@dataclass(frozen=True)
class Attention:
    """The bound beyond which a value calls for action, and where the bound comes from."""

    __pydantic_config__ = _STRICT
    basis: str
    below: Decimal | None = None
    above: Decimal | None = None


@dataclass(frozen=True)
class Indicator:
    """A numerator and, for shares, a denominator; never a stored percentage.

    `part_of_whole` is false where the numerator does not count members of the denominator (parents against pupils).
    """

    __pydantic_config__ = _STRICT
    id: str
    title: str
    short: str
    kind: IndicatorKind
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...] = ()
    number: int | None = None
    declared: str = ""
    differs: str = ""
    decimals: int = 1
    better: Better = Better.HIGHER
    part_of_whole: bool = True
    observation: Observation = Observation.FULL
    breakdowns: tuple[str, ...] = ()
    cut_date: str = ""
    sources: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    not_calculable: tuple[NotCalculable, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    attention: Attention | None = None
    initiative: str = ""
    note: str = ""

    @property
    def is_share(self) -> bool:
        return bool(self.denominator)

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.numerator + self.denominator


@dataclass(frozen=True)
class DeclaredCheck:
    """A relation that must hold between sums of elements in every place and period."""

    __pydantic_config__ = _STRICT
    id: str
    rule: str
    left: tuple[Term, ...]
    relation: Relation
    right: tuple[Term, ...]
    advice: str
    reason: str = ""
    severity: Severity = Severity.ERROR


class FindingRule(StrEnum):
    """What a finding can say; recommendations name these."""

    ROSE = "rose"
    FELL = "fell"
    WITHIN_CHANCE = "within_chance"
    SERIES_BROKEN = "series_broken"
    ATTENTION = "attention"
    TARGET_REACHED = "target_reached"
    TARGET_MISSED = "target_missed"
    TARGET_NOT_MEASURABLE = "target_not_measurable"
    NOT_MEASURED = "not_measured"
    NOT_CALCULABLE = "not_calculable"
    NOT_DEFINED = "not_defined"
    MEASURED_OTHERWISE = "measured_otherwise"
    IN_CONFLICT = "in_conflict"
    SMALL_NUMBERS = "small_numbers"
    NO_BREAKDOWN = "no_breakdown"


@dataclass(frozen=True)
class Pattern:
    """Which findings call for a recommendation; an empty list of indicators means any."""

    __pydantic_config__ = _STRICT
    finding: FindingRule
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Due:
    """When a recommendation falls due: so many months after the report's date."""

    __pydantic_config__ = _STRICT
    months: int


@dataclass(frozen=True)
class RecommendationRule:
    """A pattern of findings -> advice to an audience, with an owner and a due date."""

    __pydantic_config__ = _STRICT
    id: str
    when: Pattern
    audience: str
    owner: str
    due: Due
    text: str
    roles: tuple[str, ...] = ()
    initiative: str = ""


@dataclass(frozen=True)
class Analysis:
    """One of the analyses the programme promises; an empty `indicators` means that nothing measures it."""

    __pydantic_config__ = _STRICT
    id: str
    title: str
    indicators: tuple[str, ...] = ()
    not_measured: str = ""


@dataclass(frozen=True)
class SectionSpec:
    """A section of the report: which function makes it and on which component's page it stands."""

    __pydantic_config__ = _STRICT
    section: str
    component: str
    title: str


@dataclass(frozen=True)
class ReportSpec:
    __pydantic_config__ = _STRICT
    title: str
    sections: tuple[SectionSpec, ...]


@dataclass(frozen=True)
class Programme:
    __pydantic_config__ = _STRICT
    id: str
    title: str
    subject: str
    version: str
    period: PeriodKind
    years: int
    reporting_kinds: tuple[str, ...]
    components: tuple[Component, ...]
    dimensions: tuple[Dimension, ...]
    acts: tuple[LegalAct, ...]
    initiatives: tuple[Initiative, ...]
    sources: tuple[DataSource, ...]
    methods: tuple[Method, ...]
    organisation_kinds: tuple[Named, ...]
    audiences: tuple[Named, ...]
    roles: tuple[Named, ...]
    goals: tuple[Goal, ...]
    analyses: tuple[Analysis, ...]
    elements: tuple[Element, ...]
    indicators: tuple[Indicator, ...]
    checks: tuple[DeclaredCheck, ...]
    recommendations: tuple[RecommendationRule, ...]
    report: ReportSpec
    texts: dict[str, str] = field(default_factory=dict)

    def indicator(self, key: str) -> Indicator:
        return next(one for one in self.indicators if one.id == key)

    def element(self, key: str) -> Element:
        return next(one for one in self.elements if one.id == key)

    def initiative(self, key: str) -> Initiative:
        return next(one for one in self.initiatives if one.id == key)

    def dimension(self, key: str) -> Dimension:
        return next(one for one in self.dimensions if one.id == key)

    def title_of(self, group: str, key: str) -> str:
        """The title of an entry of a dictionary (`roles`, `audiences`, `sources`, ...)."""
        entries: tuple[Named, ...] = getattr(self, group)
        return next(one.title for one in entries if one.id == key)
