"""What became of decisions: judged by the core against the year that answers them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from orientir.disclosure.veil import Veil
from orientir.effectiveness import judge
from orientir.model.cycle import Cycle
from orientir.model.results import Effect, Value
from orientir.presentation import day
from orientir.reports.numbers import MISSING
from orientir.reports.words import OUTCOME, capital
from orientir_web.campaigns.models import Campaign
from orientir_web.decisions.actions import PREFIX, SOURCE, actions_of, known
from orientir_web.decisions.live import Numbers
from orientir_web.decisions.models import Decision
from orientir_web.decisions.year import Year, year_of
from orientir_web.people.models import Organisation


@dataclass(frozen=True)
class Outcome:
    """A decision against one indicator in one place: before, after, change, and the core's verdict in words."""

    title: str
    decided: str
    indicator: str
    organisation: str
    place: str
    before: str
    after: str
    change: str
    verdict: str
    reason: str
    key: str


def outcomes(year: Year, district: Organisation, public: bool = False) -> list[Outcome]:
    """The decisions of the package and those recorded since, judged by the core over this year.

    Who does not answer for the district as a whole is told what is `public`: without small numbers.
    """
    effects, numbers = _effects(year.cycle, district), year.numbers
    if public:
        numbers = year.public.numbers
        veil = Veil(numbers.context.values)
        effects = tuple(veil.effect(one) for one in effects)
    places = {place.id: place.title for place in year.cycle.package.organisations}
    return [_outcome(numbers, one, places) for one in effects]


def _effects(cycle: Cycle, district: Organisation) -> tuple[Effect, ...]:
    others = tuple(one for one in cycle.package.actions if one.source != SOURCE)
    own = tuple(known(one, cycle.programme) for one in actions_of(district))
    package = replace(cycle.package, actions=(*others, *own))
    return judge(package, cycle.programme, cycle.values, cycle.periods)


def _outcome(numbers: Numbers, one: Effect, places: Mapping[str, str]) -> Outcome:
    book, cycle = numbers.context.book, numbers.cycle
    change = book.change(one.comparison) if one.comparison else MISSING
    is_whole = one.organisation == cycle.package.territory
    return Outcome(
        title=one.action.title,
        decided=day(one.action.decided_on) if one.action.decided_on else "",
        indicator=cycle.programme.indicator(one.indicator).short if one.indicator else "",
        organisation="" if is_whole else one.organisation,
        place="" if is_whole else places.get(one.organisation, one.organisation),
        before=_told(numbers, one.before),
        after=_told(numbers, one.after),
        change=change if isinstance(change, str) else change.text,
        verdict=capital(OUTCOME[one.outcome]),
        reason=one.reason,
        key=one.action.id.removeprefix(PREFIX) if one.action.source == SOURCE else "",
    )


def _told(numbers: Numbers, value: Value | None) -> str:
    if value is None:
        return MISSING
    amount = numbers.context.book.amount(value)
    text = amount if isinstance(amount, str) else amount.text
    return f"{text} ({value.place.period})"


def latest_outcomes(decision: Decision, places: Collection[str] | None = None) -> Sequence[Outcome]:
    """Of one decision, by the latest computed year; for who sees only some places, of these and of the whole."""
    for campaign in Campaign.objects.filter(district=decision.district).order_by("-period", "-pk"):
        if year := year_of(campaign):
            found = outcomes(year, decision.district, public=places is not None)
            mine = [one for one in found if one.key == str(decision.pk)]
            return [one for one in mine if places is None or one.organisation in ("", *places)]
    return []
