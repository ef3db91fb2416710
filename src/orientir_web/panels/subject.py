"""What a panel is about: a computed cycle, the core's context to word it, and what the reader has chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from orientir.model.indicators import Indicator
from orientir.model.package import Organisation
from orientir.model.periods import Period
from orientir.presentation import period_name
from orientir.reports.context import Context
from orientir.reports.document import Block, Heading
from orientir.reports.sections.schools import reporting, similar_of
from orientir.reports.words import capital
from orientir_web.cycles.computing import Computed
from orientir_web.cycles.models import Computation


@dataclass(frozen=True, eq=False)
class Subject:
    """One request's view of a computed cycle."""

    computation: Computation
    computed: Computed
    context: Context = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "context", Context(self.computed.cycle, public=False))

    @cached_property
    def indicators(self) -> list[Indicator]:
        """Those with a value in some year of the report."""
        return [one for one in self.context.indicators_in_order() if self.context.latest(one.id) is not None]

    @cached_property
    def places(self) -> list[Organisation]:
        return reporting(self.context)

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Groups of organisations that are alike, by number."""
        return {str(group.number): group.organisations for group in similar_of(self.context).groups}

    def under(self, heading: str) -> tuple[Block, ...]:
        """The blocks of the report under a heading, down to the next; none where the report has no such heading."""
        found: list[Block] = []
        is_under = False
        for block in self.computed.document.blocks:
            if isinstance(block, Heading):
                is_under = block.key == heading
            elif is_under:
                found.append(block)
        return tuple(found)


@dataclass(frozen=True)
class Chosen:
    """What the reader has chosen; told on the page, in print and in every file."""

    indicator: Indicator | None
    period: Period
    cut: str
    group: str

    @classmethod
    def of(cls, subject: Subject, query: Mapping[str, str]) -> Chosen:
        """What is not there is not chosen: a link may be older than the data."""
        context = subject.context
        known = {one.id: one for one in subject.indicators}
        indicator = known.get(query.get("indicator", "")) or next(iter(subject.indicators), None)
        period = next((one for one in context.periods if str(one) == query.get("period")), context.periods[-1])
        cuts = context.breakdowns(indicator) if indicator else []
        cut = query.get("cut", "") if query.get("cut") in cuts else ""
        group = query.get("group", "") if query.get("group") in subject.groups else ""
        return cls(indicator, period, cut, group)

    @property
    def query(self) -> str:
        told = {"indicator": self.indicator.id if self.indicator else "", "period": str(self.period)}
        return urlencode(
            {key: value for key, value in (*told.items(), ("cut", self.cut), ("group", self.group)) if value}
        )

    def words(self, subject: Subject) -> str:
        """«2021/22 уч. г., 5–9 классы, группа 2»."""
        told = [period_name(self.period)]
        if self.cut:
            told.append(subject.context.book.cut(self.cut))
        if self.group:
            told.append(f"группа похожих организаций №\u00a0{self.group}")
        return ", ".join(told)


def choices(subject: Subject, chosen: Chosen, asked: tuple[str, ...]) -> list[dict[str, Any]]:
    """The fields of the filter as name, value and options."""
    context = subject.context
    cuts = context.breakdowns(chosen.indicator) if chosen.indicator else []
    options = {
        "indicator": [(one.id, capital(one.short)) for one in subject.indicators],
        "period": [(str(one), period_name(one)) for one in reversed(context.periods)],
        "cut": [("", "Все вместе"), *((cut, capital(context.book.cut(cut))) for cut in cuts)] if cuts else [],
        "group": [("", "Все организации"), *((key, f"Группа {key}") for key in subject.groups)],
    }
    current = {
        "indicator": chosen.indicator.id if chosen.indicator else "",
        "period": str(chosen.period),
        "cut": chosen.cut,
        "group": chosen.group,
    }
    return [{"name": name, "value": current[name], "options": options[name]} for name in asked if options[name]]
