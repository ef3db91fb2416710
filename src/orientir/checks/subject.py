"""What the checks look at, and the words in which they name places. No check lives here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from orientir.model.indicators import Element
from orientir.model.package import Fact, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.results import Issue, Value
from orientir.model.status import Severity
from orientir.presentation import number, period_name, quoted

Series = list[tuple[Period, Fact]]


@dataclass(frozen=True)
class Subject:
    """A data package under a programme; `periods` are those of the report, `values` what was computed of the facts."""

    package: Package
    programme: Programme
    facts: Sequence[Fact]
    periods: Sequence[Period]
    values: Sequence[Value] = ()

    def element(self, fact: Fact) -> Element:
        return self.programme.element(fact.element)

    def known(self) -> Iterator[Fact]:
        """Facts of the report's periods that carry a number."""
        return iter(self._known)

    @cached_property
    def _known(self) -> Sequence[Fact]:
        periods = set(self.periods)
        return [fact for fact in self.facts if fact.value is not None and fact.period in periods]

    @cached_property
    def reported_together(self) -> dict[tuple[str, Period, str], list[Fact]]:
        """What one source gives for one organisation in one period."""
        groups: dict[tuple[str, Period, str], list[Fact]] = defaultdict(list)
        for fact in self.known():
            groups[fact.organisation, fact.period, fact.source].append(fact)
        return groups

    def series(self) -> Iterator[Series]:
        """Each element in each organisation, breakdown and source through the years."""
        rows: dict[tuple[object, ...], Series] = defaultdict(list)
        for fact in self.known():
            rows[fact.element, fact.organisation, fact.breakdown, fact.source].append((fact.period, fact))
        return (sorted(row, key=lambda pair: pair[0]) for row in rows.values())

    def steps(self) -> Iterator[tuple[Fact, Fact]]:
        """Neighbouring years of each series."""
        for row in self.series():
            for (earlier, before), (later, after) in pairwise(row):
                if later == earlier.shifted(1):
                    yield before, after

    # ---- words

    def place(self, fact: Fact) -> str:
        return f"{self.name(fact)}, {period_name(fact.period)}{self.of(fact.organisation)}"

    def of(self, organisation: str) -> str:
        """The organisation after a comma, where it is not the territory itself."""
        return "" if organisation == self.package.territory else f", {self.package.organisation(organisation).title}"

    def name(self, fact: Fact) -> str:
        titles = [
            next(member.title for member in self.programme.dimension(key).members if member.id == value)
            for key, value in fact.breakdown
        ]
        return quoted(self.element(fact).title) + (f" ({', '.join(titles)})" if titles else "")

    def source(self, fact: Fact) -> str:
        source = self.package.source(fact.source)
        return source.place or source.title

    def amount(self, fact: Fact) -> str:
        return number(fact.value) if fact.value is not None else "нет данных"


Check = Callable[[Subject], Iterator[Issue]]


def issue(
    rule: str,
    severity: Severity,
    where: str,
    message: str,
    reason: str,
    advice: str,
    facts: Sequence[Fact] = (),
    indicators: Sequence[str] = (),
    period: Period | str = "",
) -> Issue:
    """An issue about these facts."""
    ids = tuple(fact.id for fact in facts)
    return Issue(rule, severity, where, message, reason, advice, ids, tuple(indicators), str(period))


def is_small(subject: Subject, fact: Fact) -> bool:
    """A count of 1 to 4 persons or their choices, which may give a child away."""
    return subject.element(fact).unit.tells_of_persons and fact.value is not None and Decimal(1) <= fact.value <= 4
