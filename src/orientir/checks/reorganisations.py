"""Reorganisations: successors that cannot be, and facts of organisations that were not there.

How counts of closed organisations are added up is told in facts/structure.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orientir.checks.subject import Subject, issue
from orientir.facts.relation import ancestors
from orientir.model.package import Fact, Organisation
from orientir.model.periods import Period
from orientir.model.results import Issue
from orientir.model.status import Severity
from orientir.presentation import counted, day, period_name, quoted


def successors_are_possible(subject: Subject) -> Iterator[Issue]:
    """Преемник есть только у закрытой организации, и преемственность не замкнута в круг."""
    places = {place.id: place for place in subject.package.organisations}
    for place in subject.package.organisations:
        successor = places.get(place.successor)
        if successor is None:
            continue
        if place.valid_to is None:
            yield _told(
                place,
                "successor_of_open",
                f"Организация работает, а преемником названа {quoted(successor.title)}.",
                "Запишите последний день работы в valid_to или очистите преемника.",
            )
        elif _is_circular(place, places):
            yield _told(
                place,
                "successors_circular",
                "Преемники названы по кругу.",
                "Оставьте преемника только у той организации, которая закрыта последней.",
            )
        elif successor.valid_to is not None and successor.valid_to <= place.valid_to:
            yield _told(
                place,
                "successor_closed_before",
                f"Закрыта {day(place.valid_to)}, а преемник {quoted(successor.title)} закрыт уже "
                f"{day(successor.valid_to)}.",
                "Проверьте обе даты или назовите того, кто принял обучающихся на деле.",
            )
        elif _on_one_branch(subject, place, successor):
            yield _told(
                place,
                "successor_on_branch",
                f"Преемник {quoted(successor.title)} стоит с ней на одной ветви подчинения.",
                "Исправьте вышестоящую организацию: до этого числа не складываются.",
            )


def _told(place: Organisation, rule: str, message: str, advice: str) -> Issue:
    reason = "по преемнику складываются числа прежних лет"
    return issue(rule, Severity.ERROR, quoted(place.title), message, reason, advice)


def _is_circular(start: Organisation, places: dict[str, Organisation]) -> bool:
    seen, step = {start.id}, places.get(start.successor)
    while step is not None and step.id not in seen:
        seen.add(step.id)
        step = places.get(step.successor)
    return step is not None and step.id == start.id


def _on_one_branch(subject: Subject, place: Organisation, successor: Organisation) -> bool:
    parents = {one.id: one.parent for one in subject.package.organisations}
    return place.id in ancestors(successor.id, parents) or successor.id in ancestors(place.id, parents)


def facts_are_of_their_time(subject: Subject) -> Iterator[Issue]:
    """Организация сообщает только о тех периодах, в которые она работала."""
    groups: dict[tuple[Period, str], list[Fact]] = defaultdict(list)
    for fact in subject.known():
        groups[fact.period, fact.organisation].append(fact)
    for (period, key), facts in sorted(groups.items(), key=lambda group: group[0]):
        place = subject.package.organisation(key)
        when = _out_of_time(place, period)
        if when:
            yield issue(
                "fact_out_of_time",
                Severity.ERROR,
                f"{quoted(place.title)}, {period_name(period)}",
                f"{when}, а сведения за этот период есть: {counted(len(facts), 'число')}.",
                "организации в этом периоде не было, и её числа, вероятно, посчитаны дважды",
                "Проверьте дату в списке организаций и организацию, о которой сведения.",
                facts,
                period=period,
            )


def _out_of_time(place: Organisation, period: Period) -> str:
    if place.valid_to is not None and place.valid_to < period.first_day:
        return f"Закрыта {day(place.valid_to)}"
    if place.valid_from is not None and place.valid_from > period.last_day:
        return f"Открыта {day(place.valid_from)}"
    return ""
