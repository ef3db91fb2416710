"""Structure: what was promised and not given, labels that mean two things, numbers too small to publish."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from orientir.checks.subject import Subject, is_small, issue
from orientir.model.indicators import Indicator, IndicatorKind, Unit
from orientir.model.package import Fact
from orientir.model.periods import Period
from orientir.model.results import Issue
from orientir.model.status import Severity
from orientir.presentation import counted, number, period_name, quoted


def declared_is_reported(subject: Subject) -> Iterator[Issue]:
    """Объявленный показатель измерен хотя бы в одном году отчёта так, как определён."""
    known = {(fact.element, fact.period) for fact in subject.known()}
    for indicator in subject.programme.indicators:
        if indicator.kind is IndicatorKind.DECLARED and not _is_reported(subject, indicator, known):
            yield _not_reported(subject, indicator, known)


def _is_reported(subject: Subject, indicator: Indicator, known: set[tuple[str, Period]]) -> bool:
    return any(
        all((term.element, period.shifted(term.shift)) in known for term in indicator.terms)
        for period in subject.periods
    )


def _not_reported(subject: Subject, indicator: Indicator, known: set[tuple[str, Period]]) -> Issue:
    stand_in = next(
        (
            other
            for other in subject.programme.indicators
            if other.declared == indicator.id and _is_reported(subject, other, known)
        ),
        None,
    )
    lacking = {subject.programme.element(term.element).title for term in indicator.terms
               if not any((term.element, period) in known for period in subject.periods)}  # fmt: skip
    missing = ", ".join(quoted(title) for title in sorted(lacking))
    if stand_in is not None:
        return issue(
            "measured_otherwise",
            Severity.WARNING,
            f"Показатель {indicator.number}. {indicator.title}",
            f"Измерен по другой совокупности: {stand_in.differs}.",
            "объявлено одно, измерено другое",
            f"Соберите: {missing}." if missing else "Приведите измерение к определению.",
            indicators=(indicator.id, stand_in.id),
        )
    return issue(
        "declared_not_reported",
        Severity.WARNING,
        f"Показатель {indicator.number}. {indicator.title}",
        f"Не измерен: в данных нет {missing}." if missing else "Не измерен: данные за разные годы не сходятся.",
        "показатель объявлен программой, но не измерен",
        "Соберите данные или исключите показатель из программы.",
        indicators=(indicator.id,),
    )


def _bare(label: str) -> str:
    """A printed label without units, dots and spacing, in one case."""
    return re.sub(r"\(чел\.?\)|[\s.,-]", "", label.lower())


def label_means_one_thing(subject: Subject) -> Iterator[Issue]:
    """Одна подпись в источнике называет одну совокупность."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in subject.known():
        if fact.label_printed and subject.element(fact).population:
            groups[_bare(fact.label_printed)].append(fact)
    for facts in groups.values():
        by_element = {fact.element: fact for fact in reversed(facts)}
        if len(by_element) > 1:
            things = "; ".join(
                f"{subject.name(fact)} — {subject.amount(fact)} ({subject.source(fact)})"
                for fact in by_element.values()
            )
            yield issue(
                "label_reused",
                Severity.WARNING,
                f"Подпись «{facts[0].label_printed}»",
                f"Ею названы: {things}.",
                "одно название — две совокупности",
                "Назовите совокупности по-разному.",
                list(by_element.values()),
            )


def period_labels_agree(subject: Subject) -> Iterator[Issue]:
    """Один период во всех таблицах назван одинаково."""
    labels: dict[str, set[str]] = defaultdict(set)
    for fact in subject.known():
        if fact.period_printed:
            labels[period_name(fact.period)].add(fact.period_printed)
    mixed = {period: names for period, names in labels.items() if len(names) > 1}
    if mixed:
        told = "; ".join(
            f"{period} — {', '.join(f'«{name}»' for name in sorted(mixed[period]))}" for period in sorted(mixed)
        )
        yield issue(
            "period_labels_mixed",
            Severity.INFO,
            "Подписи периодов",
            f"Один период назван по-разному: {told}.",
            "учебный и календарный год легко перепутать",
            "Подписывайте учебный год одинаково, например 2021/22.",
        )


