"""The programme: everything a methodologist decides, as frozen objects.

These dataclasses, with those of dictionaries, indicators and rules, are the schema of the YAML files: the names and
types here are the keys and values there, and a key that is not here is refused at loading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from orientir.model.dictionaries import (
    Audience,
    Component,
    DataSource,
    Dimension,
    Initiative,
    LegalAct,
    Method,
    Named,
    Role,
)
from orientir.model.forms import Form
from orientir.model.indicators import (
    Element,
    Indicator,
    Term,
)
from orientir.model.periods import PeriodKind
from orientir.model.records import SubjectMap
from orientir.model.rules import DeclaredCheck, RecommendationRule

_STRICT = {"extra": "forbid"}


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
class Analysis:
    """One of the analyses the programme promises; an empty `indicators` means that nothing measures it."""

    __pydantic_config__ = _STRICT
    id: str
    title: str
    indicators: tuple[str, ...] = ()
    not_measured: str = ""


@dataclass(frozen=True)
class Feature:
    """What makes organisations alike: the sum of the terms, divided by that of `per` where it is given.

    Two organisations differ by the difference of the feature over its `scale`: what is taken for one step apart.
    A feature with `ratio_scale` is compared by its logarithm: 100 and 200 pupils are as far apart as 200 and 400.
    """

    __pydantic_config__ = _STRICT
    id: str
    title: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...] = ()
    scale: Decimal = Decimal(1)
    ratio_scale: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.numerator + self.denominator


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
    audiences: tuple[Audience, ...]
    roles: tuple[Role, ...]
    goals: tuple[Goal, ...]
    analyses: tuple[Analysis, ...]
    elements: tuple[Element, ...]
    indicators: tuple[Indicator, ...]
    checks: tuple[DeclaredCheck, ...]
    recommendations: tuple[RecommendationRule, ...]
    report: ReportSpec
    texts: dict[str, str] = field(default_factory=dict)
    forms: tuple[Form, ...] = ()
    similarity: tuple[Feature, ...] = ()
    subject_map: SubjectMap = field(default_factory=SubjectMap)

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
        entries: tuple[Named | Role | Audience, ...] = getattr(self, group)
        return next(one.title for one in entries if one.id == key)

    def audience_kinds(self, key: str) -> tuple[str, ...]:
        """The kinds of organisations through which an audience is reached."""
        return next(one.kinds for one in self.audiences if one.id == key) or self.reporting_kinds

    def role_kinds(self, key: str) -> tuple[str, ...]:
        """The kinds of organisations in which a role works."""
        return next(one.kinds for one in self.roles if one.id == key) or self.reporting_kinds
