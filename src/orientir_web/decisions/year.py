"""The computed year behind a campaign, as the pages of decisions need it. Computing is done in cycles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from orientir.disclosure.protect import protect
from orientir.model.cycle import Cycle
from orientir.model.results import Recommendation
from orientir.model.texts import ADVICE
from orientir.presentation import day
from orientir.reports.document import Text
from orientir.reports.wording import advice_generated, advice_key, causes_told, finding_generated
from orientir.reports.words import lowered
from orientir_web.campaigns.models import Campaign
from orientir_web.cycles.services import cycle_of, latest
from orientir_web.decisions.live import Numbers, Part

_KEPT = 4


@dataclass(frozen=True)
class Paragraph:
    """A generated text with live numbers. `key` is the same from one computation to the next.

    `basis` is what a recommendation follows from and `terms` who answers for it by when: they stand beside the text,
    come from the data, and nobody edits them. `text` and `under` are text and basis as the core has them.
    """

    key: str
    title: str
    parts: tuple[Part, ...]
    text: Text
    basis: tuple[Part, ...] = ()
    under: Text = ()
    terms: str = ""
    rule: str = ""
    indicator: str = ""
    audience: str = ""

    @property
    def is_advice(self) -> bool:
        return self.key.startswith(ADVICE)


@dataclass(frozen=True, eq=False)
class Year:
    """A computed cycle: its paragraphs and its numbers, for those who answer for it and for everybody (`public`)."""

    cycle: Cycle
    is_public: bool = False

    @cached_property
    def numbers(self) -> Numbers:
        return Numbers(self.cycle, self.is_public)

    @cached_property
    def paragraphs(self) -> dict[str, Paragraph]:
        """Recommendations first, then findings, both in the order of the programme."""
        return {one.key: one for one in (*_advice(self.numbers), *_findings(self.numbers))}

    @cached_property
    def public(self) -> Year:
        """With small numbers hidden: what is sent to schools tells nothing of a single child."""
        return Year(protect(self.cycle), True)

    def recommendation(self, key: str) -> Recommendation | None:
        return next((one for one in self.cycle.recommendations if advice_key(one) == key), None)


def year_of(campaign: Campaign) -> Year | None:
    """None before anything was computed."""
    computation = latest(campaign)
    return _year(computation.pk, cycle_of(computation).cycle) if computation else None


_years: dict[int, Year] = {}


def _year(key: int, cycle: Cycle) -> Year:
    """Kept while the same cycle is: its paragraphs cost a second."""
    known = _years.get(key)
    if known is None or known.cycle is not cycle:
        while len(_years) >= _KEPT:
            _years.pop(next(iter(_years)))
        known = _years[key] = Year(cycle)
    return known


def _findings(numbers: Numbers) -> list[Paragraph]:
    programme, found = numbers.cycle.programme, []
    for one in numbers.cycle.findings:
        text = finding_generated(numbers.context, one)
        title, parts = programme.indicator(one.indicator).short, tuple(numbers.parts(text))
        found.append(Paragraph(one.id, title, parts, text, rule=one.rule, indicator=one.indicator))
    return found


def _advice(numbers: Numbers) -> list[Paragraph]:
    """The advice, what it follows from, and who answers for it by when, as the report tells it."""
    programme, found = numbers.cycle.programme, []
    for one in numbers.cycle.recommendations:
        text, under = advice_generated(one), causes_told(numbers.context, one.causes)
        owner = lowered(programme.title_of("roles", one.owner))
        terms = " ".join(filter(None, (one.initiative_note, f"Отвечает {owner}, до {day(one.due)}.")))
        parts, basis = tuple(numbers.parts(text)), tuple(numbers.parts(under))
        title = programme.title_of("audiences", one.audience)
        found.append(
            Paragraph(advice_key(one), title, parts, text, basis, under, terms, rule=one.id, audience=one.audience)
        )
    return found