def small_numbers_are_marked(subject: Subject) -> Iterator[Issue]:
    """Число людей от 1 до 4 не публикуется."""
    rows: dict[str, list[list[Fact]]] = defaultdict(list)
    for row in subject.series():
        if small := [fact for _, fact in row if is_small(subject, fact)]:
            rows[small[0].element].append(small)
    for found in rows.values():
        if len(found) <= _FEW:
            yield from (_small(subject, small) for small in found)
        else:
            yield _many_small(subject, [fact for small in found for fact in small])


_FEW = 5  # series; in schools nearly every number is small, and the other remarks would not be seen behind them


def _small(subject: Subject, small: list[Fact]) -> Issue:
    told = "; ".join(f"{period_name(fact.period)} — {subject.amount(fact)}" for fact in small)
    where = f"{subject.name(small[0])}{subject.of(small[0].organisation)}"
    return _told_small(where, f"Менее пяти человек: {told}.", small)


def _many_small(subject: Subject, small: list[Fact]) -> Issue:
    places = len({fact.organisation for fact in small})
    told = f"Менее пяти человек: {counted(len(small), 'число')}, организаций — {number(places)}."
    return _told_small(f"{quoted(subject.element(small[0]).title)} по организациям и разрезам", told, small)


def _told_small(where: str, told: str, facts: list[Fact]) -> Issue:
    return issue(
        "small_numbers",
        Severity.WARNING,
        where,
        told,
        "по такому числу можно узнать человека, а доля меняется от одного человека",
        "Не публикуйте; в открытой версии число скрыто.",
        facts,
    )


def visits_are_not_persons(subject: Subject) -> Iterator[Issue]:
    """Посещения не выдаются за людей."""
    rows: dict[str, list[Fact]] = defaultdict(list)
    for fact in subject.known():
        if subject.element(fact).unit is Unit.VISIT and fact.value:
            rows[fact.element].append(fact)
    for facts in rows.values():
        totals: dict[Period, Decimal] = defaultdict(Decimal)
        for fact in facts:
            totals[fact.period] += fact.value or Decimal(0)
        told = "; ".join(f"{period_name(period)} — {counted(totals[period], 'посещение')}" for period in sorted(totals))
        yield issue(
            "visits_not_persons",
            Severity.INFO,
            quoted(subject.element(facts[0]).title),
            f"Учтены посещения: {told}. Один человек мог прийти несколько раз.",
            "посещения и люди — разные величины, долю по ним считать нельзя",
            "Ведите учёт и посещений, и людей.",
            facts,
        )


def sources_are_used(subject: Subject) -> Iterator[Issue]:
    """Из каждого объявленного источника взято хотя бы одно число."""
    read = (*subject.facts, *subject.package.facts)  # what was set aside has been read too
    used = {subject.package.source(key).programme_source for key in {fact.source for fact in read}}
    for source in subject.programme.sources:
        if source.id not in used:
            yield issue(
                "source_not_used",
                Severity.INFO,
                f"Источник «{source.short}»",
                "Объявлен программой, но ни одно сведение из него не взято.",
                "источник назван, а данных из него нет",
                "Получите данные или исключите источник.",
            )


def goals_have_targets(subject: Subject) -> Iterator[Issue]:
    """У цели есть целевое значение: без него достижение не проверить."""
    without = [goal for goal in subject.programme.goals if not goal.targets]
    if without:
        yield issue(
            "goal_without_target",
            Severity.WARNING,
            "Цели программы",
            f"Без целевого значения: {len(without)} из {len(subject.programme.goals)}.",
            "нельзя сказать, достигнута ли цель",
            "Назначьте значение, срок и ответственного.",
        )


def actions_are_complete(subject: Subject) -> Iterator[Issue]:
    """У меры и решения есть ответственный, срок и показатель."""
    for action in subject.package.actions:
        given = {
            "ответственного": action.owner,
            "срока": action.due,
            "даты": action.decided_on,
            "показателя": action.indicators,
        }
        lacking = [name for name, value in given.items() if not value]
        if lacking:
            kind = "Мера" if action.kind == "measure" else "Решение"
            yield issue(
                "action_incomplete",
                Severity.WARNING,
                f"{kind} {quoted(action.title)}",
                f"Нет: {', '.join(lacking)}.",
                "исполнение и результат проверить нельзя",
                "Дополните запись.",
            )
