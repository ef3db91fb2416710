"""The dictionaries of a programme: components, breakdowns, acts, initiatives, sources, methods, names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_STRICT = {"extra": "forbid"}


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

    @property
    def is_unverified(self) -> bool:
        """A fact about it is from memory and has yet to be checked; the note says so."""
        return "сверки" in self.note

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
class Role:
    """Who answers or fills; a `teacher` is never asked to fill a form (328-ФЗ of 08.08.2024 limits their papers).

    `kinds` are the organisations where this role works; those that report where none are named.
    """

    __pydantic_config__ = _STRICT
    id: str
    title: str
    teacher: bool = False
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Audience:
    """Whom advice is meant for, and the `kinds` of organisations that it reaches them through; those that report
    where none are named."""

    __pydantic_config__ = _STRICT
    id: str
    title: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """A dictionary entry: a kind of organisation."""

    __pydantic_config__ = _STRICT
    id: str
    title: str
