"""What is counted and what is made of the counts: populations, elements, formulas, indicators."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from orientir.model.conditions import Condition

_STRICT = {"extra": "forbid"}


class Unit(StrEnum):
    """What is counted. Only what tells of single persons is protected when it is small."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    EVENT = "event"
    WORK = "work"
    VISIT = "visit"
    AGREEMENT = "agreement"
    CHOICE = "choice"
    KILOMETRE = "kilometre"
    HOUR = "hour"
    CLASS = "class"

    @property
    def tells_of_persons(self) -> bool:
        """Persons, or choices that single persons made (a pupil may choose several subjects)."""
        return self in (Unit.PERSON, Unit.CHOICE)


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


class Tally(StrEnum):
    """What is counted in a register: its rows, or the people in them, each once in an organisation and a year."""

    ROWS = "rows"
    PERSONS = "persons"


@dataclass(frozen=True)
class RegisterCount:
    """A count taken from a register of the data package: the sum of a column, the number of rows or of people.

    `where` chooses rows; `by` gives the column that holds the member of a dimension. `ladder` counts each person once,
    on the last of these members that he reached. `valid_on` is the day («05-31») on which agreements must be valid.
    `absent_is_zero` says that the register is kept for all organisations, so that one without rows has none.
    """

    __pydantic_config__ = _STRICT
    register: str
    sum: str = ""
    count: Tally = Tally.ROWS
    where: Condition | None = None
    by: dict[str, str] = field(default_factory=dict)
    ladder: tuple[str, ...] = ()
    valid_on: str = ""
    absent_is_zero: bool = False


@dataclass(frozen=True)
class RecordCount:
    """A count taken from record tables: the pupils of a year whose fields (model/records.py) meet `where`, each once,
    or the sum of a number of theirs. `by` gives the key of the cells that holds the member of a dimension.
    """

    __pydantic_config__ = _STRICT
    where: Condition | None = None
    sum: str = ""
    by: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Element:
    """What is counted, defined once. An element with a `population` may be the whole of a share.

    An element with a `formula` is not collected: it is the sum of its terms. One with `records` is counted from record
    tables where a package has them.
    """

    __pydantic_config__ = _STRICT
    id: str
    title: str
    unit: Unit
    population: Population | None = None
    dimensions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    counted_from: RegisterCount | None = None
    records: RecordCount | None = None
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
